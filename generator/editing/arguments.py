"""What speaks for picking a paper, or against it, whatever else is picked.

Every argument has points and says itself in words, and the points are all that decides, so that an
editor can follow each proposal. None is worth more than one point: a paper that comes first has
several things for it.

* seen in several listings: half a point for each but the first, up to one. A list by somebody else
  and the same list on another day count alike;
* votes, from 0 for the median of its source to 1 for the most. Services differ by orders of
  magnitude in how many vote, so ranks are compared and not numbers;
* code, or data, of its own: half a point;
* new on that day: half a point, as much as having been seen once more. What comes back is thus
  neither favoured nor passed over for that alone;
* a topic that the digest follows (``follow`` in ``content/sources.yml``): half a point;
* chosen from a raw feed: half a point, for a person took it in;
* a pick of another edition: one point less, for its readers have met it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from generator.digest import Digest, Entry
from generator.model import LinkKind

_SEEN, _SEEN_MOST = 0.5, 1.0
_VOTES = 1.0
_HAS = 0.5
_NEW = 0.5
_FOLLOWED = 0.5
_TAKEN_IN = 0.5
_PICKED_BEFORE = -1.0

#: Of fewer papers with votes a rank says little.
_RANKED = 10
#: A rank below the middle is nothing to tell.
_MIDDLE = 0.5
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Argument:
    """What speaks for a paper, or against it if ``points`` are negative, in words."""

    points: float
    text: str


class Arguments:
    """The arguments about papers of a day, as far as they do not depend on other picks.

    Args:
        day: The edition's.
        digest: What is known of all papers.
        follow: The topics that the digest follows.
    """

    def __init__(self, day: dt.date, digest: Digest, follow: Collection[str]) -> None:
        self._day = day
        self._follow = follow
        self._titles = digest.source_titles
        self._votes = _votes_by_source(digest)
        self._picked: defaultdict[str, list[dt.date]] = defaultdict(list)
        for edition in digest.editions:
            for entry in edition.picks:
                self._picked[entry.slug].append(edition.date)

    def about(self, entry: Entry) -> tuple[Argument, ...]:
        """What is to be said of one paper, in the order in which an editor wants to hear it."""
        return tuple(self._all(entry))

    def _all(self, entry: Entry) -> Iterator[Argument]:
        yield from self._seen(entry)
        yield from self._voted(entry)
        yield from _has(entry)
        yield from self._followed(entry)
        if all(seen.is_raw for seen in entry.appearances):
            names = sorted({self._title(seen.source) for seen in entry.appearances})
            yield Argument(_TAKEN_IN, f"chosen from {' and '.join(names)}")
        if entry.date == self._day:
            yield Argument(_NEW, "new on this day")
        for date in sorted(self._picked[entry.slug]):
            if date != self._day:
                yield Argument(_PICKED_BEFORE, f"a pick of the edition of {date} already")
                break

    def _seen(self, entry: Entry) -> Iterator[Argument]:
        if entry.listings > 1:
            first, last = entry.dates[0], entry.dates[-1]
            when = f", {first} to {last}"
            if first == last:
                when = " of this day"
            elif last <= self._day:
                when = f" since {first}"
            points = min(_SEEN * (entry.listings - 1), _SEEN_MOST)
            yield Argument(points, f"seen in {entry.listings} listings{when}")

    def _voted(self, entry: Entry) -> Iterator[Argument]:
        """Votes, by the source in which the paper stands highest."""
        ranked = []
        for source, votes in _most_votes(entry).items():
            every = self._votes[source]
            if len(every) >= _RANKED:
                ranked.append((bisect_left(every, votes) / (len(every) - 1), votes, source))
        if not ranked:
            return
        rank, votes, source = max(ranked, key=lambda each: (each[0], each[2]))
        if rank > _MIDDLE:
            points = round(_VOTES * (rank - _MIDDLE) / (1 - _MIDDLE), 2)
            yield Argument(points, f"{votes:,} votes, {_ranked(rank)} of {self._title(source)}")

    def _followed(self, entry: Entry) -> Iterator[Argument]:
        followed = [tag.topic.title for tag in entry.topics if tag.topic.id in self._follow]
        if followed:
            yield Argument(_FOLLOWED, f"on what the digest follows: {', '.join(followed)}")

    def _title(self, source: str) -> str:
        return self._titles.get(source, source)


def _has(entry: Entry) -> Iterator[Argument]:
    """What of it can be used by others; one is enough."""
    for kind in (LinkKind.CODE, LinkKind.DATA):
        if link := entry.link(kind):
            address = link.url.partition("://")[2].removeprefix("www.").rstrip("/")
            yield Argument(_HAS, f"has {kind}: {address}")
            return


def _ranked(rank: float) -> str:
    share = int(rank * _HUNDRED)
    if share == _HUNDRED:
        return "the most of all papers"
    return f"more than {share} % of the papers"


def _most_votes(entry: Entry) -> dict[str, int]:
    """The most votes that a paper had in each source."""
    found: dict[str, int] = {}
    for seen in entry.appearances:
        if seen.votes is not None:
            found[seen.source] = max(seen.votes, found.get(seen.source, 0))
    return found


def _votes_by_source(digest: Digest) -> Mapping[str, list[int]]:
    """The votes of all papers of each source, fewest first."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for entry in digest.entries:
        for source, votes in _most_votes(entry).items():
            found[source].append(votes)
    return {source: sorted(votes) for source, votes in found.items()}
