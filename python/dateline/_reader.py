"""Reader: from texts, pages and files to records."""

from __future__ import annotations

import datetime
import math
import os
import re
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypedDict, TypeVar, Unpack, overload

from dateline import _core
from dateline._error import Error, InputWarning
from dateline._record import Record

Date = str | datetime.date  # also a datetime.datetime
PathLike = str | os.PathLike[str]
Context = TypeVar("Context")
OnError = Callable[[Error], object]
Format = Literal["auto", "text", "html", "jsonl", "feed", "warc"]
_HALVES = re.compile("[\ud800-\udfff]")


class About(TypedDict, total=False):
    """What may be said of an article, the fields of JSON Lines: it goes before what the text itself says."""

    id: str
    uri: str
    title: str
    published: Date
    modified: Date
    authors: str | Iterable[str]
    publisher: str
    language: str


class FileOptions(TypedDict, total=False):
    """`published`: for inputs that carry no date of their own. `format`: auto is by content, then by name. `language`:
    articles in another are passed over with an InputWarning; "any": none is. `max_bytes`: of one document; a longer one is an
    error. `on_error` is called with the Error of each input that cannot be read, and the others are read all the same;
    without it the first is raised."""

    published: Date
    format: Format
    language: str
    max_bytes: int
    on_error: OnError


# A text, or a mapping with "text" or "html" and the fields of About.
Text = str | bytes | Mapping[str, Any]


def utf8(text: str) -> str:
    """Half surrogate pairs, which no text may have, as U+FFFD: offsets stay as they are."""
    return _HALVES.sub("\ufffd", text)


def date_text(value: Date | None) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else utf8(value)


def _check_names(options: Iterable[str], known: type) -> None:
    for name in options:
        if name not in known.__annotations__:
            raise TypeError(f"unknown argument {name!r}; known: {', '.join(known.__annotations__)}")


def _told(about: Mapping[str, Any]) -> _core.Told:
    told = _core.Told()
    for name, value in about.items():
        if value is None or (isinstance(value, float) and math.isnan(value)):  # pandas has NaN where nothing is known
            continue
        if name == "authors":
            told.authors = [utf8(one) for one in ([value] if isinstance(value, str) else value)]
        else:
            setattr(told, name, date_text(value) if isinstance(value, datetime.date) else utf8(str(value)))
    return told


def _article(text: str | bytes | None, html: str | bytes | None, about: Mapping[str, Any]) -> _core.Article:
    told = _told(about)
    if text is not None and html is None:
        return _core.article_of_text(text if isinstance(text, bytes) else utf8(text).encode("utf8"), told)
    if html is None or text is not None:
        raise TypeError("either text or html is to be read")
    page = html if isinstance(html, bytes) else utf8(html).encode("utf8")
    article, said = _core.article_of_html(page, isinstance(html, str), told.uri or told.id or "the page", told)
    _warn(said)
    return article


def _article_of(item: Text) -> _core.Article:
    if isinstance(item, (str, bytes)):
        return _article(item, None, {})
    if not isinstance(item, Mapping):
        raise TypeError(f"a text or a mapping is to be read, not {type(item).__name__}")
    about = {name: item[name] for name in About.__annotations__ if name in item}
    text, html = item.get("text"), item.get("html")
    return _article(text, html if text is None else None, about)


def _warn(messages: Iterable[str]) -> None:
    """Each is shown as of the line that called into this package."""
    for message in messages:
        level, frame = 1, sys._getframe()
        while frame.f_back is not None and frame.f_globals["__name__"] == __name__:
            level, frame = level + 1, frame.f_back
        warnings.warn(message, InputWarning, stacklevel=level)


def articles_in(inputs: Iterable[PathLike], options: FileOptions) -> Iterator[_core.Article]:
    """The articles of files, folders and globs, in order."""
    _check_names(options, FileOptions)
    stream = _core.InputStream([os.fsencode(path) for path in inputs], options.get("format", "auto"),
                               date_text(options.get("published")), options.get("language", "en"),
                               options.get("max_bytes", 100 << 20))
    on_error = options.get("on_error")
    while True:
        try:
            article = stream.next()
        except Error as error:
            if on_error is None:
                raise
            on_error(error)
            continue
        _warn(stream.take_warnings())
        if article is None:
            return
        yield article


def _language_model() -> str:
    """$DATELINE_MODEL, else what the set-up of the checkout that this was built from has got."""
    named = os.environ.get("DATELINE_MODEL")
    if named:
        return named
    folder = Path(_core.checkout_folder()) / ".dateline" / "model"
    for found in sorted(folder.glob("*/config.cfg")):
        return str(found.parent)
    raise Error(f"no language model: give Reader(model=FOLDER), set DATELINE_MODEL, or run setup/setup.sh ({folder} has none)",
                "not_found")


def _learned_parts() -> str:
    installed = Path(__file__).parent / "models"
    return str(installed) if installed.is_dir() and "DATELINE_MODELS" not in os.environ else _core.models_folder()


class Reader:
    """Reads articles. Loading takes a moment; one Reader serves many threads.

    `model` is the folder of a spaCy v3 pipeline (the one with config.cfg); None: $DATELINE_MODEL, else the one that the set-up
    has got. Raises Error where there is none or it cannot be loaded."""

    def __init__(self, model: PathLike | None = None) -> None:
        self._model = os.fspath(model) if model is not None else _language_model()
        self._core = _core.Reader(os.fsencode(self._model), os.fsencode(_learned_parts()))

    def __repr__(self) -> str:
        return f"dateline.Reader({self._model!r})"

    def read(self, text: str | bytes | None = None, *, html: str | bytes | None = None, **about: Unpack[About]) -> Record:
        """The record of a text (any text: bytes that are not UTF-8 are U+FFFD) or of a page of HTML, by the same rules as
        `dateline read` has for an object of JSON Lines. `published` is the anchor of "yesterday". Raises Error where
        a date cannot be read or a page has no article; the language is not asked for."""
        _check_names(about, About)
        return Record(self._core.read(_article(text, html, about)))

    __call__ = read

    @overload
    def pipe(self, texts: Iterable[Text], *, as_tuples: Literal[False] = False, threads: int = 1) -> Iterator[Record]: ...

    @overload
    def pipe(self, texts: Iterable[tuple[Text, Context]], *, as_tuples: Literal[True],
             threads: int = 1) -> Iterator[tuple[Record, Context]]: ...

    def pipe(self, texts: Iterable[Any], *, as_tuples: bool = False, threads: int = 1) -> Iterator[Any]:
        """The records of many texts, in order, read together and on `threads` threads without the GIL; the same records as
        one by one. An item is a text or a mapping ({"text": …, "published": …}; what else it has is left alone); with `as_tuples` a pair of that and anything,
        which comes back beside its record. Some hundred texts are taken ahead of what is given."""
        if not as_tuples:
            yield from map(Record, self._read(map(_article_of, texts), threads))
            return
        contexts: deque[Any] = deque()

        def articles() -> Iterator[_core.Article]:
            for item, context in texts:
                article = _article_of(item)
                contexts.append(context)
                yield article

        for made in self._read(articles(), threads):
            yield Record(made), contexts.popleft()

    def read_file(self, path: PathLike, **options: Unpack[FileOptions]) -> list[Record]:
        """A record for each article of a file: text, HTML, JSON Lines, feed, WARC, packed or not; of a folder, of a glob.
        Raises Error, which names the input, for the first that cannot be read, unless `on_error` is given."""
        return list(self.read_files([path], **options))

    def read_files(self, paths: Iterable[PathLike], *, threads: int = 1, **options: Unpack[FileOptions]) -> Iterator[Record]:
        """The same of many, one after the other, in constant memory."""
        return map(Record, self._read(articles_in(paths, options), threads))

    def _read(self, articles: Iterable[_core.Article], threads: int) -> Iterator[_core.Record]:
        if threads < 1:
            raise ValueError(f"threads: {threads} is none")
        lane = _core.Lane(self._core, threads)
        for article in articles:
            lane.put(article)
            yield from lane.take(False)
        while made := lane.take(True):
            yield from made
