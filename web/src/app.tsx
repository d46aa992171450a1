// The frame around the views: masthead, ways to the views, the message at the foot.
import {useEffect, useRef} from 'preact/hooks';
import {Empty} from './parts/states';
import {ThemeButton} from './parts/theme';
import {Toast} from './parts/toast';
import {SearchBox} from './parts/search_box';
import {type Route, useRoute} from './route';
import type {Status} from './rows';
import {useOne} from './use_data';
import {ArticleView} from './views/article';
import {ConflictsView} from './views/conflicts';
import {DropView} from './views/drop';
import {PersonView} from './views/person';
import {StoryView} from './views/story';
import {count} from './words';

function Current({route}: {route: Route | null}) {
  if (!route)
    return (
      <Empty title="No such page">
        <p>
          <a href="/story">Go to the story</a>
        </p>
      </Empty>
    );
  switch (route.view) {
    case 'story':
      return <StoryView query={route.query} />;
    case 'person':
      return <PersonView key={route.id} id={route.id} />;
    case 'article':
      return <ArticleView key={route.id} id={route.id} query={route.query} />;
    case 'conflicts':
      return <ConflictsView query={route.query} />;
    case 'drop':
      return <DropView />;
  }
}

function Masthead({route}: {route: Route | null}) {
  const status = useOne<Status>('/api/status').data;
  const link = (view: Route['view'], href: string, name: string) => (
    <a href={href} aria-current={route?.view === view ? 'page' : undefined}>
      {name}
    </a>
  );
  return (
    <header class="masthead">
      <a class="wordmark" href="/story">
        Dateline
      </a>
      <nav aria-label="Views">
        {link('story', '/story', 'Story')}
        {link('conflicts', '/conflicts', 'Conflicts')}
        {link('drop', '/drop', 'Add articles')}
      </nav>
      <SearchBox />
      <div class="masthead-end">
        {status && (
          <span class="holdings" title={`${count(status.people, 'name')}, ${count(status.events, 'line')}`}>
            {count(status.articles, 'article')}
          </span>
        )}
        <ThemeButton />
      </div>
    </header>
  );
}

export function App() {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const place = `${route?.view}/${route?.id}`;
  const before = useRef(place);
  // A new view is read from its start, by eye and by screen reader.
  useEffect(() => {
    if (before.current === place) return;
    before.current = place;
    scrollTo(0, 0);
    main.current?.focus({preventScroll: true});
  }, [place]);
  return (
    <>
      <a class="skip" href="#main" onClick={(e) => { e.preventDefault(); main.current?.focus(); }}>
        Skip to the story
      </a>
      <Masthead route={route} />
      <main id="main" ref={main} tabIndex={-1}>
        <Current route={route} />
      </main>
      <Toast />
    </>
  );
}
