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

function Body({mark}: {mark: Mark}) {
  const {x0, x1, y, shape, line} = mark;
  const fill = fillOf(line);
  if (shape === 'point') return <circle class={`body ${fill}`} cx={x0} cy={y} r={kHalf} />;
  const width = Math.max(x1 - x0, 8);
  const mask = shape === 'until' ? 'fade-left' : shape === 'since' ? 'fade-right' : 'fade-both';
  return (
    <g mask={`url(#${mask})`}>
      <rect class={`body ${fill}`} x={x0} y={y - kHalf} width={width} height={2 * kHalf} rx={kHalf} />
    </g>
  );
}

export function MarkShape({mark}: {mark: Mark}) {
  const {x0, x1, y, line} = mark;
  const middle = (x0 + x1) / 2;
  return (
    <>
      <Body mark={mark} />
      {line.attributed && <path class="tail" d={`M${middle - 3} ${y + kHalf - 0.5}l-2 6 6-5.5z`} />}
      {line.certainty !== 'certain' && line.attributed && <circle class="query" cx={middle} cy={y} r={2} />}
      {line.polarity === 'negative' && (
        <path class="cross" d={`M${middle - 6} ${y - 7}l12 14m0-14l-12 14`} />
      )}
      {line.retracted && <path class="strike" d={`M${x0 - 9} ${y}H${Math.max(x1, x0) + 9}`} />}
    </>
  );
}

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
