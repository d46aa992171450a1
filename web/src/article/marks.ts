// The marks of an article, from its record.
import type {Span, TextRecord} from '../rows';

export type Layer = 'people' | 'times' | 'quotes' | 'events';

export interface TextMark {
  id: string; // "e1", "t2", "a3", "v4": of the record
  layer: Layer;
  span: Span;
}

// Wide marks first, so that the narrowest one at a place comes last.
export function findMarks(record: TextRecord): TextMark[] {
  const marks: TextMark[] = [];
  for (const one of record.attributions)
    for (const span of one.content) marks.push({id: one.id, layer: 'quotes', span});
  for (const one of record.events) marks.push({id: one.id, layer: 'events', span: one.span});
  for (const one of record.entities)
    for (const mention of one.mentions) marks.push({id: one.id, layer: 'people', span: mention.span});
  for (const one of record.times) marks.push({id: one.id, layer: 'times', span: one.span});
  return marks.sort((a, b) => b.span[1] - b.span[0] - (a.span[1] - a.span[0]) || a.span[0] - b.span[0]);
}
