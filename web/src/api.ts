// Requests to the program that served the page, and to nothing else.
import type {Added, Corrected, Page} from './rows';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const kTokenKey = 'dateline-token';

// Off the loopback the program wants a token. It comes once in the address behind "#token=", is kept
// for this tab alone, and leaves the address at once.
export function takeToken(): void {
  const match = /^#token=(.+)$/.exec(location.hash);
  if (!match?.[1]) return;
  setToken(decodeURIComponent(match[1]));
  history.replaceState(null, '', location.pathname + location.search);
}

export function setToken(token: string): void {
  sessionStorage.setItem(kTokenKey, token);
}

function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = sessionStorage.getItem(kTokenKey);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  return fetch(path, {...init, headers});
}

// The one request that left before the view that wants its answer was drawn.
let ahead: {path: string; answer: Promise<Response>; abort: AbortController} | null = null;

// Asks for what the next `get` of the same address will want, while the view is still at work.
export function askAhead(path: string): void {
  ahead?.abort.abort();
  const abort = new AbortController();
  const answer = send(path, {signal: abort.signal});
  answer.catch(() => {}); // whoever takes it says what is wrong; nobody may
  ahead = {path, answer, abort};
}

function takeAhead(path: string, init: RequestInit): Promise<Response> | null {
  if (ahead === null || ahead.path !== path || init.method !== undefined) return null;
  const {answer, abort} = ahead;
  ahead = null;
  init.signal?.addEventListener('abort', () => abort.abort());
  return answer;
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await (takeAhead(path, init) ?? send(path, init));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'unreachable', 'The program does not answer. Is “dateline serve” still running?');
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const error = (body as {error?: {code: string; message: string}} | null)?.error;
    throw new ApiError(response.status, error?.code ?? 'failed', error?.message ?? response.statusText);
  }
  return body as T;
}

export type Query = {[key: string]: string | number | undefined};

export function address(path: string, query: Query = {}): string {
  const words = new URLSearchParams();
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') words.set(key, String(value));
  const text = words.toString();
  return text ? `${path}?${text}` : path;
}

export function get<Row>(url: string, signal?: AbortSignal): Promise<Page<Row>> {
  return request<Page<Row>>(url, signal ? {signal} : {});
}

export function getOne<T>(url: string, signal?: AbortSignal): Promise<T> {
  return request<T>(url, signal ? {signal} : {});
}

export function correct(what: 'merge' | 'split' | 'undo', body: object): Promise<Corrected> {
  return request<Corrected>(`/api/${what}`, {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify(body),
  });
}

export function addArticle(body: Blob | string, type: string, name: string, published: string): Promise<Added> {
  return request<Added>(address('/api/articles', {name, published}), {
    method: 'POST',
    headers: {'Content-Type': type},
    body,
  });
}
