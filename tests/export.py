#!/usr/bin/env python3
"""usage: export.py --program DATELINE

`dateline export` on a small story: each format has the members that its readers need, spans lead back to the exact
words, and what is denied, hedged or undated is never told as a plain fact."""
import csv
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from program_under_test import program_under_test

PROGRAM = None
FOLDER = None
ARTICLES = [
    dict(id="wed", uri="https://lantern.example/wed?a=1&b=2", publisher="Evening Lantern", published="2021-09-19",
         title='Selwick, Orme: "We did" <married>', authors=["Ann Rule"],
         text="The actress Nora Selwick married the architect Daniel Orme on September 18, 2021, in Port Ansel.\n\n"
              "\U0001f389 Selwick was born in March 1987. Orme has worked for Tarn Foods & Sons since 2015."),
    dict(id="deny", uri="https://courier.example/deny", publisher="Harbour Courier", published="2022-03-04", title="=1+1, agent says",
         text="Nora Selwick is not dating the singer Jude Halloran, her agent Petra Lund said on Wednesday.\n\n"
              "Halloran may leave Port Ansel in June 2022, according to a friend of the singer. He once lost a ring."),
    dict(id="old", uri="https://courier.example/fire", publisher="Harbour Courier", published="2022-05-01", title="Fire",
         text="Twelve workers died on April 30, 2022, when the mill of Ferrin burned down, the mayor Clara Voss said."),
    dict(id="new", uri="https://courier.example/fire", publisher="Harbour Courier", published="2022-05-02", title="Fire",
         text="Fourteen workers were hurt on April 30, 2022, as the mill of Ferrin burned down. The mayor is Clara Voss. "
              "An earlier version of this article gave a wrong number."),
    dict(id="odd", uri="javascript:alert(1)", published="2022-06-01",
         text="Clara Voss resigned on Tuesday. She won the election of 2016."),
]
FORMATS = (["timelinejs"], ["ftm"], ["annotations"], ["jsonl"], *(["csv", "--table", table] for table in (
    "timeline", "events", "relations", "quotes", "times", "mentions", "people", "articles")))
CITED = ["article", "article_id", "title", "publisher", "published", "uri", "superseded", "begin_code_point", "end_code_point",
         "sentence"]


def run(*arguments):
    """(exit status, standard output as bytes, standard error) of the program."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True)
    return done.returncode, done.stdout, done.stderr.decode("utf8", "replace")


def export(*arguments, store="story.db"):
    return run("export", FOLDER / store, "--format", *arguments)


def rows_of(table, *arguments):
    text = export("csv", "--table", table, *arguments)[1].decode("utf8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def entities(*arguments):
    return [json.loads(line) for line in export("ftm", *arguments)[1].splitlines()]


def setUpModule():
    global FOLDER
    FOLDER = pathlib.Path(tempfile.mkdtemp())
    unittest.addModuleCleanup(shutil.rmtree, FOLDER)
    path = FOLDER / "story.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), encoding="utf8")
    for store, inputs in (("story.db", [path, "examples"]), ("empty.db", [])):
        (FOLDER / "nothing.jsonl").write_text("")
        status, _, said = run("add", FOLDER / store, *(inputs or [FOLDER / "nothing.jsonl"]))
        assert status == 0 or not inputs, said


class Export(unittest.TestCase):
    def records(self):
        return {record["document"]["id"]: record for record in map(json.loads, export("jsonl")[1].splitlines())}

    def test_the_same_bytes_each_time(self):
        for words in FORMATS:
            self.assertEqual(export(*words)[:2], (0, export(*words)[1]), words)

    def test_records_are_what_read_prints(self):
        self.assertEqual(export("jsonl")[1], run("read", FOLDER / "story.jsonl", "examples", "--format", "jsonl")[1])

    def test_output_file(self):
        path = FOLDER / "out.json"
        self.assertEqual(export("timelinejs", "-o", path)[:2], (0, b""))
        self.assertEqual(path.read_bytes(), export("timelinejs")[1])
        self.assertEqual(export("jsonl", "-o", FOLDER / "no" / "such.json")[0], 1)

    def test_an_empty_store_gives_an_empty_document(self):
        self.assertEqual(json.loads(export("timelinejs", store="empty.db")[1]), {"events": []})
        self.assertEqual(export("ftm", store="empty.db")[:2], (0, b""))
        self.assertEqual(export("jsonl", store="empty.db")[:2], (0, b""))
        collection = json.loads(export("annotations", store="empty.db")[1])
        self.assertEqual((collection["total"], collection["first"]["items"]), (0, []))
        for words in FORMATS[4:]:
            self.assertEqual(export(*words, store="empty.db")[1].count(b"\r\n"), 1)

    def test_misuse_is_named(self):
        known = ("timelinejs", "ftm", "annotations", "csv", "jsonl")
        for words, said in ((["xml"], ("xml", *known)), (["csv", "--table", "cars"], ("cars", "timeline", "mentions")),
                            (["ftm", "--from", "2021-01-01"], ("--from", "ftm", "timelinejs")),
                            (["ftm", "--table", "people"], ("--table", "csv")),
                            (["csv", "--table", "people", "--to", "2021-01-01"], ("--to", "people"))):
            status, out, error = export(*words)
            self.assertEqual((status, out), (2, b""), words)
            for word in said:
                self.assertIn(word, error)
        self.assertEqual(run("export", FOLDER / "story.db")[0], 2)

    def test_what_is_not_there_is_named(self):
        status, out, error = export("ftm", store="missing.db")
        self.assertEqual((status, out), (1, b""))
        self.assertIn("missing.db: no such store", error)
        self.assertIn("nobody is called", export("timelinejs", "Nemo Nobody")[2])
        self.assertIn("2021-13-40", export("timelinejs", "--from", "2021-13-40")[2])

    # TimelineJS3

    def test_timelinejs_has_what_the_page_needs(self):
        status, out, error = export("timelinejs")
        events = json.loads(out)["events"]
        self.assertEqual(status, 0)
        self.assertTrue(events)
        self.assertEqual(len({event["unique_id"] for event in events}), len(events))
        for event in events:
            self.assertIsInstance(event["start_date"]["year"], int)
            self.assertTrue(event["text"]["headline"] and event["text"]["text"] and event["display_date"])
            if "end_date" in event:
                self.assertLess(list(event["start_date"].values()), list(event["end_date"].values()))
                self.assertEqual(event["start_date"].keys(), event["end_date"].keys())
        undated = int(re.search(r"(\d+) undated lines", error)[1])
        lines = run("timeline", FOLDER / "story.db", "--format", "jsonl")[1].splitlines()
        self.assertEqual(len(events) + undated, len(lines))
        self.assertEqual(undated, sum(json.loads(line)["interval"] == [None, None] for line in lines))

    def event_with(self, words):
        events = [event for event in json.loads(export("timelinejs")[1])["events"] if words in event["text"]["headline"]]
        self.assertEqual(len(events), 1, words)
        return events[0]

    def test_timelinejs_dates_are_as_sure_as_the_text(self):
        self.assertEqual(self.event_with("was founded by Greta")["start_date"], {"year": 1974})
        self.assertEqual(self.event_with("won a second term")["start_date"], {"year": 2021, "month": 11})
        self.assertEqual(self.event_with("Nora Selwick married")["start_date"], {"year": 2021, "month": 9, "day": 18})
        apart = self.event_with("half of 2021 apart")
        self.assertEqual((apart["start_date"], apart["end_date"]), ({"year": 2021, "month": 7}, {"year": 2021, "month": 12}))
        self.assertEqual(apart["display_date"], "second half of 2021")

    def test_timelinejs_tells_who_says_so_and_escapes_the_text(self):
        self.assertIn("(according to a family friend)", self.event_with("Adaeze Okafor will marry")["text"]["headline"])
        wedding = self.event_with("Nora Selwick married")["text"]["text"]
        self.assertIn('<a href="https://lantern.example/wed?a=1&amp;b=2" target="_blank">Evening Lantern', wedding)
        self.assertIn("&lt;married&gt;", wedding)
        self.assertNotIn("javascript:", export("timelinejs")[1].decode())

    def test_timelinejs_takes_the_filters_of_the_timeline(self):
        def said(*words):
            return [event["unique_id"] for event in json.loads(export("timelinejs", *words)[1])["events"]]
        everything, some = said(), said("Nora Selwick", "--from", "2021-01-01", "--to", "2021-12-31")
        lines = run("timeline", FOLDER / "story.db", "Nora Selwick", "--from", "2021-01-01", "--to", "2021-12-31", "--format", "jsonl")
        self.assertEqual(some, [json.loads(line)["id"] for line in lines[1].splitlines()])
        self.assertTrue(0 < len(some) < len(everything))

    # FollowTheMoney

    def test_ftm_entities_are_whole(self):
        required = {"Article": ["fileName"], "Mention": ["document", "name"], "Person": ["name"], "Organization": ["name"],
                    "LegalEntity": ["name"], "Address": ["full"], "Event": ["name"], "Family": ["person", "relative"],
                    "Associate": ["person", "associate"], "Membership": ["member", "organization"],
                    "Directorship": ["director", "organization"], "UnknownLink": ["subject", "object"]}
        all_of = {entity["id"]: entity for entity in entities()}
        self.assertEqual(len(all_of), len(entities()))
        self.assertLessEqual({"Article", "Mention", "Person", "Event", "Family", "Membership"}, {e["schema"] for e in all_of.values()})
        for entity in all_of.values():
            for name in required[entity["schema"]]:
                self.assertTrue(entity["properties"].get(name), entity)
            for name, values in entity["properties"].items():
                self.assertTrue(values and all(isinstance(value, str) and value for value in values), entity)
                if name in ("document", "resolved", "proof", "involved", "person", "relative", "associate", "member", "organization",
                            "director", "subject", "object"):
                    self.assertTrue(all(value in all_of for value in values), entity)
                if "Date" in name or name in ("date", "publishedAt", "modifiedAt"):
                    self.assertTrue(all(re.fullmatch(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:00)?)?)?", value) for value in values), entity)
                if name == "sourceUrl":
                    self.assertTrue(all(value.startswith("https://") for value in values), entity)

    def test_ftm_ties_and_events_have_their_evidence(self):
        all_of = {entity["id"]: entity for entity in entities()}
        texts = {entity["id"]: entity["properties"]["bodyText"][0] for entity in all_of.values() if entity["schema"] == "Article"}
        self.assertEqual(sorted(texts.values()), sorted(record["text"] for record in
                                                        map(json.loads, export("jsonl")[1].splitlines())))
        found = 0
        for entity in all_of.values():
            if entity["schema"] in ("Article", "Mention", "Person", "Organization", "LegalEntity", "Address"):
                continue
            found += 1
            proofs = "\n".join(texts[proof] for proof in entity["properties"]["proof"])
            self.assertTrue(all(sentence in proofs for sentence in entity["properties"]["description"]), entity)
        self.assertGreater(found, 10)

    def test_ftm_leaves_out_what_is_denied(self):
        status, out, error = export("ftm")
        self.assertEqual(status, 0)
        self.assertRegex(error, r"\d+ denied lines")
        self.assertRegex(error, r"\d+ denied ties")
        ties = [e for e in entities() if e["schema"] in ("Family", "Associate", "UnknownLink")]
        self.assertFalse([e for e in ties if "is not dating the singer" in " ".join(e["properties"]["description"])])
        hearsay = [e for e in entities() if e["schema"] == "Event" and "Adaeze Okafor will marry" in e["properties"]["name"][0]]
        self.assertEqual(hearsay[0]["properties"]["summary"], ["according to a family friend"])

    # W3C Web Annotation

    def annotations(self):
        collection = json.loads(export("annotations")[1])
        self.assertEqual((collection["@context"], collection["type"]), ("http://www.w3.org/ns/anno.jsonld", "AnnotationCollection"))
        items = collection["first"]["items"]
        self.assertEqual((collection["first"]["type"], collection["total"]), ("AnnotationPage", len(items)))
        return items

    def test_annotations_have_their_members_and_lead_back_to_the_words(self):
        records = list(self.records().values())
        texts = [record["text"] for record in records]
        items = self.annotations()
        self.assertEqual(len({item["id"] for item in items}), len(items))
        sources = {}
        for item in items:
            self.assertEqual(item["type"], "Annotation")
            self.assertRegex(item["id"], r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
            self.assertIn(item["motivation"], ("identifying", "classifying", "describing"))
            self.assertTrue(all(body["type"] == "TextualBody" and body["value"] and body["purpose"] for body in item["body"]))
            for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
                quote, position = target["selector"]
                self.assertEqual((quote["type"], position["type"]), ("TextQuoteSelector", "TextPositionSelector"))
                words = (quote["prefix"], quote["exact"], quote["suffix"])
                begin, end = position["start"], position["end"]
                fits = {text for text in texts
                        if (text[max(0, begin - 32):begin], text[begin:end], text[end:end + 32]) == words}
                sources.setdefault(target["source"], set(texts)).intersection_update(fits)
        self.assertTrue(all(sources.values()))  # one text that all the article's annotations fit
        self.assertIn("https://courier.example/deny", sources)
        self.assertNotIn("javascript:alert(1)", sources)
        marked = sum(len(record[name]) for record in records for name in ("times", "attributions", "events", "relations"))
        self.assertEqual(len(items), marked + sum(len(e["mentions"]) for record in records for e in record["entities"]))

    def test_annotations_tell_denied_and_hedged(self):
        said = [(item["body"][0]["value"], item["body"][1]["value"]) for item in self.annotations()]
        self.assertTrue([what for tag, what in said if tag == "event date" and "(denied)" in what and "according to" in what], said)
        self.assertTrue([what for tag, what in said if "(possible)" in what and "may leave" in what])

    # CSV

    def test_tables_lead_back_to_the_words(self):
        records = self.records()
        sizes = dict(events="events", relations="relations", quotes="attributions", times="times")
        for table in ("timeline", "events", "relations", "quotes", "times", "mentions"):
            rows = rows_of(table)
            self.assertTrue(rows, table)
            self.assertEqual(list(rows[0])[-len(CITED):], CITED)
            for row in rows:
                text = records[row["article_id"]]["text"]
                begin, end = int(row["begin_code_point"]), int(row["end_code_point"])
                self.assertLess(begin, end)
                self.assertIn(row["sentence"], text)
                if "words" in row:
                    self.assertEqual(row["words"], text[begin:end])
                if table in ("times", "mentions", "events"):
                    self.assertIn(row["words"], row["sentence"])
            if table in sizes:
                self.assertEqual(len(rows), sum(len(record[sizes[table]]) for record in records.values()), table)

    def test_cells_are_data(self):
        articles = {row["article_id"]: row for row in rows_of("articles")}
        self.assertEqual(articles["wed"]["title"], 'Selwick, Orme: "We did" <married>')
        self.assertEqual(articles["deny"]["title"], "'=1+1, agent says")  # no formula in a spreadsheet
        self.assertEqual(articles["old"]["superseded_by"], articles["new"]["article"])
        self.assertEqual(len(articles), len(self.records()))

    def test_tables_tell_denied_hedged_and_superseded(self):
        ties = [row for row in rows_of("relations") if row["article_id"] == "deny" and row["relation"] == "partner"]
        self.assertEqual([(row["subject"], row["object"], row["polarity"], row["attributed"]) for row in ties],
                         [("Nora Selwick", "Jude Halloran", "negative", "Petra Lund")])
        self.assertTrue([row for row in rows_of("events") if row["certainty"] == "possible" and row["article_id"] == "deny"])
        self.assertEqual({row["superseded"] for row in rows_of("times") if row["article_id"] == "old"}, {"yes"})
        self.assertEqual({row["superseded"] for row in rows_of("times") if row["article_id"] == "new"}, {""})

    def test_people_are_the_same_in_all_tables(self):
        people = {row["id"]: row["name"] for row in rows_of("people")}
        for row in rows_of("mentions"):
            if row["person_id"]:
                self.assertIn(row["person_id"], people)
        self.assertIn("Nora Selwick", people.values())
        self.assertTrue([row for row in rows_of("timeline", "Nora Selwick") if "Nora Selwick" in row["people"].split("; ")])


if __name__ == "__main__":
    PROGRAM, rest = program_under_test(__doc__)
    unittest.main(argv=[sys.argv[0], *rest])
