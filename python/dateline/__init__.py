"""Dateline reads dated news and keeps the record: who did what, when, and who says so.

    import dateline
    reader = dateline.Reader()
    record = reader("Ann Lee met Bo Chen on Monday.", published="2023-05-03")
    for line in record.timeline:
        print(line.interval, line.text)

Offsets are code points: `record.text[span.begin:span.end]` is what the article says there. docs/python.md is the tutorial,
docs/record.md tells what is in a record."""

from dateline._core import version as _version
from dateline._error import Error, InputWarning
from dateline._parts import (Attribution, Block, DateCandidate, Document, Entity, Event, EventTime, Interval, Line, Mention,
                             Page, Participant, Relation, Span, Time)
from dateline._reader import Reader
from dateline._record import Record
from dateline._store import Added, Store, Tally
from dateline._tables import TABLES, to_arrow, to_pandas

__version__ = _version()

__all__ = [
    "Added", "Attribution", "Block", "DateCandidate", "Document", "Entity", "Error", "Event", "EventTime", "InputWarning",
    "Interval", "Line", "Mention", "Page", "Participant", "Reader", "Record", "Relation", "Span", "Store", "TABLES", "Tally",
    "Time", "to_arrow", "to_pandas"]
