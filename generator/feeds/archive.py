"""Where papers are that a feed has no room for: pages that stay as they are (RFC 5005, chapter 4).

Pages are filled from the oldest paper on. One has whole days, as many as make
:data:`~generator.feeds.channel.PAPERS`, and none goes beyond a month, so that a paper that comes to
an older day changes the pages of its month alone. A day is put away once there is a later one, for
more may be listed on it; only of a day with more papers than any feed can hold, parts are.

What is not on a page yet is in the feed itself, so that no paper is in neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.digest import Entry
from generator.feeds import channel
from generator.feeds.channel import newest_days, newest_first


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """A page of the archive, by its name; its papers are the newest first."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def address(self) -> str:
        """Where it is, relative to the site's root."""
        return f"feeds/archive/{self.name}.xml"


@dataclass(frozen=True, slots=True)
class Archive:
    """The pages, the oldest first, and the papers that are on none of them."""

    pages: tuple[ArchivePage, ...]
    rest: tuple[Entry, ...]


def archive(entries: Iterable[Entry]) -> Archive:
    """The papers of a digest as they are put away."""
    ordered = newest_first(entries)
    pages: list[ArchivePage] = []
    rest: list[Entry] = []
    for month, group in groupby(reversed(ordered), key=lambda entry: entry.date.replace(day=1)):
        rest = []
        number = 0
        for part in _parts(tuple(group)):
            rest += part
            is_open = part[-1].date == ordered[0].date and len(part) < channel.MOST_PAPERS
            if not is_open and len(rest) >= channel.PAPERS:
                number += 1
                pages.append(_page(f"{month:%Y-%m}-{number}", rest))
                rest = []
        if rest and month != ordered[0].date.replace(day=1):
            pages.append(_page(f"{month:%Y-%m}-{number + 1}", rest))
            rest = []
    return Archive(tuple(pages), tuple(reversed(rest)))


def current(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The papers of the feed itself: the newest days, and whatever is not put away."""
    newest = newest_days(entries)
    rest = archive(entries).rest
    return newest if len(newest) >= len(rest) else rest


def _page(name: str, papers: Sequence[Entry]) -> ArchivePage:
    return ArchivePage(name, tuple(reversed(papers)))


def _parts(papers: tuple[Entry, ...]) -> Iterator[tuple[Entry, ...]]:
    """Days, and days of very many in parts."""
    for _, group in groupby(papers, key=lambda entry: entry.date):
        day = tuple(group)
        for start in range(0, len(day), channel.MOST_PAPERS):
            yield day[start : start + channel.MOST_PAPERS]
