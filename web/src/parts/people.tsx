import type {Party} from '../rows';

// A name as a way to its person; plain where no name identifies them ("my father").
export function Name({of}: {of: Party}) {
  if (of.id === null) return <span>{of.name}</span>;
  return (
    <a class="person" href={`/person/${of.id}`}>
      {of.name}
    </a>
  );
}

export function People({people}: {people: Party[]}) {
  return (
    <span class="people">
      {people.map((one) => (
        <Name key={one.id ?? one.name} of={one} />
      ))}
    </span>
  );
}
