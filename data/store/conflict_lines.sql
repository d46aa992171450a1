-- Pairs of lines that cannot both be so: kind, line, line. ?1: an identity, or NULL for all. Written for this project.
-- "once" holds the classes that the same doers go through once (classes.tsv).
WITH pair AS (
  SELECT d.person, d.what, l.id AS line, l.polarity, l.begin, l.end
  FROM line_doer d JOIN line l ON l.id = d.line
  WHERE (?1 IS NULL OR d.line IN (SELECT line FROM line_doer WHERE person = ?1)) AND l.class IS NOT NULL
)
SELECT DISTINCT
  CASE WHEN a.polarity <> b.polarity THEN 'denied' ELSE 'date' END,
  a.line, b.line
FROM pair a JOIN pair b ON a.person = b.person AND a.what = b.what AND a.line < b.line
WHERE
  -- the same doers
  (SELECT group_concat(person) FROM (SELECT person FROM line_person WHERE line = a.line ORDER BY person)) =
  (SELECT group_concat(person) FROM (SELECT person FROM line_person WHERE line = b.line ORDER BY person))
  AND (
    -- said and denied, of times that may be one
    (a.polarity <> b.polarity AND a.what NOT IN (SELECT value FROM json_each(?3))
      AND (a.begin IS NULL OR b.end IS NULL OR a.begin < b.end) AND (b.begin IS NULL OR a.end IS NULL OR b.begin < a.end))
    -- once in a life, on two dates
    OR (a.polarity = 'positive' AND b.polarity = 'positive' AND a.what IN (SELECT value FROM json_each(?2))
      AND (a.end <= b.begin OR b.end <= a.begin))
  )
ORDER BY a.line, b.line
