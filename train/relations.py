#!/usr/bin/env python3
"""Trains the learned reader of relations (models/relations/).

usage: relations.py --set NAME=FEATURES,GOLD ... --out FOLDER [--folds N] [--seed N]

FEATURES is what train/tools/relation_features wrote (FEATURES.jsonl, FEATURES.bin), GOLD the gold
records of the same documents. The first set is the one that is cross-validated, by document (the part
of the id before '#'); the other sets are added to the training part of every fold. With --fold-models
each fold's model is written, too (FOLDER/fold-K/relations), with the ids of its documents.

For each relation a logistic regression over the hashed features, on the pairs of the documents that were
searched for that relation, and a second one over what the first says, held out, of the pair and of its
rivals (src/dateline/relations/rivals.h). The second one's answer is a probability as it stands, so one
threshold serves all relations. The optimum does not depend on a seed.
"""
import argparse
import json
import multiprocessing
import os
import random
import struct
import sys

import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

RELATIONS = ["spouse", "child", "employer_or_member", "chief_executive", "founder", "educated_at",
             "political_affiliation", "nationality", "residence", "birth_place", "birth_date", "death_date",
             "headquarters", "subsidiary_of", "founded_date"]
SYMMETRIC = {"spouse"}
DATED = {"birth_date", "death_date", "founded_date"}
PERSON, ORG, PLACE, PEOPLE, DATE, OTHER = range(6)
VALUE = 4   # a form: no entity
FORMAT = "dateline-relations/3"
NONE, MOST, KINDS = -8.0, 8.0, 7    # as Rivals has them
HOPELESS = 0.004                    # as RelationModel has it


def read_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def overlap(a, b):
    return min(a[1], b[1]) - max(a[0], b[0])


def fit(argument, span):
    """2: the argument is what the span names; 1: they touch; 0: nothing in common."""
    both = overlap(argument[:2], span)
    if both <= 0:
        return 0
    whole = max(argument[1], span[1]) - min(argument[0], span[0])
    return 2 if overlap(argument[2:4], span) > 0 or both / whole >= 0.5 else 1


def can_be(relation, subject, other, first):
    """As RelationModel has it."""
    if (relation in DATED) != (other[4] == DATE):
        return False
    if relation == "nationality":
        return True
    if other[4] == PEOPLE:
        return relation == "political_affiliation"
    return relation not in SYMMETRIC or first or other[5] == VALUE


class Set:
    """The pairs of one set: features, labels and which labels are known."""

    def __init__(self, name, features, gold, weight):
        self.name, self.weight = name, weight
        self.rows, self.gold = read_lines(features + ".jsonl"), read_lines(gold)
        raw = np.fromfile(features + ".bin", dtype=np.uint32)
        self.raw, self.pairs, at = raw, [], 0
        while at < len(raw):
            count = int(raw[at + 3])
            self.pairs.append((int(raw[at]), int(raw[at + 1]), int(raw[at + 2]), at + 4, at + 4 + count))
            at += 4 + count
        arguments = [row["arguments"] for row in self.rows]
        self.possible = np.array([[can_be(r, arguments[d][a], arguments[d][b], arguments[d][a][0] < arguments[d][b][0])
                                   for r in RELATIONS] for d, a, b, _, _ in self.pairs])
        self.label()

    def label(self):
        labels = np.zeros((len(self.pairs), len(RELATIONS)), dtype=np.float32)
        known = np.zeros((len(self.pairs), len(RELATIONS)), dtype=np.float32)
        for number, (doc, a, b, _, _) in enumerate(self.pairs):
            gold, arguments = self.gold[doc], self.rows[doc]["arguments"]
            one, other = arguments[a], arguments[b]
            searched = gold.get("annotated_relations") or []
            if "mentions" in gold and not (self.named(gold, one) and self.named(gold, other)):
                searched = []
            for index, relation in enumerate(RELATIONS):
                if not can_be(relation, one, other, one[0] < other[0]):
                    continue
                best = self.best(gold["relations"], relation, one, other)
                if best == 2:
                    labels[number, index] = known[number, index] = 1
                elif best == 0 and relation in searched:
                    known[number, index] = 1
            for name, x, y in [(r["relation"], r["subject_span"], r["object_span"]) for r in gold.get("uncertain", [])
                               if isinstance(r, dict)]:
                if name in RELATIONS and fit(one, x) and fit(other, y):
                    known[number, RELATIONS.index(name)] = 0
        self.labels, self.known = labels, known

    @staticmethod
    def named(gold, argument):
        return any(fit(argument, mention[:2]) == 2 for mention in gold["mentions"])

    @staticmethod
    def best(facts, relation, one, other):
        best = 0
        for fact in facts:
            if fact["relation"] != relation:
                continue
            best = max(best, min(fit(one, fact["subject_span"]), fit(other, fact["object_span"])))
            if relation in SYMMETRIC:
                best = max(best, min(fit(other, fact["subject_span"]), fit(one, fact["object_span"])))
        return best


def matrix_of(one, buckets):
    """Pairs by buckets; a feature counts once."""
    columns, ends = [], [0]
    for _, _, _, begin, end in one.pairs:
        columns.append(np.unique(one.raw[begin:end] % buckets))
        ends.append(ends[-1] + len(columns[-1]))
    columns = np.concatenate(columns)
    return scipy.sparse.csr_matrix((np.ones(len(columns), dtype=np.float32), columns, np.array(ends)),
                                   shape=(len(one.pairs), buckets))


def train(sets, matrices, relation, keep, args):
    """The regression of one relation on the pairs of the first set that `keep` marks, and on the other sets."""
    rows, labels, weights = [], [], []
    for number, (one, matrix) in enumerate(zip(sets, matrices)):
        usable = one.known[:, relation] > 0
        if number == 0:
            usable &= keep
        if usable.any():
            rows.append(matrix[np.where(usable)[0]])
            labels.append(one.labels[usable, relation])
            weights.append(np.full(int(usable.sum()), one.weight))
    labels = np.concatenate(labels) if labels else np.zeros(0)
    if labels.sum() < 5:
        return None
    model = LogisticRegression(C=args.strength, solver="liblinear", dual=True, tol=1e-3, max_iter=300,
                               intercept_scaling=5, random_state=args.seed)
    return model.fit(scipy.sparse.vstack(rows), labels, sample_weight=np.concatenate(weights))


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def rivals(first, logits):
    """Pairs by KINDS by relations: as Rivals::look."""
    out = np.full((len(first.pairs), KINDS, len(RELATIONS)), NONE, dtype=np.float32)
    documents = {}
    for number, pair in enumerate(first.pairs):
        documents.setdefault(pair[0], []).append(number)
    for document, numbers in documents.items():
        numbers = np.array(numbers)
        entity = np.array([a[6] for a in first.rows[document]["arguments"]])
        entity = np.where(entity < 0, -1 - np.arange(len(entity)), entity)
        one = np.array([first.pairs[n][1] for n in numbers])
        other = np.array([first.pairs[n][2] for n in numbers])
        e_one, e_other, here = entity[one], entity[other], logits[numbers]
        for i, number in enumerate(numbers):
            by_one, by_other = one == one[i], other == other[i]
            masks = [by_one & (e_other != e_other[i]), by_other & (e_one != e_one[i]),
                     (e_one == e_one[i]) & (e_other == e_other[i]) & ~(by_one & by_other),
                     (one == other[i]) & (other == one[i]), by_one & ~by_other, by_other & ~by_one,
                     (e_one == e_other[i]) & (e_other == e_one[i]) & ~(by_one & by_other)]
            for kind, mask in enumerate(masks):
                if mask.any():
                    out[number, kind] = here[mask].max(0)
    return out


def evidence(first, logits, around, relation):
    """Pairs by numbers: as the class Evidence of relation_model.cc."""
    sides = np.array([first.rows[d]["arguments"][a][4:6] + first.rows[d]["arguments"][b][4:6]
                      for d, a, b, _, _ in first.pairs])
    own, rival = logits[:, relation:relation + 1], around[:, :, relation]
    forms, others = np.eye(5)[sides[:, 1]], np.eye(5)[sides[:, 3]]
    scores = [own, rival, np.maximum(own, -4), own > rival, sigmoid(own), sigmoid(rival)]
    same = sigmoid(rival[:, 2:3])
    parts = [np.concatenate(scores, 1) / 4, forms * same, others * same, forms * sigmoid(own), others * sigmoid(own),
             forms, others, np.eye(6)[sides[:, 0]], np.eye(6)[sides[:, 2]],
             logits / 8, around[:, 3] / 8, around[:, 2] / 8, around[:, 6] / 8,
             sigmoid(around[:, 3]), sigmoid(around[:, 2]), sigmoid(logits)]
    return np.concatenate(parts, 1)


def train_second(numbers, labels, args):
    if labels.sum() < 5:
        return None
    return LogisticRegression(C=args.second_strength, max_iter=500).fit(numbers, labels)


def second_look(first, logits, fold, args):
    """The models of each fold and of everything, and the held-out probabilities."""
    around = rivals(first, logits)
    probabilities = np.zeros_like(logits)
    models = [[None] * len(RELATIONS) for _ in range(args.folds + 1)]
    for r in range(len(RELATIONS)):
        numbers = evidence(first, logits, around, r)
        hope = first.possible[:, r] & (sigmoid(logits[:, r]) + sigmoid(around[:, 2, r]) > HOPELESS)
        known = hope & (first.known[:, r] > 0)
        for k in range(args.folds + 1):
            rows = np.where(known & (fold != k))[0]
            models[k][r] = train_second(numbers[rows], first.labels[rows, r], args)
            held = np.where(hope & (fold == k))[0]
            if models[k][r] is not None and len(held) > 0:
                probabilities[held, r] = models[k][r].predict_proba(numbers[held])[:, 1]
    return models, probabilities


def score(first, chosen):
    """{relation: [found gold, missed gold, false]} as the scorer counts, for the chosen (document, relation, a, b)."""
    counts = {r: [0, 0, 0] for r in RELATIONS}
    by_document = {}
    for doc, relation, a, b in chosen:
        by_document.setdefault(doc, []).append((relation, a, b))
    for doc, gold in enumerate(first.gold):
        arguments = first.rows[doc]["arguments"]
        system = []
        for relation, a, b in by_document.get(doc, []):
            system.append((relation, tuple(arguments[a][:2]), tuple(arguments[b][:2])))
            if relation in SYMMETRIC:
                system.append((relation, tuple(arguments[b][:2]), tuple(arguments[a][:2])))
        facts = []
        for r in gold["relations"]:
            facts.append((r["relation"], tuple(r["subject_span"]), tuple(r["object_span"])))
            if r["relation"] in SYMMETRIC:
                facts.append((r["relation"], facts[-1][2], facts[-1][1]))
        facts, system = set(facts), set(system)

        def same(x, y):
            return x[0] == y[0] and overlap(x[1], y[1]) > 0 and overlap(x[2], y[2]) > 0
        good = {s for s in system if any(same(f, s) for f in facts)}
        for f in facts:
            counts[f[0]][0 if any(same(f, s) for s in system) else 1] += 1
        for s in system - good:
            if not any(same(s, g) for g in good) and s[0] in gold["annotated_relations"]:
                counts[s[0]][2] += 1
    return counts


def figure(counts):
    found, missed, false = (sum(c[i] for c in counts.values()) for i in range(3))
    p, r = found / max(1, found + false), found / max(1, found + missed)
    return 100 * p, 100 * r, 200 * p * r / max(1e-9, p + r)


def choose(first, probabilities, threshold):
    return [(first.pairs[n][0], RELATIONS[r]) + first.pairs[n][1:3]
            for n, r in zip(*np.where(first.possible & (probabilities >= threshold)))]


def write(models, second, args, folder):
    """weights.safetensors, the weights of the first look in half precision."""
    os.makedirs(folder, exist_ok=True)
    weights = np.zeros((args.buckets, len(RELATIONS)), dtype=np.float16)
    bias = np.full(len(RELATIONS), -20, dtype=np.float32)
    width = 3 * (1 + KINDS) + 42 + 7 * len(RELATIONS)
    again, again_bias = np.zeros((len(RELATIONS), width), dtype=np.float32), np.full(len(RELATIONS), -20, dtype=np.float32)
    for index, (model, other) in enumerate(zip(models, second)):
        if model is not None:
            weights[:, index] = model.coef_[0]
            bias[index] = model.intercept_[0]
        if other is not None:
            again[index], again_bias[index] = other.coef_[0], other.intercept_[0]
    full = lambda values: np.array(values, dtype=np.float32)
    tensors = {"weights": weights, "bias": bias, "second": again, "second_bias": again_bias,
               "thresholds": full([args.threshold] * len(RELATIONS))}
    header, at = {"__metadata__": {"format": FORMAT, "relations": ",".join(RELATIONS)}}, 0
    for name, tensor in tensors.items():
        kind = "F16" if tensor.dtype == np.float16 else "F32"
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [at, at + tensor.nbytes]}
        at += tensor.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(folder, "weights.safetensors"), "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + b"".join(t.tobytes() for t in tensors.values()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", required=True, help="NAME=FEATURES,GOLD[,WEIGHT]")
    parser.add_argument("--out", required=True)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--fold-models", action="store_true")
    parser.add_argument("--no-final", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--buckets", type=int, default=1 << 17)
    parser.add_argument("--strength", type=float, default=0.3, help="inverse of the L2 penalty")
    parser.add_argument("--second-strength", type=float, default=0.1, help="the same, of the second look")
    parser.add_argument("--threshold", type=float, default=0.36, help="in passages: half of the F1 that is expected")
    args = parser.parse_args()
    sets = []
    for text in args.set:
        name, rest = text.split("=", 1)
        features, gold, weight = (rest.split(",") + ["1"])[:3]
        sets.append(Set(name, features, gold, float(weight)))
        print(name, len(sets[-1].pairs), "pairs", int(sets[-1].labels.sum()), "positive", file=sys.stderr)
    first, matrices = sets[0], [matrix_of(one, args.buckets) for one in sets]
    documents = sorted({row["id"].split("#")[0] for row in first.gold})
    random.Random(args.seed).shuffle(documents)
    fold_of = {document: i % args.folds for i, document in enumerate(documents)}
    fold = np.array([fold_of[first.gold[pair[0]]["id"].split("#")[0]] for pair in first.pairs])
    logits = np.full((len(first.pairs), len(RELATIONS)), -20.0, dtype=np.float32)
    everything = np.ones(len(first.pairs), dtype=bool)
    jobs = [(index, k) for index in range(len(RELATIONS)) for k in range(args.folds + (not args.no_final))]
    global train_job

    def train_job(job):
        return train(sets, matrices, job[0], everything if job[1] == args.folds else fold != job[1], args)
    with multiprocessing.get_context("fork").Pool(args.jobs) as pool:
        trained = dict(zip(jobs, pool.map(train_job, jobs, 1)))
    models = [[trained.get((index, k)) for index in range(len(RELATIONS))] for k in range(args.folds + 1)]
    for index in range(len(RELATIONS)):
        for k in range(args.folds):
            model = models[k][index]
            if model is not None:
                logits[fold == k, index] = model.decision_function(matrices[0][np.where(fold == k)[0]])
    logits = np.where(first.possible, logits.clip(NONE, MOST), NONE)
    second, probabilities = second_look(first, logits, fold, args)
    counts = score(first, choose(first, probabilities, args.threshold))
    for relation in RELATIONS:
        print("%-22s %s p %.1f r %.1f f %.1f" % ((relation, counts[relation]) + figure({relation: counts[relation]})))
    print("held-out micro: precision %.1f recall %.1f f1 %.1f" % figure(counts))
    for low in np.arange(0, 1, 0.1):
        known = (first.known > 0) & (probabilities >= low) & (probabilities < low + 0.1)
        print("said %.1f to %.1f: %d pairs, right %.2f" % (low, low + 0.1, known.sum(), first.labels[known].mean() if known.any() else 0))
    if args.fold_models:
        for k in range(args.folds):
            folder = os.path.join(args.out, "fold-%d" % k)
            write(models[k], second[k], args, os.path.join(folder, "relations"))
            with open(os.path.join(folder, "documents.txt"), "w", encoding="utf-8") as out:
                out.write("".join("%s\n" % d for d in documents if fold_of[d] == k))
    if not args.no_final:
        write(models[args.folds], second[args.folds], args, args.out)


if __name__ == "__main__":
    main()
