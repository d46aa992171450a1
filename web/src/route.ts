// The state of the page is its address: every view, filter and opened line can be linked to.
import {useEffect, useState} from 'preact/hooks';

export type View = 'story' | 'person' | 'article' | 'conflicts' | 'drop';

export interface Route {
  view: View;
  id: string; // of the person or article; "" elsewhere
  query: URLSearchParams;
}

export function parse(path: string, search: string): Route | null {
  const query = new URLSearchParams(search);
  if (path === '/' || path === '/story') return {view: 'story', id: '', query};
  if (path === '/conflicts') return {view: 'conflicts', id: '', query};
  if (path === '/drop') return {view: 'drop', id: '', query};
  const person = /^\/person\/(P\d+)$/.exec(path);
  if (person?.[1]) return {view: 'person', id: person[1], query};
  const article = /^\/article\/(\d+)$/.exec(path);
  if (article?.[1]) return {view: 'article', id: article[1], query};
  return null;
}

// The browser's own address follows a changed filter once it has come to rest: writing it down keeps
// the browser from drawing the lines, and browsers refuse it when done often.
const kRest = 200; // ms
let unwritten: string | null = null;
let rest: number | undefined;

const here = () => unwritten ?? location.pathname + location.search;

function write(): void {
  clearTimeout(rest);
  if (unwritten !== null) history.replaceState(null, '', unwritten);
  unwritten = null;
}

export function go(url: string, how: 'push' | 'replace' = 'push'): void {
  if (url === here()) return;
  if (how === 'push') {
    write();
    history.pushState(null, '', url);
  } else {
    unwritten = url;
    clearTimeout(rest);
    rest = setTimeout(write, kRest);
  }
  dispatchEvent(new Event('routechange'));
}

function current(): Route | null {
  const {pathname, search} = new URL(here(), location.origin);
  return parse(pathname, search);
}

// The address of the current view with some parameters changed; "" takes one away.
export function withQuery(changes: {[key: string]: string}): string {
  const {pathname, searchParams: query} = new URL(here(), location.origin);
  for (const [key, value] of Object.entries(changes)) {
    if (value === '') query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  return pathname + (text ? `?${text}` : '');
}

export function useRoute(): Route | null {
  const [route, setRoute] = useState(current);
  useEffect(() => {
    const changed = () => setRoute(current());
    const back = () => {
      clearTimeout(rest);
      unwritten = null;
      changed();
    };
    addEventListener('popstate', back);
    addEventListener('routechange', changed);
    addEventListener('pagehide', write);
    return () => {
      removeEventListener('popstate', back);
      removeEventListener('routechange', changed);
      removeEventListener('pagehide', write);
    };
  }, []);
  return route;
}

// Plain clicks on links of our own change the view without loading the page again.
export function followLinks(): void {
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest('a');
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.hash && link.pathname === location.pathname && link.search === location.search) return;
    if (parse(link.pathname, link.search) === null) return;
    event.preventDefault();
    go(link.pathname + link.search, link.dataset['how'] === 'replace' ? 'replace' : 'push');
  });
}
