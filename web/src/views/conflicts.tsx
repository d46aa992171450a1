// Where articles contradict each other: both sides side by side, each with its sentence.
import {address} from '../api';
import {People} from '../parts/people';
import {SourceLine} from '../parts/sentence';
import {Empty, Failed, Loading} from '../parts/states';
import type {Conflict, ConflictSide} from '../rows';
import {usePages} from '../use_data';
import {count, intervalWords, saidBy} from '../words';

const kKinds: {[kind: string]: string} = {
  date: 'When it was',
  doer: 'Who did it',
  state: 'How they stand',
  denied: 'Said and denied',
};

// What the two sides differ in, first.
function headOf(kind: string, side: ConflictSide): string {
  const dated = side.interval[0] !== null || side.interval[1] !== null;
  if (kind === 'date') return side.label ?? (dated ? intervalWords(side.interval) : (side.value ?? side.text));
  if (kind === 'state' && side.value) return side.value;
  return side.text;
}

function Side({kind, side}: {kind: string; side: ConflictSide}) {
  return (
    <div class="side">
      <p class="side-value">{headOf(kind, side)}</p>
      <blockquote>“{side.citation.sentence}”</blockquote>
      <span class="badges">
        {side.value === 'negative' && <span class="badge denied">denied</span>}
        {side.attributed && <span class="badge said">{saidBy(side.attributed)}</span>}
      </span>
      <SourceLine citation={side.citation} />
    </div>
  );
}

export function ConflictsView({query}: {query: URLSearchParams}) {
  const person = query.get('person') ?? '';
  const {data, error, again, more} = usePages<Conflict>(address('/api/conflicts', {person, limit: 50}));
  return (
    <div class="conflicts">
      <header class="headline">
        <h1>Conflicts</h1>
        <p class="dek">
          {data ? `${count(data.length, 'pair')}${more ? ' so far' : ''} of lines that cannot both be so` : ''}
          {person && (
            <>
              {' '}
              · <a href="/conflicts">Everybody’s</a>
            </>
          )}
        </p>
      </header>
      {error && <Failed error={error} again={again} />}
      {!data && !error && <Loading what="conflicts" />}
      {data?.length === 0 && <Empty title="No two articles contradict each other" />}
      <ol class="conflict-list">
        {(data ?? []).map((conflict, i) => (
          <li key={i} class="card">
            <p class="overline">{kKinds[conflict.kind] ?? conflict.kind}</p>
            <h2>{conflict.about.replaceAll('_', ' ')}</h2>
            <People people={conflict.people} />
            <div class="sides">
              {conflict.sides.map((side, j) => (
                <Side key={j} kind={conflict.kind} side={side} />
              ))}
            </div>
          </li>
        ))}
      </ol>
      {more && (
        <button type="button" onClick={more}>
          More
        </button>
      )}
    </div>
  );
}
