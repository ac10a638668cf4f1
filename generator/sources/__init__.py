"""Readers of listings: bytes in, :class:`~generator.model.Listing` out, and nothing else touched.

One module a format. A format is recognised by what a file says, never by its name. To add one,
write a module with a :class:`Reader` and put it into :data:`READERS`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import Protocol

from generator.errors import ListingError
from generator.model import Listing, SourceRecord
from generator.sources import (
    anthology,
    arxiv_atom,
    arxiv_feed,
    bibtex,
    hf_daily,
    json_lines,
    own_export,
    saved_page,
    table,
)
from generator.sources.decoding import decode, refuse_html
from generator.text.cleaning import tidy


class Reader(Protocol):
    """One format of listings."""

    #: The format, as a message names it.
    FORMAT: str

    def recognises(self, text: str) -> bool:
        """Whether ``text`` is of this format, going by what it says."""

    def read(
        self, text: str, file: str, fingerprint: str, today: dt.date, *, partial: bool = False
    ) -> Listing:
        r"""Read ``text``.

        Args:
            text: The whole listing, line ends as ``\n``, without a byte-order mark.
            file: Its name, for messages.
            fingerprint: Its content's name.
            today: The day against which a date without a year is resolved.
            partial: Whether facts about papers are wanted, and no papers: records without an
                abstract are then given too, their abstract "".

        Raises:
            ListingError: If it cannot be read with certainty.
        """


#: In the order in which they are asked; a saved page may hold a line that looks like BibTeX.
READERS: tuple[Reader, ...] = (
    saved_page.SavedPage(),
    hf_daily.HFDaily(),
    arxiv_atom.ArxivAtom(),
    arxiv_feed.ArxivFeed(),
    anthology.Anthology(),
    own_export.OwnExport(),
    json_lines.JsonLines(),
    table.Table(),
    bibtex.BibTeX(),
)


def read(data: bytes, file: str, today: dt.date, *, partial: bool = False) -> Listing:
    """Read a listing of whatever known format.

    Args:
        data: The file's bytes.
        file: Its name, for messages and the record.
        today: The day of ingestion.
        partial: Whether facts about papers are wanted, and no papers (:class:`Reader`).

    Raises:
        ListingError: If the file is empty, not text, of no known format, or not certain.
    """
    text, cut = decode(data, file)
    refuse_html(text, file)
    reader = next((reader for reader in READERS if reader.recognises(text)), None)
    if reader is None:
        first = next(line.strip() for line in text.splitlines() if line.strip())
        known = ", ".join(reader.FORMAT for reader in READERS)
        raise ListingError(
            file,
            f"not a listing of a known kind: it begins with {first[:60]!r}",
            f"known kinds: {known}",
            line=1,
        )
    listing = reader.read(text, file, fingerprint(text), today, partial=partial)
    if cut and not listing.warnings:
        return replace(
            listing, warnings=("it ends within a character: the last record may be cut",)
        )
    return listing


def by_day(listing: Listing) -> tuple[Listing, ...]:
    """A listing whose records are of several days, as a listing a day; any other as it is.

    What was rejected stays with the first day. A day's part is known by the whole listing's
    fingerprint and the day, so that taking in the file again finds all of them.
    """
    days = sorted({_day_of(record, listing) for record in listing.records})
    if len(days) <= 1:
        return (replace(listing, date=listing.date or _known(next(iter(days), _UNKNOWN))),)
    return tuple(_part(listing, day, is_first=day == days[0]) for day in days)


#: Comes before all days that a listing can be of.
_UNKNOWN = dt.date.min


def _day_of(record: SourceRecord, listing: Listing) -> dt.date:
    return record.date or listing.date or _UNKNOWN


def _known(day: dt.date) -> dt.date | None:
    return None if day == _UNKNOWN else day


def _part(listing: Listing, day: dt.date, *, is_first: bool) -> Listing:
    name = f"{listing.fingerprint} {day.isoformat()}"
    return replace(
        listing,
        fingerprint=hashlib.sha256(name.encode()).hexdigest(),
        records=tuple(each for each in listing.records if _day_of(each, listing) == day),
        date=_known(day),
        warnings=listing.warnings if is_first else (),
        rejected=listing.rejected if is_first else (),
        total=None,
    )


def fingerprint(text: str) -> str:
    """The content's name: the same whatever line ends, blank lines and odd spaces there are."""
    lines = (tidy(line) for line in text.split("\n"))
    return hashlib.sha256("\n".join(filter(None, lines)).encode()).hexdigest()
