"""The tables of `dateline export --format csv` (docs/export.md) for Arrow and pandas.

Columns have the names and the values of the CSV, with types: lists are lists, numbers numbers, "yes" is true; days and times are
ISO 8601 text, for an article may give a day or a minute."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, overload

from dateline import _core
from dateline._error import Error
from dateline._record import Record

if TYPE_CHECKING:
    import pandas
    import pyarrow

TableName = Literal["timeline", "events", "relations", "quotes", "times", "mentions", "people", "articles"]

# The columns of each table.
TABLES: dict[str, tuple[str, ...]] = {name: tuple(columns) for name, columns in _core.tables()}

_TYPES = {
    "integer": {"article", "articles", "begin_code_point", "code_points", "end_code_point", "mentions", "publishers",
                "superseded_by", "tellers"},
    "real": {"confidence"},
    "truth": {"on_timeline", "retracted", "superseded"},
    "list": {"aliases", "alternatives", "authors", "copies", "descriptions", "participants", "people", "people_ids"},
}
_TYPE_OF = {column: type for type, columns in _TYPES.items() for column in columns}


def _columns(store: _core.Store, table: str | None) -> dict[str, dict[str, list[Any]]]:
    names = list(TABLES) if table is None else [table]
    filled = {}
    for name, written in zip(names, store.table_rows(names), strict=True):
        rows = [json.loads(row) for row in written]
        filled[name] = {column: [_cell(row.get(column), _TYPE_OF.get(column)) for row in rows] for column in TABLES[name]}
    return filled


def _cell(value: Any, type: str | None) -> Any:
    if type == "truth":
        return value == "yes"
    return value or [] if type == "list" else value


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise Error(f"this needs {name}, which is not installed: pip install {name}", "not_found") from error


def arrow_tables(store: _core.Store, table: str | None) -> Any:
    arrow = _module("pyarrow")
    types = {"integer": arrow.int64(), "real": arrow.float64(), "truth": arrow.bool_(), "list": arrow.list_(arrow.string())}
    made = {}
    for name, columns in _columns(store, table).items():
        schema = arrow.schema([(column, types.get(_TYPE_OF.get(column, ""), arrow.string())) for column in columns])
        made[name] = arrow.table(columns, schema=schema)
    return made if table is None else made[table]


def pandas_tables(store: _core.Store, table: str | None) -> Any:
    pandas = _module("pandas")
    types = {"integer": "Int64", "real": "Float64", "truth": "bool", "list": "object"}
    made = {}
    for name, columns in _columns(store, table).items():
        made[name] = pandas.DataFrame({column: pandas.Series(cells, dtype=types.get(_TYPE_OF.get(column, ""), "string"))
                                       for column, cells in columns.items()})
    return made if table is None else made[table]


def _store_of(records: Iterable[Record]) -> _core.Store:
    store = _core.Store(b":memory:", "create")
    for record in records:
        if record._made is None:
            raise Error("a record that came from JSON has no tables: read its article again, or use a store")
        store.add(record._made)
    return store


@overload
def to_arrow(records: Iterable[Record], table: TableName) -> pyarrow.Table: ...


@overload
def to_arrow(records: Iterable[Record], table: None = None) -> dict[str, pyarrow.Table]: ...


def to_arrow(records: Iterable[Record], table: TableName | None = None) -> Any:
    """Records as one table of docs/export.md, or as all eight by name: what a store of these records gives, so that people are
    joined over articles, the same article counts once, and near-duplicates are `copies`. Needs pyarrow."""
    return arrow_tables(_store_of(records), table)


@overload
def to_pandas(records: Iterable[Record], table: TableName) -> pandas.DataFrame: ...


@overload
def to_pandas(records: Iterable[Record], table: None = None) -> dict[str, pandas.DataFrame]: ...


def to_pandas(records: Iterable[Record], table: TableName | None = None) -> Any:
    """The same as data frames. Needs pandas."""
    return pandas_tables(_store_of(records), table)
