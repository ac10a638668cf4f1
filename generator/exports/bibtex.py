"""BibTeX: an entry a paper, for BibTeX and Biber alike.

Written here: the writers of pybtex and bibtexparser leave the escaping to their callers, and what
is left then is the few lines of :func:`_entry`. The tests read the result with bibtexparser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.exports.dating import year_of
from generator.exports.latex import latex
from generator.exports.names import is_whole
from generator.exports.record import ExportRecord
from generator.text.cleaning import tidy

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def write(papers: Sequence[ExportRecord]) -> str:
    """All entries, with an empty line between them."""
    keys: set[str] = set()
    return "\n".join(_entry(_key(paper.entry.slug, keys), _fields(paper)) for paper in papers)


def cite(paper: ExportRecord) -> str:
    """One entry with what a list of references needs, and nothing of the digest's own.

    An arXiv paper has the fields that arXiv asks for ("BibTeX and arXiv": ``eprint`` and
    ``archivePrefix`` in ``@misc``), less ``primaryClass``, which no listing gives.
    """
    return _entry(_key(paper.entry.slug, set()), _work(paper, year_of(paper.entry)))


def _entry(key: str, fields: Iterable[tuple[str, str]]) -> str:
    # @misc: where the paper was printed, which other types ask for, is not known.
    lines = (f"  {name} = {value}," for name, value in fields)
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def _fields(paper: ExportRecord) -> Iterator[tuple[str, str]]:
    """Names and values, braces included."""
    entry = paper.entry
    yield from _work(paper, entry.published.year if entry.published else None)
    yield "abstract", f"{{{latex(entry.abstract)}}}"
    if entry.topics:
        yield "keywords", f"{{{', '.join(tag.topic.id for tag in entry.topics)}}}"
    # The listing's day is no date of publication.
    yield "note", f"{{Listed on {entry.date.isoformat()}}}"
    if entry.note:
        yield "annote", f"{{{latex(entry.note)}}}"


def _work(paper: ExportRecord, year: int | None) -> Iterator[tuple[str, str]]:
    """What is known of the paper itself."""
    entry = paper.entry
    # The inner braces keep the title's capitals.
    yield "title", f"{{{{{latex(entry.title)}}}}}"
    if entry.authors:
        yield "author", f"{{{' and '.join(map(_author, entry.authors))}}}"
    if year:
        yield "year", f"{{{year}}}"
    if entry.published:
        yield "month", _MONTHS[entry.published.month - 1]
    if arxiv := entry.ids.get("arxiv"):
        yield "eprint", f"{{{_verbatim(arxiv)}}}"
        yield "archivePrefix", "{arXiv}"
    if doi := entry.ids.get("doi"):
        yield "doi", f"{{{_verbatim(doi)}}}"
    yield "url", f"{{{_verbatim(paper.cited_url)}}}"


def _author(name: str) -> str:
    return f"{{{latex(name)}}}" if is_whole(name) else latex(name)


def _verbatim(address: str) -> str:
    """An identifier or address, which LaTeX prints as it is: braces and spaces percent-encoded."""
    return re.sub(r"[ {}\\]", lambda match: f"%{ord(match[0]):02X}", tidy(address))


def _key(slug: str, taken: set[str]) -> str:
    """A key that BibTeX accepts and no other entry has (it does not tell case apart)."""
    base = re.sub(r"[^A-Za-z0-9_.:-]+", "-", slug) or "paper"
    key, number = base, 1
    while key.lower() in taken:
        number += 1
        key = f"{base}-{number}"
    taken.add(key.lower())
    return key
