"""Record: everything that Dateline says of one article."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

from dateline import _core
from dateline._error import Error
from dateline._parts import (Attribution, Block, Document, Entity, Event, Line, Maker, Mention, Relation, Span, Time)

Part = Time | Entity | Attribution | Event | Relation


class Record:
    """What was read in one article; read-only. A Reader makes it, or `from_json`, or a store gives it back.

    `record["e1"]` is the part with that id: entity (e), time (t), attribution (a), event (v), relation (r)."""

    _made: _core.Record | None  # None: it came from JSON
    _written: str | None  # the JSON that it came from

    def __init__(self, made: _core.Record | None, written: str | None = None) -> None:
        self.__dict__.update(_made=made, _written=written)

    @classmethod
    def from_json(cls, line: str | bytes) -> Record:
        """A record of the line that `to_json()` or `dateline read --format jsonl` wrote. Such a record cannot be added to
        a store. Raises Error where the line is no record."""
        text = (line if isinstance(line, str) else line.decode("utf8", "replace")).strip()
        try:
            schema = json.loads(text)["schema"]
        except (ValueError, TypeError, KeyError):
            schema = None
        if schema != "dateline/1":
            raise Error(f"no record of schema dateline/1: {text[:40]!r}", "corrupt")
        return cls(None, text)

    def to_json(self, *, offsets: str = "chars", indent: int | None = None, source_map: bool = False) -> str:
        """The line that `dateline read --format jsonl` writes, without its end. `offsets` is the unit of spans: chars (code
        points), bytes or utf16; `source_map` adds where the text stands in the page. A record of JSON is written as it came."""
        if self._made is not None:
            return self._made.json(offsets, -1 if indent is None else indent, source_map)
        assert self._written is not None
        if (offsets, indent, source_map) != ("chars", None, False):
            raise Error("a record that came from JSON is written as it came")
        return self._written

    def to_dict(self) -> dict[str, Any]:
        """The same as a dictionary of its own."""
        made: dict[str, Any] = json.loads(self.to_json())
        return made

    def brief(self) -> str:
        """The page for people that `dateline read` prints."""
        if self._made is None:
            raise Error("a record that came from JSON has no brief page")
        return self._made.brief()

    @cached_property
    def _json(self) -> dict[str, Any]:
        return self.to_dict()

    @cached_property
    def _maker(self) -> Maker:
        return Maker(self.text)

    @property
    def schema(self) -> str:
        return str(self._json["schema"])

    @cached_property
    def text(self) -> str:
        """What all spans point into. Bytes that are not UTF-8 are U+FFFD each."""
        return str(self._json["text"])

    @cached_property
    def document(self) -> Document:
        return Maker.document(self._json["document"])

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(map(self._maker.block, self._json["blocks"]))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return self._maker.spans(self._json["sentences"])

    @cached_property
    def times(self) -> tuple[Time, ...]:
        return tuple(map(self._maker.time, self._json["times"]))

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        return tuple(map(self._maker.entity, self._json["entities"]))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Those of all entities, in the order of the text."""
        return tuple(sorted((one for entity in self.entities for one in entity.mentions), key=lambda one: one.span))

    @cached_property
    def attributions(self) -> tuple[Attribution, ...]:
        return tuple(map(self._maker.attribution, self._json["attributions"]))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        return tuple(map(self._maker.event, self._json["events"]))

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        return tuple(map(self._maker.relation, self._json["relations"]))

    @cached_property
    def timeline(self) -> tuple[Line, ...]:
        """In the order of time."""
        return tuple(map(self._maker.line, self._json["timeline"]))

    @cached_property
    def _by_id(self) -> dict[str, Part]:
        return {part.id: part for parts in (self.times, self.entities, self.attributions, self.events, self.relations)
                for part in parts}

    def __getitem__(self, id: str) -> Any:
        return self._by_id[id]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Record is read-only: {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Any, ...]:
        return Record.from_json, (self.to_json(),)

    def __repr__(self) -> str:
        document = self.document
        return (f"<dateline.Record {document.title or document.id!r}, {document.published or 'undated'}: "
                f"{len(self.events)} events, {len(self.timeline)} lines>")
