"""BibTeX: an entry a paper, for BibTeX and Biber alike.

Written here: the writers of pybtex and bibtexparser leave the escaping to their callers, and what
is left then is the six lines of :func:`_entry`. The tests read the result with bibtexparser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.exports.latex import latex
from generator.exports.record import ExportRecord
from generator.text.cleaning import tidy

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# BibTeX would take a name with a comma for "last, first" and with "and" for two, and "others" for
# "et al.". One comma may mean just that, unless what follows it is no first name.
_ONE_NAME = re.compile(r"(?i)\band\b|,.*,|,\s*(?:jr|sr|[ivx]+|inc|ltd|llc|ph\.?d)\.?$|^others$")


def write(papers: Sequence[ExportRecord]) -> str:
    """All entries, with an empty line between them."""
    keys: set[str] = set()
    return "\n".join(_entry(_key(paper.entry.slug, keys), paper) for paper in papers)


def _entry(key: str, paper: ExportRecord) -> str:
    # @misc: where the paper was printed, which other types ask for, is not known.
    lines = (f"  {name} = {value}," for name, value in _fields(paper))
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def _fields(paper: ExportRecord) -> Iterator[tuple[str, str]]:
    """Names and values, braces included."""
    entry = paper.entry
    # The inner braces keep the title's capitals.
    yield "title", f"{{{{{latex(entry.title)}}}}}"
    if entry.authors:
        yield "author", f"{{{' and '.join(map(_author, entry.authors))}}}"
    if entry.published:
        yield "year", f"{{{entry.published.year}}}"
        yield "month", _MONTHS[entry.published.month - 1]
    if arxiv := entry.ids.get("arxiv"):
        yield "eprint", f"{{{_verbatim(arxiv)}}}"
        yield "archivePrefix", "{arXiv}"
    if doi := entry.ids.get("doi"):
        yield "doi", f"{{{_verbatim(doi)}}}"
    yield "url", f"{{{_verbatim(paper.cited_url)}}}"
    yield "abstract", f"{{{latex(entry.abstract)}}}"
    if entry.topics:
        yield "keywords", f"{{{', '.join(tag.topic.id for tag in entry.topics)}}}"
    # The listing's day is no date of publication.
    yield "note", f"{{Listed on {entry.date.isoformat()}}}"
    if entry.note:
        yield "annote", f"{{{latex(entry.note)}}}"


def _author(name: str) -> str:
    return f"{{{latex(name)}}}" if _ONE_NAME.search(name) else latex(name)


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
