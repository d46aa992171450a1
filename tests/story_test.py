#!/usr/bin/env python3
"""Asks the test story (tests/story/story.py) every question that the store answers.

usage: story_test.py --program dateline    (77: skipped, no model)
"""
import argparse
import itertools
import json
import os
import pathlib
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "story"))
import story  # noqa: E402

FAILED = []


def check(name, fine, said=""):
    print(("ok      " if fine else "FAILED  ") + name + (f": {said}" if not fine else ""))
    if not fine:
        FAILED.append(name)


class Program:
    def __init__(self, program, folder):
        self.program, self.store = program, str(folder / "story.db")

    def run(self, verb, *words, status=0, store=None):
        done = subprocess.run([self.program, verb, store or self.store, *map(str, words)], capture_output=True, text=True)
        check(f"{verb} {' '.join(map(str, words))[:60]} ends with {status}", done.returncode == status, done.stderr[-300:])
        return done

    def rows(self, verb, *words):
        out = self.run(verb, *words, "--format", "jsonl").stdout
        return [json.loads(line) for line in out.splitlines()]


def write_input(folder):
    path = folder / "story.jsonl"
    with open(path, "w", encoding="utf8") as out:
        for article in story.ARTICLES:
            keys = ("id", "uri", "title", "publisher", "published", "modified", "text")
            out.write(json.dumps({k: article[k] for k in keys if article.get(k)}, ensure_ascii=False) + "\n")
    return path


def identities(program):
    """{(article id, name): identity} of the names that WHO lists."""
    found = {}
    base = sqlite3.connect(f"file:{program.store}?mode=ro", uri=True)
    for article, name, person in base.execute(
            "SELECT a.article_id, e.name, e.person FROM entity e JOIN article a ON a.id = e.article WHERE e.person IS NOT NULL"):
        found[article, name] = person
    base.close()
    return found


def groups(found):
    """The sets of names that are one: numbers may change where an identity went and came back."""
    sets = {}
    for name, person in found.items():
        sets.setdefault(person, set()).add(name)
    return {frozenset(names) for names in sets.values()}


def differences(a, b):
    return [sorted(g) for g in groups(a) ^ groups(b)][:4]


def test_identity(program):
    found = identities(program)
    told = {(a, n): label for a, names in story.WHO.items() for n, label in names.items()}
    missing = [k for k in told if k not in found]
    check("nearly every name is found", len(missing) <= 0.05 * len(told), missing)
    wrong, right, parted = [], 0, []
    for x, y in itertools.combinations(sorted(set(told) & set(found)), 2):
        if x[0] == y[0]:
            continue
        if told[x] == told[y]:
            right += found[x] == found[y]
            if found[x] != found[y]:
                parted.append((x, y))
        elif found[x] == found[y]:
            wrong.append((x, y))
    check("identity: no wrong merge", not wrong, wrong[:3])
    check("identity: 95 % of the right ones", right >= 0.95 * (right + len(parted)), (right, len(parted), parted[:3]))


def test_copies(program):
    base = sqlite3.connect(f"file:{program.store}?mode=ro", uri=True)
    copies = base.execute("SELECT count(*) FROM copy").fetchone()[0]
    check("wire copies are folded", copies == len(story.COPIED), copies)
    base.close()
    weddings = [r for r in program.rows("timeline", "Nora Selwick") if r["class"] == "marry" and r["polarity"] == "positive"
                and r["interval"][0] == "2021-09-18"]
    check("the wedding is one line", len(weddings) == 1, [(r["text"], r["interval"]) for r in weddings])
    if weddings:
        check("copies count once", weddings[0]["publishers"] <= 2, weddings[0]["publishers"])


def test_clocks(program):
    nora = program.rows("people", "Nora Selwick")[0]["id"]
    orme = [r for r in program.rows("people", "Daniel Orme") if "architect" in " ".join(r["descriptions"])][0]["id"]

    def states(*clocks):
        return {(r["relation"], r["status"]) for r in program.rows("relations", nora, *clocks)
                if r["object"] and {r["subject"]["id"], r["object"]["id"]} == {nora, orme} and r["polarity"] == "positive"}
    known = lambda rel, *clocks: {s for r, s in states(*clocks) if r == rel}  # noqa: E731
    check("nothing was known before the first article", not states("--known-by", "2020-03-01"), states("--known-by", "2020-03-01"))
    check("a reader in September 2020 knew of a couple", known("partner", "--known-by", "2020-09-01") <= {"current", "unknown"}
          and known("partner", "--known-by", "2020-09-01"), states("--known-by", "2020-09-01"))
    check("married as of 2022", "current" in known("spouse", "--as-of", "2022-01-01"), states("--as-of", "2022-01-01"))
    check("not current any more in 2023", not known("spouse", "--as-of", "2023-03-01") & {"current", "engaged"},
          states("--as-of", "2023-03-01"))
    check("what was known by then of then", "current" in known("spouse", "--as-of", "2021-12-01", "--known-by", "2021-12-31"),
          states("--as-of", "2021-12-01", "--known-by", "2021-12-31"))
    early = program.rows("timeline", nora, "--known-by", "2020-12-31")
    check("no line of later articles", all(t["published"] <= "2020-12-31" for r in early for t in r["tellers"]), early[-1:])
    late = program.rows("timeline", nora, "--as-of", "2021-12-31")
    check("no line of later days", all(r["interval"][0] and r["interval"][0] <= "2021-12-31" for r in late), late[-1:])


def test_conflicts(program):
    rows = program.rows("conflicts")
    words = [(r["kind"], r["about"], frozenset(p["name"] for p in r["people"])) for r in rows]
    couple = {"Nora Selwick", "Daniel Orme"}
    # A contradiction shows among the events and, where it is one of a tie, among the ties.
    planted = {
        "the dating denied": {("denied", "date"), ("denied", "partner")},
        "the wedding day": {("date", "marry"), ("date", "spouse")},
        "the day of the death": {("date", "death"), ("date", "death_date")},
    }
    whose = {"the dating denied": couple, "the wedding day": couple, "the day of the death": {"Edvin Hale"}}

    def is_of(name, row):
        return row[:2] in planted[name] and row[2] >= whose[name]
    for name in planted:
        check(f"conflict found: {name}", any(is_of(name, row) for row in words), words)
    besides = [row for row in words if not any(is_of(name, row) for name in planted)]
    check("no more than a tenth besides", len(besides) <= 0.1 * len(words), besides)


def test_questions(program):
    people = program.rows("people", "Daniel Orme")
    check("two of one name are listed, not chosen", len(people) == 2, [p["id"] for p in people])
    done = program.run("timeline", "Daniel Orme", status=1)
    check("an ambiguous name lists its candidates", all(p["id"] in done.stderr for p in people), done.stderr)
    check("each is the other's candidate", all(p["candidates"] for p in people), people)
    done = program.run("people", "Norah Selwik", status=1)
    check("near names are offered", "Nora Selwick" in done.stderr, done.stderr)
    done = program.run("timeline", "--from", "2021-13-40", status=1)
    check("an impossible day is named", "2021-13-40" in done.stderr, done.stderr)
    quotes = program.rows("quotes", "--by", "Petra Lund", "--form", "direct")
    check("what somebody said", any("good friends" in q["content"] for q in quotes), quotes)
    check("who said it unnamed", program.rows("quotes", "--unnamed"), "none")
    hits = program.rows("search", "lighthouse")
    check("full text", hits and all("[[" in h["snippet"] for h in hits), hits)
    check("a hit has its sentence", all("lighthouse" in h["citation"]["sentence"] for h in hits), hits)
    check("odd words are no error", program.run("search", 'a"b (c').returncode == 0)
    for verb in (["timeline"], ["quotes"], ["relations", "Petra Lund"]):
        for row in program.rows(*verb):
            for cited in row.get("tellers", []) + row.get("evidence", []) + ([row["citation"]] if "citation" in row else []):
                if not cited["sentence"] or not cited["article"]:
                    check(f"{verb[0]}: every row is traced to a sentence", False, cited)
                    break
    lines = program.rows("timeline", "--about", "workers")
    corrected = [r for r in lines if any(t["superseded"] for t in r["tellers"])]
    check("a corrected article is told as superseded, and the newer one's words are taken",
          corrected and all("fourteen" in r["text"] for r in corrected), [(r["text"], len(r["tellers"])) for r in lines])
    csv = program.run("timeline", "Nora Selwick", "--format", "csv").stdout
    check("CSV has a head and rows", csv.startswith("line,begin,end,label,text") and len(csv.splitlines()) > 5, csv[:80])
    check("show", "Nora Selwick" in program.run("show", 1).stdout)
    check("explain tells the sentences", "“" in program.run("timeline", "Nora Selwick", "--explain").stdout)
    path = program.rows("relations", "Nora Selwick", "--path", "Petra Lund")
    check("a path is a chain of ties", isinstance(path, list))


def test_corrections(program):
    mayor, violin = [r["id"] for r in program.rows("people", "Clara Voss")][:2]
    before = identities(program)
    program.run("merge", mayor, violin)
    check("merged", len(program.rows("people", "Clara Voss")) == 1)
    program.run("update", "--all")
    check("a merge outlives a new reading", len(program.rows("people", "Clara Voss")) == 1)
    program.run("undo")
    check("undone", not differences(identities(program), before), differences(identities(program), before))
    whole = program.rows("people", "Nora Selwick")[0]
    program.run("split", whole["id"], 1, 2)
    check("split", len(program.rows("people", "Nora Selwick")) == 2)
    program.run("undo")
    check("the split undone", not differences(identities(program), before), differences(identities(program), before))
    program.run("undo", status=1)
    program.run("check")


def test_again(program, path):
    before = sqlite3.connect(f"file:{program.store}?mode=ro", uri=True)
    rows = before.execute("SELECT count(*), max(id) FROM event").fetchone()
    done = program.run("add", path)
    check("the same articles again change nothing", "0 added" in done.stderr and
          before.execute("SELECT count(*), max(id) FROM event").fetchone() == rows, done.stderr)
    before.close()


def test_bad_stores(program, folder):
    (folder / "text.db").write_text("this is no database, but long enough to be looked at as one\n" * 40)
    other = sqlite3.connect(folder / "other.db")
    other.execute("CREATE TABLE x(y)")
    other.commit()
    other.close()
    newer = sqlite3.connect(folder / "newer.db")
    newer.execute(f"PRAGMA application_id = {0x44544C4E}")
    newer.execute("PRAGMA user_version = 99")
    newer.execute("CREATE TABLE x(y)")
    newer.commit()
    newer.close()
    for name, words in (("text.db", "no Dateline store"), ("other.db", "no Dateline store"), ("newer.db", "newer Dateline"),
                        ("missing.db", "no such store")):
        done = program.run("timeline", store=str(folder / name), status=1)
        check(f"{name}: {words}", words in done.stderr and name in done.stderr, done.stderr)


def no_more_disk():
    """In the child: files may not grow over 700 kB, as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))


def test_places(program, folder, path):
    store = str(folder / "full.db")
    done = subprocess.run([program.program, "add", store, str(path)], capture_output=True, text=True, preexec_fn=no_more_disk)
    check("a full disk is an error that names the store", done.returncode == 1 and "full.db" in done.stderr, done.stderr[-300:])
    program.run("check", store=store)
    done = program.run("add", path, store="/proc/story.db", status=1)
    check("a place that cannot be written is named", "/proc/story.db" in done.stderr, done.stderr)
    holder = sqlite3.connect(program.store, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    done = program.run("undo", status=1)
    check("a store that another writes to is told so", "another program is writing" in done.stderr, done.stderr)
    check("readers do not wait", program.rows("people", "Nora Selwick") != [])
    holder.execute("ROLLBACK")
    holder.close()


def articles_in(path):
    try:
        base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        count = base.execute("SELECT count(*) FROM article").fetchone()[0]
        base.close()
        return count
    except sqlite3.OperationalError:
        return 0  # not there yet


def test_follow(program, folder, path):
    place = folder / "watched"
    place.mkdir()
    first, second = story.ARTICLES[:2]
    (place / "1.txt").write_text(f"date {first['published']}\n{first['text']}")
    store = str(folder / "followed.db")
    process = subprocess.Popen([program.program, "add", store, str(place), "--follow", "1"], stderr=subprocess.PIPE, text=True)
    for number, wanted in ((2, 1), (0, 2)):
        for _ in range(300):
            time.sleep(0.1)
            if articles_in(store) == wanted:
                break
        else:
            check(f"--follow takes article {wanted}", False)
        if number:
            (place / f"{number}.txt").write_text(f"date {second['published']}\n{second['text']}")
    process.terminate()
    check("--follow ends when it is told to", process.wait(timeout=30) == 0, process.stderr.read())
    process.stderr.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    arguments = parser.parse_args()
    if not os.environ.get("DATELINE_MODEL"):
        print("skipped: DATELINE_MODEL is not set")
        return 77
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        program = Program(arguments.program, folder)
        path = write_input(folder)
        program.run("add", path)
        program.run("check")
        test_identity(program)
        test_copies(program)
        test_clocks(program)
        test_conflicts(program)
        test_questions(program)
        test_corrections(program)
        test_again(program, path)
        test_bad_stores(program, folder)
        test_places(program, folder, path)
        test_follow(program, folder, path)
    print(f"{len(FAILED)} failed")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
