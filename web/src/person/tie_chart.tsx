// The ties of one person as strips over time: a row for each other person or thing, a piece for each
// state it was in. Ends that are not known fade, the little wedge is the day of the telling; the state
// is written in the strip as well as coloured.
import {type ScaleTime, scaleUtc} from 'd3-scale';
import {useLayoutEffect, useRef, useState} from 'preact/hooks';
import {MarkDefs} from '../story/mark';
import type {Person, Relation} from '../rows';
import {time} from '../story/layout';
import {intervalWords, relationWords, reservations} from '../words';

interface Strip {
  key: string;
  name: string;
  id: string | null;
  relation: string;
  states: Relation[];
}

function strips(person: Person, ties: Relation[]): Strip[] {
  const found = new Map<string, Strip>();
  for (const tie of ties) {
    const reversed = tie.object?.id === person.id;
    const other = reversed ? tie.subject : tie.object;
    const relation = relationWords(tie.relation, reversed);
    const key = `${relation}/${other?.id ?? other?.name ?? tie.value}`;
    const strip = found.get(key) ?? {
      key,
      name: other?.name ?? tie.value ?? '',
      id: other?.id ?? null,
      relation,
      states: [],
    };
    strip.states.push(tie);
    found.set(key, strip);
  }
  return [...found.values()];
}

function moments(ties: Relation[]): [number, number] {
  const points = ties
    .flatMap((tie) => [time(tie.interval[0]), time(tie.interval[1]), ...tie.evidence.map((one) => time(one.published))])
    .filter((ms): ms is number => ms !== null)
    .sort((a, b) => a - b);
  const begin = points[0] ?? Date.UTC(2020, 0, 1);
  const end = points[points.length - 1] ?? begin;
  const margin = Math.max((end - begin) * 0.06, 30 * 86_400_000);
  return [begin - margin, end + margin];
}

function stateWords(tie: Relation): string {
  const words = tie.status === 'unknown' || tie.status === 'current' ? [] : [tie.status];
  words.push(...reservations(tie).map((one) => one.word));
  return words.join(', ');
}

// Where a strip is drawn: to its dates where they are known; where they are not it fades, around the
// day of the article that tells of it.
function reach(tie: Relation, scale: ScaleTime<number, number>, told: number | null) {
  const begin = time(tie.interval[0]);
  const end = time(tie.interval[1]);
  const open = 130; // px
  if (begin !== null && end !== null) return {x0: scale(begin), x1: Math.max(scale(end), scale(begin) + 10), mask: undefined};
  if (begin !== null) {
    const x0 = scale(begin);
    return {x0, x1: Math.max(x0 + open, told === null ? 0 : scale(told) + open / 2), mask: 'fade-right'};
  }
  if (end !== null) return {x0: scale(end) - open, x1: scale(end), mask: 'fade-left'};
  // Whole in the picture, also at its edges.
  const right = scale.range()[1] as number;
  const middle = Math.min(Math.max(scale(told ?? 0), open), right - open);
  return {x0: middle - open, x1: middle + open, mask: 'fade-both'};
}

const kRow = 34;

export function TieChart({person, ties}: {person: Person; ties: Relation[]}) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const rows = strips(person, ties);
  const narrow = width < 640;
  const left = narrow ? 0 : 250;
  const scale = scaleUtc().domain(moments(ties)).range([0, Math.max(width - left - 8, 60)]);
  const format = scale.tickFormat();
  const pitch = narrow ? kRow + 20 : kRow;
  return (
    <div class="tie-chart" ref={box}>
      <ul class="tie-rows" role="list">
        {rows.map((row) => (
          <li key={row.key} class="tie-row" >
            <span class="tie-name">
              <span class="tie-relation">{row.relation}</span>{' '}
              {row.id ? (
                <a class="person" href={`/person/${row.id}`}>
                  {row.name}
                </a>
              ) : (
                row.name
              )}
            </span>
            <ol class="visually-hidden">
              {row.states.map((tie, i) => (
                <li key={i}>
                  {[stateWords(tie) || 'current', intervalWords(tie.interval)].join(', ')}
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ul>
      {width > 0 && (
        <svg class="tie-svg" width={width} height={rows.length * pitch + 24} aria-hidden="true">
          <MarkDefs />
          <g transform={`translate(${left} 0)`}>
            <g class="axis">
              {scale.ticks(Math.max(2, Math.floor((width - left) / 110))).map((tick) => (
                <g key={tick.getTime()} transform={`translate(${scale(tick)} 0)`}>
                  <path d={`M0 20V${rows.length * pitch + 20}`} />
                  <text y={14} text-anchor="middle">
                    {format(tick)}
                  </text>
                </g>
              ))}
            </g>
            {rows.map((row, i) => {
              const y = 24 + i * pitch + (narrow ? 22 : 5);
              return row.states.map((tie, j) => {
                const told = time(tie.evidence[0]?.published ?? null);
                const {x0, x1, mask} = reach(tie, scale, told);
                const classes = ['tie', tie.status, tie.polarity, tie.certainty, tie.attributed ? 'said' : ''];
                const words = stateWords(tie);
                return (
                  <g key={j} class={classes.join(' ')}>
                    <g mask={mask && `url(#${mask})`}>
                      <rect class="tie-bar" x={x0} y={y} width={x1 - x0} height={18} rx={3} />
                    </g>
                    {told !== null && <path class="tie-told" d={`M${scale(told)} ${y + 20}l-4 6h8z`} />}
                    {words && x1 - x0 > words.length * 6.4 + 14 && (
                      <text x={(x0 + x1) / 2} y={y + 13} text-anchor="middle">
                        {words}
                      </text>
                    )}
                  </g>
                );
              });
            })}
          </g>
        </svg>
      )}
    </div>
  );
}
