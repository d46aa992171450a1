import {reservations, type Told} from '../words';

// "denied", "possible", "says Ann Bell": each its own shape and its own word.
export function Badges({told}: {told: Told}) {
  const found = reservations(told);
  if (found.length === 0) return null;
  return (
    <span class="badges">
      {found.map((one) => (
        <span key={one.kind} class={`badge ${one.kind}`}>
          {one.word}
        </span>
      ))}
    </span>
  );
}
