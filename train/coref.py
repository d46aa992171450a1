"""Trains the ranker of antecedents: models/coref/weights.safetensors.

usage: python train/coref.py --gum ROWS.bin --gap ROWS.bin [--gap ROWS.bin ...] --out models/coref [--seed 1]

The rows are what train/tools/coref_rows wrote. Three networks, for he and she, for it and they, and for nominals: of the
antecedents of a mention h = relu(W1 x + b1) each, their maximum as context, score = W3 relu(W2 [h; context] + b2); for he and she
what each wins and loses in duels with every other is added. Softmax over the scores and a 0 for "new"; loss is -log of the
probability of all right ones together (Lee et al. 2017).
He and she are one to it: what is learned of one holds for the other.
Snippets of GAP judge two names only: there the loss is that of the pair, right against wrong. With --check every
fifth document is left out and reported on. Documents whose licence forbids commercial use or is not stated are left out
by coref_rows already.
"""
import argparse
import json
import os
import struct

import numpy as np
import torch
from torch import nn

from weights_file import read_safetensors

torch.set_num_threads(1)


def read(path):
    """[(document, kind, labels, features)] of a file of rows."""
    data, at, rows = open(path, "rb").read(), 0, []
    while at < len(data):
        n, document, kind, width = struct.unpack_from("<4I", data, at)
        at += 16
        labels = np.frombuffer(data, "<f4", n, at)
        at += 4 * n
        rows.append((document, kind, labels, np.frombuffer(data, "<f4", n * width, at).reshape(n, width)))
        at += 4 * n * width
    return rows


def alike(row):
    """The row with "he" and "she" (the first two features) told as one."""
    x = row[3].copy()
    x[:, 0], x[:, 1] = np.maximum(x[:, 0], x[:, 1]), 0
    return (*row[:3], x, *row[4:])


class Net(nn.Module):
    def __init__(self, width, hidden, second, drop):
        super().__init__()
        self.first, self.second, self.third = nn.Linear(width, hidden), nn.Linear(2 * hidden, second), nn.Linear(second, 1)
        self.drop = nn.Dropout(drop)

    def forward(self, x, mask):
        h = torch.relu(self.first(x))
        top = (h * mask[..., None]).amax(1, keepdim=True).expand_as(h)
        h = self.drop(torch.cat([h, top], -1))
        return self.third(self.drop(torch.relu(self.second(h)))).squeeze(-1)


class Duelling(Net):
    """With duels between every two antecedents: what one wins the other loses."""

    def __init__(self, width, hidden, second, drop, duel=24):
        super().__init__(width, hidden, second, drop)
        self.left, self.right = nn.Linear(hidden, duel), nn.Linear(hidden, duel)
        self.duel = nn.Parameter((torch.rand(duel) * 2 - 1) * duel ** -0.5)

    def forward(self, x, mask):
        h = self.drop(torch.relu(self.first(x)))
        top = (h * mask[..., None]).amax(1, keepdim=True).expand_as(h)
        own = self.third(self.drop(torch.relu(self.second(torch.cat([h, top], -1))))).squeeze(-1)
        left, right = self.left(h), self.right(h)
        won = self.drop(torch.relu(left[:, :, None] + right[:, None])) @ self.duel
        won = (won - won.transpose(1, 2)) * mask[:, None] * mask[:, :, None]
        return own + won.sum(2) * 2 / (mask.sum(1, keepdim=True) - 1).clamp(min=1)


def batches(rows, size, rng):
    order = rng.permutation(len(rows)) if rng is not None else np.arange(len(rows))
    for i in range(0, len(order), size):
        part = [rows[j] for j in order[i:i + size]]
        n = max(len(r[2]) for r in part)
        x = np.zeros((len(part), n, part[0][3].shape[1]), np.float32)
        y, mask = np.full((len(part), n), -1, np.float32), np.zeros((len(part), n), np.float32)
        for k, r in enumerate(part):
            x[k, :len(r[2])], y[k, :len(r[2])], mask[k, :len(r[2])] = r[3], r[2], 1
        weight = np.array([r[4] for r in part], np.float32)
        yield torch.from_numpy(x), torch.from_numpy(y), torch.from_numpy(mask), torch.from_numpy(weight), part


def loss_of(scores, y, mask, weight, snippet):
    big = -1e4
    s = torch.where(mask > 0, scores, torch.full_like(scores, big))
    new = torch.zeros(len(s), 1)
    every = torch.logsumexp(torch.cat([s, new], 1), 1)
    right = torch.where(y == 1, s, torch.full_like(s, big))
    has = (y == 1).any(1)
    gold = torch.where(has, torch.logsumexp(right, 1), torch.zeros(len(s)))
    full = every - gold
    # snippets: right ones as above; where neither name is right, push both down
    p_wrong = torch.exp(torch.logsumexp(torch.where(y == 0, s, torch.full_like(s, big)), 1) - every)
    part = torch.where(has, full, -torch.log1p(-p_wrong.clamp(max=0.999)))
    return (weight * torch.where(snippet, part, full)).mean()


def train(rows, held, seed, kind=Net, hidden=64, second=32, epochs=14, drop=0.3, rate=2e-3, decay=1e-3):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = kind(rows[0][3].shape[1], hidden, second, drop)
    steps = epochs * (len(rows) // 64 + 1)
    opt = torch.optim.AdamW(net.parameters(), rate, weight_decay=decay)
    plan = torch.optim.lr_scheduler.OneCycleLR(opt, rate, total_steps=steps, pct_start=0.15)
    for _ in range(epochs):
        net.train()
        for x, y, mask, weight, part in batches(rows, 64, rng):
            snippet = torch.tensor([r[5] for r in part])
            opt.zero_grad()
            loss_of(net(x, mask), y, mask, weight, snippet).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            opt.step()
            plan.step()
    return net, evaluate(net, held)


def evaluate(net, rows):
    """Share of mentions decided right: by kind, and F1 of the snippets."""
    net.eval()
    good, all_, tp, fp, fn = {}, {}, 0, 0, 0
    with torch.no_grad():
        for x, y, mask, _, part in batches(rows, 256, None):
            s = torch.where(mask > 0, net(x, mask), torch.full_like(mask, -1e4))
            for k, r in enumerate(part):
                best = int(s[k].argmax())
                chosen = best if s[k, best] > 0 else None
                if r[5]:
                    said = None if chosen is None else r[2][chosen]
                    tp += said == 1
                    fp += said == 0
                    fn += (r[2] == 1).any() and said != 1
                else:
                    ok = r[2][chosen] == 1 if chosen is not None else not (r[2] == 1).any()
                    good[r[1]] = good.get(r[1], 0) + int(ok)
                    all_[r[1]] = all_.get(r[1], 0) + 1
    result = {"kind %d" % k: round(100 * good[k] / all_[k], 1) for k in sorted(all_)}
    if tp:
        result["snippet f1"] = round(200 * tp / (2 * tp + fp + fn), 1)
    return result


def kept(path, width):
    """The tensors of the networks for it and they and for nominals; of the `width` numbers of a pronoun, those that they were not
    trained on weigh nothing."""
    tensors = {name: value for name, value in read_safetensors(path).items() if name.startswith(("pronoun.", "nominal."))}
    first = tensors["pronoun.first.weight"]
    tensors["pronoun.first.weight"] = np.pad(first, ((0, 0), (0, width - first.shape[1])))
    return tensors


def save(path, tensors, metadata):
    header, blob = {"__metadata__": metadata}, b""
    for name, value in tensors.items():
        raw = value.astype("<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": [len(blob), len(blob) + len(raw)]}
        blob += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + blob)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--gum", action="append", default=[])
    ap.add_argument("--gap", action="append", default=[])
    ap.add_argument("--gap-weight", type=float, default=2.0)
    ap.add_argument("--gum-weight", type=float, default=0.3, help="of the rows of --gum for he and she; for the others it is 1")
    ap.add_argument("--she-weight", type=float, default=2.0, help="of the snippets with she, against those with he: they are the harder ones")
    ap.add_argument("--out", required=True)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--thresholds", type=float, nargs=5, default=(-5, -2, -2, -2, 1),
                    help="what the best score must pass: he and she, it, they, nominals, those of persons; tuned on coref-gum-news-dev")
    ap.add_argument("--keep", help="weights.safetensors whose networks for it, they and nominals stay as they are")
    ap.add_argument("--check", action="store_true", help="leave out every fifth document and report")
    a = ap.parse_args()
    rows = []
    for n, path in enumerate(a.gum):
        rows += [(n * 100000 + d, k, y, x, 1.0, False) for d, k, y, x in read(path)]
    for n, path in enumerate(a.gap):
        rows += [((10 + n) * 100000 + d, k, y, x, a.gap_weight * (a.she_weight if x[0, 1] > 0 else 1), True)
                 for d, k, y, x in read(path)
                 if (y == 1).any() or (y == 0).any()]
    width = next(row[3].shape[1] for row in rows if row[1] != 3)
    tensors = kept(a.keep, width) if a.keep else {}
    shapes = {"person": dict(kind=Duelling, hidden=96, epochs=8, drop=0.3, decay=0.05),
              "pronoun": dict(hidden=64, epochs=8, drop=0.5, decay=0.05), "nominal": dict(hidden=96, epochs=10)}
    for name, kinds in (("person", (0,)), ("pronoun", (0, 1, 2)), ("nominal", (3,))):
        if name != "person" and a.keep:
            continue
        part = [alike(r) for r in rows if r[1] in kinds]
        if name == "person":
            part = [r if r[5] else (*r[:4], a.gum_weight, r[5]) for r in part]
        held = [r for r in part if r[0] % 5 == 4]
        fit = [r for r in part if r[0] % 5 != 4] if a.check else part
        net, figures = train(fit, held, a.seed, **shapes[name])
        print(name, len(fit), "mentions;", figures, flush=True)
        with torch.no_grad():
            net.first.weight[:, 1] = net.first.weight[:, 0]
        for key, value in net.state_dict().items():
            tensors[name + "." + key] = value.numpy()
    tensors["thresholds"] = np.array(a.thresholds, np.float32)
    os.makedirs(a.out, exist_ok=True)
    save(os.path.join(a.out, "weights.safetensors"), tensors, {"format": "dateline coref 1", "seed": str(a.seed)})


if __name__ == "__main__":
    main()
