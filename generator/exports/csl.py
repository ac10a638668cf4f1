"""CSL-JSON, which citation processors read (citeproc, Pandoc, Zotero): CSL 1.0.2's ``csl-data``.

A preprint has the type that CSL 1.0.2 has for it, ``article``; anything else is a ``document``, for
whether it is a chapter, an article or a talk is not known.
"""

from __future__ import annotations

from typing import Any

from generator.digest import Entry
from generator.exports.archive import archive_of
from generator.exports.dating import year_of
from generator.exports.names import parts_of
from generator.exports.plain import encoded, lasting
from generator.exports.record import ExportRecord
from generator.text.cleaning import tidy


def cite(paper: ExportRecord) -> str:
    """An array, which the format asks for even of one item; a field a line, to be read."""
    lines = (f'    "{name}": {encoded(value)}' for name, value in item(paper).items())
    return lasting("[\n  {\n" + ",\n".join(lines) + "\n  }\n]\n")


def item(paper: ExportRecord) -> dict[str, Any]:
    """A paper as CSL knows it; what is not known is left out."""
    entry = paper.entry
    archive = archive_of(entry.ids)
    is_preprint = archive is not None and archive.kind == "arxiv"
    fields = {
        "id": entry.slug,
        "type": "article" if is_preprint else "document",
        "title": tidy(entry.title),
        "author": [_name(tidy(author)) for author in entry.authors],
        "issued": _issued(entry),
        "publisher": archive.name if is_preprint and archive else None,
        "number": archive.number if is_preprint and archive else None,
        "archive": None if is_preprint or not archive else archive.name,
        "archive_location": None if is_preprint or not archive else archive.number,
        "DOI": entry.ids.get("doi"),
        "URL": paper.cited_url,
    }
    return {name: value for name, value in fields.items() if value}


def _name(author: str) -> dict[str, str]:
    name = parts_of(author)
    if not (name.family and (name.given or name.particle)):
        return {"literal": author}
    fields = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
    }
    return {part: value for part, value in fields.items() if value}


def _issued(entry: Entry) -> dict[str, list[list[int]]] | None:
    if day := entry.published:
        return {"date-parts": [[day.year, day.month, day.day]]}
    year = year_of(entry)
    return {"date-parts": [[year]]} if year else None
