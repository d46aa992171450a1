#!/usr/bin/env python3
"""usage: cli.py --program DATELINE

The program as a person meets it: good input, and each kind of bad input with its message and exit status."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from program_under_test import program_under_test

PROGRAM = None
MODEL = os.environ.get("DATELINE_MODEL", "")
STORY = "date 2023-05-03 Ann Lee met Bo Chen on Monday.\n\nLee said she was glad."


def run(*arguments, data=None, model=MODEL):
    """(exit status, standard output, standard error) of the program."""
    environment = {**os.environ, "DATELINE_MODEL": model}
    done = subprocess.run([PROGRAM, *map(str, arguments)], input=data, capture_output=True, env=environment)
    return done.returncode, done.stdout.decode("utf8", "replace"), done.stderr.decode("utf8", "replace")


class Program(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def file(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf8"))
        return path

    def assert_complains(self, done, status, *words):
        self.assertEqual(done[0], status, done[2])
        for word in words:
            self.assertIn(word, done[2])
        self.assertTrue(all(line.startswith("dateline: ") for line in done[2].splitlines()), done[2])

    def test_reads_a_file(self):
        status, out, err = run("read", self.file("a.txt", STORY), "--format", "jsonl")
        record = json.loads(out)
        self.assertEqual((status, err), (0, ""))
        self.assertEqual((record["document"]["published"], record["document"]["published_basis"]), ("2023-05-03", "header"))
        self.assertEqual(record["text"], STORY)

    def test_reads_standard_input(self):
        status, out, _ = run("read", "-", "--format", "json", data=STORY.encode())
        self.assertEqual((status, json.loads(out)["schema"]), (0, "dateline/1"))

    def test_given_date_is_the_anchor(self):
        _, out, _ = run("read", "-", "--published", "2020-02-29", "--format", "jsonl", data=b"She left yesterday.")
        document = json.loads(out)["document"]
        self.assertEqual((document["published"], document["published_basis"]), ("2020-02-29", "given"))

    def test_folder_keeps_the_order_of_names_with_any_threads(self):
        for i in range(9):
            self.file(f"d/{i}.txt", STORY.replace("Monday", f"{i + 1} April"))
        one = run("read", self.folder / "d", "--format", "jsonl")
        two = run("read", self.folder / "d", "--format", "jsonl", "--threads", "2")
        self.assertEqual(one, two)
        self.assertEqual(len(one[1].splitlines()), 9)

    def test_offsets_in_other_units(self):
        file = self.file("a.txt", "date 2023-05-03 \U0001f600 Ann Lee smiled.")
        spans = {}
        for unit in ("chars", "bytes", "utf16"):
            record = json.loads(run("read", file, "--format", "jsonl", "--offsets", unit)[1])
            spans[unit] = record["sentences"][-1][1]
        self.assertEqual(spans["bytes"] - spans["chars"], 3)
        self.assertEqual(spans["utf16"] - spans["chars"], 1)

    def test_source_map_leads_back_to_the_page(self):
        page = "<html><body><article><p>Ann Lee &amp; S\u00f8ren   left the house on Monday, he said.</p></article></body></html>"
        file = self.file("a.html", page)
        self.assertNotIn("source_map", run("read", file, "--format", "jsonl")[1])
        record = json.loads(run("read", file, "--format", "jsonl", "--with-source-map")[1])
        pieces = [(record["text"][slice(*row["span"])].encode(), row["source"]) for row in record["source_map"]]
        self.assertEqual(sum(len(piece) for piece, _ in pieces), 40)  # all but white space and the entity
        for piece, source in pieces:
            self.assertEqual(page.encode()[source:source + len(piece)], piece)

    def test_fingerprint_is_alike_for_the_same_words(self):
        prints = []
        for words in ("Ann Lee smiled at them all.", "ANN LEE smiled, at them all!", "Nobody came to the harbour today."):
            record = json.loads(run("read", self.file("a.txt", words), "--format", "jsonl")[1])
            prints.append(record["document"]["fingerprint"])
        self.assertRegex(prints[0], "^[0-9a-f]{16}$")
        self.assertEqual(prints[0], prints[1])
        self.assertNotEqual(prints[0], prints[2])

    def test_passes_can_be_left_out(self):
        record = json.loads(run("read", self.file("a.txt", STORY), "--format", "jsonl", "--without", "times,relations")[1])
        self.assertEqual((record["times"], record["relations"]), ([], []))

    def test_dump_in_place_of_the_model(self):
        file = self.file("a.txt", STORY)
        dump = self.file("a.tokens", run("annotate", file)[1])
        _, with_model, _ = run("annotate", file)
        status, with_dump, _ = run("annotate", file, "--tokens", dump, model="")
        self.assertEqual((status, with_dump), (0, with_model))

    def test_conllu_has_ten_columns(self):
        _, out, _ = run("annotate", self.file("a.txt", STORY), "--format", "conllu")
        rows = [line for line in out.splitlines() if line and not line.startswith("#")]
        self.assertTrue(rows and all(len(row.split("\t")) == 10 for row in rows))

    def test_no_such_file_is_named_and_the_rest_done(self):
        done = run("read", self.folder / "none.txt", self.file("a.txt", STORY), "--format", "jsonl")
        self.assert_complains(done, 1, "none.txt")
        self.assertEqual(len(done[1].splitlines()), 1)

    def test_folder_without_articles(self):
        (self.folder / "empty").mkdir()
        self.assert_complains(run("read", self.folder / "empty"), 1, "empty")

    def test_bad_json_lines_are_numbered_and_the_rest_done(self):
        lines = ['{"text": "Ann left."}', "not json", "[1]", '{"title": "no body"}', '{"text": "Bo left."}']
        done = run("read", self.file("a.jsonl", "\n".join(lines)), "--format", "jsonl")
        self.assert_complains(done, 1, "a.jsonl, line 2", "a.jsonl, line 3", "a.jsonl, line 4")
        self.assertEqual(len(done[1].splitlines()), 2)

    def test_unreadable_date_is_a_warning(self):
        done = run("read", self.file("a.jsonl", '{"text": "Ann left.", "published": "soon"}'), "--format", "jsonl")
        self.assertIn("soon", done[2])
        self.assertIsNone(json.loads(done[1])["document"]["published"])

    def test_bytes_that_are_no_text(self):
        self.assert_complains(run("read", self.file("a.txt", bytes(range(256)) * 8)), 1, "a.txt")

    def test_invalid_utf8_is_kept_with_one_warning(self):
        done = run("read", self.file("a.txt", b"Ann \xff\xfe left \xff Bo Chen."), "--format", "jsonl")
        self.assertEqual((done[0], len(done[2].splitlines())), (0, 1), done[2])
        record = json.loads(done[1])
        self.assertEqual(record["text"], "Ann \ufffd\ufffd left \ufffd Bo Chen.")

    def test_misuse(self):
        for arguments in (["read"], ["nonsense"], [], ["read", "-", "--format", "xml"], ["read", "-", "--published", "soon"],
                          ["read", "-", "--threads", "0"], ["read", "-", "--without", "coffee"]):
            self.assertEqual(run(*arguments, data=b"")[0], 2, arguments)

    def test_model_that_is_none(self):
        file = self.file("a.txt", STORY)
        self.assert_complains(run("read", file, model=""), 1, "model")
        self.assert_complains(run("read", file, "--model", self.folder), 1, str(self.folder))

    def test_model_with_an_unknown_component(self):
        model = self.folder / "model"
        shutil.copytree(MODEL, model)
        config = (model / "config.cfg").read_text().replace('factory = "ner"', 'factory = "oracle"')
        (model / "config.cfg").write_text(config)
        self.assert_complains(run("read", self.file("a.txt", STORY), "--model", model), 1, "oracle")

    def test_model_cut_short(self):
        model = self.folder / "model"
        shutil.copytree(MODEL, model)
        weights = (model / "ner" / "model").read_bytes()
        (model / "ner" / "model").write_bytes(weights[: len(weights) // 2])
        self.assert_complains(run("read", self.file("a.txt", STORY), "--model", model), 1, "ner")

    def test_disk_full(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        self.assert_complains(run("read", self.file("a.txt", STORY), "-o", "/dev/full"), 1, "/dev/full")

    def test_closed_standard_output_is_a_quiet_exit(self):
        for i in range(50):
            self.file(f"d/{i}.txt", STORY * 20)
        process = subprocess.Popen([PROGRAM, "read", str(self.folder / "d"), "--format", "json"],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.read(10)
        process.stdout.close()
        error = process.stderr.read()
        process.stderr.close()
        self.assertEqual((process.wait(), error), (0, b""))

    def test_a_document_over_the_limit_is_refused_and_the_limit_can_be_changed(self):
        path = self.file("a.txt", STORY + " She smiled." * 200)
        after = self.file("b.txt", STORY)
        done = run("read", path, after, "--format", "jsonl", "--max-bytes", "1KB")
        self.assertIn("a.txt: longer than the limit of 1024 bytes", done[2])
        self.assertEqual(len(done[1].splitlines()), 1)
        self.assertEqual(len(run("read", path, after, "--format", "jsonl")[1].splitlines()), 2)

    def page_with_addresses(self):
        links = "".join(f'<link rel="{rel}" href="http://127.0.0.1:9/{rel}">' for rel in ("canonical", "stylesheet", "amphtml"))
        return self.file("page.html", f"<html><head>{links}<script src='http://127.0.0.1:9/x.js'></script></head><body><article>"
                                      f"<h1>Lee left</h1><img src='http://127.0.0.1:9/i.png'><p>{STORY}</p></article></body></html>")

    def wrapped(self, wrapper, *arguments):
        """(exit status, standard output) of the program under another one; skips where that one cannot work here."""
        if shutil.which(wrapper[0]) is None:
            self.skipTest(f"no {wrapper[0]}")
        probe = subprocess.run([*wrapper, "true"], capture_output=True)
        if probe.returncode != 0:
            self.skipTest(f"{wrapper[0]} is not allowed here")
        done = subprocess.run([*wrapper, PROGRAM, *map(str, arguments)], capture_output=True)
        return done.returncode, done.stdout.decode("utf8", "replace")

    def test_reads_a_page_alike_without_a_network(self):
        page = self.page_with_addresses()
        status, out, _ = run("read", page, "--format", "jsonl")
        self.assertEqual(status, 0)
        self.assertIn("Lee said she was glad.", out)
        # A namespace of its own has no interface that is up, not even the loopback.
        self.assertEqual(self.wrapped(["unshare", "-r", "-n"], "read", page, "--format", "jsonl"), (status, out))

    def test_reading_opens_no_socket(self):
        trace = self.folder / "trace"
        status, _ = self.wrapped(["strace", "-f", "-qq", "-e", "trace=%network", "-e", "signal=none", "-o", str(trace)],
                                 "read", self.page_with_addresses(), "--format", "jsonl")
        self.assertEqual((status, trace.read_text()), (0, ""))

    def relations_of(self, text):
        article = json.dumps({"id": "a", "published": "2024-05-06", "text": text})
        record = json.loads(run("read", self.file("a.jsonl", article), "--format", "json")[1])
        return {relation["relation"] for relation in record["relations"]}

    def test_a_date_of_death_needs_a_word_for_it(self):
        self.assertNotIn("death_date", self.relations_of("The mayor of Ferrin, Marta Szabo, opened the bridge on Sunday."))
        self.assertIn("death_date", self.relations_of("The mayor of Ferrin, Marta Szabo, died on Sunday."))
        self.assertIn("death_date", self.relations_of("Marta Szabo (3 May 1950 – 2 June 2001) was mayor of Ferrin."))

    def test_help_shows_an_example(self):
        for verb in ("read", "annotate"):
            status, out, _ = run(verb, "--help")
            self.assertEqual(status, 0)
            self.assertIn("Example: dateline", out)


if __name__ == "__main__":
    PROGRAM, rest = program_under_test(__doc__)
    unittest.main(argv=[sys.argv[0], *rest])
