// The story: a timeline to scale and in words; beside it the source of the line that is open.
import {useMemo, useRef} from 'preact/hooks';
import {address} from '../api';
import {Empty, Failed, Loading} from '../parts/states';
import {SourceLine} from '../parts/sentence';
import {go, withQuery} from '../route';
import type {Hit, Line, Person} from '../rows';
import {kFilters, timelineOf} from '../story/asked';
import {Chart} from '../story/chart';
import {asCsv, asJson, asTimelineJs, save} from '../story/download';
import {Filters} from '../story/filters';
import {type Window, extents, parseWindow, windowText} from '../story/layout';
import {Legend} from '../story/legend';
import {Lines, lineQuery} from '../story/lines';
import {Source} from '../story/source';
import {useLongWait, useOne, usePages, useRows} from '../use_data';
import {count} from '../words';

function Downloads({lines}: {lines: Line[]}) {
  return (
    <span class="downloads" role="group" aria-label="Download these lines">
      <button type="button" class="quiet small" onClick={() => save('timeline.csv', 'text/csv', asCsv(lines))}>
        CSV
      </button>
      <button type="button" class="quiet small" onClick={() => save('timeline.json', 'application/json', asJson(lines))}>
        JSON
      </button>
      <button type="button" class="quiet small" onClick={() => save('timelinejs.json', 'application/json', asTimelineJs(lines))}>
        TimelineJS
      </button>
      <button type="button" class="quiet small" onClick={() => print()}>
        Print
      </button>
    </span>
  );
}

// Who is in the story: the way in when nobody is chosen yet.
function Cast() {
  const {data} = useRows<Person>(address('/api/people', {limit: 40}));
  const cast = (data?.rows ?? []).filter(({kind}) => kind === 'PERSON' || kind === 'ORG').slice(0, 12);
  if (cast.length === 0) return null;
  return (
    <nav class="cast" aria-label="People of the story">
      {cast.map((person) => (
        <a key={person.id} href={address('/story', {person: person.id})}>
          {person.name} <span>{person.articles}</span>
        </a>
      ))}
    </nav>
  );
}

function Headline({query, lines}: {query: URLSearchParams; lines: Line[] | null}) {
  const id = query.get('person');
  const person = useOne<Person>(id ? `/api/people/${id}` : null).data;
  const name = person?.name ?? query.get('name');
  return (
    <div class="headline">
      <h1>{name ?? 'The story so far'}</h1>
      {id ? (
        <p class="dek">
          {person?.descriptions[0] && <>{person.descriptions[0]} · </>}
          <a href={`/person/${id}`}>Names, ties and quotations</a> · <a href="/story">Everybody</a>
        </p>
      ) : (
        <p class="dek">{lines && lines.length > 0 ? 'Every line rests on a sentence: open one to read it.' : ''}</p>
      )}
    </div>
  );
}

function Snippet({text}: {text: string}) {
  const parts = text.split(/\[\[|\]\]/);
  return <p class="snippet">{parts.map((part, i) => (i % 2 === 1 ? <mark key={i}>{part}</mark> : part))}</p>;
}

function Hits({words}: {words: string}) {
  const {data, error, loading, again, more} = usePages<Hit>(address('/api/search', {q: words, limit: 50}));
  if (error) return <Failed error={error} again={again} />;
  if (!data || loading) return <Loading what="articles" />;
  return (
    <>
      <div class="headline">
        <h1>“{words}”</h1>
        <p class="dek">
          {count(data.length, 'place')} in the articles · <a href={address('/story', {about: words})}>Lines about it</a>
        </p>
      </div>
      {data.length === 0 && <Empty title="No article says that" />}
      <ol class="hits">
        {data.map((hit, i) => (
          <li key={i}>
            <Snippet text={hit.snippet} />
            <SourceLine citation={hit.citation} />
          </li>
        ))}
      </ol>
      {more && (
        <button type="button" onClick={more}>
          More
        </button>
      )}
    </>
  );
}

function Nothing({query}: {query: URLSearchParams}) {
  const filtered = kFilters.some((name) => query.get(name));
  if (filtered)
    return (
      <Empty title="No line is left under these filters">
        <p>
          <a href="/story">Show every line</a>
        </p>
      </Empty>
    );
  return (
    <Empty title="The store is empty">
      <p>
        <a href="/drop">Add the first articles</a>, or on the command line: <code>dateline add STORE articles/</code>
      </p>
    </Empty>
  );
}

export function StoryView({query}: {query: URLSearchParams}) {
  const words = query.get('q');
  return words ? <Hits words={words} /> : <Timeline query={query} />;
}

function Timeline({query}: {query: URLSearchParams}) {
  const {data, error, loading, again, more} = usePages<Line>(timelineOf(query));
  const waiting = useLongWait(loading);
  const lines = data ?? [];
  const range = useMemo(() => extents(lines), [data]);
  const shown = useMemo(() => parseWindow(query.get('w')) ?? range.fit, [query.get('w'), range]);
  const selected = query.get('line');
  const here = lines.find((line) => line.id === selected) ?? null;
  // A linked line may stand on a later page of the list: then it is asked for by its day.
  const on = query.get('on');
  const near = useRows<Line>(selected && data && !here && on ? address('/api/timeline', {from: on, to: on, limit: 500}) : null);
  const open = here ?? near.data?.rows.find((line) => line.id === selected) ?? null;
  const select = (line: Line) => go(withQuery(lineQuery(line)));
  const setWindow = (window: Window | null) => go(withQuery({w: window ? windowText(window) : ''}), 'replace');
  // A hundred lines and their marks are drawn once for an answer, not also while the next is awaited.
  const settled = useRef('');
  if (!loading) settled.current = query.toString();
  const drawn = [data, range, shown, selected, settled.current];
  const chart = useMemo(
    () => <Chart lines={lines} person={query.get('person')} window={shown} all={range.all} onWindow={setWindow} selected={selected} onSelect={select} />,
    drawn,
  );
  const cast = useMemo(() => !query.get('person') && <Cast />, [query.get('person')]);
  const list = useMemo(() => <Lines lines={lines} selected={selected} />, drawn);
  return (
    <div class={open ? 'story with-source' : 'story'}>
      <div class={waiting ? 'story-main waiting' : 'story-main'} aria-busy={loading}>
        <Headline query={query} lines={data} />
        {cast}
        <Filters query={query} />
        {error && <Failed error={error} again={again} />}
        {!data && !error && <Loading what="the timeline" />}
        {data && lines.length === 0 && <Nothing query={query} />}
        {data && lines.length > 0 && (
          <>
            {chart}
            <Legend />
            <div class="lines-head">
              <h2>
                {count(lines.length, 'line')}
                {more ? ' so far' : ''}
              </h2>
              <Downloads lines={lines} />
            </div>
            {list}
            {more && (
              <button type="button" class="more" onClick={more}>
                Show later lines
              </button>
            )}
          </>
        )}
      </div>
      {open && <Source line={open} teller={Number(query.get('teller') ?? 0)} />}
      {selected && data && !open && !loading && !near.loading && (
        <section class="source">
          <Empty title="That line is not among those shown">
            <p>
              <a href={address('/story', {line: selected, on: on ?? ''})}>Look for it in the whole story</a>
            </p>
          </Empty>
        </section>
      )}
    </div>
  );
}
