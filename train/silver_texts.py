#!/usr/bin/env python3
"""Chooses articles without labels for a teacher to label, and cuts them into paragraphs.

usage: silver_texts.py --leave-out FILE.jsonl [...] --from FILE.jsonl [...] [--most N] > TEXTS.jsonl

Left out are articles of less than 80 or more than 1,500 runs of eight words, copies (a fifth or more of these stand in an
article before), and any that shares three such runs with a text of --leave-out: the sets that figures are counted on, and
those with labels. Text is cut into paragraphs of one to three sentences. Of what is left N articles are taken by chance,
with a fixed seed.
"""
import argparse
import json
import random
import re
import sys

RUN = 8
END = re.compile(r"((?<=[a-z0-9%)\"'”’][.!?])[\"”’)]*|(?<=[.!?][\"”’])) +(?=[\"“‘(]?[A-Z])")


def runs(text):
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[i:i + RUN])) for i in range(len(words) - RUN + 1)}


def paragraphs(text, rng):
    out = []
    for line in filter(None, (x.strip() for x in text.split("\n"))):
        begin, now, most = 0, 0, rng.choice((1, 1, 2, 2, 3))
        for found in END.finditer(line):
            now += 1
            if now == most and line[begin:found.start()].count('"') % 2 == 0:
                out.append(line[begin:found.end()].strip())
                begin, now, most = found.end(), 0, rng.choice((1, 1, 2, 2, 3))
        out.append(line[begin:].strip())
    return "\n\n".join(filter(None, out))


def texts_of(path):
    for line in open(path, encoding="utf-8"):
        record = json.loads(line)
        if record.get("text"):
            yield record


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--leave-out", nargs="+", required=True)
    parser.add_argument("--from", nargs="+", required=True, dest="sources")
    parser.add_argument("--most", type=int, default=10 ** 9)
    args = parser.parse_args()
    rng, held, seen, kept = random.Random(7), set(), set(), []
    for path in args.leave_out:
        for record in texts_of(path):
            held |= runs(record["text"])
    for path in args.sources:
        for record in texts_of(path):
            mine = runs(record["text"])
            if not 80 <= len(mine) <= 1500 or len(mine & held) >= 3 or len(mine & seen) * 5 >= len(mine):
                continue
            seen |= mine
            kept.append(record)
    kept = rng.sample(kept, min(args.most, len(kept)))
    for record in kept:
        print(json.dumps({"id": record["id"], "text": paragraphs(record["text"], rng)}, ensure_ascii=False))
    print(len(kept), "articles,", sum(len(r["text"].split()) for r in kept), "words", file=sys.stderr)


if __name__ == "__main__":
    main()
