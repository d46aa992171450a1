"""The parts of a record as RECORD.md names them (docs/record.md), read-only. Ids of other parts ("e1", "a3") are looked up
with `record[id]`; what is unknown is None."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Json = Mapping[str, Any]


class Interval(NamedTuple):
    """Half open, ISO 8601; a side that is open or unknown is None."""

    begin: str | None
    end: str | None


class Span:
    """Code points `[begin, end)` of a text. Unpacks to the two: `begin, end = span`."""

    __slots__ = ("_begin", "_end", "_source")

    def __init__(self, source: str, begin: int, end: int) -> None:
        self._source, self._begin, self._end = source, begin, end

    @property
    def begin(self) -> int:
        return self._begin

    @property
    def end(self) -> int:
        return self._end

    @property
    def slice(self) -> slice:
        """For `record.text[span.slice]`."""
        return slice(self._begin, self._end)

    @property
    def text(self) -> str:
        """The words that stand there."""
        return self._source[self._begin:self._end]

    def __iter__(self) -> Iterator[int]:
        return iter((self._begin, self._end))

    def __contains__(self, other: Span | int) -> bool:
        """Whether a position, or all of another span, lies in this one."""
        if isinstance(other, int):
            return self._begin <= other < self._end
        return self._begin <= other._begin and other._end <= self._end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and (self._begin, self._end) == (other._begin, other._end)

    def __lt__(self, other: Span) -> bool:
        return (self._begin, self._end) < (other._begin, other._end)

    def __hash__(self) -> int:
        return hash((self._begin, self._end))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Span({self._begin}, {self._end}, {self.text!r})"


class _AtSpan:
    """Has the words of its span as `text`."""

    __slots__ = ()
    span: Span

    @property
    def text(self) -> str:
        return self.span.text


class DateCandidate(NamedTuple):
    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of the page that an article was taken from."""

    kind: str
    only_beginning: bool
    other_articles: int


@dataclass(frozen=True, slots=True)
class Document:
    id: str
    uri: str | None
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    language: str | None
    published: str | None
    published_basis: str
    published_candidates: tuple[DateCandidate, ...]
    modified: str | None
    fingerprint: str | None
    page: Page | None


@dataclass(frozen=True, slots=True)
class Block(_AtSpan):
    span: Span
    kind: str
    pull_quote: bool


@dataclass(frozen=True, slots=True)
class Time(_AtSpan):
    """A TimeML TIMEX3."""

    id: str
    span: Span
    type: str
    value: str | None
    mod: str | None
    quant: str | None
    freq: str | None
    interval: Interval | None
    anchor: str | None
    alternatives: tuple[str, ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class Mention(_AtSpan):
    span: Span
    form: str
    entity: str


@dataclass(frozen=True, slots=True)
class Entity:
    id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    descriptions: tuple[str, ...]
    mentions: tuple[Mention, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what: content, cue and source are lists of spans, for they may be interrupted."""

    id: str
    form: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    speaker: str | None
    source_kind: str
    parent: str | None
    confidence: float

    @property
    def text(self) -> str:
        """The content, " … " where it is interrupted."""
        return " … ".join(span.text for span in self.content)


@dataclass(frozen=True, slots=True)
class Participant(_AtSpan):
    role: str
    span: Span
    entity: str | None


@dataclass(frozen=True, slots=True)
class EventTime:
    expression: str | None
    interval: Interval | None
    basis: str


@dataclass(frozen=True, slots=True)
class Event(_AtSpan):
    """`class_` is the record's "class", a word that Python keeps for itself."""

    id: str
    span: Span
    clause: Span
    lemma: str
    class_: str | None
    participants: tuple[Participant, ...]
    time: EventTime | None
    polarity: str
    certainty: str
    tense: str
    attribution: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Relation:
    """Either `object`, an entity, or `value`, a literal."""

    id: str
    relation: str
    subject: str
    object: str | None
    value: str | None
    subject_span: Span
    object_span: Span
    evidence: Span
    status: str
    interval: Interval
    polarity: str
    certainty: str
    attribution: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """An event worth a line of the timeline."""

    event: str
    interval: Interval | None
    grain: str | None
    text: str
    entities: tuple[str, ...]
    attribution: str | None
    score: float


class Maker:
    """Makes the parts of one record of its JSON."""

    def __init__(self, text: str) -> None:
        self._text = text

    def span(self, pair: Sequence[int]) -> Span:
        return Span(self._text, pair[0], pair[1])

    def spans(self, pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
        return tuple(map(self.span, pairs))

    @staticmethod
    def interval(pair: Sequence[str | None] | None) -> Interval | None:
        return None if pair is None else Interval(pair[0], pair[1])

    @staticmethod
    def document(it: Json) -> Document:
        page = it.get("page")
        return Document(
            it["id"], it["uri"], it["title"], tuple(it["authors"]), it["publisher"], it["language"], it["published"],
            it["published_basis"], tuple(DateCandidate(found["value"], found["basis"]) for found in it["published_candidates"]),
            it["modified"], it["fingerprint"],
            page and Page(page["kind"], page.get("only_beginning", False), page.get("other_articles", 0)))

    def block(self, it: Json) -> Block:
        return Block(self.span(it["span"]), it["kind"], it.get("pull_quote", False))

    def time(self, it: Json) -> Time:
        return Time(it["id"], self.span(it["span"]), it["type"], it["value"], it.get("mod"), it.get("quant"), it.get("freq"),
                    self.interval(it["interval"]), it.get("anchor"), tuple(it.get("alternatives", ())), it.get("reason"))

    def entity(self, it: Json) -> Entity:
        mentions = tuple(Mention(self.span(one["span"]), one["form"], it["id"]) for one in it["mentions"])
        return Entity(it["id"], it["kind"], it["name"], tuple(it["aliases"]), tuple(it["descriptions"]), mentions,
                      tuple(it.get("members", ())))

    def attribution(self, it: Json) -> Attribution:
        return Attribution(it["id"], it["form"], self.spans(it["content"]), self.spans(it["cue"]), self.spans(it["source"]),
                           it["speaker"], it["source_kind"], it["parent"], it["confidence"])

    def event(self, it: Json) -> Event:
        participants = tuple(Participant(one["role"], self.span(one["span"]), one["entity"]) for one in it["participants"])
        time = it["time"] and EventTime(it["time"]["expression"], self.interval(it["time"]["interval"]), it["time"]["basis"])
        return Event(it["id"], self.span(it["span"]), self.span(it["clause"]), it["lemma"], it["class"], participants, time,
                     it["polarity"], it["certainty"], it["tense"], it["attribution"], it["confidence"])

    def relation(self, it: Json) -> Relation:
        return Relation(it["id"], it["relation"], it["subject"], it.get("object"), it.get("value"),
                        self.span(it["subject_span"]), self.span(it["object_span"]), self.span(it["evidence"]), it["status"],
                        Interval(*it["interval"]), it["polarity"], it["certainty"], it["attribution"], it["confidence"])

    def line(self, it: Json) -> Line:
        return Line(it["event"], self.interval(it["interval"]), it["grain"], it["text"], tuple(it["entities"]),
                    it["attribution"], it["score"])
