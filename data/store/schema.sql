-- The file format of a store, version 1; docs/store.md explains it. Written for this project.
-- Days and times are ISO 8601 text, intervals half open, spans code points of article.text.

CREATE TABLE article (
  id              INTEGER PRIMARY KEY,
  article_id      TEXT NOT NULL,          -- the id that came with it, else "sha256:…"
  content         TEXT NOT NULL UNIQUE,   -- SHA-256 of what was read: text, title, date, publisher
  uri             TEXT,
  title           TEXT,
  publisher       TEXT,
  authors         TEXT NOT NULL,          -- JSON list
  language        TEXT,
  published       TEXT,                   -- known time; NULL: unknown
  published_basis TEXT NOT NULL,
  modified        TEXT,
  fingerprint     INTEGER NOT NULL,       -- SimHash of the text
  superseded_by   INTEGER REFERENCES article(id),  -- a later text at the same address
  correction      TEXT,                   -- the sentence that says that something was corrected
  reader          TEXT NOT NULL,          -- program and model that read it
  text            TEXT NOT NULL,
  record          BLOB NOT NULL           -- the record without its text: zlib of JSON
);
CREATE INDEX article_uri ON article(uri) WHERE uri IS NOT NULL;
CREATE INDEX article_published ON article(published);

-- Near-duplicates: told once, all their places kept.
CREATE TABLE copy (
  id        INTEGER PRIMARY KEY,
  article   INTEGER NOT NULL REFERENCES article(id),
  content   TEXT NOT NULL UNIQUE,
  uri       TEXT,
  publisher TEXT,
  title     TEXT,
  published TEXT
);
CREATE INDEX copy_article ON copy(article);

-- A quarter of an article's fingerprint: two that differ in at most three bits share one.
CREATE TABLE band (
  band    INTEGER NOT NULL,  -- number of the quarter * 65536 + its bits
  article INTEGER NOT NULL REFERENCES article(id),
  PRIMARY KEY (band, article)
) WITHOUT ROWID;

-- An identity over articles.
CREATE TABLE person (
  id   INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,  -- PERSON, ORG, PLACE …
  name TEXT NOT NULL,  -- the fullest name used
  key  TEXT NOT NULL,  -- that name folded
  articles INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX person_key ON person(key);
CREATE INDEX person_articles ON person(articles DESC, id);

-- Somebody or something of one article.
CREATE TABLE entity (
  id       INTEGER PRIMARY KEY,
  article  INTEGER NOT NULL REFERENCES article(id),
  number   INTEGER NOT NULL,  -- "e1" of the record is 1
  kind     TEXT NOT NULL,
  name     TEXT NOT NULL,
  key      TEXT NOT NULL,     -- the name folded, for looking up
  named    INTEGER NOT NULL,  -- 0: known by a description only; has no identity
  mentions INTEGER NOT NULL,
  gender   TEXT,              -- of the pronouns used: "m", "f"
  born     INTEGER,           -- year of birth, by an age or a date that the article gives
  person   INTEGER REFERENCES person(id)
);
CREATE INDEX entity_article ON entity(article, number);
CREATE INDEX entity_person ON entity(person, article);
CREATE INDEX entity_key ON entity(key) WHERE named;

-- Other names and descriptions of an entity.
CREATE TABLE name (
  entity INTEGER NOT NULL REFERENCES entity(id),
  form   TEXT NOT NULL,  -- "alias", "description"
  text   TEXT NOT NULL,
  key    TEXT NOT NULL
);
CREATE INDEX name_entity ON name(entity);
CREATE INDEX name_key ON name(key) WHERE form = 'alias';

-- Every key that an identity is looked up by.
CREATE TABLE person_name (
  key    TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person(id),
  PRIMARY KEY (key, person)
) WITHOUT ROWID;
CREATE INDEX person_name_person ON person_name(person);

-- Why an entity was, or was not, taken for a person known before.
CREATE TABLE reason (
  entity INTEGER NOT NULL REFERENCES entity(id),
  person INTEGER NOT NULL REFERENCES person(id),
  joined INTEGER NOT NULL,
  pro    TEXT NOT NULL,  -- JSON list of words
  contra TEXT NOT NULL
);
CREATE INDEX reason_entity ON reason(entity);
CREATE INDEX reason_person ON reason(person);

-- Who says so, of one article.
CREATE TABLE quote (
  id          INTEGER PRIMARY KEY,
  article     INTEGER NOT NULL REFERENCES article(id),
  number      INTEGER NOT NULL,
  form        TEXT NOT NULL,
  content     TEXT NOT NULL,
  cue         TEXT,
  source      TEXT,
  speaker     INTEGER REFERENCES entity(id),
  source_kind TEXT NOT NULL,
  parent      INTEGER,
  confidence  REAL NOT NULL,
  span_begin  INTEGER NOT NULL,
  span_end    INTEGER NOT NULL,
  sentence_begin INTEGER NOT NULL,
  sentence_end   INTEGER NOT NULL
);
CREATE INDEX quote_article ON quote(article, number);
CREATE INDEX quote_speaker ON quote(speaker);

-- Whom a quotation speaks of.
CREATE TABLE about (
  entity INTEGER NOT NULL REFERENCES entity(id),
  quote  INTEGER NOT NULL REFERENCES quote(id),
  PRIMARY KEY (entity, quote)
) WITHOUT ROWID;

-- A line over many articles: one event, told by one article or more.
CREATE TABLE line (
  id       INTEGER PRIMARY KEY,
  class    TEXT,
  lemma    TEXT NOT NULL,
  polarity TEXT NOT NULL,
  begin    TEXT,     -- what the tellers agree on
  end      TEXT,
  position TEXT,     -- day by which it is ordered; NULL: no date
  salient  INTEGER NOT NULL  -- some article's own timeline has it
);
CREATE INDEX line_position ON line(position, id);

-- Whose lines these are: the doers of its events, and its class and lemma.
CREATE TABLE line_doer (
  person INTEGER NOT NULL REFERENCES person(id),
  what   TEXT NOT NULL,   -- class, else lemma
  line   INTEGER NOT NULL REFERENCES line(id),
  PRIMARY KEY (person, what, line)
) WITHOUT ROWID;
CREATE INDEX line_doer_line ON line_doer(line);

-- An event as one article tells it.
CREATE TABLE event (
  id        INTEGER PRIMARY KEY,
  article   INTEGER NOT NULL REFERENCES article(id),
  line      INTEGER REFERENCES line(id),
  number    INTEGER NOT NULL,
  lemma     TEXT NOT NULL,
  class     TEXT,
  text      TEXT NOT NULL,
  begin     TEXT,
  end       TEXT,
  grain     TEXT,
  label     TEXT NOT NULL,   -- the date in words, "no date" without one
  basis     TEXT,
  polarity  TEXT NOT NULL,
  certainty TEXT NOT NULL,
  tense     TEXT NOT NULL,
  quote     INTEGER,         -- number of the attribution in whose content it stands
  salient   INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end   INTEGER NOT NULL,
  sentence_begin INTEGER NOT NULL,
  sentence_end   INTEGER NOT NULL,
  paragraph INTEGER NOT NULL
);
CREATE INDEX event_line ON event(line);
CREATE INDEX event_article ON event(article, number);

CREATE TABLE doer (
  entity INTEGER NOT NULL REFERENCES entity(id),
  event  INTEGER NOT NULL REFERENCES event(id),
  role   TEXT NOT NULL,
  PRIMARY KEY (entity, event, role)
) WITHOUT ROWID;
CREATE INDEX doer_event ON doer(event);

CREATE TABLE relation (
  id        INTEGER PRIMARY KEY,
  article   INTEGER NOT NULL REFERENCES article(id),
  relation  TEXT NOT NULL,
  subject   INTEGER NOT NULL REFERENCES entity(id),
  object    INTEGER REFERENCES entity(id),
  value     TEXT,
  status    TEXT NOT NULL,
  begin     TEXT,
  end       TEXT,
  polarity  TEXT NOT NULL,
  certainty TEXT NOT NULL,
  quote     INTEGER,
  confidence REAL NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end   INTEGER NOT NULL,
  sentence_begin INTEGER NOT NULL,
  sentence_end   INTEGER NOT NULL,
  paragraph INTEGER NOT NULL
);
CREATE INDEX relation_subject ON relation(subject);
CREATE INDEX relation_object ON relation(object);
CREATE INDEX relation_article ON relation(article);

-- What a person corrected, in order.
CREATE TABLE correction (
  id     INTEGER PRIMARY KEY,
  kind   TEXT NOT NULL,             -- "merge", "split"
  said   TEXT NOT NULL,
  moved  TEXT NOT NULL,             -- JSON: a list of [article, key of the entity, from identity, to identity]
  undone INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE change (number INTEGER NOT NULL);
INSERT INTO change VALUES (1);

CREATE VIRTUAL TABLE search USING fts5(title, text, content='article', content_rowid='id',
                                       tokenize='unicode61 remove_diacritics 2');

-- Views for the common questions, for the sqlite3 shell and DuckDB.
CREATE VIEW teller AS
  SELECT e.line, e.id AS event, e.article, a.title, a.publisher, a.published, e.text, e.begin, e.end, e.label,
         e.polarity, e.certainty, e.class,
         substr(a.text, e.sentence_begin + 1, e.sentence_end - e.sentence_begin) AS sentence
  FROM event e JOIN article a ON a.id = e.article;

CREATE VIEW timeline AS
  SELECT l.id AS line, l.begin, l.end, l.class, l.polarity, count(DISTINCT e.article) AS articles,
         count(DISTINCT coalesce(a.publisher, a.uri, a.id)) AS publishers, min(a.published) AS first_told,
         (SELECT f.text FROM event f WHERE f.line = l.id ORDER BY f.id LIMIT 1) AS text
  FROM line l JOIN event e ON e.line = l.id JOIN article a ON a.id = e.article
  WHERE l.salient GROUP BY l.id ORDER BY l.position IS NULL, l.position, l.id;

CREATE VIEW tie AS
  SELECT r.relation, s.person AS subject_id, s.name AS subject, o.person AS object_id, coalesce(o.name, r.value) AS object,
         r.status, r.begin, r.end, r.polarity, r.certainty, a.published, a.publisher, r.article,
         substr(a.text, r.sentence_begin + 1, r.sentence_end - r.sentence_begin) AS sentence
  FROM relation r JOIN entity s ON s.id = r.subject LEFT JOIN entity o ON o.id = r.object
  JOIN article a ON a.id = r.article;

CREATE VIEW statement AS
  SELECT q.id AS quote, q.article, a.published, a.publisher, q.form, coalesce(e.name, q.source) AS speaker, e.person AS speaker_id,
         q.source_kind, q.content
  FROM quote q JOIN article a ON a.id = q.article LEFT JOIN entity e ON e.id = q.speaker;
