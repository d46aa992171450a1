// Data of one address as a component sees it: loading, failed or there.
import {useEffect, useState} from 'preact/hooks';
import {type ApiError, get, getOne} from './api';
import type {Page} from './rows';

export interface Loaded<T> {
  data: T | null; // the last answer; stays while the next one loads, so that nothing flickers
  error: ApiError | null;
  loading: boolean;
  again: () => void;
}

// Grows with every correction and every article added: what depends on the store is asked anew.
let changes = 0;
const listeners = new Set<() => void>();
export function storeChanged(): void {
  changes += 1;
  for (const listener of listeners) listener();
}

export function useChanges(): number {
  const [seen, setSeen] = useState(changes);
  useEffect(() => {
    const listener = () => setSeen(changes);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return seen;
}

function useFetch<T>(url: string | null, fetcher: (url: string, signal: AbortSignal) => Promise<T>): Loaded<T> {
  const seen = useChanges();
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<{url: string | null; data: T | null; error: ApiError | null; loading: boolean}>({
    url,
    data: null,
    error: null,
    loading: url !== null,
  });
  useEffect(() => {
    if (url === null) return setState({url, data: null, error: null, loading: false});
    const abort = new AbortController();
    setState((old) => ({...old, loading: true, error: null}));
    fetcher(url, abort.signal).then(
      (data) => setState({url, data, error: null, loading: false}),
      (error) => {
        if (!abort.signal.aborted) setState({url, data: null, error: error as ApiError, loading: false});
      },
    );
    return () => abort.abort();
  }, [url, seen, tries]);
  return {
    data: url === null ? null : state.data,
    error: state.error,
    loading: state.loading || state.url !== url,
    again: () => setTries(tries + 1),
  };
}

export const useRows = <Row,>(url: string | null): Loaded<Page<Row>> =>
  useFetch<Page<Row>>(url, (from, signal) => get<Row>(from, signal));

// What a route answers with an object, or with a page of that one row.
export const useOne = <T,>(url: string | null): Loaded<T> =>
  useFetch<T>(url, async (from, signal) => {
    const answer = await getOne<T | Page<T>>(from, signal);
    const rows = (answer as Page<T>).rows;
    return Array.isArray(rows) && rows[0] !== undefined ? rows[0] : (answer as T);
  });

interface Pages<Row> {
  url: string | null;
  rows: Row[];
  next: string | null;
}

// All pages read so far of a list; `more` reads the next one.
export function usePages<Row>(url: string | null): Loaded<Row[]> & {more: (() => void) | null} {
  const first = useRows<Row>(url);
  const [rest, setRest] = useState<Pages<Row>>({url, rows: [], next: null});
  const [failed, setFailed] = useState<ApiError | null>(null);
  useEffect(() => setRest({url, rows: [], next: first.data?.next ?? null}), [first.data]);
  const next = rest.url === url ? rest.next : null;
  const more =
    url !== null && next !== null
      ? () => {
          const separator = url.includes('?') ? '&' : '?';
          get<Row>(`${url}${separator}cursor=${encodeURIComponent(next)}`).then(
            (page) => setRest((old) => ({url, rows: [...old.rows, ...page.rows], next: page.next})),
            (error) => setFailed(error as ApiError),
          );
        }
      : null;
  const rows = first.data ? (rest.rows.length > 0 ? [...first.data.rows, ...rest.rows] : first.data.rows) : null;
  return {data: rows, error: first.error ?? failed, loading: first.loading, again: first.again, more};
}
