// Beside the timeline: what the opened line rests on, word for word, and everybody who tells it.
import {useEffect, useRef} from 'preact/hooks';
import {Badges} from '../parts/badges';
import {CopyButton} from '../parts/copy';
import {People} from '../parts/people';
import {Context, SourceLine} from '../parts/sentence';
import {go, withQuery} from '../route';
import type {Line} from '../rows';
import {citedLine, count, intervalWords} from '../words';

export function Source({line, teller}: {line: Line; teller: number}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({preventScroll: innerWidth > 1000}), [line.id]);
  const open = Math.min(teller, line.tellers.length - 1);
  return (
    <section class="source" aria-labelledby="source-title">
      <div class="source-head">
        <p class="overline">{line.label}</p>
        <button type="button" class="quiet small" onClick={() => go(withQuery({line: '', on: '', teller: ''}), 'replace')}>
          Close
        </button>
      </div>
      <h2 id="source-title" ref={heading} tabIndex={-1}>
        {line.text}
      </h2>
      <Badges told={line} />
      <p class="when">{intervalWords(line.interval)}</p>
      <People people={line.people} />
      <h3>
        Told by {count(line.publishers, 'publisher')}
        {line.tellers.length > line.publishers ? ` in ${count(line.tellers.length, 'article')}` : ''}
      </h3>
      <ol class="tellers">
        {line.tellers.map((one, i) => (
          <li key={`${one.article}-${one.span[0]}`} class={i === open ? 'open' : ''}>
            <SourceLine citation={one} />
            {i === open ? (
              <Context citation={one} />
            ) : (
              <a class="more-context" data-how="replace" href={withQuery({line: line.id, teller: String(i)})}>
                “{one.sentence.length > 110 ? `${one.sentence.slice(0, 108)}…` : one.sentence}”
              </a>
            )}
            <div class="teller-foot">
              <Badges told={one} />
              <CopyButton text={citedLine(one.text || line.text, line.label, one, one)} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
