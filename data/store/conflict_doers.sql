-- Pairs of events of one class done to the same person on the same days by others. ?1: an identity, or NULL. Written for this project.
SELECT DISTINCT 'doer', e.line, f.line
FROM event e
JOIN doer p ON p.event = e.id AND p.role = 'patient' JOIN entity pe ON pe.id = p.entity AND pe.person IS NOT NULL
JOIN line_doer ld ON ld.person = pe.person AND ld.what = e.class AND ld.line > e.line
JOIN event f ON f.line = ld.line AND f.class = e.class
JOIN doer q ON q.event = f.id AND q.role = 'patient' JOIN entity qe ON qe.id = q.entity AND qe.person = pe.person
WHERE e.class IN (SELECT value FROM json_each(?2)) AND e.polarity = 'positive' AND f.polarity = 'positive'
  AND e.begin < f.end AND f.begin < e.end
  AND julianday(e.end) - julianday(e.begin) <= 31 AND julianday(f.end) - julianday(f.begin) <= 31
  AND EXISTS (SELECT 1 FROM doer d JOIN entity n ON n.id = d.entity WHERE d.event = e.id AND d.role = 'agent' AND n.person IS NOT NULL)
  AND EXISTS (SELECT 1 FROM doer d JOIN entity n ON n.id = d.entity WHERE d.event = f.id AND d.role = 'agent' AND n.person IS NOT NULL)
  AND NOT EXISTS (
    SELECT 1 FROM doer d JOIN entity n ON n.id = d.entity JOIN doer g ON g.event = f.id AND g.role = 'agent' JOIN entity h ON h.id = g.entity
    WHERE d.event = e.id AND d.role = 'agent' AND n.person = h.person)
  AND (?1 IS NULL OR e.line IN (SELECT line FROM line_doer WHERE person = ?1) OR f.line IN (SELECT line FROM line_doer WHERE person = ?1))
ORDER BY e.line, f.line
