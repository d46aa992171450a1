// Articles into the store: dropped, chosen or pasted; each goes to the program by itself and says
// what became of it.
import {useRef, useState} from 'preact/hooks';
import {ApiError, addArticle} from '../api';
import type {Added, ArticleHead} from '../rows';
import {storeChanged, useRows} from '../use_data';
import {count, dayWords} from '../words';

interface Item {
  id: number;
  name: string;
  state: 'waiting' | 'reading' | 'done' | 'failed';
  said: string;
  articles: number[];
}

const kMost = 32 * 1024 * 1024; // bytes; the program refuses more

function typeOf(name: string, type: string): string {
  if (/\.(html?|xhtml)$/i.test(name)) return 'text/html';
  if (/\.jsonl$/i.test(name)) return 'application/jsonl';
  if (type === 'text/html') return type;
  return 'text/plain';
}

function outcome(added: Added): string {
  const words = [];
  if (added.added.length > 0) words.push(`${count(added.added.length, 'article')} added`);
  if (added.folded.length > 0) words.push(`${count(added.folded.length, 'copy', 'copies')} of what is there`);
  if (added.same.length > 0) words.push(`${count(added.same.length, 'article')} there already`);
  return [...words, ...added.errors].join('; ') || 'no article in it';
}

let lastId = 0;

export function DropView() {
  const [items, setItems] = useState<Item[]>([]);
  const [over, setOver] = useState(false);
  const [pasted, setPasted] = useState('');
  const [published, setPublished] = useState('');
  const files = useRef<HTMLInputElement>(null);
  const line = useRef(Promise.resolve());
  const change = (id: number, changes: Partial<Item>) =>
    setItems((old) => old.map((item) => (item.id === id ? {...item, ...changes} : item)));

  const send = (name: string, type: string, body: Blob | string, size: number) => {
    const id = ++lastId;
    const day = published;
    setItems((old) => [{id, name, state: 'waiting', said: 'waiting', articles: []}, ...old]);
    if (size > kMost) return change(id, {state: 'failed', said: 'larger than 32 MB: use “dateline add” for it'});
    line.current = line.current.then(async () => {
      change(id, {state: 'reading', said: 'being read'});
      try {
        const added = await addArticle(body, type, name, day);
        const articles = [...added.added, ...added.folded, ...added.same];
        change(id, {state: added.errors.length > 0 && articles.length === 0 ? 'failed' : 'done', said: outcome(added), articles});
        storeChanged();
      } catch (error) {
        change(id, {state: 'failed', said: error instanceof ApiError ? error.message : String(error)});
      }
    });
  };
  const take = (list: FileList | null) => {
    for (const file of Array.from(list ?? [])) send(file.name, typeOf(file.name, file.type), file, file.size);
  };
  const done = items.filter((item) => item.state === 'done' || item.state === 'failed').length;

  return (
    <div class="drop-view">
      <header class="headline">
        <h1>Add articles</h1>
        <p class="dek">Plain text, web pages or JSON Lines. They are read here, by this program; nothing leaves the machine.</p>
      </header>
      <div
        class={over ? 'drop-zone over' : 'drop-zone'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer?.files ?? null);
        }}
      >
        <p class="drop-words">Drop files here</p>
        <button type="button" onClick={() => files.current?.click()}>
          Choose files
        </button>
        <input ref={files} type="file" multiple class="visually-hidden" tabIndex={-1} aria-label="Files to add" accept=".txt,.html,.htm,.jsonl,text/*"
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <form
        class="paste"
        onSubmit={(event) => {
          event.preventDefault();
          if (pasted.trim() === '') return;
          send('pasted text', 'text/plain', pasted, pasted.length);
          setPasted('');
        }}
      >
        <label class="field">
          Or paste an article
          <textarea rows={8} value={pasted} onInput={(event) => setPasted(event.currentTarget.value)} />
        </label>
        <div class="paste-foot">
          <label class="field">
            Published (for articles that do not say)
            <input type="date" value={published} onInput={(event) => setPublished(event.currentTarget.value)} />
          </label>
          <button type="submit" disabled={pasted.trim() === ''}>
            Add it
          </button>
        </div>
      </form>
      {items.length > 0 && (
        <section aria-labelledby="sent-title">
          <h2 id="sent-title">
            {done} of {count(items.length, 'file')} read
          </h2>
          <progress max={items.length} value={done} aria-label="Files read" />
          <ul class="sent" aria-live="polite">
            {items.map((item) => (
              <li key={item.id} class={item.state}>
                <span class="sent-name">{item.name}</span> <span class="sent-said">{item.said}</span>
                {item.articles.slice(0, 5).map((article) => (
                  <a key={article} href={`/article/${article}`}>
                    Article {article}
                  </a>
                ))}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Kept />
    </div>
  );
}

function Kept() {
  const {data} = useRows<ArticleHead>('/api/articles?limit=50');
  if (!data || data.rows.length === 0) return null;
  return (
    <section aria-labelledby="kept-title">
      <h2 id="kept-title">In the store</h2>
      <ol class="kept">
        {data.rows.map((one) => (
          <li key={one.article}>
            <span class="line-date">{dayWords(one.published)}</span>
            <span>
              <a href={`/article/${one.article}`}>{one.title || `Article ${one.article}`}</a>
              {one.publisher && <span class="kept-publisher"> {one.publisher}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
