"""A reference in words, for a mail or a footnote: authors, year, title, number, address."""

from __future__ import annotations

from generator.exports.archive import archive_of
from generator.exports.dating import year_of
from generator.exports.record import ExportRecord
from generator.text.cleaning import tidy

#: More authors than these are "et al.": a reference is to be read.
MOST_AUTHORS = 10


def reference(paper: ExportRecord) -> str:
    """One line, each part ended by a full stop unless it ends a sentence itself."""
    entry = paper.entry
    archive = archive_of(entry.ids)
    year = year_of(entry)
    parts = [
        authors(tuple(map(tidy, entry.authors))),
        str(year) if year else "",
        tidy(entry.title),
        archive.number if archive and archive.kind == "arxiv" else "",
    ]
    said = (part if part[-1] in ".?!" else f"{part}." for part in parts if part)
    return " ".join([*said, paper.cited_url])


def authors(names: tuple[str, ...]) -> str:
    """Names as they are read: with commas, and "and" before the last."""
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(names[:MOST_AUTHORS])}, et al."
    if len(names) < 3:  # noqa: PLR2004 - two have no comma
        return " and ".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}"
