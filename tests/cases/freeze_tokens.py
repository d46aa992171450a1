#!/usr/bin/env python3
"""usage: freeze_tokens.py MODEL_FOLDER < cases.jsonl > frozen.jsonl

Adds to every case (an object with `text`) the tokens that the model gives, in the form of the token dump
(docs/record.md). Needs spaCy and en_core_web_md 3.7.1."""
import json, sys
import spacy

nlp = spacy.load(sys.argv[1])
for line in sys.stdin:
    case = json.loads(line)
    case["tokens"] = [
        {"begin": t.idx, "end": t.idx + len(t), "tag": t.tag_, "pos": t.pos_, "morph": str(t.morph), "lemma": t.lemma_,
         "head": t.head.i, "dep": t.dep_, "sent_start": bool(t.is_sent_start), "ent_iob": t.ent_iob_ or "O",
         "ent_type": t.ent_type_} for t in nlp(case["text"])]
    print(json.dumps(case, ensure_ascii=False))
