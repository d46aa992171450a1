#!/usr/bin/env python3
"""usage: event_nouns.py WORDNET_FOLDER OUT.tsv GOLD.jsonl TOKENS.jsonl [GOLD.jsonl TOKENS.jsonl …]

Makes data/events/nouns.tsv: how likely a noun names an event, from WordNet 3.0 alone (Debian package wordnet-base,
/usr/share/wordnet): the share of its senses, weighted by their counts, in each lexicographer file, and whether its
senses derive from verbs. How the shares weigh against each other is fitted (logistic regression) on articles whose
events are marked; no word of them enters the table, only the weights do."""
import gzip, json, math, os, sys
import numpy as np

FILES = {3: "Tops", 4: "act", 5: "animal", 6: "artifact", 7: "attribute", 8: "body", 9: "cognition", 10: "communication",
         11: "event", 12: "feeling", 13: "food", 14: "group", 15: "location", 16: "motive", 17: "object", 18: "person",
         19: "phenomenon", 20: "plant", 21: "possession", 22: "process", 23: "quantity", 24: "relation", 25: "shape",
         26: "state", 27: "substance", 28: "time"}
SUFFIXES = ("ing", "tion", "sion", "ment", "al", "ance", "ence", "ure", "ion", "er", "or", "ity", "ness", "ship", "ist")
EVENTIVE = (4, 10, 11, 19, 22)


def wordnet(folder):
    """lemma -> list of (file, count, derives from a verb, first sense first)."""
    synsets = {}
    for line in open(os.path.join(folder, "data.noun"), encoding="latin1"):
        if line.startswith(" "):
            continue
        head = line.split(" | ")[0].split()
        words = int(head[3], 16)
        pointers = head[4 + 2 * words + 1:]
        verbs = {int(pointers[i + 3][:2], 16) for i in range(0, len(pointers), 4)
                 if pointers[i] == "+" and pointers[i + 2] == "v"}
        names = [head[4 + 2 * i].lower() for i in range(words)]
        synsets[head[0]] = (int(head[1]), names, verbs)
    counts = {}
    for line in open(os.path.join(folder, "cntlist.rev"), encoding="latin1"):
        key, number, count = line.split()
        lemma, sense = key.split("%")
        if sense.startswith("1:"):
            counts[lemma, int(number)] = int(count)
    lemmas = {}
    for line in open(os.path.join(folder, "index.noun"), encoding="latin1"):
        if line.startswith(" "):
            continue
        part = line.split()
        lemma, senses = part[0], int(part[2])
        row = []
        for i, offset in enumerate(part[-senses:]):
            file, names, verbs = synsets[offset]
            place = names.index(lemma) + 1 if lemma in names else 1
            row.append((file, counts.get((lemma, i + 1), 0), place in verbs or 0 in verbs))
        lemmas[lemma] = row
    return lemmas


def features(lemma, senses):
    weights = [c + 0.6 ** i for i, (_, c, _) in enumerate(senses)]
    total = sum(weights)
    x = [1.0]
    x += [sum(w for w, s in zip(weights, senses) if s[0] == f) / total for f in FILES]
    x += [1.0 * (senses[0][0] == f) for f in EVENTIVE + (26, 9, 12)]
    derived = sum(w for w, s in zip(weights, senses) if s[2]) / total
    eventive = sum(w for w, s in zip(weights, senses) if s[2] and s[0] in EVENTIVE) / total
    x += [derived, eventive, senses[0][2] * 1.0, math.log(1 + sum(s[1] for s in senses)), math.log(len(senses))]
    x += [1.0 * lemma.endswith(s) for s in SUFFIXES]
    return x


def examples(lemmas, gold, tokens, liberal):
    dump = {}
    for line in open(tokens, encoding="utf8"):
        row = json.loads(line)
        dump[row["id"]] = row["tokens"]
    for line in open(gold, encoding="utf8"):
        row = json.loads(line)
        spans = [s for e in row["events"] for s in e.get("heads", [e["span"]])]
        areas = row.get("annotated")
        for t in dump.get(row["id"], []):
            if t["pos"] != "NOUN" or t["lemma"].lower() not in lemmas or t["ent_type"]:
                continue
            if areas and not any(a <= t["begin"] and t["end"] <= z for a, z in areas):
                continue
            hit = any(s[0] < t["end"] and t["begin"] < s[1] for s in spans)
            yield t["lemma"].lower(), hit, liberal


def fit(x, y, weight, ridge=1.0, steps=40):
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (p - y)) + ridge * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + ridge * np.eye(x.shape[1])
        w -= np.linalg.solve(hessian, gradient)
    return w


def main():
    folder, out, sets = sys.argv[1], sys.argv[2], sys.argv[3:]
    lemmas = wordnet(folder)
    rows = []
    for i in range(0, len(sets), 2):
        rows += list(examples(lemmas, sets[i], sets[i + 1], i == 0))
    table = {l: features(l, s) for l, s in lemmas.items() if "_" not in l and l.replace("-", "").isalpha()}
    rows = [r for r in rows if r[0] in table]
    x = np.array([table[l] + [1.0 * first] for l, _, first in rows])
    y = np.array([1.0 * hit for _, hit, _ in rows])
    # A word that comes often counts less often: the table is for words in general.
    seen = {}
    for l, _, _ in rows:
        seen[l] = seen.get(l, 0) + 1
    weight = np.array([1 / math.sqrt(seen[l]) for l, _, _ in rows])
    w = fit(x, y, weight)
    p = 1 / (1 + np.exp(-x @ w))
    first = x[:, -1] > 0
    for cut in (0.2, 0.3, 0.4, 0.5):
        tp = (y[first] * (p[first] >= cut)).sum()
        print(f"first set, cut {cut}: precision {tp / (p[first] >= cut).sum():.3f} recall {tp / y[first].sum():.3f}")
    with open(out, "w", encoding="utf8") as f:
        f.write("# How likely a noun names an event, in percent (40 and more). Made by train/event_nouns.py from WordNet 3.0:\n"
                "# WordNet 3.0 Copyright 2006 by Princeton University. All rights reserved. Permission to use, copy, modify and\n"
                "# distribute this software and database and its documentation for any purpose and without fee or royalty is\n"
                "# granted provided that this notice appears on all copies; provided \"as is\", without warranty of any kind.\n"
                "# https://wordnet.princeton.edu/license-and-commercial-use\n# lemma\tpercent\n")
        for lemma in sorted(table):
            q = 1 / (1 + math.exp(-np.array(table[lemma] + [1.0]) @ w))
            if q >= 0.40:
                f.write(f"{lemma}\t{round(100 * q)}\n")


if __name__ == "__main__":
    main()
