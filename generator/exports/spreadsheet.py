r"""CSV (RFC 4180): header, CRLF, UTF-8, and no cell that a spreadsheet would run.

Lists stand in one cell, their parts joined by ``; ``. An identifier is ``kind:value``, a link
``kind: address``, an appearance ``date source file``. That is for people to read; programs read
JSON.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a carriage return
for a formula, and a title from the web could so read or send away what its reader has open (OWASP,
"CSV injection"). Such a cell gets an apostrophe in front: spreadsheets then take it for text. The
rule can be undone without loss: a cell that had apostrophes before such a sign gets one more, so
that a program takes one away from every cell that matches ``'+[=+@\t\r-]``.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.exports.record import ExportRecord, fields

_FORMULA = re.compile(r"'*[=+@\t\r-]")
_SURROGATE = re.compile("[\ud800-\udfff]")

_COLUMNS = (
    "id",
    "title",
    "abstract",
    "topics",
    "date",
    "url",
    "authors",
    "ids",
    "links",
    "appearances",
    "pick",
    "note",
)
_ALL_COLUMNS = (*_COLUMNS, "published", "status", "hidden")


def write(papers: Sequence[ExportRecord]) -> str:
    """A table with a line a paper; the curator's columns only if the records have them."""
    columns = _ALL_COLUMNS if any(paper.paper for paper in papers) else _COLUMNS
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(columns)
    for paper in papers:
        values = fields(paper)
        writer.writerow(_guarded(_cell(name, values[name])) for name in columns)
    return table.getvalue()


def _cell(name: str, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Mapping():
            return "; ".join(f"{kind}:{each}" for kind, each in value.items())
        case list():
            return "; ".join(_part(name, part) for part in value)
        case _:
            return str(value)


def _part(name: str, part: Any) -> str:
    match name:
        case "links":
            return f"{part['kind']}: {part['url']}"
        case "appearances":
            return f"{part['date']} {part['source']} {part['file']}"
        case _:
            return str(part)


def _guarded(cell: str) -> str:
    """``cell`` so that it is text for a spreadsheet, and can be written as UTF-8."""
    cell = _SURROGATE.sub("", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell
