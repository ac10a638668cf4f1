"""Reader of CSV: a header, and a line a paper (RFC 4180).

:mod:`generator.sources.columns` says what the columns are. Commas, semicolons or tabs stand between
them, whichever make columns of the header that are known; quoted cells may hold line ends. A row
that has not as many cells as the header is rejected, for nobody can say what stands where.

The digest's own export to CSV is one of these, but its cells are read as
:mod:`generator.exports.spreadsheet` writes them: ``url`` is its page in the digest, and no address
of the paper's, an apostrophe before what a spreadsheet takes for a formula is taken away, and rows
of papers that are not public are rejected. What the curator said is not taken from it: the export
to JSON Lines has that whole (:mod:`generator.sources.own_export`).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.errors import ListingError
from generator.model import LinkKind, Listing
from generator.sources.columns import Row, columns_of, is_table, known_as, tell_unknown
from generator.sources.facts import Facts, Gatherer
from generator.sources.gathering import shown

SOURCE = "list"

_DELIMITERS = (",", ";", "\t")
#: Excel is told the delimiter by a line of its own.
_SEPARATOR = re.compile(r"\s*sep=(?P<delimiter>[,;\t])[ \t]*\n", re.IGNORECASE)
#: No header is longer.
_LONGEST_HEADER = 10_000
#: Columns that only the digest's own export has together.
_OWN = frozenset({"id", "topics", "ids", "links", "appearances"})
#: In Zotero's export, which has this column, the date is that of publication.
_ZOTERO = "abstractnote"
#: What the export puts an apostrophe before; see :mod:`generator.exports.spreadsheet`.
_GUARDED = re.compile(r"'+[=+@\t\r-]")
_PUBLIC = frozenset({("", ""), ("accepted", "false")})
_NOT_PUBLIC = "is not public where it comes from; export it with --format jsonl --all"


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of cells, the line on which it begins, and what is wrong with it."""

    cells: Sequence[str]
    line: int
    fault: str = ""


class Table:
    """CSV with documented columns (see the module)."""

    FORMAT = "CSV with titles and abstracts"

    def recognises(self, text: str) -> bool:
        """Whether the first line heads a table of papers."""
        return _delimiter(text) is not None

    def read(
        self, text: str, file: str, fingerprint: str, today: dt.date, *, partial: bool = False
    ) -> Listing:
        """See :class:`generator.sources.Reader`.

        Raises:
            ListingError: If columns are missing or stand twice, or there is no row.
        """
        gatherer = Gatherer(today, partial=partial)
        header, *rows = _lines(text, _delimiter(text) or ",")
        _check(header, file, partial=partial)
        if not rows:
            raise ListingError(file, "has a header and no row", "add the papers", line=header.line)
        is_own = set(header.cells) >= _OWN
        headings = _headings(header.cells)
        if not is_own:
            tell_unknown(headings, gatherer)
        for row in rows:
            if fault := row.fault or _misfit(row, header):
                gatherer.leave_out(row.line, "", fault)
            elif is_own:
                _take_own(dict(zip(headings, row.cells, strict=False)), row.line, gatherer, partial)
            else:
                pairs = zip(headings, row.cells, strict=False)
                gatherer.add(Row(pairs, row.line, gatherer).facts())
        return gatherer.listing(SOURCE, file, fingerprint, gatherer.the_one_day())


def _delimiter(text: str) -> str | None:
    """What stands between the cells; ``None`` if the first line heads no table of papers."""
    given = _SEPARATOR.match(text)
    start = given.end() if given else len(text) - len(text.lstrip())
    line = text[start : start + _LONGEST_HEADER].split("\n", 1)[0]
    found = {
        delimiter: len(columns_of(headings))
        for delimiter in _DELIMITERS
        if is_table(headings := next(csv.reader([line], delimiter=delimiter), []))
    }
    return max(found, key=lambda delimiter: found[delimiter]) if found else None


def _lines(text: str, delimiter: str) -> Iterator[_Line]:
    """The rows that are not blank, the header first."""
    given = _SEPARATOR.match(text)
    skipped = text[: given.end()].count("\n") if given else 0
    source = io.StringIO(text[given.end() :] if given else text, newline="\n")
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        line = skipped + reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _Line((), line, _fault(error, line, skipped + reader.line_num))
            continue
        if any(cell.strip() for cell in cells):
            # Blank lines are rows to the reader, but for those without a space.
            yield _Line(cells, line)


def _fault(error: csv.Error, first: int, last: int) -> str:
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    return (
        f"no row can be made of {lines} ({error}): a quotation mark is not closed, or one within "
        'a cell is not doubled; write "" for it'
    )


def _headings(cells: Sequence[str]) -> list[str]:
    is_zotero = any(known_as(cell) == _ZOTERO for cell in cells)
    return ["published" if is_zotero and known_as(cell) == "date" else cell for cell in cells]


def _check(header: _Line, file: str, *, partial: bool) -> None:
    """Refuse a table of which nobody can say where its titles and abstracts are.

    Raises:
        ListingError: If it is one.
    """
    names = [known_as(cell) for cell in header.cells]
    for column in ("title", "abstract"):
        if names.count(column) > 1:
            problem = f"the column {column!r} stands twice"
            raise ListingError(file, problem, "rename or remove one", line=header.line)
    if not partial and "abstract" not in columns_of(header.cells):
        raise ListingError(
            file,
            "has no column of abstracts, and no paper goes in without one",
            "add it",
            line=header.line,
        )


def _misfit(row: _Line, header: _Line) -> str:
    """Why the cells of a row cannot be told apart; "" if they can. Blank ones may be too many."""
    found, wanted = len(row.cells), len(header.cells)
    if found == wanted or (found > wanted and not any(map(str.strip, row.cells[wanted:]))):
        return ""
    return f"has {found} cells where the header has {wanted}; put cells with a delimiter in quotes"


def _take_own(cells: dict[str, str], line: int, gatherer: Gatherer, partial: bool) -> None:  # noqa: FBT001
    """A row of the digest's own export."""
    plain = {name: _unguarded(cell) for name, cell in cells.items()}
    if not partial and (plain.get("status", ""), plain.get("hidden", "")) not in _PUBLIC:
        gatherer.leave_out(line, plain.get("title", ""), _NOT_PUBLIC)
        return
    gatherer.add(
        Facts(
            line=line,
            title=plain.get("title", ""),
            abstract=plain.get("abstract", ""),
            authors=tuple(plain.get("authors", "").split("; ")),
            ids=tuple(plain.get("ids", "").split("; ")),
            addresses=tuple(_links(plain.get("links", ""), line, gatherer)),
            published=plain.get("published", ""),
            date=plain.get("date", ""),
        )
    )


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell


def _links(cell: str, line: int, gatherer: Gatherer) -> Iterator[tuple[LinkKind | None, str]]:
    """The links of a cell: ``code: https://…; paper: https://…``."""
    for part in filter(None, cell.split("; ")):
        kind, _, url = part.partition(": ")
        if kind in list(LinkKind):
            yield LinkKind(kind), url
        else:
            gatherer.warn(f"links: {shown(part)!r} does not say of what kind it is; left out", line)
