#!/usr/bin/env python3
"""Trains the tagger and linker of the step attributions (src/dateline/attributions/model.h).

usage: attributions.py --features DIR --gold DIR --out MODEL_FOLDER [--init FOLDER] [--rate R] [--epochs N] [--seed S]

DIR of --features holds NAME.npz (one row a token: ctx, row, tag, dep, ent, head, sent, begin, end,
lower, lemma, doc; ids) and static.npy (the package's vector table); DIR of --gold the folders
attributions-NAME with gold.jsonl. The model: cues first (BIO over a BiLSTM), then for each cue the
role of every token of its paragraph (none, source, content; a second BiLSTM).
"""
import argparse
import json
import math
import os
import random
import time

import numpy as np
import torch
from torch import nn

from weights_file import read_safetensors

HASH = 4096
CANDIDATE = 0.15  # cues that the tagger holds this probable go on to the linker
DIM, HIDDEN, LINK, LINK_HIDDEN = 160, 128, 64, 64
DISTANCES = [-64, -32, -16, -8, -4, -3, -2, -1, 0, 1, 2, 3, 4, 8, 16, 32, 64]
OPEN = {"“": "”\"", "„": "“”\"", "\"": "\"”", "«": "»", "``": "''", "''": "''", "‘": "’", "'": "'"}
STRAIGHT = ("\"", "''")
CLIPPED = ("'em", "'til", "'cause", "'tis", "'twas", "'n")


def marks_of(line):
    """[(at, mark)] of one line, in order."""
    out, at = [], 0
    while at < len(line):
        two = line[at:at + 2]
        mark = two if two in ("``", "''") else line[at] if line[at] in "“”„\"«»‘’'" else None
        if mark:
            out.append((at, mark))
        at += len(mark) if mark else 1
    return out


def opens(line, at, mark):
    before, after = line[at - 1:at], line[at + len(mark):at + len(mark) + 1]
    if mark not in OPEN or not after or after.isspace():
        return False
    if mark in STRAIGHT:
        return not before.isalnum()
    if mark == "‘":
        return not before.isalnum()
    if mark == "'":
        return not before.isalnum() and after.isalpha() and not line[at:at + 6].lower().startswith(CLIPPED)
    return True


def closes(line, at, mark, opener):
    if mark not in OPEN[opener] or len(mark) == 1 and OPEN[opener] == "''":
        return False
    if mark in ("’", "'"):
        return not line[at + 1:at + 2].isalnum() and not line[at - 1:at].isspace()
    return True


def pair_line(line):
    """[(begin, end, opener, closed)] of the quotations of one line, marks included, the outermost only."""
    marks, out, i = marks_of(line), [], 0
    while i < len(marks):
        at, mark = marks[i]
        i += 1
        if not opens(line, at, mark):
            continue
        end, j = None, i
        while j < len(marks):
            where, other = marks[j]
            before = line[where - 1:where]
            if other == mark and where > at and (mark == "“" or mark in STRAIGHT and before.isspace() and opens(line, where, other)):
                end = (where, j, False)
                break
            if closes(line, where, other, mark):
                end = (where + len(other), j + 1, True)
                break
            j += 1
        if end is None and mark in ("‘", "'"):
            continue
        begin, (stop, i, closed) = at, end or (len(line), len(marks), False)
        out.append((begin, stop, mark, closed))
    return out


def quotation_states(text, begins, ends):
    """Per token: 0 outside, 1 opening mark, 2 inside double marks, 3 closing mark, 4 inside single."""
    states = np.zeros(len(begins), dtype=np.int64)
    start = 0
    for line in text.split("\n"):
        for b, e, mark, closed in pair_line(line):
            lo, hi = np.searchsorted(ends, start + b, side="right"), np.searchsorted(begins, start + e)
            states[lo:hi] = 4 if mark in ("‘", "'") else 2
            if lo < hi:
                states[lo] = 1
                if closed and hi - lo > 1:
                    states[hi - 1] = 3
        start += len(line) + 1
    return states


class Paragraph:
    pass


def paragraphs_of(features, gold_path, vocab, static_rows):
    """Every line of every text as a Paragraph with its features and, from gold, its attributions."""
    gold = {str(r["id"]): r for r in map(json.loads, open(gold_path, encoding="utf-8"))}
    f = features
    starts = np.searchsorted(f["doc"], np.arange(len(f["ids"]) + 1))
    result = []
    for d, ident in enumerate(f["ids"]):
        lo, hi = starts[d], starts[d + 1]
        text = gold[str(ident)]["text"]
        begins, ends = f["begin"][lo:hi], f["end"][lo:hi]
        states = quotation_states(text, begins, ends)
        breaks = [-1] + [i for i in range(hi - lo) if "\n" in text[begins[i]:ends[i]]] + [hi - lo]
        allowed = None
        if "annotated" in gold[str(ident)]:
            allowed = np.zeros(len(text) + 1, dtype=bool)
            for b, e in gold[str(ident)]["annotated"]:
                allowed[b:e] = True
        number = 0
        for a, b in zip(breaks, breaks[1:]):
            if b - a <= 1:
                continue
            p = Paragraph()
            p.doc, p.lo, p.begin, p.end = d, lo, lo + a + 1, lo + b
            p.ctx = f["ctx"][p.begin:p.end]
            p.row = f["row"][p.begin:p.end] + 1
            tag = np.asarray([vocab["tag"].get(x, 0) for x in f["tag"][p.begin:p.end]])
            dep = np.asarray([vocab["dep"].get(x, 0) for x in f["dep"][p.begin:p.end]])
            ent = np.asarray([vocab["ent"].get(x, 0) for x in f["ent"][p.begin:p.end]])
            p.dep = dep
            n = p.end - p.begin
            head = f["head"][p.begin:p.end] - (a + 1)
            p.head = np.where((head >= 0) & (head < n), head, np.arange(n))
            p.sent = f["sent"][p.begin:p.end]
            place = np.full(n, min(number, 2))
            p.cat = np.stack([tag, dep, ent, states[a + 1:b], f["lower"][p.begin:p.end] % HASH,
                              f["lemma"][p.begin:p.end] % HASH, place], axis=1)
            p.offsets = np.stack([begins[a + 1:b], ends[a + 1:b]], axis=1)
            p.loss = np.ones(n, dtype=bool) if allowed is None else allowed[p.offsets[:, 0]]
            p.cues, p.bio, p.ident = [], np.zeros(n, dtype=np.int64), str(ident)
            result.append(p)
            number += 1
        mine = [p for p in result if p.ident == str(ident)]
        for item in gold[str(ident)]["attributions"]:
            place_gold(item, mine)
    for p in result:
        p.relations = [relation_features(p, cue) for cue, _ in p.cues]
    return result


def tokens_in(spans, p):
    inside = np.zeros(len(p.offsets), dtype=bool)
    for b, e in spans:
        inside |= (p.offsets[:, 0] < e) & (p.offsets[:, 1] > b)
    return inside


def place_gold(item, mine):
    begin = item["cue"][0][0] if item["cue"] else None
    if begin is None:
        return
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
            p.cues.append(((int(cue[0]), int(cue[-1]) + 1), roles))
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


def relation_features(p, cue):
    """Per token: (up label + 1, down label + 1, levels up, distance bucket, sentence distance)."""
    n = len(p.head)
    c = cue_head(p, cue)
    chain = [c]
    while p.head[chain[-1]] != chain[-1] and len(chain) < 200:
        chain.append(int(p.head[chain[-1]]))
    level = {a: k for k, a in enumerate(chain)}
    found = {}
    out = np.zeros((n, 5), dtype=np.int64)
    for t in range(n):
        path, a = [], t
        while a not in level and a not in found and p.head[a] != a and len(path) < 200:
            path.append(a)
            a = int(p.head[a])
        if a in level:
            meet = (level[a], int(p.dep[path[-1]]) + 1 if path else 0)
        elif a in found:
            meet = found[a]
        else:
            meet = None
        for x in path:
            found[x] = meet
        if meet is None or p.sent[t] != p.sent[c]:
            out[t, 2] = 5
        else:
            k, down = meet
            out[t, 0] = int(p.dep[chain[k - 1]]) + 1 if k else 0
            out[t, 1], out[t, 2] = down, min(k, 4)
        away = t - cue[0] if t < cue[0] else t - cue[1] + 1 if t >= cue[1] else 0
        out[t, 3] = sum(away > x for x in DISTANCES)
        out[t, 4] = min(max(int(p.sent[t] - p.sent[c]), -2), 2) + 2
    return out


class Model(nn.Module):
    def __init__(self, vocab, static):
        super().__init__()
        tags, deps, ents = len(vocab["tag"]) + 1, len(vocab["dep"]) + 1, len(vocab["ent"]) + 1
        self.static = static
        self.context = nn.Linear(96, DIM)
        self.word = nn.Linear(300, DIM, bias=False)
        sizes = {"tag": tags, "dep": deps, "ent": ents, "state": 5, "lower": HASH, "lemma": HASH, "place": 3}
        self.embed = nn.ModuleDict({k: nn.Embedding(v, DIM) for k, v in sizes.items()})
        self.child = nn.Embedding(deps, DIM)
        self.parent = nn.Linear(DIM, DIM, bias=False)
        self.encoder = nn.LSTM(DIM, HIDDEN, batch_first=True, bidirectional=True)
        self.cue = nn.Linear(2 * HIDDEN, 3)
        self.link_token = nn.Linear(2 * HIDDEN, LINK)
        self.link_cue = nn.Linear(2 * HIDDEN, LINK, bias=False)
        self.up, self.down = nn.Embedding(deps + 1, LINK), nn.Embedding(deps + 1, LINK)
        self.level, self.distance = nn.Embedding(6, LINK), nn.Embedding(len(DISTANCES) + 1, LINK)
        self.sentence = nn.Embedding(5, LINK)
        self.state = nn.Embedding(5, LINK)
        self.linker = nn.LSTM(LINK, LINK_HIDDEN, batch_first=True, bidirectional=True)
        self.role = nn.Linear(2 * LINK_HIDDEN, 3)
        self.valid = nn.Linear(2 * LINK_HIDDEN, 1)
        for e in self.modules():
            if isinstance(e, nn.Embedding):
                nn.init.normal_(e.weight, std=0.05)
        self.drop = nn.Dropout(0.33)

    def encode(self, b):
        cat = b["cat"]
        x = self.context(b["ctx"]) + self.word(self.static[b["row"]])
        for i, k in enumerate(self.embed):
            e = self.embed[k](cat[..., i])
            if self.training and k in ("lower", "lemma"):
                e = e * (torch.rand(e.shape[:2]) > 0.2).unsqueeze(-1)
            x = x + e
        # Labels of the children, and the head's own vector.
        kids = self.child(cat[..., 1]) * (b["head"] != torch.arange(cat.shape[1])).unsqueeze(-1) * b["mask"].unsqueeze(-1)
        index = b["head"].unsqueeze(-1).expand(-1, -1, DIM)
        x = x.scatter_add(1, index, kids)
        x = self.drop(torch.relu(x))
        x = torch.relu(x + self.parent(torch.gather(x, 1, index)))
        return self.drop(self.run(self.encoder, x, b["size"]))

    @staticmethod
    def run(lstm, x, sizes):
        packed = nn.utils.rnn.pack_padded_sequence(x, sizes, batch_first=True, enforce_sorted=False)
        return nn.utils.rnn.pad_packed_sequence(lstm(packed)[0], batch_first=True, total_length=x.shape[1])[0]

    def link(self, h, b, which, cues, relations):
        """Scores (cues, tokens, roles) and logits that the cues are cues; which: paragraph of each."""
        token = self.link_token(h)[which]
        spans = torch.stack([h[p, c[0]:c[1]].mean(0) for p, c in zip(which.tolist(), cues)])
        x = token + self.link_cue(spans).unsqueeze(1)
        for i, e in enumerate((self.up, self.down, self.level, self.distance, self.sentence)):
            x = x + e(relations[..., i])
        x = torch.relu(x + self.state(b["cat"][which][..., 3]))
        y = self.drop(self.run(self.linker, x, b["size"][which]))
        pooled = torch.stack([y[i, c[0]:c[1]].mean(0) for i, c in enumerate(cues)])
        return self.role(y), self.valid(pooled).squeeze(-1)


def batch_of(ps):
    n, t = len(ps), max(len(p.head) for p in ps)
    b = {"ctx": np.zeros((n, t, 96), np.float32), "row": np.zeros((n, t), np.int64), "cat": np.zeros((n, t, 7), np.int64),
         "head": np.tile(np.arange(t), (n, 1)), "mask": np.zeros((n, t), np.float32), "bio": np.zeros((n, t), np.int64),
         "loss": np.zeros((n, t), bool)}
    for i, p in enumerate(ps):
        k = len(p.head)
        b["ctx"][i, :k], b["row"][i, :k], b["cat"][i, :k], b["head"][i, :k] = p.ctx, p.row, p.cat, p.head
        b["mask"][i, :k], b["bio"][i, :k], b["loss"][i, :k] = 1, p.bio, p.loss
    b = {k: torch.from_numpy(v) for k, v in b.items()}
    b["size"] = torch.tensor([len(p.head) for p in ps])
    return b


def links_of(ps, t, cues_of):
    which, cues, relations, roles = [], [], [], []
    for i, p in enumerate(ps):
        for cue, role, relation in cues_of(p):
            which.append(i)
            cues.append(cue)
            r = np.zeros((t, 5), np.int64)
            r[:len(relation)] = relation
            relations.append(r)
            y = np.full(t, -100, np.int64)
            y[:len(role)] = role
            roles.append(y)
    if not which:
        return None
    return torch.tensor(which), cues, torch.from_numpy(np.stack(relations)), torch.from_numpy(np.stack(roles))


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


def training_cues(p, probability, rng):
    """Gold cues, some of them with the extent that the tagger gives, and its false ones without roles."""
    found = [c for c, _ in decode_cues(probability[:len(p.head)], CANDIDATE)] if probability is not None else []
    result = []
    for (cue, role), relation in zip(p.cues, p.relations):
        near = [c for c in found if c[0] < cue[1] and cue[0] < c[1]]
        if near and near[0] != cue and rng.random() < 0.4:
            result.append((near[0], role, relation_features(p, near[0])))
        else:
            result.append((cue, role, relation))
    for c in found:
        if p.loss[c[0]] and not p.bio[c[0]:c[1]].any():
            result.append((c, np.zeros(len(p.head), np.int64), relation_features(p, c)))
    return result


def loss_of(model, ps, rng, negatives):
    b = batch_of(ps)
    h = model.encode(b)
    scores = model.cue(h)
    keep = b["loss"]
    cue_loss = nn.functional.cross_entropy(scores[keep], b["bio"][keep], reduction="sum") / max(1, int(keep.sum()))
    probability = torch.softmax(scores.detach(), -1).numpy() if negatives else [None] * len(ps)
    row = {id(p): probability[i] for i, p in enumerate(ps)}
    links = links_of(ps, h.shape[1], lambda p: training_cues(p, row[id(p)], rng))
    if links is None:
        return cue_loss * 8
    which, cues, relations, roles = links
    role, valid = model.link(h, b, which, cues, relations)
    truth = (roles > 0).any(1).float()
    valid_loss = nn.functional.binary_cross_entropy_with_logits(valid, truth)
    return cue_loss * 8 + nn.functional.cross_entropy(role.transpose(1, 2), roles, ignore_index=-100) + 0.5 * valid_loss


@torch.no_grad()
def predict(model, ps):
    """Per paragraph a list of (cue, P(cue), role probabilities)."""
    model.eval()
    out = []
    for start in range(0, len(ps), 32):
        group = ps[start:start + 32]
        b = batch_of(group)
        h = model.encode(b)
        probability = torch.softmax(model.cue(h), -1).numpy()
        found = [decode_cues(probability[i][:len(p.head)], CANDIDATE) for i, p in enumerate(group)]
        links = links_of(group, h.shape[1], lambda p: [(c, [0], relation_features(p, c)) for c, _ in found[group.index(p)]])
        if links:
            roles, valid = model.link(h, b, *links[:3])
            roles, valid = torch.softmax(roles, -1).numpy(), torch.sigmoid(valid).numpy()
        k = 0
        for p, cues in zip(group, found):
            mine = []
            for cue, confidence in cues:
                mine.append((cue, (confidence + float(valid[k])) / 2, roles[k][:len(p.head)]))
                k += 1
            out.append(mine)
    return out


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


def spans_of(p, keep, text):
    spans, t, n = [], 0, len(keep)
    while t < n:
        if keep[t]:
            e = t
            while e < n and keep[e]:
                e += 1
            spans.append([int(p.offsets[t, 0]), int(p.offsets[e - 1, 1])])
            t = e
        else:
            t += 1
    return spans


def write(path, ps, predictions, texts, threshold):
    rows = {i: [] for i in texts}
    for p, found in zip(ps, predictions):
        for cue, confidence, role in found:
            if confidence < threshold:
                continue
            best = role.argmax(1)
            best[cue[0]:cue[1]] = 0
            content, source = spans_of(p, best == 2, None), spans_of(p, best == 1, None)
            if content:
                rows[p.ident].append({"source": source, "content": content, "confidence": confidence,
                                      "cue": [[int(p.offsets[cue[0], 0]), int(p.offsets[cue[1] - 1, 1])]]})
    with open(path, "w", encoding="utf-8") as out:
        for i, found in rows.items():
            out.write(json.dumps({"id": i, "text": texts[i], "attributions": found}) + "\n")


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


def save(state, vocab, folder):
    """weights.safetensors, and the labels in model.json, of which the other numbers are kept."""
    os.makedirs(folder, exist_ok=True)
    write_safetensors(os.path.join(folder, "weights.safetensors"), state)
    path = os.path.join(folder, "model.json")
    numbers = json.load(open(path, encoding="utf-8")) if os.path.exists(path) else {}
    numbers.update({k: sorted(v, key=v.get) for k, v in vocab.items()}, candidate=CANDIDATE)
    with open(path, "w", encoding="utf-8") as out:
        json.dump(numbers, out, indent=1, ensure_ascii=False)
        out.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--features", required=True)
    parser.add_argument("--gold", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--init", help="model folder to go on from")
    parser.add_argument("--rate", type=float, default=2e-3)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--tokens", type=int, default=2500)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    rng = random.Random(args.seed)
    static = torch.from_numpy(np.load(os.path.join(args.features, "static.npy")).astype(np.float32))
    static = torch.cat([torch.zeros(1, 300), static])
    data = {}
    for part in ("train", "dev"):
        with np.load(os.path.join(args.features, "polnear-%s.npz" % part)) as f:
            f = {k: f[k] for k in f.files}
        if part == "train":
            vocab = {k: {x: i + 1 for i, x in enumerate(sorted(set(f[k].tolist())))} for k in ("tag", "dep", "ent")}
        data[part] = paragraphs_of(f, os.path.join(args.gold, "attributions-polnear-%s" % part, "gold.jsonl"), vocab, None)
        print(part, len(data[part]), sum(len(p.cues) for p in data[part]), flush=True)
    texts = {str(r["id"]): r["text"] for r in map(json.loads, open(os.path.join(args.gold, "attributions-polnear-dev", "gold.jsonl"), encoding="utf-8"))}
    # Forty articles of -train are kept for calibration.
    held = set(sorted({p.ident for p in data["train"]}, key=lambda i: random.Random(i).random())[:40])
    train = [p for p in data["train"] if p.ident not in held]
    model = Model(vocab, static)
    if args.init:
        init = read_safetensors(os.path.join(args.init, "weights.safetensors"))
        model.load_state_dict({name: torch.from_numpy(array) for name, array in init.items()}, strict=False)
    average = {k: v.clone() for k, v in model.state_dict().items()}
    optimiser = torch.optim.AdamW(model.parameters(), lr=args.rate, weight_decay=1e-3, betas=(0.9, 0.98))
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
            loss = loss_of(model, g, rng, epoch > 0 or args.init is not None)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            steps += 1
            seen += float(loss.detach())
            decay = min(0.998, (1 + steps) / (10 + steps))
            for k, v in model.state_dict().items():
                average[k].lerp_(v, 1 - decay)
            if steps % 100 == 0:
                print("step %d/%d loss %.4f %.0fs" % (steps, total, float(loss.detach()), time.time() - begin), flush=True)
        now = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        save(model.state_dict(), vocab, args.out)
        predictions = predict(model, data["dev"])
        for threshold in (0.35, 0.40, 0.45):
            write(os.path.join(args.out, "dev-%.2f.jsonl" % threshold), data["dev"], predictions, texts, threshold)
        model.load_state_dict(now)
        print("epoch %d loss %.4f %.0fs" % (epoch, seen / len(groups), time.time() - begin), flush=True)


if __name__ == "__main__":
    main()
