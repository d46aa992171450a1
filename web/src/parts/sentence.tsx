// The sentence a row rests on, in its paragraph, with the words themselves marked.
import type {Article, Citation, Span} from '../rows';
import {CodePoints, cut} from '../text';
import {useOne} from '../use_data';
import {dayWords} from '../words';
import type {ComponentChildren} from 'preact';

function Marked({text, begin, end, sentence, span}: {text: CodePoints; begin: number; end: number; sentence: Span; span: Span}) {
  const pieces = cut(begin, end, [sentence, span]);
  const shown = (over: number[], words: string) =>
    over.includes(1) ? <u>{words}</u> : words;
  const out: ComponentChildren[] = [];
  let inside: ComponentChildren[] = [];
  for (const piece of pieces) {
    const words = shown(piece.over, text.slice(...piece.span));
    if (piece.over.includes(0)) inside.push(words);
    else {
      if (inside.length > 0) out.push(<mark>{inside}</mark>);
      inside = [];
      out.push(words);
    }
  }
  if (inside.length > 0) out.push(<mark>{inside}</mark>);
  return <>{out}</>;
}

// The whole paragraph, read from the article; the bare sentence until it is there.
export function Context({citation}: {citation: Citation}) {
  const {data} = useOne<Article>(`/api/articles/${citation.article}`);
  const [from, to] = citation.sentence_span;
  const block = data?.record.blocks.find(({span}) => span[0] <= from && from < span[1]);
  if (!data || data.article !== citation.article || !block)
    return (
      <blockquote class="context">
        <mark>{citation.sentence}</mark>
      </blockquote>
    );
  const text = new CodePoints(data.record.text);
  return (
    <blockquote class="context">
      <Marked text={text} begin={block.span[0]} end={Math.max(block.span[1], to)} sentence={citation.sentence_span} span={citation.span} />
    </blockquote>
  );
}

export function SourceLine({citation}: {citation: Citation}) {
  const at = `${citation.sentence_span[0]}-${citation.sentence_span[1]}`;
  return (
    <p class="source-line">
      {citation.publisher && <strong>{citation.publisher}</strong>}
      {citation.publisher && ' · '}
      {dayWords(citation.published)}
      {citation.paragraph ? ` · ¶${citation.paragraph}` : ''}
      <br />
      <a href={`/article/${citation.article}?at=${at}`}>{citation.title || `Article ${citation.article}`}</a>
    </p>
  );
}
