"""The columns of a table of papers, whatever holds it: CSV or JSON Lines.

============= ==================================================================================
column        what stands in it
============= ==================================================================================
``title``     the title; required
``abstract``  the abstract; required
``authors``   names with ``;`` between them (in JSON also a list), each ``Ada Lovelace`` or
              ``Lovelace, Ada``
``date``      the day on which the list showed the paper
``published`` the day on which it was published; a year or a month alone is no day: left out
``arxiv``     its number at arXiv, with or without ``arXiv:`` and version, or as an address
``doi``       its DOI, with or without ``https://doi.org/``
``acl``       its name in the ACL Anthology (``2020.acl-main.1``)
``url``       where it is; an address of arXiv, a DOI or the Anthology becomes an identifier
``code``      addresses of its code, with white space or ``;`` between them; likewise
              ``project``, ``data`` and ``video``
``votes``     how many readers had voted for it
``from``      where the file has it from (``API``, ``bibliographies``)
``seen``      how many entries there said so: how sure the file is of it
============= ==================================================================================

Letter case and order of columns do not matter, and names that are in use elsewhere are understood
(:data:`ALIASES`), among them those of Zotero's CSV and of arXiv's metadata in JSON. Days are
written ``2026-08-19``, ``19 August 2026`` or with a time, which counts in UTC. Columns of other
names are told once and not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from generator.model import LinkKind
from generator.sources.facts import Facts, Gatherer
from generator.sources.gathering import shown
from generator.sources.notes import note
from generator.text import identifiers

#: The names of every column, as :func:`known_as` compares them; of several the first here counts.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "paper title"),
    "abstract": ("abstract", "summary", "abstract note", "paper abstract"),
    "authors": ("authors parsed", "authors", "author", "author names", "creators"),
    "date": ("date", "day", "listed", "listed on"),
    "published": ("published", "publication date", "published at", "date published"),
    "arxiv": ("arxiv", "arxiv id", "eprint"),
    "doi": ("doi",),
    "acl": ("acl", "acl id", "anthology id"),
    "url": ("url", "link", "paper url", "paper link", "pdf", "pdf url", "abs url"),
    "code": ("code", "code url", "code link", "github", "github url", "github repo", "repository"),
    "project": ("project", "project page", "project url", "website", "homepage", "demo"),
    "data": ("data", "dataset", "datasets", "data url"),
    "video": ("video", "video url"),
    "votes": ("votes", "upvotes", "likes"),
    "from": ("from", "provenance"),
    "seen": ("seen",),
    #: The number of a row, often, or an identifier: taken if it is one.
    "id": ("id", "paper id"),
    #: Known, and nothing to be had from them: numbers of rows, and less than a day.
    "": ("", "unnamed 0", "index", "no", "year", "month", "publication year"),
}

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def known_as(heading: str) -> str:
    """A heading without letter case, spaces and signs: ``arXiv ID`` and ``arxiv_id`` are one."""
    return _BETWEEN_WORDS.sub("", heading).casefold()


#: By its name, which column is meant, and which place the name has among those of the column.
_BY_NAME = {
    known_as(name): (column, rank)
    for column, known in ALIASES.items()
    for rank, name in enumerate(known)
}

#: What says something of a paper's record, and nothing of a paper.
_ASIDE = frozenset({"id", "from", "seen"})

_SUFFIX = re.compile(r"(?:jr|sr|[ivx]+|inc|ltd|llc|gmbh|ph\.?d|m\.?d)\.?", re.IGNORECASE)
#: How names follow on each other where no semicolon parts them.
_AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+")
_BETWEEN = re.compile(r"\s*;\s*|\s+")
_MOST_DIGITS = 9
_MOST_NAMED = 8


def column_of(heading: str) -> str | None:
    """The column that a heading means; ``None`` if none is known by it."""
    return _BY_NAME.get(known_as(heading), (None, 0))[0]


def columns_of(headings: Iterable[str]) -> frozenset[str]:
    """The columns that some headings mean."""
    return frozenset(filter(None, map(column_of, headings)))


def is_table(headings: Iterable[str]) -> bool:
    """Whether they head a table of papers: a title, and an abstract or another fact."""
    found = columns_of(headings) - _ASIDE
    return "title" in found and len(found) > 1


def tell_unknown(headings: Iterable[str], gatherer: Gatherer) -> None:
    """Tell once which columns are not read."""
    unknown = [repr(shown(each)) for each in dict.fromkeys(headings) if column_of(each) is None]
    if unknown:
        more = f" and {len(unknown) - _MOST_NAMED} more" if len(unknown) > _MOST_NAMED else ""
        gatherer.warn(
            f"not read, for nothing is known of them: {', '.join(unknown[:_MOST_NAMED])}{more}"
        )


class Row:
    """One paper of a table.

    Args:
        cells: Texts, or lists of texts, by their headings.
        line: Where it begins.
        gatherer: What is wrong with it is told there.
    """

    def __init__(self, cells: Iterable[tuple[str, object]], line: int, gatherer: Gatherer) -> None:
        self._line, self._gatherer = line, gatherer
        self._cells: dict[str, list[object]] = {}
        for heading, cell in sorted(cells, key=lambda pair: _rank(pair[0])):
            if cell not in (None, "", []) and (column := column_of(heading)):
                self._cells.setdefault(column, []).append(cell)

    def facts(self) -> Facts:
        """What it says."""
        return Facts(
            line=self._line,
            title=self._text("title"),
            abstract=self._text("abstract"),
            authors=tuple(self._names()),
            ids=tuple(self._ids()),
            addresses=tuple(self._addresses()),
            published=self._text("published"),
            date=self._text("date"),
            votes=self._number("votes"),
            note=note(self._text("from"), self._number("seen")) or None,
        )

    def _text(self, column: str) -> str:
        """The first cell of a column that has something in it."""
        return next((text for text in self._texts(column) if text.strip()), "")

    def _texts(self, column: str) -> list[str]:
        found = []
        for cell in self._cells.get(column, []):
            for part in cell if isinstance(cell, list) else [cell]:
                if isinstance(part, str):
                    found.append(part)
                else:
                    self._tell(column, part)
        return found

    def _tell(self, column: str, value: object) -> None:
        remedy = "left out; write it as text, in quotes"
        self._gatherer.warn(f"{column}: {ascii(value)[:60]} is no text; {remedy}", self._line)

    def _names(self) -> Iterable[str]:
        cells = self._cells.get("authors", [])
        for part in cells[0] if cells and isinstance(cells[0], list) else cells[:1]:
            if isinstance(part, str):
                yield from names_in(part) if part is cells[0] else (in_order(part),)
            elif name := _name_of(part):
                yield name
            else:
                self._tell("authors", part)

    def _ids(self) -> Iterable[str]:
        for column in ("arxiv", "doi", "acl"):
            yield from self._texts(column)
        for cell in self._cells.get("id", []):
            if isinstance(cell, str) and identifiers.parse(cell):
                yield cell

    def _addresses(self) -> Iterable[tuple[LinkKind | None, str]]:
        for text in self._texts("url"):
            yield None, text
        for kind in (LinkKind.CODE, LinkKind.PROJECT, LinkKind.DATA, LinkKind.VIDEO):
            for text in self._texts(kind.value):
                for address in _BETWEEN.split(text.strip()):
                    yield kind, address

    def _number(self, column: str) -> int | None:
        for cell in self._cells.get(column, []):
            text = str(cell).strip()
            if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
                return int(text)
            self._gatherer.warn(f"{column}: {shown(text)!r} is no number; left out", self._line)
        return None


def _rank(heading: str) -> int:
    """The place of a heading among those of its column."""
    return _BY_NAME.get(known_as(heading), (None, 0))[1]


def names_in(text: str) -> Sequence[str]:
    """The names of a cell.

    Semicolons part names. Without them commas and ``and`` do, if whole names stand between them
    (``Ada Lovelace, Alan Turing``); else it is one name (``Lovelace, Ada``).
    """
    if ";" in text:
        return [in_order(name) for name in text.split(";")]
    parts = _AND.split(text.strip())
    if all(" " in part.strip() for part in parts):
        return parts
    return [in_order(name) for name in re.split(r"\s+and\s+", text)]


def in_order(name: str) -> str:
    """``Lovelace, Ada`` as ``Ada Lovelace``; what is no such name stays as it is."""
    last, comma, first = (part.strip() for part in name.partition(","))
    if comma and first and "," not in first and not _SUFFIX.fullmatch(first):
        return f"{first} {last}"
    return name.strip()


def _name_of(value: object) -> str:
    """A name that JSON has in parts; "" if it is none."""
    if isinstance(value, dict):
        whole = value.get("name") or value.get("full_name") or value.get("fullname")
        first = value.get("first") or value.get("given") or value.get("first_name")
        last = value.get("last") or value.get("family") or value.get("last_name")
        parts = [whole] if whole else [first, last]
    elif isinstance(value, list) and len(value) > 1:
        # arXiv's metadata: last name, first names, suffix, and perhaps affiliations.
        parts = [value[1], value[0], *value[2:3]]
    else:
        return ""
    return " ".join(part.strip() for part in parts if isinstance(part, str) and part.strip())
