-- Pairs of relations of one tie that cannot both be so: kind, relation, relation. ?1: an identity, or NULL. Written for this project.
-- ?2: {"status": kind} of statuses.tsv; ?3: relations that are symmetric; ?4: relations of one value in a life.
WITH told AS (
  SELECT r.id, r.relation, r.article, r.status, r.polarity, r.begin, r.end, r.value, substr(a.published, 1, 10) AS published,
    CASE WHEN r.relation IN (SELECT value FROM json_each(?3)) THEN min(s.person, o.person) ELSE s.person END AS one,
    CASE WHEN r.relation IN (SELECT value FROM json_each(?3)) THEN max(s.person, o.person) ELSE o.person END AS other,
    json_extract(?2, '$.' || r.status) AS kind
  FROM relation r JOIN article a ON a.id = r.article JOIN entity s ON s.id = r.subject LEFT JOIN entity o ON o.id = r.object
  WHERE s.person IS NOT NULL AND a.superseded_by IS NULL
    AND (?1 IS NULL OR s.person = ?1 OR o.person = ?1)
)
SELECT CASE WHEN t.polarity <> u.polarity THEN 'denied' WHEN t.value IS NOT NULL THEN 'date' ELSE 'state' END, min(t.id), min(u.id)
FROM told t JOIN told u ON t.relation = u.relation AND t.one = u.one AND t.id < u.id AND t.article <> u.article
WHERE (t.other = u.other AND (
    t.polarity <> u.polarity
    OR (t.polarity = 'positive' AND t.kind <> u.kind AND t.kind IS NOT NULL AND u.kind IS NOT NULL
      AND 'coming' NOT IN (t.kind, u.kind)
      AND abs(julianday(t.published) - julianday(u.published)) <= 14
      -- a change that happened between the two is none of a contradiction
      AND NOT (coalesce(t.begin, '') > u.published OR coalesce(u.begin, '') > t.published)
      AND (t.begin IS NULL OR u.begin IS NULL))))
  OR (t.other IS NULL AND u.other IS NULL AND t.relation IN (SELECT value FROM json_each(?4))
      AND t.value <> u.value AND t.polarity = 'positive' AND u.polarity = 'positive'
      AND instr(t.value, u.value) <> 1 AND instr(u.value, t.value) <> 1)
GROUP BY t.relation, t.one, t.other, t.status, u.status, t.polarity, u.polarity, t.value, u.value
ORDER BY 2, 3
