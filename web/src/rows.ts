// The rows of the HTTP API (docs/store.md, /api/openapi.json), as the page reads them.

export type Interval = [string | null, string | null]; // half open, "YYYY-MM-DD"
export type Span = [number, number]; // half open, code points of an article's text
export type Polarity = 'positive' | 'negative';
export type Certainty = 'certain' | 'probable' | 'possible';

export interface Ref {
  id: string;
  name: string;
  kind: string;
}

// Somebody or something told of: without an id where no name identifies it ("my father").
export interface Party {
  id: string | null;
  name: string;
  kind: string;
}

export interface Attributed {
  speaker: string | null;
  person: string | null;
  kind: string;
}

export interface Citation {
  article: number;
  article_id: string;
  title: string | null;
  publisher: string | null;
  uri: string | null;
  published: string | null;
  span: Span;
  sentence: string;
  sentence_span: Span;
  paragraph: number | null;
}

export interface Teller extends Citation {
  text: string;
  polarity: Polarity;
  certainty: Certainty;
  attributed: Attributed | null;
  interval: Interval;
}

export interface Line {
  id: string;
  interval: Interval;
  grain: string | null;
  label: string;
  text: string;
  class: string | null;
  polarity: Polarity;
  certainty: Certainty;
  attributed: Attributed | null;
  people: Ref[];
  publishers: number;
  retracted: boolean;
  tellers: Teller[];
}

export interface Relation {
  relation: string;
  subject: Party;
  object: Party | null;
  value: string | null;
  status: string;
  interval: Interval;
  polarity: Polarity;
  certainty: Certainty;
  attributed: Attributed | null;
  current: boolean;
  evidence: Citation[];
}

export interface Candidate {
  id: string;
  name: string;
  for: string[];
  against: string[];
}

export interface Person extends Ref {
  aliases: string[];
  descriptions: string[];
  articles: number;
  mentions: number;
  first: string | null;
  last: string | null;
  ties?: Relation[];
  candidates?: Candidate[];
}

export interface Quote {
  id: string;
  form: string;
  content: string;
  cue: string | null;
  source: string | null;
  speaker: Party | null;
  source_kind: string;
  about: Party[];
  confidence: number;
  citation: Citation;
}

export interface ConflictSide {
  text: string;
  interval: Interval;
  label?: string | null; // the date in words
  value: string | null;
  citation: Citation;
  attributed: Attributed | null;
}

export interface Conflict {
  kind: string;
  about: string;
  people: Party[];
  sides: ConflictSide[];
}

export interface Hit {
  article: number;
  title: string | null;
  published: string | null;
  publisher: string | null;
  snippet: string; // hits between [[ and ]]
  citation: Citation;
}

export interface TextRecord {
  text: string;
  blocks: {span: Span; kind: string}[];
  sentences: Span[];
  times: {id: string; span: Span; type: string; value: string | null; interval: Interval | null}[];
  entities: {
    id: string;
    kind: string;
    name: string;
    descriptions: string[];
    mentions: {span: Span; form: string}[];
  }[];
  attributions: {
    id: string;
    form: string;
    content: Span[];
    cue: Span[];
    source: Span[];
    speaker: string | null;
    source_kind: string;
    confidence: number;
  }[];
  events: {
    id: string;
    span: Span;
    clause: Span;
    lemma: string;
    class: string | null;
    time: {interval: Interval | null; basis: string} | null;
    polarity: Polarity;
    certainty: Certainty;
    attribution: string | null;
  }[];
}

export interface Article {
  article: number;
  article_id: string;
  title: string | null;
  uri: string | null;
  publisher: string | null;
  published: string | null;
  published_basis: string;
  copies: {uri: string | null; publisher: string | null}[];
  record: TextRecord;
  identities: {[entity: string]: string};
}

export interface ArticleHead {
  article: number;
  title: string | null;
  publisher: string | null;
  published: string | null;
}

export interface Status {
  version: string;
  articles: number;
  people: number;
  events: number;
}

export interface Page<Row> {
  rows: Row[];
  next: string | null;
}

export interface Added {
  added: number[];
  same: number[];
  folded: number[];
  errors: string[];
}

export interface Corrected {
  correction: number | null;
  said: string;
}
