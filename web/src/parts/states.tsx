// What stands where data is not: loading, nothing found, failed.
import type {ComponentChildren} from 'preact';
import {useState} from 'preact/hooks';
import {type ApiError, setToken} from '../api';

export function Loading({what}: {what: string}) {
  return (
    <div class="state loading" role="status">
      <span class="visually-hidden">Loading {what}</span>
      <div class="bone wide" />
      <div class="bone" />
      <div class="bone short" />
    </div>
  );
}

export function Empty({title, children}: {title: string; children?: ComponentChildren}) {
  return (
    <div class="state empty">
      <p class="state-title">{title}</p>
      {children}
    </div>
  );
}

export function Failed({error, again}: {error: ApiError; again: () => void}) {
  if (error.status === 401) return <TokenForm again={again} />;
  return (
    <div class="state failed" role="alert">
      <p class="state-title">{error.status === 404 ? 'Not in the store' : 'This could not be shown'}</p>
      <p>{error.message}</p>
      {error.status !== 404 && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}

function TokenForm({again}: {again: () => void}) {
  const [value, setValue] = useState('');
  return (
    <form
      class="state failed"
      onSubmit={(event) => {
        event.preventDefault();
        setToken(value.trim());
        again();
      }}
    >
      <p class="state-title">This store is shared with a token</p>
      <label class="field">
        Token
        <input type="password" autocomplete="off" value={value} onInput={(e) => setValue(e.currentTarget.value)} />
      </label>
      <button type="submit">Open</button>
    </form>
  );
}
