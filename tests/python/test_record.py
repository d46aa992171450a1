"""Record: parts that say what its JSON says, spans that slice, nothing that can be changed."""
import dataclasses
import json
import pickle

import dateline
import pytest

SPANS = {"span", "clause", "subject_span", "object_span", "evidence"}


def plain(value):
    """A part as the JSON has it."""
    if isinstance(value, dateline.Span):
        return [value.begin, value.end]
    if isinstance(value, dateline.DateCandidate):
        return value._asdict()
    if dataclasses.is_dataclass(value):
        return {field.name.rstrip("_"): plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    return [plain(one) for one in value] if isinstance(value, tuple) else value


def without_absent(part, told):
    """`part` less what the JSON leaves out where there is nothing to say."""
    if isinstance(told, dict):
        assert all(name in part for name in told)
        assert all(not value or name == "entity" for name, value in part.items() if name not in told), (part, told)
        return {name: without_absent(part[name], value) for name, value in told.items()}
    return [without_absent(*pair) for pair in zip(part, told, strict=True)] if isinstance(told, list) else part


def test_parts_are_what_the_json_says(examples):
    for record in examples:
        told = record.to_dict()
        assert (record.schema, record.text) == (told["schema"], told["text"])
        for name in ("document", "blocks", "sentences", "times", "entities", "attributions", "events", "relations", "timeline"):
            assert without_absent(plain(getattr(record, name)), told[name]) == told[name]


def test_spans_slice(examples):
    seen = 0
    for record in examples:
        spans = [*record.sentences, *(block.span for block in record.blocks), *(one.span for one in record.times),
                 *(one.span for one in record.mentions), *(one for said in record.attributions for one in said.content),
                 *(one for event in record.events for one in (event.span, event.clause, *(who.span for who in event.participants))),
                 *(one for tie in record.relations for one in (tie.subject_span, tie.object_span, tie.evidence))]
        seen += len(spans)
        for span in spans:
            begin, end = span
            assert record.text[begin:end] == record.text[span.slice] == span.text == str(span)
            assert len(span.text) == end - begin
        assert [mention.text for mention in record.mentions] == [mention.span.text for mention in record.mentions]
        assert list(record.mentions) == sorted(record.mentions, key=lambda one: one.span.begin) or len(record.mentions) > 1
    assert seen > 100


def test_spans_are_values(examples):
    first, second = examples[0].sentences[:2]
    assert first < second and first != second and first == examples[0].sentences[0] and len({first, second, first}) == 2
    assert first.begin in first and first.end not in first and first in first and second not in first


def test_ids_lead_to_parts(examples):
    for record in examples:
        for event in record.events:
            assert record[event.id] is event
            for who in event.participants:
                assert who.entity is None or record[who.entity].id == who.entity
        for line in record.timeline:
            assert isinstance(record[line.event], dateline.Event)
    with pytest.raises(KeyError):
        examples[0]["e999"]


def test_records_are_read_only(examples):
    record = examples[0]
    for change in (lambda: setattr(record, "text", ""), lambda: setattr(record.timeline[0], "text", ""),
                   lambda: setattr(record.sentences[0], "begin", 0), lambda: setattr(record.document, "title", "")):
        with pytest.raises((AttributeError, TypeError)):
            change()
    record.to_dict()["text"] = ""
    assert record.text and record.to_dict()["text"]


def test_json_leads_back(examples):
    for record in examples:
        again = dateline.Record.from_json(record.to_json().encode() + b"\n")
        assert again == record and hash(again) == hash(record) and again.timeline == record.timeline
        assert pickle.loads(pickle.dumps(record)) == record
        with pytest.raises(dateline.Error):
            again.to_json(offsets="bytes")
        with pytest.raises(dateline.Error):
            again.brief()
    for line in ("", "[]", "{}", '{"schema": "other/1"}', "nonsense"):
        with pytest.raises(dateline.Error, match="no record"):
            dateline.Record.from_json(line)
    with pytest.raises(dateline.Error, match="offsets"):
        examples[0].to_json(offsets="words")


def test_repr_says_what_it_is(examples):
    assert repr(examples[-1]).startswith("<dateline.Record 'Marlo Venn Announces an Album")
    assert json.loads(examples[-1].to_json())["document"]["title"] in repr(examples[-1])
