// The timeline to scale. By keyboard: one stop, then the arrow keys go from line to line in the order
// of time, Enter opens; every mark says its line in words.
import {useEffect, useLayoutEffect, useMemo, useRef, useState} from 'preact/hooks';
import {go} from '../route';
import type {Line} from '../rows';
import {count, lineWords} from '../words';
import {type Layout, type Mark, type Window, lanePeople, layOut} from './layout';
import {MarkDefs, MarkShape, placeOf, styleOf} from './mark';

interface Props {
  lines: Line[];
  person: string | null;
  window: Window;
  all: Window;
  onWindow: (window: Window | null) => void;
  selected: string | null;
  onSelect: (line: Line) => void;
}

function useWidth(): [preact.RefObject<HTMLDivElement>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [box, width];
}

// Thin threads between the lanes of the people who take part in the same line.
function Threads({layout}: {layout: Layout}) {
  const byLine = new Map<string, Mark[]>();
  for (const lane of layout.lanes)
    for (const mark of lane.marks) byLine.set(mark.line.id, [...(byLine.get(mark.line.id) ?? []), mark]);
  return (
    <g aria-hidden="true">
      {[...byLine.entries()]
        .filter(([, marks]) => marks.length > 1)
        .map(([id, marks]) => {
          const x = ((marks[0] as Mark).x0 + (marks[0] as Mark).x1) / 2;
          const ys = marks.map((mark) => mark.y);
          return <path key={id} class="thread" d={`M${x} ${Math.min(...ys)}V${Math.max(...ys)}`} />;
        })}
    </g>
  );
}

function Axis({layout, width}: {layout: Layout; width: number}) {
  return (
    <g class="axis" aria-hidden="true">
      {layout.ticks.map((tick) => (
        <g key={tick.x} class={tick.major ? 'major' : ''} transform={`translate(${tick.x} 0)`}>
          <path d={`M0 22V${layout.height}`} />
          <text y={15} text-anchor={tick.x < 20 ? 'start' : tick.x > width - 20 ? 'end' : 'middle'}>
            {tick.label}
          </text>
        </g>
      ))}
    </g>
  );
}

function Shapes({mark}: {mark: Mark}) {
  return (
    <>
      <rect class="target" x={-10} y={-11} width={Math.round(Math.max(mark.x1 - mark.x0, 0)) + 20} height={22} />
      <MarkShape mark={mark} />
    </>
  );
}

// Marks are told apart by their place in the order, not by their line: when the lines change, what is
// drawn is moved and given its new words, which is quicker than taking it away and drawing another.
function Marks({layout, selected, onSelect}: {layout: Layout; selected: string | null; onSelect: (line: Line) => void}) {
  const all = layout.lanes.flatMap((lane) => lane.marks);
  const home = all.filter((mark) => mark.home).sort((a, b) => a.x0 - b.x0 || a.y - b.y);
  const order = home.map((mark) => mark.line.id);
  const stop = selected && order.includes(selected) ? selected : order[0];
  const step = (event: KeyboardEvent, line: Line) => {
    const at = order.indexOf(line.id);
    const to = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: order.length - 1}[
      event.key
    ];
    if (event.key === 'Enter' || event.key === ' ') onSelect(line);
    else if (to === undefined) return;
    const next = to === undefined ? undefined : order[to];
    event.preventDefault();
    if (next === undefined) return;
    (event.currentTarget as Element).closest('svg')?.querySelector<SVGElement>(`[data-line="${next}"]`)?.focus();
  };
  const look = (mark: Mark) => `${styleOf(mark.line)}${mark.home ? '' : ' guest'}${mark.line.id === selected ? ' selected' : ''}`;
  return (
    <g class={selected ? 'marks chosen' : 'marks'}>
      <g>
        {all
          .filter((mark) => !mark.home)
          .map((mark, i) => (
            <g key={i} class={look(mark)} transform={placeOf(mark)} aria-hidden="true" onClick={() => onSelect(mark.line)}>
              <Shapes mark={mark} />
            </g>
          ))}
      </g>
      {home.map((mark, i) => {
        const {line} = mark;
        const words = lineWords(line);
        return (
          <g key={i} class={look(mark)} transform={placeOf(mark)} onClick={() => onSelect(line)}>
            <g
              class="press"
              role="button"
              tabindex={line.id === stop ? 0 : -1}
              aria-label={words}
              aria-pressed={line.id === selected}
              data-line={line.id}
              onKeyDown={(event) => step(event, line)}
            >
              <Shapes mark={mark} />
            </g>
            {mark.label && (
              <text
                class={mark.before ? 'mark-label before' : 'mark-label'}
                aria-hidden="true"
                x={mark.before ? -12 : Math.round(mark.x1 - mark.x0) + 12}
                y={4}
              >
                {mark.label}
              </text>
            )}
            <title>{words}</title>
          </g>
        );
      })}
    </g>
  );
}

function Edges({layout, window, all, onWindow}: {layout: Layout; window: Window; all: Window; onWindow: (w: Window | null) => void}) {
  const span = window[1] - window[0];
  const scaled = (factor: number): Window => {
    const middle = (window[0] + window[1]) / 2;
    return [middle - (span * factor) / 2, middle + (span * factor) / 2];
  };
  return (
    <div class="edges">
      <button type="button" class="quiet small" onClick={() => onWindow([window[0] - span / 2, window[1] - span / 2])}>
        ← {layout.earlier > 0 ? count(layout.earlier, 'earlier line') : 'Earlier'}
      </button>
      <span class="zoom">
        <button type="button" class="quiet small" aria-label="Closer" onClick={() => onWindow(scaled(0.5))}>
          +
        </button>
        <button type="button" class="quiet small" aria-label="Wider" onClick={() => onWindow(scaled(2))}>
          −
        </button>
        <button type="button" class="quiet small" onClick={() => onWindow(null)}>
          Fit
        </button>
        <button type="button" class="quiet small" onClick={() => onWindow(all)}>
          All time
        </button>
      </span>
      <button type="button" class="quiet small" onClick={() => onWindow([window[0] + span / 2, window[1] + span / 2])}>
        {layout.later > 0 ? count(layout.later, 'later line') : 'Later'} →
      </button>
    </div>
  );
}

export function Chart(props: Props) {
  const {lines, person, window: shown, selected} = props;
  const [box, width] = useWidth();
  // On a large screen the letters of the page grow, and the chart with them.
  const zoom = Math.max(parseFloat(getComputedStyle(document.documentElement).fontSize) / 16, 1);
  const narrow = width < 560;
  const inner = width / zoom;
  const plot = Math.max(inner - (narrow ? 0 : 148), 120);
  const [begin, end] = shown;
  const layout = useMemo(
    () => layOut(lines, lanePeople(lines, person, narrow ? 5 : 9), [begin, end], plot - 12),
    [lines, person, begin, end, plot, narrow],
  );
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      const at = begin + (end - begin) * 0.5;
      const factor = event.deltaY > 0 ? 1.25 : 0.8;
      props.onWindow([at - (at - begin) * factor, at + (end - at) * factor]);
    };
    element.addEventListener('wheel', wheel, {passive: false});
    return () => element.removeEventListener('wheel', wheel);
  });
  const left = narrow ? 6 : 148;
  return (
    <div class="chart" ref={box}>
      {width > 0 && (
        <svg width={width} height={layout.height * zoom} viewBox={`0 0 ${inner} ${layout.height}`} role="group" aria-label={`Timeline of ${count(lines.length, 'line')}`}>
          <MarkDefs />
          <g aria-hidden="true">
            {layout.lanes.map((lane, i) => (
              <g key={lane.id}>
                <rect class={i % 2 ? 'lane odd' : 'lane'} x={0} y={lane.y} width={inner} height={lane.height} />
                {!narrow && (
                  <text
                    class={lane.id === person ? 'lane-name chosen' : lane.id ? 'lane-name way' : 'lane-name'}
                    x={8}
                    y={lane.y + 25}
                    onClick={() => lane.id && go(`/story?person=${lane.id}`)}
                  >
                    {lane.name.length > 19 ? `${lane.name.slice(0, 18)}…` : lane.name}
                  </text>
                )}
              </g>
            ))}
          </g>
          <g transform={`translate(${left} 0)`}>
            <Axis layout={layout} width={plot} />
            <Threads layout={layout} />
            <Marks layout={layout} selected={selected} onSelect={props.onSelect} />
          </g>
          {narrow && (
            <g aria-hidden="true">
              {layout.lanes.map((lane) => (
                <text key={lane.id} class="lane-name small" x={4} y={lane.y + 10}>
                  {lane.name}
                </text>
              ))}
            </g>
          )}
        </svg>
      )}
      <Edges layout={layout} window={shown} all={props.all} onWindow={props.onWindow} />
    </div>
  );
}
