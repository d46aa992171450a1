// How rows are said in words: what colour and shape show is always said too.
import type {Attributed, Certainty, Citation, Interval, Line, Polarity} from './rows';

const kMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// "2022-11-16" → "16 Nov 2022"; what is no such day is given as it is.
export function dayWords(day: string | null | undefined): string {
  if (!day) return 'no date';
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(day);
  if (!match) return day;
  return `${Number(match[3])} ${kMonths[Number(match[2]) - 1]} ${match[1]}`;
}

export function intervalWords([begin, end]: Interval): string {
  if (begin === null && end === null) return 'at an unknown time';
  if (begin === null) return `before ${dayWords(end)}`;
  if (end === null) return `since ${dayWords(begin)}`;
  const last = new Date(Date.parse(`${end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  return last <= begin ? dayWords(begin) : `${dayWords(begin)} – ${dayWords(last)}`;
}

export function saidBy(attributed: Attributed | null): string {
  if (!attributed) return '';
  return `says ${attributed.speaker ?? 'an unnamed source'}`;
}

export interface Told {
  polarity: Polarity;
  certainty: Certainty;
  attributed: Attributed | null;
  retracted?: boolean;
}

// The reservations under which a line is told, each a short word for a badge.
export function reservations(told: Told): {kind: 'denied' | 'hedged' | 'said' | 'retracted'; word: string}[] {
  const found: ReturnType<typeof reservations> = [];
  if (told.retracted) found.push({kind: 'retracted', word: 'retracted'});
  if (told.polarity === 'negative') found.push({kind: 'denied', word: 'denied'});
  if (told.certainty === 'probable') found.push({kind: 'hedged', word: 'probable'});
  if (told.certainty === 'possible') found.push({kind: 'hedged', word: 'possible'});
  if (told.attributed) found.push({kind: 'said', word: saidBy(told.attributed)});
  return found;
}

export function lineWords(line: Line): string {
  const more = reservations(line).map((one) => one.word);
  const told = `told by ${count(line.publishers, 'publisher')}`;
  return `${line.label}: ${line.text}. ${[...more, told].join(', ')}`;
}

const kNumber = new Intl.NumberFormat('en'); // made once: making one costs more than a line's drawing

export function count(n: number, word: string, words = `${word}s`): string {
  return `${kNumber.format(n)} ${n === 1 ? word : words}`;
}

export function sourceWords(citation: Citation): string {
  const title = citation.title ? `“${citation.title}”` : `article ${citation.article}`;
  return [citation.publisher, title, dayWords(citation.published)].filter(Boolean).join(', ');
}

// A line with its citation, as one pastes it into a story.
export function citedLine(text: string, label: string, told: Told, citation: Citation): string {
  const words = reservations(told).map((one) => one.word);
  const where = citation.paragraph ? `, paragraph ${citation.paragraph}` : '';
  const uri = citation.uri ? ` <${citation.uri}>` : '';
  return (
    `${label}: ${text}${words.length > 0 ? ` (${words.join(', ')})` : ''}.\n` +
    `“${citation.sentence}”\n— ${sourceWords(citation)}${where}${uri}`
  );
}

const kRelations: {[name: string]: string} = {
  spouse: 'spouse of',
  partner: 'partner of',
  child: 'parent of',
  sibling: 'sibling of',
  relative: 'relative of',
  associate: 'associate of',
  employer_or_member: 'with',
  chief_executive: 'led by',
  founder: 'founded by',
  position: 'is',
  educated_at: 'educated at',
  political_affiliation: 'politically with',
  nationality: 'national of',
  residence: 'lives in',
  birth_place: 'born in',
  birth_date: 'born on',
  death_date: 'died on',
  headquarters: 'based in',
  subsidiary_of: 'part of',
  founded_date: 'founded on',
};
const kReversed: {[name: string]: string} = {
  child: 'child of',
  employer_or_member: 'has',
  chief_executive: 'chief executive of',
  founder: 'founder of',
  subsidiary_of: 'owns',
  headquarters: 'home of',
  residence: 'home of',
  birth_place: 'birthplace of',
  educated_at: 'taught',
  political_affiliation: 'has',
  nationality: 'nation of',
};

// "parent of", or "child of" when `self` is the one the relation points to.
export function relationWords(relation: string, reversed: boolean): string {
  return (reversed ? kReversed[relation] : undefined) ?? kRelations[relation] ?? relation.replaceAll('_', ' ');
}
