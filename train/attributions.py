#!/usr/bin/env python3
"""Trains the tagger and linker of the step attributions (src/dateline/attributions/network.h).

usage: attributions.py --features DIR --gold DIR --out MODEL_FOLDER [--init FOLDER ...] [--soft DIR] [--also PREFIX ...]
       [--sizes D G L M] [--rate R] [--epochs N] [--drop D] [--seed S]

DIR of --features holds train.* and dev.*, as train/tools/attribution_features writes them; DIR of --gold the folders
attributions-polnear-NAME with gold.jsonl. --out gets weights.safetensors; its model.json is to be there already.
DIR of --soft holds train.soft, and every PREFIX of --also has its PREFIX.soft, as train/attributions_teacher.py writes
them: pickled, for every line what a teacher says of it, (probabilities of none, begin and inside for every token; by cue
those of the roles and of the check), and for every line the contents read by themselves, (begin, end, probabilities, by cue
roles and check, heads, states of marks). The model: windows, heads and gated averages over a line find cues (BIO), those of
the line and those within contents; then for each cue, in the same way but smaller, the role of every token (none, source,
content), and whether the cue is one.
"""
import argparse
import json
import math
import os
import pickle
import random
import time

import numpy as np
import torch
from torch import nn

from weights_file import read_safetensors

HASH = 4096
CANDIDATE = 0.15  # cues that the tagger holds this probable go on to the linker
SIZES = (96, 32, 48, 24)  # width and averages of the tagger, of the linker
KERNEL, ROUNDS = 5, 2
DISTANCES = np.asarray([-64, -32, -16, -8, -4, -3, -2, -1, 0, 1, 2, 3, 4, 8, 16, 32, 64])
COLUMNS = ["document", "line", "place", "begin", "end", "head", "sent", "tag", "dep", "ent", "state", "lower",
           "lemma", "static"]
CATEGORIES = ["tag", "dep", "ent", "state", "lower", "lemma", "place"]


class Line:
    pass


def read_lines(prefix, gold_path):
    """Every line of every text with its features and, from gold, its attributions; and the static vectors."""
    ids = json.load(open(prefix + ".json", encoding="utf-8"))
    rows = np.fromfile(prefix + ".rows", np.int32).reshape(-1, len(COLUMNS))
    context = np.fromfile(prefix + ".context", np.float32).reshape(len(rows), -1)
    static = np.fromfile(prefix + ".static", np.float32).reshape(-1, 300)
    gold = {str(r["id"]): r for r in map(json.loads, open(gold_path, encoding="utf-8"))} if gold_path else {}
    column = {name: rows[:, i].astype(np.int64) for i, name in enumerate(COLUMNS)}
    edges = np.flatnonzero(np.diff(column["document"]) | np.diff(column["line"])) + 1
    by_document = [[] for _ in ids]
    for a, b in zip([0, *edges], [*edges, len(rows)]):
        p = Line()
        p.document = int(column["document"][a])
        p.context = context[a:b]
        p.row, p.head, p.sent, p.dep = (column[k][a:b] for k in ("static", "head", "sent", "dep"))
        p.cat = np.stack([column[k][a:b] for k in CATEGORIES], axis=1)
        p.offsets = rows[a:b, 3:5]
        p.gold = gold_path is not None
        p.cues, p.bio, p.loss = [], np.zeros(b - a, np.int64), np.ones(b - a, bool)
        by_document[p.document].append(p)
    for ident, mine in zip(ids, by_document):
        record = gold.get(str(ident), {"attributions": []})
        if "annotated" in record:
            allowed = np.zeros(len(record["text"]) + 1, bool)
            for begin, end in record["annotated"]:
                allowed[begin:end] = True
            for p in mine:
                p.loss = allowed[p.offsets[:, 0]]
        for item in record["attributions"]:
            place_gold(item, mine)
    return [p for mine in by_document for p in mine], static, gold


def tokens_in(spans, p):
    inside = np.zeros(len(p.offsets), dtype=bool)
    for begin, end in spans:
        inside |= (p.offsets[:, 0] < end) & (p.offsets[:, 1] > begin)
    return inside


def place_gold(item, mine):
    """Puts an attribution in the line of its cue; parts in other lines are left out."""
    if not item["cue"]:
        return
    begin = item["cue"][0][0]
    for p in mine:
        if p.offsets[0, 0] <= begin < p.offsets[-1, 1]:
            cue = np.flatnonzero(tokens_in(item["cue"], p))
            if len(cue) == 0 or p.bio[cue].any():
                return
            p.bio[cue] = 2
            p.bio[cue[0]] = 1
            roles = np.zeros(len(p.offsets), dtype=np.int64)
            roles[tokens_in(item["content"], p)] = 2
            roles[tokens_in(item["source"], p)] = 1
            span = (int(cue[0]), int(cue[-1]) + 1)
            p.cues.append((span, roles))
            return


def cue_head(p, cue):
    """The shallowest token of the cue, the first of several."""
    best, depth = cue[0], 10 ** 6
    for t in range(*cue):
        d, a = 0, t
        while p.head[a] != a and d < 200:
            a, d = p.head[a], d + 1
        if d < depth:
            best, depth = t, d
    return best


def relations_to(p, cue):
    """Per token: (up label + 1, down label + 1, levels up, distance bucket, sentence distance)."""
    n = len(p.head)
    c = cue_head(p, cue)
    level, chain = np.full(n, -1), []
    a = c
    while level[a] < 0 and len(chain) < 200:
        level[a] = len(chain)
        chain.append(a)
        a = p.head[a]
    at, before = np.arange(n), np.full(n, -1)
    for _ in range(200):
        moves = (level[at] < 0) & (p.head[at] != at)
        if not moves.any():
            break
        before = np.where(moves, at, before)
        at = np.where(moves, p.head[at], at)
    up = np.asarray([0] + [p.dep[x] + 1 for x in chain[:-1]])
    meets = (level[at] >= 0) & (p.sent == p.sent[c])
    out = np.zeros((n, 5), dtype=np.int64)
    out[:, 0] = np.where(meets, up[np.maximum(level[at], 0)], 0)
    out[:, 1] = np.where(meets & (before >= 0), p.dep[before] + 1, 0)
    out[:, 2] = np.where(meets, np.minimum(level[at], 4), 5)
    t = np.arange(n)
    away = np.where(t < cue[0], t - cue[0], np.where(t >= cue[1], t - cue[1] + 1, 0))
    out[:, 3] = (away[:, None] > DISTANCES).sum(1)
    out[:, 4] = np.clip(p.sent - p.sent[c], -2, 2) + 2
    return out


class Scan(torch.autograd.Function):
    """h[t] = keep[t] * h[t - 1] + (1 - keep[t]) * value[t], over the first dimension."""

    @staticmethod
    def forward(ctx, keep, value):
        new, h, last = (1 - keep) * value, torch.empty_like(value), torch.zeros_like(value[0])
        for t in range(len(value)):
            last = torch.addcmul(new[t], keep[t], last, out=h[t])
        ctx.save_for_backward(keep, value, h)
        return h

    @staticmethod
    def backward(ctx, grad):
        keep, value, h = ctx.saved_tensors
        back, carry = torch.empty_like(grad), torch.zeros_like(grad[0])
        for t in range(len(grad) - 1, -1, -1):
            torch.add(grad[t], carry, out=back[t])
            carry = back[t] * keep[t]
        before = torch.cat([torch.zeros_like(h[:1]), h[:-1]])
        return back * (before - value), back * (1 - keep)


class Round(nn.Module):
    """A window over the neighbours and the head, then gated averages in both directions (a simple recurrent
    unit: Lei et al. 2018; minGRU: Feng et al. 2024), each added to what was there."""

    def __init__(self, dim, gated, dilation, tree, drop):
        super().__init__()
        self.depth = nn.Parameter(torch.randn(KERNEL, dim) * 0.3)
        self.point = nn.Linear(dim, dim)
        self.tree = nn.Linear(dim, dim, bias=False) if tree else None
        self.gates = nn.Linear(dim, 4 * gated)
        self.out = nn.Linear(2 * gated, dim)
        self.dilation, self.gated = dilation, gated
        self.drop = nn.Dropout(drop)

    def forward(self, x, head, mask):
        t, d = x.shape[1], self.dilation
        padded = nn.functional.pad(x, (0, 0, KERNEL // 2 * d, KERNEL // 2 * d))
        y = self.point(sum(padded[:, k * d:k * d + t] * self.depth[k] for k in range(KERNEL)))
        if self.tree is not None:
            y = y + torch.gather(self.tree(x), 1, head.unsqueeze(-1).expand(-1, -1, x.shape[2]))
        x = (x + self.drop(torch.relu(y))) * mask
        keep, value = self.gates(x).chunk(2, dim=-1)
        keep = 1 - (1 - torch.sigmoid(keep)) * mask
        keep, value = keep.transpose(0, 1), value.transpose(0, 1)
        g = self.gated
        both = [torch.cat([v[..., :g], v[..., g:].flip(0)], dim=-1).contiguous() for v in (keep, value)]
        h = Scan.apply(*both)
        h = torch.cat([h[..., :g], h[..., g:].flip(0)], dim=-1).transpose(0, 1)
        return (x + self.drop(torch.relu(self.out(h)))) * mask


class Model(nn.Module):
    def __init__(self, labels, sizes, drop):
        super().__init__()
        dim, gated, link, link_gated = sizes
        tags, deps, ents = (len(labels[k]) + 1 for k in ("tag", "dep", "ent"))
        self.tags = tags
        self.context = nn.Linear(96, dim)
        self.word = nn.Linear(300, dim, bias=False)
        sizes = {"tag": tags, "dep": deps, "ent": ents, "state": 5, "lower": HASH, "lemma": HASH, "place": 3, "above": HASH}
        self.embed = nn.ModuleDict({k: nn.Embedding(v, dim) for k, v in sizes.items()})
        self.child = nn.ModuleDict({"kind": nn.Embedding(deps * tags, dim), "lemma": nn.Embedding(HASH, dim)})
        self.rounds = nn.ModuleList([Round(dim, gated, 2 ** i, True, 0.1) for i in range(ROUNDS)])
        self.cue, self.inner = nn.Linear(dim, 3), nn.Linear(dim, 3)
        self.link_token = nn.Linear(dim, link)
        self.link_cue = nn.Linear(dim, link, bias=False)
        self.up, self.down = nn.Embedding(deps + 1, link), nn.Embedding(deps + 1, link)
        self.level, self.distance = nn.Embedding(6, link), nn.Embedding(len(DISTANCES) + 1, link)
        self.sentence, self.state, self.nested = nn.Embedding(5, link), nn.Embedding(5, link), nn.Embedding(2, link)
        self.linker = Round(link, link_gated, 1, False, 0.1)
        self.role = nn.Linear(link, 3)
        self.valid = nn.Linear(link, 1)
        for e in self.modules():
            if isinstance(e, nn.Embedding):
                nn.init.normal_(e.weight, std=0.05)
        self.drop = nn.Dropout(drop)

    def rare(self, e):
        """Leaves out the vectors of some words."""
        return e * (torch.rand(e.shape[:2]) > 0.25).unsqueeze(-1) if self.training else e

    def encode(self, b):
        cat, mask, head = b["cat"], b["mask"].unsqueeze(-1), b["head"]
        x = self.context(b["context"]) + self.word(b["word"])
        for i, k in enumerate(CATEGORIES):
            e = self.embed[k](cat[..., i])
            x = x + (self.rare(e) if k in ("lower", "lemma") else e)
        x = x + self.rare(self.embed["above"](torch.gather(cat[..., 5], 1, head)))
        # What the children are.
        kids = self.child["kind"](cat[..., 1] * self.tags + cat[..., 0])
        kids = kids + self.rare(self.child["lemma"]((cat[..., 5] * 31 + cat[..., 1]) % HASH))
        kids = kids * (head != torch.arange(cat.shape[1])).unsqueeze(-1) * mask
        x = x.scatter_add(1, head.unsqueeze(-1).expand(-1, -1, x.shape[2]), kids)
        x = self.drop(torch.relu(x)) * mask
        for layer in self.rounds:
            x = layer(x, head, mask)
        return x

    def link(self, h, links):
        """Scores (cues, tokens, roles) and logits that the cues are cues."""
        flat = h.reshape(-1, h.shape[2])
        mask = links["mask"].unsqueeze(-1)
        x = self.link_token(flat)[links["at"]]
        cue = torch.einsum("ct,ctd->cd", links["inside"], flat[links["at"]])
        x = x + (self.link_cue(cue) + self.nested(links["nested"])).unsqueeze(1)
        for i, e in enumerate((self.up, self.down, self.level, self.distance, self.sentence, self.state)):
            x = x + e(links["relations"][..., i])
        x = self.drop(torch.relu(x)) * mask
        y = self.linker(x, None, mask)
        return self.role(y), self.valid(torch.einsum("ct,ctd->cd", links["inside"], y)).squeeze(-1)


def taught(p, hard, soft):
    """Half gold, half what the teacher says, where there are both."""
    if not p.gold:
        return np.asarray(soft, np.float32)
    return hard if soft is None else 0.5 * hard + 0.5 * np.asarray(soft, np.float32)


def batch_of(ps, static):
    n, t = len(ps), max(len(p.head) for p in ps)
    b = {"context": np.zeros((n, t, 96), np.float32), "row": np.zeros((n, t), np.int64),
         "cat": np.zeros((n, t, 7), np.int64), "head": np.tile(np.arange(t), (n, 1)),
         "mask": np.zeros((n, t), np.float32), "target": np.zeros((n, t, 3), np.float32),
         "inner": np.zeros((n, t, 3), np.float32)}
    for i, p in enumerate(ps):
        k = len(p.head)
        b["context"][i, :k], b["row"][i, :k], b["cat"][i, :k], b["head"][i, :k] = p.context, p.row, p.cat, p.head
        b["mask"][i, :k] = 1
        hard = np.eye(3, dtype=np.float32)[p.bio]
        b["target"][i, :k] = taught(p, hard, p.soft and p.soft[0]) * p.loss[:, None]
        for part in p.inner:
            b["inner"][i, part[0]:part[1]] = part[2]
    b["word"] = static[b["row"]]
    return {k: torch.from_numpy(v) for k, v in b.items()}


class Part:
    """A range of a line, read by itself."""

    def __init__(self, p, part):
        self.head, self.sent, self.dep = part[4], p.sent[part[0]:part[1]], p.dep[part[0]:part[1]]
        self.state, self.lo, self.known = part[5], part[0], {}


def relations_of(p, cue, state):
    if cue not in p.known:
        p.known[cue] = np.concatenate([relations_to(p, cue), state[:, None]], axis=1).astype(np.int8)
    return p.known[cue]


def links_of(items, width):
    """Batch of links; items: (line of the batch, first token, nested, cue, relations, roles, check)."""
    if not items:
        return None
    n, t = len(items), max(len(x[4]) for x in items)
    links = {"at": np.zeros((n, t), np.int64), "mask": np.zeros((n, t), np.float32), "nested": np.zeros(n, np.int64),
             "inside": np.zeros((n, t), np.float32), "relations": np.zeros((n, t, 6), np.int64),
             "roles": np.zeros((n, t, 3), np.float32), "valid": np.zeros(n, np.float32)}
    for i, (line, lo, nested, cue, relations, roles, check) in enumerate(items):
        k = len(relations)
        links["at"][i, :k] = line * width + lo + np.arange(k)
        links["mask"][i, :k], links["nested"][i] = 1, nested
        links["inside"][i, cue[0]:cue[1]] = 1 / (cue[1] - cue[0])
        links["relations"][i, :k], links["valid"][i] = relations, check
        links["roles"][i, :k] = roles
    return {k: torch.from_numpy(v) for k, v in links.items()}


def outer_items(i, p, probability, rng):
    """Gold cues, some of them with the extent that the tagger gives, and its false ones without roles."""
    found = [c for c, _ in decode_cues(probability[:len(p.head)], CANDIDATE)] if probability is not None else []
    items = []

    def put(cue, role):
        soft = p.soft[1].get(cue) if p.soft else None
        if not p.gold and soft is None:
            return
        hard = np.eye(3, dtype=np.float32)[role]
        roles = taught(p, hard, soft and soft[0])
        check = taught(p, np.float32((role > 0).any()), soft and soft[1])
        items.append((i, 0, 0, cue, relations_of(p, cue, p.cat[:, 3]), roles, float(check)))

    for cue, role in p.cues:
        near = [c for c in found if c[0] < cue[1] and cue[0] < c[1]]
        put(near[0] if near and rng.random() < 0.4 else cue, role)
    for c in found:
        if p.loss[c[0]] and not p.bio[c[0]:c[1]].any():
            put(c, np.zeros(len(p.head), np.int64))
    return items


def inner_items(i, p):
    return [(i, q.lo, 1, cue, relations_of(q, cue, q.state), roles, check)
            for q, part in zip(p.parts, p.inner) for cue, (roles, check) in part[3].items()]


def cross_entropy(scores, target):
    """Mean over the rows that have a target."""
    return -(target * torch.log_softmax(scores, -1)).sum() / target.sum().clamp(min=1)


def loss_of(model, ps, b, rng, negatives):
    h = model.encode(b)
    scores = model.cue(h)
    loss = 8 * cross_entropy(scores, b["target"]) + 3 * cross_entropy(model.inner(h), b["inner"])
    probability = torch.softmax(scores.detach(), -1).numpy() if negatives else [None] * len(ps)
    items = [x for i, p in enumerate(ps) for x in outer_items(i, p, probability[i], rng) + inner_items(i, p)]
    links = links_of(items, h.shape[1])
    if links is None:
        return loss
    role, valid = model.link(h, links)
    valid_loss = nn.functional.binary_cross_entropy_with_logits(valid, links["valid"])
    return loss + cross_entropy(role, links["roles"]) + 0.5 * valid_loss


def said(cue, confidence, role, check):
    """(cue, confidence, role of every token), or nothing where the cue has no content."""
    best = role.argmax(1)
    best[cue[0]:cue[1]] = 0
    if not (best == 2).any():
        return []
    return [(cue, (confidence + check) / 2 * float(role[best == 2, 2].mean()), best)]


@torch.no_grad()
def predict(model, ps, static):
    """Per line a list of (cue, confidence, role of every token)."""
    model.eval()
    out = [None] * len(ps)
    order = sorted(range(len(ps)), key=lambda i: len(ps[i].head))
    for start in range(0, len(ps), 32):
        at = order[start:start + 32]
        group = [ps[i] for i in at]
        b = batch_of(group, static)
        h = model.encode(b)
        probability = torch.softmax(model.cue(h), -1).numpy()
        found = [decode_cues(probability[i][:len(p.head)], CANDIDATE) for i, p in enumerate(group)]
        items = [(i, 0, 0, c, relations_of(p, c, p.cat[:, 3]), 0, 0) for i, p in enumerate(group) for c, _ in found[i]]
        links = links_of(items, h.shape[1])
        if links:
            roles, valid = model.link(h, links)
            roles, valid = torch.softmax(roles, -1).numpy(), torch.sigmoid(valid).numpy()
        k = 0
        for i, p, cues in zip(at, group, found):
            out[i] = []
            for cue, confidence in cues:
                out[i] += said(cue, confidence, roles[k][:len(p.head)], float(valid[k]))
                k += 1
    return out


def batches(ps, tokens, rng):
    order = sorted(range(len(ps)), key=lambda i: len(ps[i].head) + rng.random() * 8)
    groups, now, longest = [], [], 0
    for i in order:
        longest = max(longest, len(ps[i].head))
        if now and longest * (len(now) + 1) > tokens:
            groups.append(now)
            now, longest = [], len(ps[i].head)
        now.append(i)
    groups.append(now)
    rng.shuffle(groups)
    return [[ps[i] for i in g] for g in groups]


def decode_cues(probability, threshold):
    cues, t, n = [], 0, len(probability)
    while t < n:
        if probability[t, 1] >= threshold:
            e = t + 1
            while e < n and probability[e, 1] + probability[e, 2] > probability[e, 0]:
                e += 1
            cues.append(((t, e), float(probability[t, 1])))
            t = e
        else:
            t += 1
    return cues


def figures(ps, predictions, threshold):
    """(precision, recall, F1) of attributions, token by token, near to what the scorer counts."""
    gold = system = right = 0
    for p, found in zip(ps, predictions):
        found = [roles for _, sure, roles in found if sure >= threshold]
        gold += len(p.cues)
        system += len(found)
        for _, truth in p.cues:
            for i, roles in enumerate(found):
                if all(((roles == k) & (truth == k)).sum() * 2 >= ((roles == k) | (truth == k)).sum() for k in (1, 2)):
                    right += 1
                    del found[i]
                    break
    precision, recall = 100 * right / max(system, 1), 100 * right / max(gold, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def write_safetensors(path, tensors):
    """Half precision; names in order."""
    header, at, blobs = {}, 0, []
    for name in sorted(tensors):
        array = tensors[name].detach().numpy().astype("<f2")
        header[name] = {"dtype": "F16", "shape": list(array.shape), "data_offsets": [at, at + array.nbytes]}
        blobs.append(array.tobytes())
        at += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(len(text).to_bytes(8, "little") + text)
        out.writelines(blobs)


def teach(lines, path):
    """What the teacher says of every line, and of the contents in it read by themselves."""
    if path:
        with open(path, "rb") as file:
            first, inner = pickle.load(file)
    else:
        first, inner = [None] * len(lines), [[] for _ in lines]
    for p, p.soft, p.inner in zip(lines, first, inner):
        p.parts, p.known = [Part(p, part) for part in p.inner], {}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", required=True)
    parser.add_argument("--gold", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--init", nargs="+", help="model folders to go on from: the mean of their weights")
    parser.add_argument("--soft", help="folder of train.soft: what a teacher says of each line of train (pickled)")
    parser.add_argument("--also", nargs="*", default=[], help="prefixes of dumps without gold, each with its .soft")
    parser.add_argument("--sizes", type=int, nargs=4, default=SIZES)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--drop", type=float, default=0.2, help="share of the inputs left out")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--tokens", type=int, default=3000)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    rng = random.Random(args.seed)
    labels = json.load(open(os.path.join(args.out, "model.json"), encoding="utf-8"))

    def read(part):
        gold = os.path.join(args.gold, "attributions-polnear-%s" % part, "gold.jsonl")
        lines, static, _ = read_lines(os.path.join(args.features, part), gold)
        teach(lines, part == "train" and args.soft and os.path.join(args.soft, "train.soft"))
        print(part, len(lines), sum(len(p.cues) for p in lines), flush=True)
        return lines, static

    train, static = read("train")
    dev, dev_static = read("dev")
    for prefix in args.also:
        lines, more, _ = read_lines(prefix, None)
        teach(lines, prefix + ".soft")
        for p in lines:
            p.row = p.row + len(static)
        static = np.concatenate([static, more])
        train += lines
    model = Model(labels, args.sizes, args.drop)
    print(sum(p.numel() for p in model.parameters()), "parameters", flush=True)
    if args.init:
        weights = [read_safetensors(os.path.join(folder, "weights.safetensors")) for folder in args.init]
        model.load_state_dict({k: torch.from_numpy(sum(w[k] for w in weights) / len(weights)) for k in weights[0]})
    average = {k: v.clone() for k, v in model.state_dict().items()}
    optimiser = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=1e-2, betas=(0.9, 0.98))
    steps, total = 0, args.epochs * len(batches(train, args.tokens, rng))
    for epoch in range(args.epochs):
        begin, seen = time.time(), 0.0
        model.train()
        groups = batches(train, args.tokens, rng)
        for g in groups:
            rate = min(1, steps / 100) * max(0.02, 0.5 * (1 + math.cos(math.pi * steps / total)))
            for q in optimiser.param_groups:
                q["lr"] = args.rate * rate
            optimiser.zero_grad()
            loss = loss_of(model, g, batch_of(g, static), rng, epoch > 0 or args.init is not None)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            steps += 1
            seen += float(loss.detach())
            decay = min(0.995, (1 + steps) / (10 + steps))
            for k, v in model.state_dict().items():
                average[k].lerp_(v, 1 - decay)
            if steps % 50 == 0:
                print("step %d/%d loss %.4f %.0fs" % (steps, total, float(loss.detach()), time.time() - begin), flush=True)
        now = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        write_safetensors(os.path.join(args.out, "weights.safetensors"), model.state_dict())
        predictions = predict(model, dev, dev_static)
        model.load_state_dict(now)
        print("epoch %d loss %.4f %.0fs; dev" % (epoch, seen / len(groups), time.time() - begin),
              "; ".join("%.2f: %.1f %.1f %.1f" % (x, *figures(dev, predictions, x)) for x in (0.3, 0.4, 0.5)), flush=True)


if __name__ == "__main__":
    main()
