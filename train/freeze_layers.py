"""Freezes what PyTorch's layers give for small random weights: tests/cases/neural/layers.json.

usage: python train/freeze_layers.py > tests/cases/neural/layers.json

Each case: the weights by the names of the state_dict, the input, the output. Needs torch (CPU); seeded.
"""
import json
import sys

import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(20)


def numbers(tensor):
    return {"shape": list(tensor.shape), "data": [round(float(x), 7) for x in tensor.detach().flatten()]}


def rounded(module):
    """Weights as the JSON writes them, so that both sides start from the same numbers."""
    with torch.no_grad():
        for p in module.parameters():
            p.copy_(torch.tensor([round(float(x), 7) for x in p.flatten()]).reshape(p.shape))
    return module


def data(*shape):
    return torch.tensor([round(float(x), 7) for x in torch.randn(*shape).flatten()]).reshape(shape)


def case(name, module, x, run):
    rounded(module)
    weights = {"m." + k: numbers(v) for k, v in module.state_dict().items()}
    return {"name": name, "weights": weights, "input": numbers(x), "output": numbers(run(module, x))}


class Pair(nn.Module):
    def __init__(self, labels, left, right):
        super().__init__()
        self.u = nn.Parameter(torch.randn(labels, left + 1, right + 1))


def biaffine(module, x):
    one = torch.cat([x, torch.ones(len(x), 1)], 1)
    return torch.einsum("ia,lab,jb->lij", one, module.u, one)


def main():
    cases = [
        case("linear", nn.Linear(13, 21), data(7, 13), lambda m, x: m(x)),
        case("linear_no_bias", nn.Linear(5, 8, bias=False), data(3, 5), lambda m, x: m(x)),
        case("layer_norm", nn.LayerNorm(19), data(4, 19) * 3, lambda m, x: m(x)),
        case("lstm", nn.LSTM(6, 9, num_layers=2, bidirectional=True), data(11, 6), lambda m, x: m(x)[0]),
        case("gru", nn.GRU(6, 9, num_layers=2, bidirectional=True), data(11, 6), lambda m, x: m(x)[0]),
        case("convolution", nn.Conv1d(6, 10, 3, padding=2, dilation=2), data(9, 6), lambda m, x: m(x.T[None])[0].T),
        case("biaffine", Pair(3, 5, 5), data(6, 5), biaffine),
        case("gelu", nn.Identity(), data(2, 9) * 2, lambda m, x: torch.nn.functional.gelu(x)),
        case("sigmoid", nn.Identity(), data(3, 9) * 12, lambda m, x: torch.sigmoid(x)),
        case("tanh", nn.Identity(), data(3, 9) * 12, lambda m, x: torch.tanh(x)),
        case("softmax", nn.Identity(), data(3, 9) * 12, lambda m, x: torch.softmax(x, -1)),
    ]
    json.dump(cases, sys.stdout, indent=None, separators=(",", ":"))
    print()


main()
