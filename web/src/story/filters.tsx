// What of the story is shown. Every choice is in the address.
import {useEffect, useState} from 'preact/hooks';
import {askAhead} from '../api';
import {go, withQuery} from '../route';
import {timelineOf} from './asked';

function set(changes: {[key: string]: string}): void {
  const url = withQuery(changes);
  if (url === withQuery({})) return;
  askAhead(timelineOf(new URL(url, location.origin).searchParams));
  go(url, 'replace');
}

// A day as it is typed; only whole days, or none, are taken.
function DayField({name, label, value}: {name: string; label: string; value: string}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  return (
    <label class="field">
      {label}
      <input
        type="date"
        name={name}
        value={typed}
        min="0001-01-01"
        max="9999-12-31"
        onInput={(event) => {
          const day = event.currentTarget.value;
          setTyped(day);
          if (day === '' || /^[12]\d{3}-\d\d-\d\d$/.test(day)) set({[name]: day});
        }}
      />
    </label>
  );
}

function WordField({name, label, value}: {name: string; label: string; value: string}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed.trim() !== value) set({[name]: typed.trim()});
    }, 250);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label class="field">
      {label}
      <input type="text" name={name} value={typed} autocomplete="off" onInput={(event) => setTyped(event.currentTarget.value)} />
    </label>
  );
}

const kSure = [
  ['', 'All lines'],
  ['probable', 'Probable or certain'],
  ['certain', 'Only certain'],
] as const;

export function Filters({query}: {query: URLSearchParams}) {
  const value = (name: string) => query.get(name) ?? '';
  const clocks = value('as_of') !== '' || value('known_by') !== '';
  const any = ['about', 'from', 'to', 'certainty', 'by', 'as_of', 'known_by'].some((name) => value(name) !== '');
  return (
    <form class="filters" aria-label="Filter the timeline" onSubmit={(event) => event.preventDefault()}>
      <WordField name="about" label="About" value={value('about')} />
      <DayField name="from" label="From" value={value('from')} />
      <DayField name="to" label="To" value={value('to')} />
      <label class="field">
        How sure
        <select name="certainty" value={value('certainty')} onChange={(event) => set({certainty: event.currentTarget.value})}>
          {kSure.map(([key, words]) => (
            <option key={key} value={key} selected={key === value('certainty')}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <details class="clocks" open={clocks || value('by') !== ''}>
        <summary>Who and as of when</summary>
        <div class="clock-fields">
          <WordField name="by" label="Told by" value={value('by')} />
          <DayField name="as_of" label="True as of" value={value('as_of')} />
          <DayField name="known_by" label="Known by" value={value('known_by')} />
        </div>
      </details>
      {/* Its place is kept while it has nothing to do: the lines below stay where they are. */}
      <button
        type="button"
        class={any ? 'quiet small' : 'quiet small unused'}
        onClick={() => set({about: '', from: '', to: '', certainty: '', by: '', as_of: '', known_by: ''})}
      >
        Clear filters
      </button>
    </form>
  );
}
