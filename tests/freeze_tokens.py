"""Freezes what spaCy says of the texts of tests/cases/*/*.jsonl into their rows.

usage: freeze_tokens.py PACKAGE FILE...

PACKAGE is the folder or name of en_core_web_md. Each line of FILE is an object with "text"; its
"tokens" are written anew in the form of the token dump (docs/record.md), all else is kept.
"""
import json
import sys

import spacy


def dump(doc):
    rows = []
    for token in doc:
        rows.append({"begin": token.idx, "end": token.idx + len(token.text), "tag": token.tag_,
                     "pos": token.pos_, "morph": str(token.morph), "lemma": token.lemma_,
                     "head": token.head.i, "dep": token.dep_, "sent_start": bool(token.is_sent_start),
                     "ent_iob": token.ent_iob_ or "O", "ent_type": token.ent_type_})
    return rows


def main():
    nlp = spacy.load(sys.argv[1])
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines if line.strip()]
        for row in rows:
            row["tokens"] = dump(nlp(row["text"]))
        with open(path, "w", encoding="utf-8") as out:
            for row in rows:
                out.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
