#!/usr/bin/env python3
"""Timelines of the targets of a development set as a store tells them, for `timelines.py --timelines`.

usage: story_timelines.py STORE SET/timelines.jsonl > TIMELINES

A target's identities are those that bear its name or alias; its lines those with an event in which one of them is agent or
patient; a line's day is what its tellers agree on.
"""
import json
import re
import sqlite3
import sys


def key(name):
    words = re.findall(r"\w+", name.casefold())
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def date_of(begin, end):
    """The day, month or year that [begin, end) is, else that it begins with."""
    whole = (end or "")[:10]
    if begin[4:10] == "-01-01" and whole[4:10] == "-01-01" and int(whole[:4]) == int(begin[:4]) + 1:
        return begin[:4]
    if begin[8:10] == "01" and whole[8:10] == "01":
        return begin[:7]
    return begin[:10]


def entries_of(base, people):
    marks = ",".join("?" * len(people))
    rows = base.execute(f"""
        SELECT DISTINCT t.begin, t.end, a.article_id, e.span_begin, e.span_end
        FROM event e JOIN doer d ON d.event = e.id JOIN entity n ON n.id = d.entity JOIN article a ON a.id = e.article
        JOIN (SELECT line, max(begin) AS begin, min(end) AS end FROM event GROUP BY line) t ON t.line = e.line
        WHERE d.role IN ('agent', 'patient') AND n.person IN ({marks}) AND a.superseded_by IS NULL
        ORDER BY t.begin IS NULL OR t.end IS NULL, t.begin, t.end, a.article_id, e.span_begin""", people)
    entries, order, last = [], 0, None
    for begin, end, article, *span in rows:
        dated = begin is not None and end is not None
        if dated and (begin, end) != last:
            order, last = order + 1, (begin, end)
        entries.append({"order": order if dated else 0, "date": date_of(begin, end) if dated else "XXXX-XX-XX",
                        "events": [{"doc": article, "span": span}]})
    return entries


def main(store, targets):
    base = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    known = {}
    for person, name in base.execute(
            "SELECT person, name FROM entity WHERE named UNION "
            "SELECT e.person, n.text FROM name n JOIN entity e ON e.id = n.entity WHERE e.named AND n.form = 'alias'"):
        known.setdefault(key(name), set()).add(person)
    for line in open(targets, encoding="utf8"):
        target = json.loads(line)
        people = sorted(known.get(key(target["target"]), ()))
        print(json.dumps({"corpus": target.get("corpus"), "target": target["target"], "entries": entries_of(base, people)}))


if __name__ == "__main__":
    main(*sys.argv[1:3])
