#!/usr/bin/env python3
"""Freezes cases.tsv as cases.jsonl: the tokens as spaCy (en_core_web_md 3.7) gives them, the mentions as
marked, so that the test needs neither.

usage: make_cases.py MODEL_FOLDER < cases.tsv > cases.jsonl

A row of cases.tsv: name, text with mentions marked [words|id kind form] (kind P person, O organisation,
L place, G group, X other; form n name, d description, p pronoun; mentions may nest), the relations
expected ("relation subject object status", joined by "; "; a value in place of an object is written
="…"; "not " before a relation that is denied, "maybe " before one that is not certain), and the
relations that must not be found, without status. Subjects and objects are ids.
"""
import json
import sys

import spacy

KINDS = {"P": "PERSON", "O": "ORG", "L": "PLACE", "G": "GROUP", "X": "OTHER"}
FORMS = {"n": "name", "d": "nominal", "p": "pronoun"}


def unmark(marked):
    """The text, and [begin, end, id, kind, form] of each mention."""
    text, open_at, mentions = "", [], []
    at = 0
    while at < len(marked):
        if marked[at] == "[":
            open_at.append(len(text))
        elif marked[at] == "|":
            end = marked.index("]", at)
            ident, kind, form = marked[at + 1:end].split()
            mentions.append([open_at.pop(), len(text), ident, KINDS[kind], FORMS[form]])
            at = end
        else:
            text += marked[at]
        at += 1
    return text, sorted(mentions, key=lambda m: (m[0], -m[1]))


def token(t):
    return {"begin": t.idx, "end": t.idx + len(t), "tag": t.tag_, "pos": t.pos_, "morph": str(t.morph), "lemma": t.lemma_,
            "head": t.head.i, "dep": t.dep_, "sent_start": bool(t.is_sent_start), "ent_iob": t.ent_iob_ or "O",
            "ent_type": t.ent_type_}


def main():
    nlp = spacy.load(sys.argv[1])
    for line in sys.stdin:
        if not line.strip() or line.startswith("#"):
            continue
        name, marked, expected, never = (line.rstrip("\n").split("\t") + ["", ""])[:4]
        text, mentions = unmark(marked)
        print(json.dumps({"name": name, "text": text, "mentions": mentions,
                          "expected": [e.strip() for e in expected.split(";") if e.strip()],
                          "never": [e.strip() for e in never.split(";") if e.strip()],
                          "dump": {"id": name, "tokens": [token(t) for t in nlp(text)]}}, ensure_ascii=False))


if __name__ == "__main__":
    main()
