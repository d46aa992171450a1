"""Reads weights.safetensors of a model, in half or single precision."""
import json

import numpy as np

KINDS = {"F16": "<f2", "F32": "<f4"}


def read_safetensors(path):
    """{name: array of float32}, in the order of the file."""
    data = open(path, "rb").read()
    size = int.from_bytes(data[:8], "little")
    tensors = {}
    for name, entry in json.loads(data[8:8 + size]).items():
        if name == "__metadata__":
            continue
        begin, end = (8 + size + at for at in entry["data_offsets"])
        tensors[name] = np.frombuffer(data[begin:end], KINDS[entry["dtype"]]).reshape(entry["shape"]).astype(np.float32)
    return tensors
