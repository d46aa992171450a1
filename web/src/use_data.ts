// Data of one address as a component sees it: loading, failed or there.
import {useEffect, useLayoutEffect, useMemo, useState} from 'preact/hooks';
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

// The request leaves as soon as the address is known: before the frame is painted that only says
// that one is waiting. An answer belongs to its `asked`; until the right one is there it loads.
function useFetch<T>(url: string | null, fetcher: (url: string, signal: AbortSignal) => Promise<T>): Loaded<T> {
  const seen = useChanges();
  const [tries, setTries] = useState(0);
  const asked = url === null ? '' : `${seen} ${tries} ${url}`;
  const [answer, setAnswer] = useState<{asked: string; data: T | null; error: ApiError | null}>({asked: '', data: null, error: null});
  useLayoutEffect(() => {
    if (url === null) return setAnswer((old) => (old.asked === '' ? old : {asked, data: null, error: null}));
    const abort = new AbortController();
    fetcher(url, abort.signal).then(
      (data) => setAnswer({asked, data, error: null}),
      (error) => {
        if (!abort.signal.aborted) setAnswer({asked, data: null, error: error as ApiError});
      },
    );
    return () => abort.abort();
  }, [asked]);
  const loading = answer.asked !== asked;
  return {
    data: url === null ? null : answer.data,
    error: loading ? null : answer.error,
    loading,
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

// How many rows `more` brings, however short the first page was.
const kMore = '200';

// All pages read so far of a list; `more` reads the next one.
export function usePages<Row>(url: string | null): Loaded<Row[]> & {more: (() => void) | null} {
  const first = useRows<Row>(url);
  // What was read behind a first page, and which: another answer begins anew.
  const [rest, setRest] = useState<{behind: Page<Row> | null; rows: Row[]; next: string | null}>({behind: null, rows: [], next: null});
  const [failed, setFailed] = useState<ApiError | null>(null);
  const page = first.data;
  const later = rest.behind === page ? rest : {behind: page, rows: [] as Row[], next: page?.next ?? null};
  const rows = useMemo(() => (page && later.rows.length > 0 ? [...page.rows, ...later.rows] : page?.rows ?? null), [page, rest]);
  const {next} = later;
  const more =
    url !== null && next !== null && !first.loading
      ? () => {
          const [path, query] = url.split('?') as [string, string?];
          const words = new URLSearchParams(query);
          words.set('limit', kMore);
          words.set('cursor', next);
          get<Row>(`${path}?${words}`).then(
            (got) => setRest({behind: page, rows: [...later.rows, ...got.rows], next: got.next}),
            (error) => setFailed(error as ApiError),
          );
        }
      : null;
  return {data: rows, error: first.error ?? failed, loading: first.loading, again: first.again, more};
}

// True once `loading` has lasted: a wait that is not felt is not shown, for showing it takes as long.
export function useLongWait(loading: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!loading) return setLong(false);
    const timer = setTimeout(() => setLong(true), 300);
    return () => clearTimeout(timer);
  }, [loading]);
  return loading && long;
}
