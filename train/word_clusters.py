#!/usr/bin/env python3
"""Sorts the word vectors of a spaCy package into clusters (models/relations/clusters.safetensors).

usage: word_clusters.py PACKAGE OUT.safetensors

Row r of the tensor "clusters" holds, for row r of the package's static vectors, its cluster among
128 and among 768: spherical k-means (seed 7). The reader of relations looks at these in place of
words, so that a word never seen in training is read as its neighbours are (Turian, Ratinov and
Bengio 2010, "Word representations").
"""
import json
import os
import struct
import sys

import numpy as np
from sklearn.cluster import MiniBatchKMeans

SIZES = (128, 768)


def main():
    package, out = sys.argv[1:]
    vectors = np.load(os.path.join(package, "vocab", "vectors")).astype(np.float32)
    vectors /= np.maximum(1e-6, np.linalg.norm(vectors, axis=1, keepdims=True))
    clusters = np.stack([MiniBatchKMeans(size, random_state=7, batch_size=4096, n_init=2).fit_predict(vectors)
                         for size in SIZES], 1).astype(np.float16)
    header = {"__metadata__": {"format": "dateline-word-clusters/1"},
              "clusters": {"dtype": "F16", "shape": list(clusters.shape), "data_offsets": [0, clusters.nbytes]}}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(out, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + clusters.tobytes())


if __name__ == "__main__":
    main()
