"""What readers of structured listings share: fields as they are found, records and reasons out.

A listing of many records is not refused for one of them. A record without what the library needs is
rejected with the reason; a field that is there and makes no sense is left out with a warning. Where
facts about papers are wanted, a record without an abstract is one: then it is taken.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.model import Link, Listing, Rejected, SourceRecord
from generator.sources.days import DayError
from generator.sources.moments import day_in_utc, day_written
from generator.storage.papers import is_web_address
from generator.text.cleaning import clean, tidy
from generator.text.identifiers import parse
from generator.text.links import unique

#: Warnings that are told one by one; of the rest the number.
MOST_WARNINGS = 20
_SHOWN = 80

#: What stands for an abstract where there is none. Only the whole text counts.
_PLACEHOLDER = re.compile(
    r"[\W_]*+(?:n ?/? ?a|nan|null|nil|none|tb[ad]|todo|unknown|missing|abstract"
    r"|(?:there is )?no abstract(?: (?:is )?(?:available|provided|given|found))?"
    r"|abstract (?:is )?(?:not |un)(?:available|provided|given|found))?[\W_]*+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A paper as a listing writes it: nothing cleaned up, nothing believed.

    ``position`` tells where it stands if its line does not (``entry 3``).
    """

    title: str
    abstract: str
    line: int
    position: str = ""
    authors: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    published: str = ""
    links: tuple[Link, ...] = ()
    date: str = ""
    votes: int | None = None
    note: str | None = None


class Gathering:
    """Collects what becomes of the records of one listing.

    Args:
        partial: Whether records without an abstract are wanted too, their abstract "".
    """

    def __init__(self, *, partial: bool = False) -> None:
        self.partial = partial
        self.records: list[SourceRecord] = []
        self.rejected: list[Rejected] = []
        self._warnings: list[str] = []

    def take(self, found: Found) -> None:
        """Make a record of what was found, or say why it is none."""
        title, abstract = clean(found.title), clean(found.abstract)
        if not title:
            self.reject(found, "no title")
        elif is_said(abstract):
            self.records.append(self._record(found, title, abstract))
        elif self.partial:
            self.records.append(self._record(found, title, ""))
        else:
            said = f"only {shown(abstract)!r} for an abstract" if abstract else "no abstract"
            self.reject(found, f"{said}: the library needs one; add it")

    def reject(self, found: Found, reason: str, *, is_fault: bool = True) -> None:
        """Leave a record out of the library, and say why."""
        where = f" ({found.position})" if found.position else ""
        title = clean(found.title)
        self.rejected.append(Rejected(found.line, title, f"{reason}{where}", is_fault))

    def warn(self, warning: str, line: int | None = None) -> None:
        """Say what was left out or is odd."""
        self._warnings.append(warning if line is None else f"line {line}: {warning}")

    def day(
        self, text: str, line: int, find: Callable[[str], dt.date] = day_written
    ) -> dt.date | None:
        """A day, or ``None``, with a warning if the text is not empty and no day."""
        if not text:
            return None
        try:
            return find(text)
        except DayError as error:
            self.warn(f"{error}; left out", line)
            return None

    def listing(
        self,
        source: str,
        file: str,
        fingerprint: str,
        date: dt.date | None = None,
        total: int | None = None,
    ) -> Listing:
        """All of it."""
        return Listing(
            source=source,
            file=file,
            fingerprint=fingerprint,
            records=tuple(self.records),
            date=date,
            warnings=tuple(self._told()),
            rejected=tuple(self.rejected),
            total=total,
        )

    def the_one_day(self) -> dt.date | None:
        """The day on which all records were shown, if it is one."""
        days = {record.date for record in self.records}
        return days.pop() if len(days) == 1 else None

    def _record(self, found: Found, title: str, abstract: str) -> SourceRecord:
        return SourceRecord(
            title=title,
            abstract=abstract,
            line=found.line,
            authors=tuple(filter(None, map(tidy, found.authors))),
            ids=self._ids(found),
            published=self.day(found.published, found.line, day_in_utc),
            links=unique(self._links(found)),
            date=self.day(found.date, found.line),
            votes=found.votes,
            note=found.note,
        )

    def _ids(self, found: Found) -> dict[str, str]:
        """Identifiers by their kinds; the first of each kind counts."""
        ids: dict[str, str] = {}
        for text in filter(None, map(tidy, found.ids)):
            if identifier := parse(text):
                ids.setdefault(identifier.kind, identifier.value)
            else:
                self.warn(f"{shown(text)!r} is no identifier; left out", found.line)
        return ids

    def _links(self, found: Found) -> Iterator[Link]:
        for link in found.links:
            if is_web_address(url := tidy(link.url)):
                yield Link(link.kind, url)
            else:
                self.warn(f"{shown(url)!r} is no web address; left out", found.line)

    def _told(self) -> Iterator[str]:
        yield from self._warnings[:MOST_WARNINGS]
        if more := self._warnings[MOST_WARNINGS:]:
            yield f"and {len(more)} more"


def is_said(abstract: str) -> bool:
    """Whether a text that stands for an abstract is one, and not ``N/A`` or nothing."""
    return _PLACEHOLDER.fullmatch(abstract) is None


def shown(text: str) -> str:
    """The beginning of a text, for a message."""
    text = tidy(text[: 4 * _SHOWN])
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
