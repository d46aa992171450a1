// The article with its marks; beside it the note of the mark that is pointed at or chosen. A mark's
// text is the article's text, never markup.
import {useEffect, useMemo, useState} from 'preact/hooks';
import type {ComponentChildren} from 'preact';
import {Note, type Margin} from '../article/note';
import {type Layer, type TextMark, findMarks} from '../article/marks';
import {Failed, Loading} from '../parts/states';
import {go, withQuery} from '../route';
import type {Article, Span} from '../rows';
import {CodePoints, cut} from '../text';
import {useOne} from '../use_data';
import {dayWords} from '../words';

const kLayers: [Layer, string][] = [
  ['people', 'Names'],
  ['times', 'Times'],
  ['quotes', 'Speech'],
  ['events', 'Events'],
];

interface BlockProps {
  text: CodePoints;
  span: Span;
  marks: TextMark[];
  at: Span | null;
  chosen: string | null;
  point: (margin: Margin) => void;
}

function Words({text, span, marks, at, chosen, point}: BlockProps) {
  const stops = new Set<string>();
  const ranges: Span[] = [...marks.map((mark) => mark.span), ...(at ? [at] : [])];
  return (
    <>
      {cut(span[0], span[1], ranges).map((piece) => {
        let shown: ComponentChildren = text.slice(...piece.span);
        const over = piece.over.map((i) => marks[i]).filter((mark): mark is TextMark => mark !== undefined);
        const link = over.filter((mark) => mark.layer !== 'quotes').pop() ?? over[over.length - 1];
        if (link) {
          const layers = [...new Set(over.map((mark) => `tm-${mark.layer}`))].join(' ');
          const point_at = () => point({mark: link.id});
          const all = `tm ${layers}${over.some((mark) => mark.id === chosen) ? ' chosen' : ''}`;
          // One stop for each mark: its first words take the keyboard, its other pieces the mouse alone.
          const stop = `${link.id}@${link.span[0]}`;
          if (!stops.has(stop) && String(shown).trim() !== '') {
            stops.add(stop);
            shown = (
              <a class={all} href={withQuery({mark: link.id})} data-how="replace" onMouseEnter={point_at} onFocus={point_at}>
                {shown}
              </a>
            );
          } else {
            shown = (
              <span class={all} onMouseEnter={point_at} onClick={() => go(withQuery({mark: link.id}), 'replace')}>
                {shown}
              </span>
            );
          }
        }
        const here = at !== null && piece.span[0] >= at[0] && piece.span[1] <= at[1];
        return here ? <mark key={piece.span[0]}>{shown}</mark> : <span key={piece.span[0]}>{shown}</span>;
      })}
    </>
  );
}

function Block({kind, children}: {kind: string; children: ComponentChildren}) {
  if (kind === 'title') return <h2 class="block title">{children}</h2>;
  if (kind === 'heading') return <h2 class="block heading">{children}</h2>;
  if (kind === 'blockquote') return <blockquote class="block">{children}</blockquote>;
  return <p class={`block ${kind}`}>{children}</p>;
}

function parseAt(text: string | null): Span | null {
  const match = /^(\d+)-(\d+)$/.exec(text ?? '');
  return match && Number(match[1]) < Number(match[2]) ? [Number(match[1]), Number(match[2])] : null;
}

function Text({article, query}: {article: Article; query: URLSearchParams}) {
  const [layers, setLayers] = useState<Set<Layer>>(new Set(['people', 'times', 'quotes', 'events']));
  const [margin, setMargin] = useState<Margin | null>(null);
  const chosen = query.get('mark');
  const at = parseAt(query.get('at'));
  const text = useMemo(() => new CodePoints(article.record.text), [article]);
  const marks = useMemo(() => findMarks(article.record), [article]);
  const shown = marks.filter((mark) => layers.has(mark.layer));
  useEffect(() => {
    const target = document.querySelector('.article-text mark, .article-text .tm.chosen');
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    target?.scrollIntoView({block: 'center', behavior: calm ? 'auto' : 'smooth'});
  }, [article.article, query.get('at')]);
  const toggle = (layer: Layer) => {
    const next = new Set(layers);
    if (!next.delete(layer)) next.add(layer);
    setLayers(next);
  };
  const note = margin ?? (chosen ? {mark: chosen} : null);
  return (
    <div class="article-columns">
      <div class="article-main">
        <div class="layers" role="group" aria-label="Marks shown">
          {kLayers.map(([layer, name]) => (
            <button key={layer} type="button" class={`layer layer-${layer}`} aria-pressed={layers.has(layer)} onClick={() => toggle(layer)}>
              {name}
            </button>
          ))}
        </div>
        <div class="article-text" lang="en">
          {article.record.blocks.map((block) => (
            <Block key={block.span[0]} kind={block.kind}>
              <Words
                text={text}
                span={block.span}
                marks={shown.filter((mark) => mark.span[0] < block.span[1] && mark.span[1] > block.span[0])}
                at={at}
                chosen={chosen}
                point={setMargin}
              />
            </Block>
          ))}
        </div>
      </div>
      <aside class="margin" aria-label="Note on the mark" aria-live="polite">
        {note ? <Note article={article} id={note.mark} text={text} /> : <p class="none">Point at a mark, or move to it by keyboard, to read what is known of it.</p>}
      </aside>
    </div>
  );
}

const kBasis: {[basis: string]: string} = {
  given: 'as given', header: 'from its header', jsonld: 'from the page’s data', meta: 'from the page’s data',
  time_element: 'from the page', url: 'from its address', feed: 'from the feed', dateline: 'from its dateline', text: 'from the text',
};

export function ArticleView({id, query}: {id: string; query: URLSearchParams}) {
  const {data: article, error, again} = useOne<Article>(`/api/articles/${id}`);
  if (error) return <Failed error={error} again={again} />;
  if (!article) return <Loading what="the article" />;
  const basis = kBasis[article.published_basis];
  return (
    <article class="article-view">
      <header class="headline">
        <p class="overline">{article.publisher ?? 'Article'}</p>
        <h1>{article.title || `Article ${article.article}`}</h1>
        <p class="dek">
          {dayWords(article.published)}
          {basis ? ` (date ${basis})` : ''}
          {article.uri && <span class="uri"> · {article.uri}</span>}
        </p>
        {article.copies.length > 0 && (
          <p class="names">
            Also printed by {article.copies.map((copy) => copy.publisher ?? copy.uri ?? 'another').join(', ')}
          </p>
        )}
      </header>
      <Text article={article} query={query} />
    </article>
  );
}
