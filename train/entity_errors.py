"""Counts wrong merges and splits of people: of records with entities against gold chains.

usage: python train/entity_errors.py GOLD.jsonl RECORDS.jsonl

Both are JSON Lines with `entities` of mentions with spans; mentions are the same where their spans are. A person of
the records is wrongly merged when it holds mentions of two chains, a person of the gold is split when its mentions lie in
two entities; once over all mentions and once over names alone.
"""
import json
import sys


def load(path):
    rows = [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]
    return {r["document"]["id"] if "document" in r else r["id"]: r["entities"] for r in rows}


def parts(mine, others, form):
    """(persons of `mine` with two mentions known to `others`, those whose mentions lie in two of `others`)."""
    home = {tuple(m["span"]): n for n, e in enumerate(others) for m in e["mentions"]}
    seen = broken = 0
    for entity in mine:
        if entity["kind"] != "PERSON":
            continue
        at = [home[tuple(m["span"])] for m in entity["mentions"]
              if tuple(m["span"]) in home and form in (None, m["form"])]
        seen += len(at) > 1
        broken += len(set(at)) > 1
    return seen, broken


def main():
    gold, found = load(sys.argv[1]), load(sys.argv[2])
    for title, form in (("all mentions", None), ("names", "name")):
        for what, sides in (("merged", (found, gold)), ("split", (gold, found))):
            counts = [parts(sides[0].get(d, []), sides[1].get(d, []), form) for d in gold]
            print("%s of persons by %s: %d of %d" % (what, title, sum(b for _, b in counts), sum(s for s, _ in counts)))


if __name__ == "__main__":
    main()
