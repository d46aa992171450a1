#!/usr/bin/env python3
"""Words a second of spaCy's nlp.pipe and of the native runtime, same model, same texts, one thread each, taken in turns.

usage: runtime_vs_spacy.py MODEL INPUT.jsonl [--bench build/release/bench/annotate_bench] [--texts N] [--rounds N] [--batch N]

INPUT has one JSON object with a `text` a line. Needs spaCy 3.8 in the Python that runs it. Each round times spaCy and then the
native program, so that both meet the same load of the machine; the medians are compared. Words stand between white space.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"


def main():
    parser = argparse.ArgumentParser(usage=__doc__[__doc__.index("usage:") + 7:])
    parser.add_argument("model")
    parser.add_argument("input")
    parser.add_argument("--bench", default="build/release/bench/annotate_bench")
    parser.add_argument("--texts", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch", type=int, default=32)
    a = parser.parse_args()
    with open(a.input, encoding="utf-8") as lines:
        texts = [row["text"] for row in map(json.loads, lines) if "text" in row][:a.texts]
    words = sum(len(t.split()) for t in texts)

    import warnings
    warnings.filterwarnings("ignore")
    import spacy
    start = time.perf_counter()
    nlp = spacy.load(a.model)
    load = time.perf_counter() - start
    for _ in nlp.pipe(texts[:50], batch_size=a.batch):
        pass
    theirs, ours, their_cpu, our_cpu, report = [], [], [], [], {}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for i, text in enumerate(texts):
            file.write(json.dumps({"id": str(i), "text": text}) + "\n")
        file.flush()
        for _ in range(a.rounds):
            start, cpu = time.perf_counter(), time.process_time()
            for _ in nlp.pipe(texts, batch_size=a.batch):
                pass
            theirs.append(words / (time.perf_counter() - start))
            their_cpu.append(words / (time.process_time() - cpu))
            out = subprocess.run([a.bench, a.model, file.name, "--rounds", "2"], stdout=subprocess.PIPE, check=True)
            report = json.loads(out.stdout)
            ours.append(report["words"] / report["seconds"][0])       # the first round: caches are cold
            our_cpu.append(report["words"] / report["cpu_seconds"][0])
    print("%d texts, %d words, %d tokens; kernels %s" % (len(texts), words, report["tokens"], report["kernels"]))
    for name, speeds in (("spacy %s" % spacy.__version__, theirs), ("native", ours), ("spacy, CPU", their_cpu),
                         ("native, CPU", our_cpu)):
        print("%-12s words/s  min %8.0f  median %8.0f  max %8.0f" % (name, min(speeds), statistics.median(speeds), max(speeds)))
    print("ratio of medians %.2f, of CPU time %.2f" % (statistics.median(ours) / statistics.median(theirs),
                                                       statistics.median(our_cpu) / statistics.median(their_cpu)))
    print("load: spacy %.0f ms, native %.0f ms; native first text %.0f ms, peak memory %.0f MB (%.0f MB of it the bench's texts)"
          % (1e3 * load, 1e3 * report["load_seconds"], 1e3 * report["first_text_seconds"], report["memory_peak_mb"],
             report["memory_before_mb"]))


if __name__ == "__main__":
    sys.exit(main())
