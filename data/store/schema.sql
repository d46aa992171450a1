-- The file format of a store, version 2; docs/store.md explains it. Written for this project.
-- Days and times are ISO 8601 text, intervals half open, spans code points of article.text.
-- What one article says has ids of its own: the article's id * 65536 + the number in its record, so that
-- the rows of an article are a range of ids. Minutes are since 1970, for order and overlap alone.

CREATE TABLE article (
  id              INTEGER PRIMARY KEY,
  article_id      TEXT NOT NULL,          -- the id that came with it, else "sha256:…"
  content         BLOB NOT NULL UNIQUE,   -- first half of the SHA-256 of what was read: text, title, date, publisher
  uri             TEXT,
  title           TEXT,
  publisher       TEXT,
  authors         TEXT NOT NULL,          -- JSON list
  language        TEXT,
  published       TEXT,                   -- known time; NULL: unknown
  published_basis TEXT NOT NULL,
  modified        TEXT,
  superseded_by   INTEGER REFERENCES article(id),  -- a later text at the same address
  correction      TEXT,                   -- the sentence that says that something was corrected
  reader          TEXT NOT NULL,          -- program and model that read it
  text            TEXT NOT NULL
);
CREATE INDEX article_uri ON article(uri) WHERE uri IS NOT NULL;
CREATE INDEX article_published ON article(published);

-- The record of an article without its text, packed (docs/store.md, "Records").
CREATE TABLE record (
  article INTEGER PRIMARY KEY REFERENCES article(id),
  packed  BLOB NOT NULL
);

-- SimHash of an article's text.
CREATE TABLE fingerprint (
  article INTEGER PRIMARY KEY REFERENCES article(id),
  bits    INTEGER NOT NULL
);

-- Near-duplicates: told once, all their places kept.
CREATE TABLE copy (
  id        INTEGER PRIMARY KEY,
  article   INTEGER NOT NULL REFERENCES article(id),
  content   BLOB NOT NULL UNIQUE,
  uri       TEXT,
  publisher TEXT,
  title     TEXT,
  published TEXT
);
CREATE INDEX copy_article ON copy(article);

-- An identity over articles.
CREATE TABLE person (
  id       INTEGER PRIMARY KEY,
  kind     TEXT NOT NULL,  -- PERSON, ORG, PLACE …
  name     TEXT NOT NULL,  -- the fullest name used
  key      TEXT NOT NULL,  -- that name folded
  articles INTEGER NOT NULL DEFAULT 0,
  mentions INTEGER NOT NULL DEFAULT 0,
  gender   TEXT,           -- of the pronouns used, over all articles: "m", "f", "mf"
  born     INTEGER,        -- year of birth, by the latest article that tells
  first    TEXT,           -- days of the first and the last article
  last     TEXT
);
CREATE INDEX person_key ON person(key);

-- Somebody or something of one article; without a name only who speaks or has a tie.
CREATE TABLE entity (
  id       INTEGER PRIMARY KEY,  -- "e1" of the record is number 1
  kind     TEXT NOT NULL,
  name     TEXT NOT NULL,
  named    INTEGER NOT NULL,     -- 0: known by a description only; has no identity
  mentions INTEGER NOT NULL,
  gender   TEXT,                 -- of the pronouns used: "m", "f"
  born     INTEGER,              -- year of birth, by an age or a date that the article gives
  person   INTEGER REFERENCES person(id),
  article  INTEGER REFERENCES article(id) AS (id >> 16) VIRTUAL,
  number   INTEGER AS (id & 65535) VIRTUAL
);
CREATE INDEX entity_person ON entity(person) WHERE person IS NOT NULL;

-- Other names and descriptions of an entity.
CREATE TABLE name (
  entity INTEGER NOT NULL REFERENCES entity(id),
  form   TEXT NOT NULL,  -- "alias", "description"
  text   TEXT NOT NULL,
  PRIMARY KEY (entity, form, text)
) WITHOUT ROWID;

-- Every key that an identity is looked up by.
CREATE TABLE person_name (
  key    TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person(id),
  named  INTEGER NOT NULL,  -- 0: an alias, no article's name for it
  PRIMARY KEY (key, person)
) WITHOUT ROWID;
CREATE INDEX person_name_person ON person_name(person);

-- Why an entity was, or was not, taken for a person known before. No row: joined by the same full
-- name, and nothing spoke against it.
CREATE TABLE reason (
  entity INTEGER NOT NULL REFERENCES entity(id),
  person INTEGER NOT NULL REFERENCES person(id),
  joined INTEGER NOT NULL,
  pro    TEXT NOT NULL,  -- JSON list of words
  contra TEXT NOT NULL,
  PRIMARY KEY (entity, person)
) WITHOUT ROWID;
CREATE INDEX reason_person ON reason(person);

-- Who says so, of one article.
CREATE TABLE quote (
  id          INTEGER PRIMARY KEY,  -- "a1" of the record is number 1
  form        TEXT NOT NULL,
  content     TEXT,                 -- NULL: the words of the text from span_begin to span_end
  cue         TEXT,
  source      TEXT,
  speaker     INTEGER REFERENCES entity(id),
  source_kind TEXT NOT NULL,
  parent      INTEGER,
  confidence  REAL NOT NULL,
  span_begin  INTEGER NOT NULL,
  span_end    INTEGER NOT NULL,
  sentence_begin INTEGER NOT NULL,
  sentence_end   INTEGER NOT NULL,
  article     INTEGER REFERENCES article(id) AS (id >> 16) VIRTUAL,
  number      INTEGER AS (id & 65535) VIRTUAL
);
CREATE INDEX quote_speaker ON quote(speaker) WHERE speaker IS NOT NULL;

-- Whom a quotation speaks of.
CREATE TABLE about (
  entity INTEGER NOT NULL REFERENCES entity(id),
  quote  INTEGER NOT NULL,
  PRIMARY KEY (entity, quote)
) WITHOUT ROWID;

-- A line over many articles: one event, told by one article or more.
CREATE TABLE line (
  id       INTEGER PRIMARY KEY,
  class    TEXT,
  lemma    TEXT,             -- where there is no class
  polarity TEXT NOT NULL,
  begin    INTEGER,          -- minutes: what the tellers agree on
  end      INTEGER,
  salient  INTEGER NOT NULL  -- some article's own timeline has it
);
CREATE INDEX line_position ON line(coalesce(begin, end), end) WHERE salient;

-- Whose lines these are: the doers of its events. The rest is the line's, for finding it quickly.
CREATE TABLE line_doer (
  person  INTEGER NOT NULL REFERENCES person(id),
  what    TEXT NOT NULL,     -- class, else lemma
  line    INTEGER NOT NULL,
  begin   INTEGER,           -- minutes
  end     INTEGER,
  salient INTEGER NOT NULL,
  PRIMARY KEY (person, what, line)
) WITHOUT ROWID;

-- An event as one article tells it.
CREATE TABLE event (
  id        INTEGER PRIMARY KEY,  -- "v1" of the record is number 1
  line      INTEGER REFERENCES line(id),
  lemma     TEXT,                 -- where there is no class
  class     TEXT,
  text      TEXT,                 -- NULL: the words of the text from clause_begin to clause_end
  begin     TEXT,
  end       TEXT,
  grain     TEXT,
  label     TEXT,                 -- the date in words where the interval does not say it
  polarity  TEXT NOT NULL,
  certainty TEXT NOT NULL,
  quote     INTEGER,              -- the attribution in whose content it stands
  salient   INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end   INTEGER NOT NULL,
  clause_begin INTEGER NOT NULL,
  clause_end   INTEGER NOT NULL,
  sentence_begin INTEGER NOT NULL,
  sentence_end   INTEGER NOT NULL,
  paragraph INTEGER NOT NULL,
  article   INTEGER REFERENCES article(id) AS (id >> 16) VIRTUAL,
  number    INTEGER AS (id & 65535) VIRTUAL
);
CREATE INDEX event_line ON event(line) WHERE line IS NOT NULL;  -- linked after it is written

CREATE TABLE doer (
  event  INTEGER NOT NULL REFERENCES event(id),
  number INTEGER NOT NULL,  -- of the entity in the article
  role   TEXT NOT NULL,
  entity INTEGER AS ((event & ~65535) | number) VIRTUAL,
  PRIMARY KEY (event, number, role)
) WITHOUT ROWID;

-- Whose events these are: doers that are somebody, and do or undergo it.
CREATE VIEW event_person AS
  SELECT e.id AS event, e.line, n.person
  FROM event e JOIN doer d ON d.event = e.id JOIN entity n ON n.id = d.entity
  WHERE n.person IS NOT NULL AND n.kind IN ('PERSON', 'ORG', 'GROUP') AND d.role IN ('agent', 'patient', 'recipient', 'companion');

-- Whose lines these are, by line; line_doer is the same by person.
CREATE VIEW line_person AS SELECT DISTINCT line, person FROM event_person;

CREATE TABLE relation (
  id        INTEGER PRIMARY KEY,  -- "r1" of the record is number 1
  relation  TEXT NOT NULL,
  subject   INTEGER NOT NULL REFERENCES entity(id),
  object    INTEGER REFERENCES entity(id),
  value     TEXT,
  status    TEXT NOT NULL,
  begin     TEXT,
  end       TEXT,
  polarity  TEXT NOT NULL,
  certainty TEXT NOT NULL,
  quote     INTEGER,              -- the attribution in whose content it stands
  confidence REAL NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end   INTEGER NOT NULL,
  sentence_begin INTEGER NOT NULL,
  sentence_end   INTEGER NOT NULL,
  paragraph INTEGER NOT NULL,
  article   INTEGER REFERENCES article(id) AS (id >> 16) VIRTUAL,
  number    INTEGER AS (id & 65535) VIRTUAL
);
CREATE INDEX relation_subject ON relation(subject);
CREATE INDEX relation_object ON relation(object) WHERE object IS NOT NULL;

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
  SELECT e.line, e.id AS event, e.article, a.title, a.publisher, a.published,
         coalesce(e.text, substr(a.text, e.clause_begin + 1, e.clause_end - e.clause_begin)) AS text, e.begin, e.end, e.label,
         e.polarity, e.certainty, e.class,
         substr(a.text, e.sentence_begin + 1, e.sentence_end - e.sentence_begin) AS sentence
  FROM event e JOIN article a ON a.id = e.article;

CREATE VIEW timeline AS
  SELECT l.id AS line, max(e.begin) AS begin, min(e.end) AS end, l.class, l.polarity, count(DISTINCT e.article) AS articles,
         count(DISTINCT coalesce(a.publisher, a.uri, a.id)) AS publishers, min(a.published) AS first_told,
         (SELECT t.text FROM teller t WHERE t.line = l.id ORDER BY t.event LIMIT 1) AS text
  FROM line l JOIN event e ON e.line = l.id JOIN article a ON a.id = e.article
  WHERE l.salient GROUP BY l.id ORDER BY coalesce(l.begin, l.end) IS NULL, coalesce(l.begin, l.end), l.id;

CREATE VIEW tie AS
  SELECT r.relation, s.person AS subject_id, s.name AS subject, o.person AS object_id, coalesce(o.name, r.value) AS object,
         r.status, r.begin, r.end, r.polarity, r.certainty, a.published, a.publisher, r.article,
         substr(a.text, r.sentence_begin + 1, r.sentence_end - r.sentence_begin) AS sentence
  FROM relation r JOIN entity s ON s.id = r.subject LEFT JOIN entity o ON o.id = r.object
  JOIN article a ON a.id = r.article;

CREATE VIEW statement AS
  SELECT q.id AS quote, q.article, a.published, a.publisher, q.form, coalesce(e.name, q.source) AS speaker, e.person AS speaker_id,
         q.source_kind, coalesce(q.content, substr(a.text, q.span_begin + 1, q.span_end - q.span_begin)) AS content
  FROM quote q JOIN article a ON a.id = q.article LEFT JOIN entity e ON e.id = q.speaker;
