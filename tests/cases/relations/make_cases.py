#!/usr/bin/env python3
"""Freezes cases.tsv as cases.jsonl: the tokens as `dateline annotate` gives them (en_core_web_md 3.7), the
mentions as marked, so that the test needs no model.

usage: make_cases.py DATELINE MODEL_FOLDER < cases.tsv > cases.jsonl

A row of cases.tsv: name, text with mentions marked [words|id kind form] (kind P person, O organisation,
L place, G group, X other; form n name, d description, p pronoun; mentions may nest), the relations
expected ("relation subject object status", joined by "; ", with " since DAY" and " until DAY" where that is
tested; a value in place of an object is written
="…"; "not " before a relation that is denied, "maybe " before one that is not certain), and the
relations that must not be found, without status. Subjects and objects are ids.
"""
import json
import subprocess
import sys

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


def annotate(program, model, texts):
    """The token dump of each text."""
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts)
    command = [program, "annotate", "--model", model, "--input-format", "jsonl", "--format", "tokens", "-"]
    out = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout
    return [json.loads(line) for line in out.splitlines()]


def main():
    cases = []
    for line in sys.stdin:
        if not line.strip() or line.startswith("#"):
            continue
        name, marked, expected, never = (line.rstrip("\n").split("\t") + ["", ""])[:4]
        cases.append((name, *unmark(marked), expected, never))
    dumps = annotate(sys.argv[1], sys.argv[2], [case[:2] for case in cases])
    for (name, text, mentions, expected, never), dump in zip(cases, dumps):
        print(json.dumps({"name": name, "text": text, "mentions": mentions,
                          "expected": [e.strip() for e in expected.split(";") if e.strip()],
                          "never": [e.strip() for e in never.split(";") if e.strip()],
                          "dump": dump}, ensure_ascii=False))


if __name__ == "__main__":
    main()
