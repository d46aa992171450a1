#!/usr/bin/env python3
"""CPU milliseconds a page: Dateline's HTML step, its parser (lexbor) alone, and trafilatura, same pages, one thread each, in turns.

usage: pages.py PAGES [--bench build/release/bench/pages_bench] [--rounds N]

PAGES is a folder of .html files or JSON Lines with `html` (and `uri`). The first run installs trafilatura from PyPI into
.dateline/trafilatura. trafilatura is asked for the text with its metadata, as Dateline gives both.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import venv

REQUIREMENTS = ("trafilatura==2.0.0", "lxml==5.4.0", "lxml_html_clean==0.4.2")
HOME = pathlib.Path(__file__).resolve().parent.parent / ".dateline" / "trafilatura"


def restart_in_venv():
    """Comes back only inside the virtual environment that has trafilatura."""
    if pathlib.Path(sys.prefix).resolve() == HOME.resolve():
        return
    python, done = HOME / "bin" / "python", HOME / "installed"
    if not done.exists() or done.read_text() != " ".join(REQUIREMENTS):
        venv.create(HOME, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *REQUIREMENTS], check=True)
        done.write_text(" ".join(REQUIREMENTS))
    os.execv(python, [str(python), *sys.argv])


def pages_of(path):
    if path.is_dir():
        for file in sorted(path.rglob("*.htm*")):
            yield {"html": file.read_text(encoding="utf-8", errors="replace"), "uri": ""}
        return
    with open(path, encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row.get("html"):
                yield {"html": row["html"], "uri": row.get("uri") or ""}


def main():
    parser = argparse.ArgumentParser(usage=__doc__[__doc__.index("usage:") + 7:])
    parser.add_argument("pages", type=pathlib.Path)
    parser.add_argument("--bench", default="build/release/bench/pages_bench")
    parser.add_argument("--rounds", type=int, default=3)
    a = parser.parse_args()
    restart_in_venv()
    import trafilatura

    pages = list(pages_of(a.pages))
    theirs, ours, tree, alone = [], [], [], []
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for page in pages:
            file.write(json.dumps(page) + "\n")
        file.flush()
        for _ in range(a.rounds):
            start = time.process_time()
            for page in pages:
                trafilatura.bare_extraction(page["html"], url=page["uri"] or None, with_metadata=True)
            theirs.append((time.process_time() - start) * 1e3 / len(pages))
            out = subprocess.run([a.bench, file.name, "3"], stdout=subprocess.PIPE, check=True)
            report = json.loads(out.stdout)
            for figures, key in ((ours, "step_ms"), (tree, "tree_ms"), (alone, "parser_ms")):
                figures.append(report[key] / report["pages"])
    print("%d pages, %.1f KB each; CPU ms a page, median of %d rounds" % (len(pages), report["bytes"] / len(pages) / 1e3, a.rounds))
    for name, figures in ((REQUIREMENTS[0], theirs), ("our HTML step", ours), ("our tree", tree), ("lexbor alone", alone)):
        print("%-20s %8.2f  (%s)" % (name, statistics.median(figures), ", ".join("%.2f" % f for f in figures)))
    print("pages a second against trafilatura: %.1f x" % (statistics.median(theirs) / statistics.median(ours)))
    print("time against the parser alone: %.2f x" % (statistics.median(ours) / statistics.median(alone)))


if __name__ == "__main__":
    main()
