#!/usr/bin/env python3
"""Kills `dateline add` at many points, and loses what was written last: nothing lost, nothing doubled, the store in order.

usage: crash_test.py --program dateline [--kills 200] [--seed 1]    (77: skipped, no model)

A run is killed (SIGKILL) after a random time; every article that was there before must be there after, the store must pass
`dateline check` now and then, and in the end the store must hold what a run that was never killed holds. Of every tenth killed run the end of the write-ahead log is cut off or
blanked at a random place, which is what a power cut does to writes that were not yet on the disk: the rest must be in order, every article whole.
"""
import argparse
import os
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "story"))
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from story_test import write_input  # noqa: E402



def contents(path):
    """What the store holds, free of row numbers that depend on the order of coming."""
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    held = {}
    try:
        for table in ("article", "copy"):
            held[table] = sorted(r[0] for r in base.execute(f"SELECT content FROM {table}"))
        for table in ("entity", "event", "quote", "relation"):
            held[table] = sorted(base.execute(f"SELECT a.content, count(*) FROM {table} t JOIN article a ON a.id = t.article GROUP BY 1"))
        held["people"] = base.execute("SELECT count(*) FROM person").fetchone()
        held["lines"] = base.execute("SELECT count(*) FROM line").fetchone()
    except sqlite3.OperationalError:
        pass  # killed before the schema was there
    base.close()
    return held


def torn(rng, store, copy):
    """A copy of `store` whose log ends at a random place, cut or blank."""
    shutil.copy(store, copy)
    with open(store + "-wal", "rb") as log:
        kept = log.read()
    at = rng.randrange(len(kept) + 1)
    with open(copy + "-wal", "wb") as log:
        log.write(kept[:at] + (b"\0" * (len(kept) - at) if rng.random() < 0.5 else b""))


def whole_articles(held, expected):
    """Every article that is there has all that belongs to it."""
    return all(set(held.get(table, [])) <= set(expected[table]) for table in ("entity", "event", "quote", "relation"))


def in_order(program, store):
    return subprocess.run([program, "check", store, "--quiet"], stdout=subprocess.DEVNULL).returncode == 0


def add(program, store, path):
    return subprocess.Popen([program, "add", store, str(path), "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if not os.environ.get("DATELINE_MODEL"):
        print("skipped: DATELINE_MODEL is not set")
        return 77
    rng = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        path = write_input(folder)
        whole = str(folder / "whole.db")
        began = time.monotonic()
        if add(arguments.program, whole, path).wait() != 0:
            print("FAILED: add")
            return 1
        length = time.monotonic() - began
        expected = contents(whole)
        killed = complete = tears = 0
        store, before = str(folder / "killed-0.db"), {}
        for number in range(arguments.kills):
            process = add(arguments.program, store, path)
            try:
                process.wait(timeout=rng.uniform(0.3, 1.1) * length)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                killed += 1
            process.stderr.close()
            held = contents(store) if os.path.exists(store) else {}
            lost = [c for c in before.get("article", []) if c not in held.get("article", [])]
            doubled = len(held.get("article", [])) != len(set(held.get("article", [])))
            if lost or doubled:
                print(f"FAILED: kill {number}: lost {lost}, doubled {doubled}")
                return 1
            before = held
            if held == expected:  # whole: begin a new one
                complete += 1
                store, before = str(folder / f"killed-{number + 1}.db"), {}
            elif number % 10 == 0 and held.get("article"):
                copy = str(folder / f"torn-{number}.db")
                has_log = os.path.exists(store + "-wal")
                if has_log:
                    torn(rng, store, copy)
                if not in_order(arguments.program, store) or has_log and not (
                        in_order(arguments.program, copy) and whole_articles(contents(copy), expected)):
                    print(f"FAILED: kill {number}: the store is not in order")
                    return 1
                tears += has_log
        if add(arguments.program, store, path).wait() != 0 or contents(store) != expected:
            print("FAILED: the last run does not make the store whole", contents(store), expected)
            return 1
        if not in_order(arguments.program, store):
            print("FAILED: the last store is not in order")
            return 1
    print(f"{arguments.kills} runs, {killed} killed, {tears} torn, {complete} stores whole: nothing lost, nothing doubled")
    return 0


if __name__ == "__main__":
    sys.exit(main())
