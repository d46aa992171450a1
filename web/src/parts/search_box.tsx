// One box for people and words: names as they are typed, and the words in articles and lines.
import {useEffect, useRef, useState} from 'preact/hooks';
import {address} from '../api';
import {go} from '../route';
import type {Person} from '../rows';
import {useRows} from '../use_data';
import {count} from '../words';

interface Choice {
  id: string;
  name: string;
  note: string;
  url: string;
}

function choices(words: string, people: Person[]): Choice[] {
  const named = people.slice(0, 7).map((person) => ({
    id: person.id,
    name: person.name,
    note: [person.descriptions[0], count(person.articles, 'article')].filter(Boolean).join(' · '),
    url: address('/story', {person: person.id}),
  }));
  return [
    ...named,
    {id: 'lines', name: `Lines about “${words}”`, note: 'timeline', url: address('/story', {about: words})},
    {id: 'articles', name: `Articles that say “${words}”`, note: 'full text', url: address('/story', {q: words})},
  ];
}

// `value`, once it has stood still for a moment.
function useSettled(value: string, ms: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

export function SearchBox() {
  const [words, setWords] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const asked = useSettled(words.trim(), 120);
  const people = useRows<Person>(asked ? address('/api/people', {name: asked, limit: 7}) : null);
  const list = words.trim() ? choices(words.trim(), people.data?.rows ?? []) : [];
  const at = Math.min(active, list.length - 1);
  useEffect(() => setActive(0), [asked, people.data]);
  useEffect(() => {
    const slash = (event: KeyboardEvent) => {
      const typing = (event.target as Element).closest('input, textarea, select');
      if (event.key !== '/' || typing || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', slash);
    return () => removeEventListener('keydown', slash);
  }, []);
  const choose = (choice: Choice | undefined) => {
    if (!choice) return;
    setOpen(false);
    setWords('');
    go(choice.url);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (list.length > 0) setActive((at + step + list.length) % list.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      // Enter may come before the names do: then it waits for them no longer and takes the words.
      choose(list[at]);
    } else if (event.key === 'Escape') setOpen(false);
  };
  const shown = open && list.length > 0;
  return (
    <div class="search" role="search">
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label="Search people and words"
        aria-expanded={shown}
        aria-controls="search-choices"
        aria-autocomplete="list"
        aria-activedescendant={shown ? `choice-${list[at]?.id}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder="Search people and words"
        value={words}
        onInput={(event) => {
          setWords(event.currentTarget.value);
          setOpen(true);
        }}
        onKeyDown={keys}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
      />
      <kbd aria-hidden="true">/</kbd>
      <ul id="search-choices" role="listbox" aria-label="Found" hidden={!shown}>
        {list.map((choice, i) => (
          <li
            key={choice.id}
            id={`choice-${choice.id}`}
            role="option"
            aria-selected={i === at}
            onMouseDown={(event) => {
              event.preventDefault();
              choose(choice);
            }}
          >
            <span class="choice-name">{choice.name}</span> <span class="choice-note">{choice.note}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
