// A person: the names used, the ties and their states over time, what they said and what is said of
// them. Identities that may be the same are offered with the reasons for and against.
import {address} from '../api';
import {Badges} from '../parts/badges';
import {Name} from '../parts/people';
import {SourceLine} from '../parts/sentence';
import {Empty, Failed, Loading} from '../parts/states';
import {makeCorrection} from '../parts/toast';
import {TieChart} from '../person/tie_chart';
import type {Candidate, Person, Quote} from '../rows';
import {useOne, usePages} from '../use_data';
import {count, dayWords} from '../words';

function Candidates({person, candidates}: {person: Person; candidates: Candidate[]}) {
  if (candidates.length === 0) return null;
  return (
    <section class="card" aria-labelledby="candidates-title">
      <h2 id="candidates-title">The same person?</h2>
      <ul class="candidates">
        {candidates.map((one) => (
          <li key={one.id}>
            <p>
              <a class="person" href={`/person/${one.id}`}>
                {one.name}
              </a>
            </p>
            {one.for.length > 0 && <p class="reasons for">For: {one.for.join('; ')}</p>}
            {one.against.length > 0 && <p class="reasons against">Against: {one.against.join('; ')}</p>}
            <button type="button" class="small" onClick={() => void makeCorrection('merge', {a: person.id, b: one.id})}>
              Merge with {person.name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Quotes({title, url, of, none}: {title: string; url: string; of: 'by' | 'about'; none: string}) {
  const {data, error, again, more} = usePages<Quote>(url);
  return (
    <section class="quotes">
      <h2>{title}</h2>
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading what="quotations" />}
      {data?.length === 0 && <p class="none">{none}</p>}
      <ol>
        {(data ?? []).map((quote) => (
          <li key={quote.id} class={`quote ${quote.form}`}>
            <blockquote>{quote.form === 'direct' ? `“${quote.content.replace(/^[“"]|[”"]$/g, '')}”` : quote.content}</blockquote>
            {of === 'about' && (
              <p class="speaker">
                {quote.speaker ? <Name of={quote.speaker} /> : <span>{quote.source ?? 'an unnamed source'}</span>}
                {quote.cue && <> {quote.cue}</>}
              </p>
            )}
            {quote.form !== 'direct' && <span class="badge plain">{quote.form === 'mixed' ? 'partly their words' : 'reported, not their words'}</span>}
            <SourceLine citation={quote.citation} />
          </li>
        ))}
      </ol>
      {more && (
        <button type="button" onClick={more}>
          More
        </button>
      )}
    </section>
  );
}

function Evidence({person}: {person: Person}) {
  const ties = person.ties ?? [];
  if (ties.length === 0) return <p class="none">No tie is told of.</p>;
  return (
    <>
      <TieChart person={person} ties={ties} />
      <details class="evidence">
        <summary>{count(ties.length, 'statement')} behind these ties</summary>
        <ol>
          {ties.map((tie, i) => (
            <li key={i}>
              <p>
                {tie.evidence[0] ? `“${tie.evidence[0].sentence}”` : ''} <Badges told={tie} />
              </p>
              {tie.evidence[0] && <SourceLine citation={tie.evidence[0]} />}
            </li>
          ))}
        </ol>
      </details>
    </>
  );
}

export function PersonView({id}: {id: string}) {
  const {data: person, error, again} = useOne<Person>(`/api/people/${id}`);
  if (error) return <Failed error={error} again={again} />;
  if (!person) return <Loading what="the person" />;
  const others = person.aliases.filter((alias) => alias !== person.name);
  return (
    <article class="person-view">
      <header class="headline">
        <p class="overline">{person.kind.toLowerCase()}</p>
        <h1>{person.name}</h1>
        <p class="dek">
          {count(person.mentions, 'mention')} in {count(person.articles, 'article')}, {dayWords(person.first)} –{' '}
          {dayWords(person.last)} · <a href={address('/story', {person: id})}>Timeline</a> ·{' '}
          <a href={address('/conflicts', {person: id})}>Conflicts</a>
        </p>
        {others.length > 0 && <p class="names">Also: {others.join(', ')}</p>}
        {person.descriptions.length > 0 && <p class="names">Called: {person.descriptions.slice(0, 12).join(', ')}</p>}
        <p class="names">
          Two people under one name? Open an article and split them there.{' '}
          <button type="button" class="quiet small" onClick={() => void makeCorrection('undo', {})}>
            Undo the last correction
          </button>
        </p>
      </header>
      <Candidates person={person} candidates={person.candidates ?? []} />
      <section class="ties" aria-labelledby="ties-title">
        <h2 id="ties-title">Ties</h2>
        <Evidence person={person} />
      </section>
      <div class="two-columns">
        <Quotes title="What they said" of="by" url={address('/api/quotes', {by: id, limit: 30})} none="Nothing they said is kept." />
        <Quotes title="Said of them" of="about" url={address('/api/quotes', {about: id, limit: 30})} none="Nobody is quoted on them." />
      </div>
      {person.mentions === 0 && <Empty title="No article names them any more" />}
    </article>
  );
}
