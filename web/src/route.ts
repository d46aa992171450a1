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

export function go(url: string, how: 'push' | 'replace' = 'push'): void {
  if (url === location.pathname + location.search) return;
  if (how === 'push') history.pushState(null, '', url);
  else history.replaceState(null, '', url);
  dispatchEvent(new Event('routechange'));
}

// The address of the current view with some parameters changed; "" takes one away.
export function withQuery(changes: {[key: string]: string}): string {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === '') query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  return location.pathname + (text ? `?${text}` : '');
}

export function useRoute(): Route | null {
  const [route, setRoute] = useState(() => parse(location.pathname, location.search));
  useEffect(() => {
    const changed = () => setRoute(parse(location.pathname, location.search));
    addEventListener('popstate', changed);
    addEventListener('routechange', changed);
    return () => {
      removeEventListener('popstate', changed);
      removeEventListener('routechange', changed);
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
