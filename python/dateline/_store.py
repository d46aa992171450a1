"""Store: the story over many articles in one SQLite file (docs/store.md)."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Self, Unpack, overload

from dateline import _core
from dateline._error import Error
from dateline._reader import Date, FileOptions, PathLike, Reader, articles_in, date_text, utf8
from dateline._record import Record
from dateline._tables import TableName, arrow_tables, pandas_tables

if TYPE_CHECKING:
    import pandas
    import pyarrow

Row = dict[str, Any]
Outcome = Literal["added", "same", "folded", "newer"]


class Added(NamedTuple):
    """The number of the article that holds what was added, and whether it is new ("added"), was there already ("same"), is a
    near-duplicate of that one ("folded"), or a newer text at a known address ("newer")."""

    article: int
    outcome: Outcome


@dataclass(slots=True)
class Tally:
    """How many articles became what."""

    added: int = 0
    same: int = 0
    folded: int = 0
    newer: int = 0


def _day(name: str, value: Date | None) -> str:
    text = date_text(value)[:10] if isinstance(value, datetime.date) else date_text(value)
    try:
        return text and datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Error(f"{name}: no day (YYYY-MM-DD): {text!r}") from None


def _clocks(as_of: Date | None, known_by: Date | None) -> _core.Clocks:
    return _core.Clocks(_day("as_of", as_of), _day("known_by", known_by))


def _one_of(name: str, value: str, known: Iterable[str]) -> str:
    if value not in known:
        raise Error(f"{name}: {value!r} is none of {', '.join(filter(None, known))}")
    return value


def _pages(ask: Callable[[str], tuple[list[str], str | None]]) -> Iterator[Row]:
    cursor: str | None = ""
    while cursor is not None:
        rows, cursor = ask(cursor)
        yield from map(json.loads, rows)


class Store:
    """A store in the file `path`, which must be there unless `create` is said. Close it, or use it as a context manager. Rows
    are dictionaries as docs/store.md, "Rows", tells them. A name is a name or an id like "P3"; one that may be several
    raises Error, which lists them. May be used from many threads, which wait for each other."""

    def __init__(self, path: PathLike, *, create: bool = False, read_only: bool = False) -> None:
        if create and read_only:
            raise Error(f"{os.fspath(path)}: a store is not created to be read only")
        self.path = os.fspath(path)
        self._core = _core.Store(os.fsencode(path), "create" if create else "read" if read_only else "write")

    def close(self) -> None:
        self._core.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"dateline.Store({self.path!r})"

    def add(self, record: Record) -> Added:
        """Keeps a record that a Reader made, in one transaction."""
        if record._made is None:
            raise Error("a record that came from JSON cannot be added to a store: read its article again")
        article, outcome = self._core.add(record._made)
        return Added(article, outcome)  # type: ignore[arg-type]

    def add_files(self, reader: Reader, paths: PathLike | Iterable[PathLike], *, threads: int = 1,
                  **options: Unpack[FileOptions]) -> Tally:
        """Reads and keeps, like `dateline add`: what is there already is not read again, so that a run that was stopped goes on."""
        tally = Tally()

        def wanted() -> Iterator[_core.Article]:
            inputs = [paths] if isinstance(paths, (str, os.PathLike)) else paths
            for article in articles_in(inputs, options):
                if self._core.has(article):
                    tally.same += 1
                else:
                    yield article

        for made in reader._read(wanted(), threads):
            outcome = self._core.add(made)[1]
            setattr(tally, outcome, getattr(tally, outcome) + 1)
        return tally

    def timeline(self, *names: str, from_: Date | None = None, to: Date | None = None, about: str = "",
                 certainty: Literal["certain", "probable", "possible"] = "possible", by: str = "", all: bool = False,
                 as_of: Date | None = None, known_by: Date | None = None) -> list[Row]:
        """What happened, in the order of time; with names, the lines that name all of them. `from_` and `to` are days, `about`
        words of the line or of its sentence, `certainty` the least, `by` who says so, `all` also what the articles' own
        timelines leave out, `as_of` what was so on a day, `known_by` what a reader could know on a day."""
        asked = ([utf8(name) for name in names], _day("from_", from_), _day("to", to), utf8(about),
                 _one_of("certainty", certainty, ("certain", "probable", "possible")), utf8(by), all, _clocks(as_of, known_by))
        return list(_pages(lambda cursor: self._core.timeline(*asked, cursor)))

    def people(self, name: str = "") -> list[Row]:
        """Everybody whose name or alias has the words of `name`, most articles first."""
        return list(_pages(lambda cursor: self._core.people(utf8(name), cursor)))

    def person(self, name: str) -> Row:
        """One, with ties and with those who may be the same."""
        row: Row = json.loads(self._core.person(utf8(name)))
        return row

    def relations(self, name: str = "", *, path: str = "", history: bool = False, as_of: Date | None = None,
                  known_by: Date | None = None) -> list[Row]:
        """Ties of one, or of everybody; `path`: the shortest chain of ties to this one; `history`: every state."""
        clocks = _clocks(as_of, known_by)
        return list(_pages(lambda cursor: self._core.relations(utf8(name), utf8(path), clocks, history, cursor)))

    def quotes(self, *, by: str = "", about: str = "", form: Literal["", "direct", "indirect", "mixed"] = "",
               unnamed: bool = False, known_by: Date | None = None) -> list[Row]:
        """Who said what; `unnamed`: only sources without a name."""
        clocks = _clocks(None, known_by)
        _one_of("form", form, ("", "direct", "indirect", "mixed"))
        return list(_pages(lambda cursor: self._core.quotes(utf8(by), utf8(about), form, unnamed, clocks, cursor)))

    def conflicts(self, name: str = "") -> list[Row]:
        """Where articles contradict each other."""
        return list(_pages(lambda cursor: self._core.conflicts(utf8(name), cursor)))

    def search(self, words: str) -> list[Row]:
        """Full text, best first: words, "phrases", AND, OR, NOT."""
        return list(_pages(lambda cursor: self._core.search(utf8(words), cursor)))

    def articles(self) -> list[Row]:
        return list(_pages(self._core.articles))

    def article(self, number: int) -> Row:
        """One with its record, copies and identities."""
        row: Row = json.loads(self._core.article(number))
        return row

    def record(self, number: int) -> Record:
        """The record of an article."""
        return Record.from_json(self._core.record(number))

    def records(self) -> Iterator[Record]:
        """Those of all, in the order in which they were added."""
        number = 0
        while number := self._core.next_article(number):
            yield self.record(number)

    def merge(self, stays: str, goes: str) -> str:
        """Two are one. Says what was done."""
        return self._core.merge(utf8(stays), utf8(goes))

    def split(self, name: str, articles: Iterable[int]) -> str:
        """In these articles the name is somebody else's. Says what was done."""
        return self._core.split(utf8(name), list(articles))

    def undo(self) -> str:
        """Takes back the last merge or split."""
        return self._core.undo()

    def check(self) -> list[str]:
        """What does not hold of docs/store.md; empty for a store in order."""
        return self._core.check()

    def counts(self) -> dict[str, int]:
        names = ("articles", "copies", "people", "lines", "relations", "quotes")
        return dict(zip(names, self._core.counts(), strict=True))

    @overload
    def to_arrow(self, table: TableName) -> pyarrow.Table: ...

    @overload
    def to_arrow(self, table: None = None) -> dict[str, pyarrow.Table]: ...

    def to_arrow(self, table: TableName | None = None) -> Any:
        """One table of docs/export.md, or all eight by name. Needs pyarrow."""
        return arrow_tables(self._core, table)

    @overload
    def to_pandas(self, table: TableName) -> pandas.DataFrame: ...

    @overload
    def to_pandas(self, table: None = None) -> dict[str, pandas.DataFrame]: ...

    def to_pandas(self, table: TableName | None = None) -> Any:
        """The same as data frames. Needs pandas."""
        return pandas_tables(self._core, table)
