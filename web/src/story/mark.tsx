// One line of the timeline as a shape. What is certain is full; what somebody says is hollow, with a
// tail as a speech balloon has; what is hedged is hatched; what is denied is crossed out. A date that
// is not known to the day is a bar with soft ends.
import type {Line} from '../rows';
import type {Mark} from './layout';

export function styleOf(line: Line): string {
  const classes = ['mark'];
  if (line.attributed) classes.push('said');
  if (line.certainty !== 'certain') classes.push('hedged');
  if (line.polarity === 'negative') classes.push('denied');
  if (line.retracted) classes.push('retracted');
  return classes.join(' ');
}

const kHalf = 6;

function fillOf(line: Line): string {
  if (line.attributed) return 'hollow';
  return line.certainty === 'certain' ? 'full' : 'hatch';
}

function Body({mark, width}: {mark: Mark; width: number}) {
  const fill = fillOf(mark.line);
  if (mark.shape === 'point') return <circle class={`body ${fill}`} r={kHalf} />;
  const mask = mark.shape === 'until' ? 'fade-left' : mark.shape === 'since' ? 'fade-right' : 'fade-both';
  return (
    <g mask={`url(#${mask})`}>
      <rect class={`body ${fill}`} y={-kHalf} width={Math.max(width, 8)} height={2 * kHalf} rx={kHalf} />
    </g>
  );
}

// Drawn from where the mark begins, in the middle of its row; placeOf() says where that is.
export function MarkShape({mark}: {mark: Mark}) {
  const {line} = mark;
  const width = tenth(mark.x1 - mark.x0);
  const middle = width / 2;
  return (
    <>
      <Body mark={mark} width={width} />
      {line.attributed && <path class="tail" d={`M${middle - 3} ${kHalf - 0.5}l-2 6 6-5.5z`} />}
      {line.certainty !== 'certain' && line.attributed && <circle class="query" cx={middle} r={2} />}
      {line.polarity === 'negative' && <path class="cross" d={`M${middle - 6} -7l12 14m0-14l-12 14`} />}
      {line.retracted && <path class="strike" d={`M-9 0H${Math.max(width, 0) + 9}`} />}
    </>
  );
}

const tenth = (px: number) => Math.round(px * 10) / 10;

export const placeOf = (mark: Mark) => `translate(${tenth(mark.x0)} ${mark.y})`;

// Shared by every mark of a page: gradients that soften ends, and the hatching of hedged lines.
export function MarkDefs() {
  const fade = (id: string, stops: [number, number][]) => (
    <>
      <linearGradient id={`${id}-g`} x1="0" x2="1" y1="0" y2="0">
        {stops.map(([offset, shade]) => (
          <stop key={offset} offset={offset} stop-color="#fff" stop-opacity={shade} />
        ))}
      </linearGradient>
      <mask id={id} maskContentUnits="objectBoundingBox">
        <rect x="-0.1" y="-1" width="1.2" height="3" fill={`url(#${id}-g)`} />
      </mask>
    </>
  );
  return (
    <defs>
      {fade('fade-both', [[0, 0.08], [0.3, 1], [0.7, 1], [1, 0.08]])}
      {fade('fade-left', [[0, 0], [0.8, 1]])}
      {fade('fade-right', [[0.2, 1], [1, 0]])}
      <pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect class="hatch-paper" width="4" height="4" />
        <rect class="hatch-ink" width="2" height="4" />
      </pattern>
    </defs>
  );
}
