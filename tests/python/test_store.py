"""Store: the rows that the program prints; errors that say what is wrong."""
import datetime
import json
import threading

import dateline
import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def path(tmp_path_factory, program):
    """A store that the program made."""
    path = tmp_path_factory.mktemp("store") / "story.db"
    program("add", path, ROOT / "examples", "--quiet")
    return path


@pytest.fixture
def store(path):
    with dateline.Store(path, read_only=True) as store:
        yield store


def test_what_is_added_is_what_the_program_adds(examples, path, program, tmp_path):
    with dateline.Store(tmp_path / "mine.db", create=True) as mine:
        assert [mine.add(record) for record in examples] == [(number, "added") for number in range(1, 7)]
        assert mine.add(examples[0]) == dateline.Added(1, "same")
        assert mine.counts()["articles"] == 6 and mine.check() == []
    for words in (["timeline"], ["people"], ["conflicts"], ["quotes"]):
        command, *rest = words
        assert program(command, tmp_path / "mine.db", *rest, "--format", "jsonl") == program(command, path, *rest, "--format", "jsonl")
    assert program("update", tmp_path / "mine.db") == ""


def test_files_are_added_once(reader, tmp_path):
    with dateline.Store(tmp_path / "mine.db", create=True) as store:
        assert store.add_files(reader, ROOT / "examples", threads=2) == dateline.Tally(added=6)
        assert store.add_files(reader, [ROOT / "examples"]) == dateline.Tally(same=6)


def test_rows_are_those_of_the_program(store, path, program):
    def rows(*arguments):
        return [json.loads(line) for line in program(*arguments[:1], path, *arguments[1:], "--format", "jsonl").splitlines()]

    assert store.timeline() == rows("timeline") != []
    assert store.timeline("Tessa Okafor", from_=datetime.date(2022, 1, 1)) == rows("timeline", "Tessa Okafor", "--from", "2022-01-01") != []
    assert store.timeline(all=True, certainty="certain", about="album") == rows("timeline", "--all", "--certainty", "certain", "--about", "album")
    assert store.timeline(as_of="2022-06-01", known_by="2022-11-17") == rows("timeline", "--as-of", "2022-06-01", "--known-by", "2022-11-17")
    assert store.people() == rows("people") != []
    assert [row["name"] for row in store.people("okafor")][:1] == ["Tessa Okafor"]
    assert [store.person("Marlo Venn")] == rows("people", "Marlo Venn")
    assert store.relations("Marlo Venn", history=True) == rows("relations", "Marlo Venn", "--history") != []
    assert store.relations("Marlo Venn", path="Adaeze Okafor") == rows("relations", "Marlo Venn", "--path", "Adaeze Okafor")
    assert store.quotes(by="Marlo Venn", form="direct") == rows("quotes", "--by", "Marlo Venn", "--form", "direct") != []
    assert store.conflicts() == rows("conflicts")
    assert store.search("custody OR divorce") == rows("search", "custody OR divorce") != []
    assert [store.article(1)] == rows("show", "1")
    assert len(store.articles()) == 6


def test_records_come_back(store, examples):
    assert list(store.records()) == examples
    assert store.record(6).timeline == examples[5].timeline


def test_corrections(examples, tmp_path):
    with dateline.Store(tmp_path / "mine.db", create=True) as store:
        for record in examples:
            store.add(record)
        names = [row["name"] for row in store.people()]
        assert "are one" in store.merge("Wren", "Tom Reyes")
        assert len(store.people()) == len(names) - 1
        store.undo()
        assert [row["name"] for row in store.people()] == names
        with pytest.raises(dateline.Error):
            store.split("Wren", [1])


def test_errors_say_what_is_wrong(store, examples, reader, tmp_path):
    cases = [(lambda: store.timeline("Nobody At All"), "not_found", "Nobody At All"),
             (lambda: store.timeline(from_="May"), "invalid_argument", "from_: no day.*May"),
             (lambda: store.timeline(certainty="sure"), "invalid_argument", "certainty: 'sure'"),
             (lambda: store.record(99), "not_found", "99"),
             (lambda: store.add(dateline.Record.from_json(examples[0].to_json())), "invalid_argument", "JSON"),
             (lambda: dateline.Store(tmp_path / "no.db"), "not_found", "no.db"),
             (lambda: dateline.Store(tmp_path / "no" / "such.db", create=True), "io", "such.db"),
             (lambda: dateline.Store(tmp_path), "invalid_argument", "folder"),
             (lambda: dateline.Store(tmp_path / "no.db", create=True, read_only=True), "invalid_argument", "no.db"),
             (lambda: store.add(reader("Ann Lee left.")), "io", "read-only"),
             (lambda: dateline.Store(ROOT / "README.md"), "unsupported", "README.md")]
    for call, code, words in cases:
        with pytest.raises(dateline.Error, match=words) as raised:
            call()
        assert raised.value.code == code, words


def test_a_closed_store_says_so(path):
    with dateline.Store(path, read_only=True) as store:
        pass
    store.close()
    for call in (store.timeline, store.people, store.articles, store.check, store.counts, store.undo, store.to_arrow):
        with pytest.raises(dateline.Error, match="story.db: this store is closed"):
            call()


def test_threads_wait_for_each_other(path):
    with dateline.Store(path) as store:
        expected, seen = store.timeline(), []
        threads = [threading.Thread(target=lambda: seen.append(store.timeline())) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert seen == [expected] * 4
