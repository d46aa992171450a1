#!/usr/bin/env python3
"""usage: times_by_kind.py GOLD.jsonl RECORDS.jsonl

The table of docs/accuracy/times.md: gold times by the type and the wording of their own mark; of each kind how many there
are, the share that a time of ours overlaps, and of those the share with the right type and with the right value."""
import json
import os
import re
import sys

DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|" \
         r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
RELATIVE = r"\b(?:last|next|this|past|coming|previous|following|current|same|ago|earlier|later|before|after|yesterday|today|" \
           r"tomorrow|tonight)\b"
KINDS = ["calendar date (month, day, year)", "relative", "weekday alone", "quarter, half or season", "vague", "other date",
         "time of day", "duration", "set"]


def kind_of(time, words):
    words, value = words.lower(), time.get("value") or ""
    if time["type"] != "DATE":
        return {"TIME": "time of day", "DURATION": "duration", "SET": "set"}[time["type"]]
    if value.endswith("_REF"):
        return "vague"
    if re.fullmatch(DAYS, words):
        return "weekday alone"
    if re.search(r"-(?:Q|H|SP|SU|FA|WI)", value):
        return "quarter, half or season"
    if re.search(RELATIVE, words):
        return "relative"
    if re.search(MONTHS + r"|\b\d{4}\b", words):
        return "calendar date (month, day, year)"
    return "other date"


def paired(gold, system):
    """Each gold time with the first of ours that overlaps it and is still free, or None."""
    free = sorted(system, key=lambda t: t["span"])
    for time in sorted(gold, key=lambda t: t["span"]):
        hit = next((t for t in free if t["span"][0] < time["span"][1] and time["span"][0] < t["span"][1]), None)
        if hit:
            free.remove(hit)
        yield time, hit


def read(path):
    with open(path, encoding="utf8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    records = {r.get("id") or r["document"]["id"]: r for r in read(sys.argv[2])}
    beside = os.path.join(os.path.dirname(sys.argv[1]), "input.jsonl")
    texts = {row["id"]: row["text"] for row in read(beside)} if os.path.exists(beside) else {}
    counts = {kind: [0, 0, 0, 0] for kind in KINDS}
    for row in read(sys.argv[1]):
        text = row.get("text") or texts[row["id"]]
        for time, hit in paired(row["times"], records.get(row["id"], {}).get("times", [])):
            count = counts[kind_of(time, text[slice(*time["span"])])]
            count[0] += 1
            if hit:
                count[1] += 1
                count[2] += hit["type"] == time["type"]
                count[3] += hit["value"] == time.get("value")
    print("| kind | marks | found | type | value |\n|---|---|---|---|---|")
    for kind, (marks, found, types, values) in counts.items():
        share = lambda part, of: "%.1f" % (100 * part / of) if of else "–"
        print(f"| {kind} | {marks} | {share(found, marks)} | {share(types, found)} | {share(values, found)} |")


if __name__ == "__main__":
    main()
