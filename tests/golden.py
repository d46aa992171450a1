#!/usr/bin/env python3
"""usage: golden.py --program DATELINE [--rebaseline]

Reads the articles of examples/ with one and with two threads and compares the records and the brief pages with
tests/golden/; of those of tests/articles/ the brief pages. Every record is held against the schema. --rebaseline writes what the program says now."""
import argparse
import difflib
import os
import pathlib
import subprocess
import sys

import check_records

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"


def run(program, folder, *arguments):
    done = subprocess.run([program, "read", folder, *arguments], cwd=ROOT, capture_output=True)
    if done.returncode != 0 or done.stderr:
        sys.exit(f"dateline read {' '.join(arguments)}: status {done.returncode}\n{done.stderr.decode()}")
    return done.stdout.decode("utf8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--rebaseline", action="store_true")
    args = parser.parse_args()
    if not os.environ.get("DATELINE_MODEL"):
        print("skipped: DATELINE_MODEL is not set")
        return 77
    said = {"examples.brief.txt": run(args.program, "examples", "--format", "brief"),
            "examples.jsonl": run(args.program, "examples", "--format", "jsonl"),
            "articles.brief.txt": run(args.program, "tests/articles", "--format", "brief")}
    status = 0
    if run(args.program, "examples", "--format", "jsonl", "--threads", "2") != said["examples.jsonl"]:
        print("two threads give other bytes than one")
        status = 1
    GOLDEN.mkdir(exist_ok=True)
    for name, text in said.items():
        file = GOLDEN / name
        if args.rebaseline:
            file.write_text(text, encoding="utf8")
        expected = file.read_text(encoding="utf8") if file.exists() else ""
        if text != expected:
            status = 1
            print("".join(difflib.unified_diff(expected.splitlines(True), text.splitlines(True), name, "now", n=1))[:8000])
    sys.argv = ["check_records", str(ROOT / "docs" / "record.schema.json"), str(GOLDEN / "examples.jsonl")]
    return check_records.main() or status


if __name__ == "__main__":
    sys.exit(main())
