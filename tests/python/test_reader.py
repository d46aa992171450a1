"""Reader: the same bytes as the program, in order, on any number of threads; errors that name the input."""
import concurrent.futures
import datetime
import gzip
import json
import random
import warnings

import dateline
import pytest
from conftest import ROOT

PAGE = ("<html><head><title>Fire</title><meta property='article:published_time' content='2022-05-01'></head><body><article>"
        "<p>Twelve workers of the mill &amp; two guests left Ferrin on Saturday, the mayor Clara Voss said.</p>"
        "<p>Voss said that nobody was hurt when the roof fell in on Friday evening.</p></article></body></html>")
ARTICLES = [
    {"id": "a", "text": "Ann Lee left yesterday.", "published": "2020-02-29", "title": "Gone", "authors": ["B. Chen"],
     "uri": "https://post.example/2020/02/29/gone", "publisher": "Post", "modified": "2020-03-01T10:00"},
    {"id": "b", "text": "Bo Chen married S\u00f8ren Lund in May 2019. \U0001f389 \u201cWe did,\u201d he said.", "published": "May 3, 2021"},
    {"id": "c", "html": PAGE},
    {"id": 7, "text": "", "published": None},
]


def lines_of(records):
    return "".join(record.to_json() + "\n" for record in records)


@pytest.mark.parametrize("threads", [1, 2])
def test_files_give_the_bytes_of_the_program(reader, program, threads):
    folders = [ROOT / "examples", ROOT / "tests" / "articles"]
    assert lines_of(reader.read_files(folders, threads=threads)) == program("read", *folders, "--format", "jsonl")


def test_texts_and_pages_give_the_bytes_of_json_lines(reader, program, tmp_path):
    file = tmp_path / "news.jsonl"
    file.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES))
    expected = program("read", file, "--format", "jsonl")
    assert lines_of(reader.read_file(file)) == expected
    assert lines_of(reader.pipe(ARTICLES)) == expected
    assert lines_of(reader.read(**{**article, "id": str(article["id"])}) for article in ARTICLES) == expected


def test_a_text_alone_is_read_as_a_file_is(reader, program):
    for path in sorted((ROOT / "examples").iterdir()):
        expected = program("read", path, "--format", "jsonl")
        assert reader(path.read_text()).to_json() + "\n" == expected
        assert reader(path.read_bytes()).to_json() + "\n" == expected


def test_other_units_and_the_source_map(reader, program, tmp_path):
    file = tmp_path / "a.html"
    file.write_text(PAGE)
    for record in (reader.read_file(file)[0], reader(html=PAGE), reader(html=PAGE.encode())):
        for unit in ("bytes", "utf16"):
            said = program("read", file, "--format", "jsonl", "--offsets", unit, "--with-source-map")
            assert record.to_json(offsets=unit, source_map=True) + "\n" == said
        assert record.to_json(indent=2) + "\n" == program("read", file, "--format", "json")
        assert record.brief() + "\n" == program("read", file)


def test_pipe_keeps_the_order_on_any_number_of_threads(reader):
    texts = [f"Ann Lee met Bo Chen on {day} {month} 20{year}. He said he was glad." for year in range(10, 20)
             for month in ("May", "June") for day in range(1, 29)]
    one = [record.to_json() for record in reader.pipe(texts)]
    assert one == [record.to_json() for record in reader.pipe(iter(texts), threads=3)]
    assert [json.loads(line)["text"] for line in one] == texts
    pairs = list(reader.pipe([({"text": text}, number) for number, text in enumerate(texts)], as_tuples=True, threads=2))
    assert [context for _, context in pairs] == list(range(len(texts)))
    assert [record.to_json() for record, _ in pairs] == one


def test_pipe_is_lazy_and_ends_early(reader):
    taken = []

    def endless():
        while True:
            taken.append(None)
            yield "Ann Lee left on Monday."

    records = reader.pipe(endless(), threads=2)
    assert next(records).text == "Ann Lee left on Monday."
    records.close()
    assert len(taken) < 1000
    assert list(reader.pipe([])) == []
    with pytest.raises(ValueError):
        next(reader.pipe(["a"], threads=0))


def test_an_error_within_the_texts_comes_out(reader):
    with pytest.raises(TypeError):
        list(reader.pipe(["Ann Lee left.", 5]))
    with pytest.raises(dateline.Error, match="no article"):
        list(reader.pipe([{"html": "<p>"}]))


def test_one_reader_serves_many_threads(reader):
    texts = [f"Ann Lee met Bo Chen on {day} May 2021." for day in range(1, 29)]
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert list(pool.map(reader, texts)) == list(reader.pipe(texts))


@pytest.mark.parametrize("published", ["2020-02-29", datetime.date(2020, 2, 29), "29 February 2020",
                                       datetime.datetime(2020, 2, 29, 8, 30, 5, 5, tzinfo=datetime.timezone.utc)])
def test_published_is_the_anchor(reader, published):
    record = reader("She left yesterday.", published=published)
    assert record.times[0].value == "2020-02-28"
    assert record.document.published.startswith("2020-02-29")
    assert record.document.published_basis == "given"


def test_files_without_a_date_take_the_one_given(reader, program, tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("She left yesterday.")
    [record] = reader.read_file(file, published=datetime.date(2020, 2, 29))
    assert record.to_json() + "\n" == program("read", file, "--format", "jsonl", "--published", "2020-02-29")


@pytest.mark.parametrize("published", ["yesterday", "03/05/2021", "2021-02-30"])
def test_a_date_that_cannot_be_read_is_named(reader, published):
    with pytest.raises(dateline.Error, match=f"published: .*{published}") as raised:
        reader("She left.", published=published)
    assert raised.value.code == "invalid_argument"


def test_packed_files(reader, tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"date 2023-05-03 Ann Lee left on Monday."))
    [record] = reader.read_file(tmp_path / "a.txt.gz")
    assert record.document.published == "2023-05-03"


def test_errors_name_the_input(reader, tmp_path):
    bad = tmp_path / "news.jsonl"
    bad.write_text('{"text": "Ann Lee left."}\n{"no": 1\n{"text": "Bo Chen left."}\n')
    (tmp_path / "empty.txt").write_text("")
    cases = [(tmp_path / "not-there.txt", "not_found", "not-there.txt"), (bad, "corrupt", "news.jsonl, line 2"),
             (tmp_path / "empty.txt", "corrupt", "empty.txt"), ("https://post.example/", "unsupported", "post.example"),
             (tmp_path / "bad\udcff.txt", "not_found", "bad\\\\xff.txt")]
    for path, code, words in cases:
        with pytest.raises(dateline.Error, match=words) as raised:
            reader.read_file(path)
        assert raised.value.code == code
    errors = []
    assert [record.text for record in reader.read_file(bad, on_error=errors.append)] == ["Ann Lee left.", "Bo Chen left."]
    assert [str(error) for error in errors] == [str(errors[0])] and "line 2" in str(errors[0])


def test_warnings_name_the_input(reader, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Ann Lee left \xff on Monday.")
    (tmp_path / "b.txt").write_text("Der Bürgermeister sagte gestern, dass die Stadt kein Geld für eine neue Brücke habe. " * 3)
    with pytest.warns(dateline.InputWarning, match="a.txt: 1 byte is not UTF-8") as warned:
        reader.read_file(tmp_path / "a.txt")
        list(reader.read_files([tmp_path / "a.txt"]))
    assert [warning.filename for warning in warned] == [__file__] * 2
    with pytest.warns(dateline.InputWarning, match="b.txt: in German"):
        assert reader.read_file(tmp_path / "b.txt") == []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        [record] = reader.read_file(tmp_path / "b.txt", language="any")
    assert record.document.language == "de"


def test_misuse(reader):
    for call in (lambda: reader("a", date="2020-01-01"), lambda: reader(), lambda: reader("a", html="b"), lambda: reader(5),
                 lambda: reader.read_file("examples", published_on="2020")):
        with pytest.raises(TypeError):
            call()


def test_a_model_that_is_not_there(monkeypatch, tmp_path):
    with pytest.raises(dateline.Error, match="no-model"):
        dateline.Reader(tmp_path / "no-model")
    monkeypatch.delenv("DATELINE_MODEL")
    monkeypatch.setattr(dateline._core, "checkout_folder", lambda: str(tmp_path))
    with pytest.raises(dateline.Error, match="no language model: .*DATELINE_MODEL") as raised:
        dateline.Reader()
    assert raised.value.code == "not_found"


def test_any_bytes_are_read(reader):
    chance = random.Random(2023)
    words = [b"Ann ", b"Lee ", b"said ", b"\xff", b"\xed\xa0\x80", b"\x00", b"\xf0\x9f\x98\x80", b"\xe2\x80\x9c", b"May 3", b"\n\n", b"<p>", b"&"]
    for size in range(60):
        data = bytes(chance.randrange(256) for _ in range(size)) + b"".join(chance.choices(words, k=size))
        for record in (reader(data), reader(data.decode("utf8", "surrogateescape"))):
            assert all(record.text[span.begin:span.end] == span.text for span in record.sentences)
            json.loads(record.to_json())
        try:
            reader(html=data)
        except dateline.Error:
            pass
    halves = "\ud800 Ann Lee left \udfff on Monday."
    assert reader(halves).text == halves.replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")
