import type {Ref} from '../rows';

export function People({people}: {people: Ref[]}) {
  return (
    <span class="people">
      {people.map((person) => (
        <a key={person.id} class="person" href={`/person/${person.id}`}>
          {person.name}
        </a>
      ))}
    </span>
  );
}
