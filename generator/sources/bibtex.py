"""Reader of BibTeX, and of what biblatex adds to it: bibliographies of any program.

Entries of every type are papers; bibtexparser finds them, also below an entry that is broken, and
that one is rejected. Most bibliographies have no abstracts, and entries without one are rejected.

A day of publication is taken where it is said whole: ``date = {2020-10-02}``, or ``year``,
``month`` and ``day``. A year alone is no date, and neither is a month. Identifiers come from
``eprint``, ``doi`` and ``url``, and from where styles without them put arXiv's number
(``journal = {arXiv preprint arXiv:2010.00904}``). ``code``, ``project``, ``data`` and ``video`` are
addresses of the paper's. The project's own export also says on which day a paper was listed.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import (
    Block,
    DuplicateFieldKeyBlock,
    Entry,
    Field,
    ParsingFailedBlock,
    String,
)

from generator.errors import ListingError
from generator.model import LinkKind, Listing
from generator.sources.bibtex_values import (
    Abbreviations,
    ExpansionError,
    ValueProblem,
    names,
    running,
    verbatim,
)
from generator.sources.facts import Facts, Gatherer
from generator.text import identifiers

SOURCE = "bibtex"

#: The beginning of a block, with so much of what follows that no mention of one is meant.
_BLOCK = re.compile(
    r"^[ \t]*@(?:(?:comment|preamble)[ \t]*[{(]|[a-z]+[ \t]*[{(][^{}(),=\"\n]*(?:[,=}]|\Z))",
    re.IGNORECASE | re.MULTILINE,
)
#: How files of other kinds begin.
_OTHERS = ("{", "[", "<")

#: Where styles without a field for it put arXiv's number.
_ASIDES = ("journal", "journaltitle", "note", "howpublished", "volume", "number")
_ARXIV = re.compile(r"(?:\barxiv:\s*|\barxiv\.org/abs/|^abs/)([\w.-]+(?:/\d+)?)", re.IGNORECASE)
_ADDRESS = re.compile(r"\\url\s*\{.*\}|https?://\S+", re.DOTALL)
_LISTED = re.compile(r"Listed on (\d{4}-\d{2}-\d{2})")
_KINDS = (LinkKind.CODE, LinkKind.PROJECT, LinkKind.DATA, LinkKind.VIDEO)
_KEY = re.compile(r"@\w*\s*[{(]\s*([^\s,{}()=]{1,80})")

# What it logs, the listing says.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


class BibTeX:
    """BibTeX (see the module)."""

    FORMAT = "BibTeX"

    def recognises(self, text: str) -> bool:
        """Whether a block begins at the beginning of a line."""
        return not text.lstrip().startswith(_OTHERS) and bool(_BLOCK.search(text))

    def read(
        self, text: str, file: str, fingerprint: str, today: dt.date, *, partial: bool = False
    ) -> Listing:
        """See :class:`generator.sources.Reader`.

        Raises:
            ListingError: If it has no entry, or abbreviations without end.
        """
        gatherer = Gatherer(today, partial=partial)
        abbreviations = Abbreviations()
        found = False
        for block in map(_unwrapped, parse_string(text, parse_stack=[]).blocks):
            found = found or isinstance(block, (Entry, ParsingFailedBlock))
            try:
                _take(block, abbreviations, gatherer)
            except ExpansionError:
                problem = "abbreviations (@string) stand for more than 2,000,000 characters"
                raise ListingError(file, problem, "write texts out", line=_line(block)) from None
        if not found:
            raise ListingError(file, "has no entry", "export the bibliography again")
        return gatherer.listing(SOURCE, file, fingerprint, gatherer.the_one_day())


def _unwrapped(block: Block) -> Block:
    """A block in which only a key is that of another; two entries may be two papers."""
    while isinstance(block, ParsingFailedBlock) and block.ignore_error_block is not None:
        if isinstance(block, DuplicateFieldKeyBlock):
            break
        block = block.ignore_error_block
    return block


def _line(block: Block) -> int:
    return (block.start_line or 0) + 1


def _take(block: Block, abbreviations: Abbreviations, gatherer: Gatherer) -> None:
    match block:
        case String():
            try:
                abbreviations.define(block.key, block.value)
            except ValueProblem as problem:
                gatherer.warn(f"@string {block.key[:40]!a}: {problem}", _line(block))
        case DuplicateFieldKeyBlock(ignore_error_block=Entry() as entry):
            twice = ", ".join(sorted(block.duplicate_keys))[:80]
            gatherer.warn(f"stands twice in {entry.key!r}: {twice}; the first counts", _line(block))
            _Entry(entry, abbreviations, gatherer).take()
        case Entry():
            _Entry(block, abbreviations, gatherer).take()
        case ParsingFailedBlock():
            found = _KEY.match(block.raw or "")
            reason = f"cannot be read as BibTeX: {_why(block)}; mend the entry"
            gatherer.leave_out(_line(block), found[1] if found else "", reason)


def _why(block: ParsingFailedBlock) -> str:
    """What bibtexparser says; it names no end of the file that it came to."""
    why = getattr(block.error, "abort_reason", "") or str(block.error)
    return " ".join(why.split()).rstrip(".") or "a comma, a brace or an equals sign is missing"


class _Entry:
    """One entry, and what it says by its fields."""

    def __init__(self, entry: Entry, abbreviations: Abbreviations, gatherer: Gatherer) -> None:
        self._line = _line(entry)
        self._key = entry.key
        self._abbreviations, self._gatherer = abbreviations, gatherer
        self._fields: Mapping[str, Field] = {
            field.key.lower(): field for field in reversed(entry.fields)
        }

    def take(self) -> None:
        """Take it in, or reject it."""
        title, abstract = running(self._text("title")), running(self._text("abstract"))
        if not title.strip():
            self._gatherer.leave_out(self._line, self._key, "has no title that can be read")
            return
        self._gatherer.add(
            Facts(
                line=self._line,
                title=title,
                abstract=abstract,
                authors=tuple(names(self._text("author"))),
                ids=tuple(self._ids()),
                addresses=tuple(self._addresses()),
                published=self._published(),
                date=self._listed(),
            )
        )

    def _text(self, name: str) -> str:
        """A field, abbreviations written out; "" if it is not there or cannot be read."""
        if name not in self._fields:
            return ""
        field = self._fields[name]
        try:
            return self._abbreviations.text(str(field.value))
        except ValueProblem as problem:
            self._gatherer.warn(f"{name}: {problem}", field.start_line + 1)
            return ""

    def _ids(self) -> Iterator[str]:
        archive = (self._text("archiveprefix") or self._text("eprinttype")).strip().lower()
        if archive in {"", "arxiv"}:
            eprint = verbatim(self._text("eprint"))
            if archive or identifiers.parse(eprint, "arxiv"):
                yield eprint
        for name in ("arxiv", "arxivid", "doi", "acl"):
            yield verbatim(self._text(name))
        if arxiv := self._aside():
            yield arxiv

    def _aside(self) -> str | None:
        """The number at arXiv where it is only mentioned, unless a field of its own has it."""
        if self._fields.keys() & {"eprint", "arxiv", "arxivid"}:
            return None
        mentions = (_ARXIV.search(self._text(name)) for name in _ASIDES)
        return next(
            (found[1] for found in mentions if found and identifiers.parse(found[1], "arxiv")), None
        )

    def _addresses(self) -> Iterator[tuple[LinkKind | None, str]]:
        if "url" in self._fields:
            url = verbatim(self._text("url"))
            # The project's own export names the paper's page in the digest for want of another.
            if not (self._listed() and url.endswith(f"/papers/{self._key}/")):
                yield None, url
        elif found := _ADDRESS.search(self._text("howpublished")):
            yield None, verbatim(found[0])
        for kind in _KINDS:
            yield kind, verbatim(self._text(kind.value))

    def _published(self) -> str:
        """The day of publication as it is written; "" if it is not said whole."""
        if date := verbatim(self._text("date")):
            return date.split("/")[0]
        year, month, day = (verbatim(self._text(name)) for name in ("year", "month", "day"))
        if not day and (found := _in_month(month)):
            month, day = found
        if not (year and month and day):
            return ""
        return f"{year}-{month:0>2}-{day:0>2}" if month.isdigit() else f"{day} {month} {year}"

    def _listed(self) -> str:
        found = _LISTED.fullmatch(self._text("note"))
        return found[1] if found else ""


def _in_month(month: str) -> tuple[str, str] | None:
    """The day where styles without a field for it put it: ``oct # "~2"``."""
    parts = re.findall(r"\d+|[a-z]+", month.lower())
    return (parts[0], parts[1]) if len(parts) == 2 and parts[1].isdigit() else None  # noqa: PLR2004
