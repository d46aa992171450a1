#!/usr/bin/env python3
"""usage: calibration.py SCORER.py GOLD.jsonl RECORDS.jsonl

The table of docs/accuracy/attributions.md: attributions by their confidence, how many there are, their mean confidence and the
share that is right by the scorer's own pairs (SCORER.py: attributions.py), and the expected calibration error over ten bins.
Nested ones without a pair are left out: the gold annotates none."""
import importlib.util
import sys


def rated(scorer, gold_path, system_path):
    """[(confidence, right)]"""
    out = []
    for _, gold, system in scorer.load(gold_path, system_path, "attributions", scorer.check_item):
        text, region = gold["text"], None
        if "annotated" in gold:
            region = {i for begin, end in gold["annotated"] for i in range(begin, end)}

        def sets(items):
            both = [(item, {role: scorer.characters(item.get(role), text, region) for role in scorer.ROLES}) for item in items]
            return [(item, roles) for item, roles in both if roles["content"]]

        golds, systems = sets(gold["attributions"]), sets(system["attributions"])
        right = {s for _, s in scorer.match([roles for _, roles in golds], [roles for _, roles in systems])}
        out += [(item["confidence"], s in right) for s, (item, _) in enumerate(systems) if s in right or item["parent"] is None]
    return out


def main():
    spec = importlib.util.spec_from_file_location("scorer", sys.argv[1])
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    rows, error = rated(scorer, sys.argv[2], sys.argv[3]), 0.0
    print("| confidence | n | mean confidence | share right |\n|---|---|---|---|")
    for low in range(10):
        part = [(c, right) for c, right in rows if min(int(c * 10), 9) == low]
        if not part:
            continue
        mean, share = sum(c for c, _ in part) / len(part), sum(right for _, right in part) / len(part)
        error += len(part) / len(rows) * abs(mean - share)
        print("| %.1f-%.1f | %d | %.2f | %.2f |" % (low / 10, low / 10 + 0.1, len(part), mean, share))
    print("expected calibration error %.3f" % error)


if __name__ == "__main__":
    main()
