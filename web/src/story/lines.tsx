// The timeline as a list: the same lines in words, for reading, printing and screen readers.
import {Badges} from '../parts/badges';
import {withQuery} from '../route';
import type {Line} from '../rows';
import {count} from '../words';
import {styleOf} from './mark';

// A line in the address: its day goes with it, so that it is found again among ever so many.
export function lineQuery(line: Line): {[key: string]: string} {
  return {line: line.id, on: line.interval[0] ?? line.interval[1] ?? '', teller: ''};
}

export function Lines({lines, selected}: {lines: Line[]; selected: string | null}) {
  return (
    <ol class="lines">
      {lines.map((line, i) => (
        <li key={i} class={`${styleOf(line)}${line.id === selected ? ' selected' : ''}`}>
          <span class="line-date">{line.label}</span>
          <div class="line-body">
            <a
              class="line-text"
              href={withQuery(lineQuery(line))}
              aria-current={line.id === selected ? 'true' : undefined}
            >
              {line.text}
            </a>
            <Badges told={line} />
            <span class="line-tellers">
              {line.publishers > 1
                ? count(line.publishers, 'publisher')
                : (line.tellers[0]?.publisher ?? count(line.publishers, 'publisher'))}
            </span>
          </div>
        </li>
      ))}
    </ol>
  );
}
