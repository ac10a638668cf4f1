"""RIS, the tagged lines that reference managers read.

Written here because rispy's writer puts a value into a line as it is: one with a line break, or
with none to end its record, would become tags of its own. The tests read the result with rispy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.exports.archive import archive_of
from generator.exports.dating import year_of
from generator.exports.record import ExportRecord
from generator.text.cleaning import tidy


def write(papers: Sequence[ExportRecord]) -> str:
    """Records of type ``GEN``: whether and where a paper was printed is not known."""
    return "".join(_record(_tags(paper)) for paper in papers)


def cite(paper: ExportRecord) -> str:
    """One record with what a list of references needs, and nothing of the digest's own.

    Names stay in one piece, as listings give them: programs that read RIS take them apart.
    """
    return _record(_cited(paper))


def _record(tags: Iterable[tuple[str, str]]) -> str:
    lines = (f"{tag}  - {value}" for tag, text in tags if (value := tidy(text)))
    return "\r\n".join(["TY  - GEN", *lines, "ER  - ", "", ""])


def _tags(paper: ExportRecord) -> Iterator[tuple[str, str]]:
    entry = paper.entry
    yield "ID", entry.slug
    yield "TI", entry.title
    for author in entry.authors:
        yield "AU", author
    if entry.published:
        yield "PY", str(entry.published.year)
        yield "DA", f"{entry.published:%Y/%m/%d}"
    yield "AB", entry.abstract
    for tag in entry.topics:
        yield "KW", tag.topic.title
    yield "DO", entry.ids.get("doi", "")
    if arxiv := entry.ids.get("arxiv"):
        yield "AN", f"arXiv:{arxiv}"
    yield "UR", paper.cited_url
    yield "N1", f"Listed on {entry.date.isoformat()}"
    yield "N1", entry.note or ""


def _cited(paper: ExportRecord) -> Iterator[tuple[str, str]]:
    entry = paper.entry
    yield "ID", entry.slug
    yield "TI", entry.title
    for author in entry.authors:
        yield "AU", author
    if year := year_of(entry):
        yield "PY", str(year)
    if entry.published:
        yield "DA", f"{entry.published:%Y/%m/%d}"
    yield "DO", entry.ids.get("doi", "")
    if archive := archive_of(entry.ids):
        yield "DB", archive.name
        yield "AN", archive.number
    yield "UR", paper.cited_url
