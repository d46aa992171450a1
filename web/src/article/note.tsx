// The margin note of one mark: the record behind it, in words.
import {Badges} from '../parts/badges';
import {makeCorrection} from '../parts/toast';
import {address} from '../api';
import type {Article, Person} from '../rows';
import type {CodePoints} from '../text';
import {useOne} from '../use_data';
import {count, intervalWords, saidBy} from '../words';

export interface Margin {
  mark: string;
}

interface Props {
  article: Article;
  id: string;
  text: CodePoints;
}

function speakerOf({article, text}: Props, attribution: string | null) {
  const one = article.record.attributions.find(({id}) => id === attribution);
  if (!one) return null;
  const entity = article.record.entities.find(({id}) => id === one.speaker);
  const source = one.source.map((span) => text.slice(...span)).join(' ');
  return {speaker: entity?.name ?? (source || null), person: null, kind: one.source_kind};
}

function EntityNote({article, id}: Props) {
  const entity = article.record.entities.find((one) => one.id === id);
  const identity = article.identities[id];
  const person = useOne<Person>(identity ? `/api/people/${identity}` : null).data;
  if (!entity) return null;
  return (
    <>
      <p class="overline">{entity.kind.toLowerCase()}</p>
      <h2>{identity ? <a href={`/person/${identity}`}>{entity.name}</a> : entity.name}</h2>
      <p>{count(entity.mentions.length, 'mention')} here</p>
      {entity.descriptions.length > 0 && <p>Called {entity.descriptions.slice(0, 6).join(', ')}</p>}
      {identity && person && (
        <>
          <p>
            {count(person.articles, 'article')} in the store · <a href={address('/story', {person: identity})}>Timeline</a>
          </p>
          {person.articles > 1 && (
            <>
              <p class="hint">Not the {person.name} of the other articles?</p>
              <button type="button" class="small" onClick={() => void makeCorrection('split', {person: identity, articles: [article.article]})}>
                Split {entity.name} off here
              </button>
            </>
          )}
        </>
      )}
    </>
  );
}

function TimeNote({article, id, text}: Props) {
  const one = article.record.times.find((time) => time.id === id);
  if (!one) return null;
  return (
    <>
      <p class="overline">{one.type.toLowerCase()}</p>
      <h2>{text.slice(...one.span)}</h2>
      <p>{one.interval ? intervalWords(one.interval) : one.value ? '' : 'Not known which'}</p>
      {one.value && (
        <p class="hint">
          TIMEX3 <code>{one.value}</code>
        </p>
      )}
    </>
  );
}

function SpeechNote(props: Props) {
  const one = props.article.record.attributions.find(({id}) => id === props.id);
  if (!one) return null;
  const words = {direct: 'Their own words', mixed: 'Partly their own words'}[one.form] ?? 'Reported, not their words';
  return (
    <>
      <p class="overline">speech</p>
      <h2>{saidBy(speakerOf(props, props.id))}</h2>
      <p>
        {words} · source {one.source_kind}
      </p>
      <p class="hint">Sure to {Math.round(one.confidence * 100)} in 100</p>
    </>
  );
}

function EventNote(props: Props) {
  const one = props.article.record.events.find(({id}) => id === props.id);
  if (!one) return null;
  const told = {polarity: one.polarity, certainty: one.certainty, attributed: speakerOf(props, one.attribution)};
  return (
    <>
      <p class="overline">event{one.class ? ` · ${one.class.replaceAll('_', ' ')}` : ''}</p>
      <h2>{props.text.slice(...one.clause)}</h2>
      <Badges told={told} />
      {one.time?.interval && <p>{intervalWords(one.time.interval)}</p>}
    </>
  );
}

export function Note(props: Props) {
  const Kind = {e: EntityNote, t: TimeNote, a: SpeechNote, v: EventNote}[props.id[0] ?? ''];
  return Kind ? <Kind key={props.id} {...props} /> : null;
}
