"""What the page of the map shows. Plain data; addresses are relative to the site's root."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

#: Coordinates are whole numbers from 0 to this, from the left and from the top.
SIZE = 9_999


@dataclass(frozen=True, slots=True)
class Point:
    """A paper on the map.

    ``topics`` are indexes of :attr:`Atlas.regions`, the
    strongest first; ``dates`` the days of its editions.
    """

    slug: str
    title: str
    x: int
    y: int
    topics: tuple[int, ...]
    date: dt.date
    dates: tuple[dt.date, ...]
    has_code: bool
    pick: bool

    @property
    def address(self) -> str:
        """Where the paper's page is."""
        return f"papers/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Region:
    """A topic on the map.

    ``count`` counts all its papers, ``own`` those of which it is the strongest topic: of these the
    region is made. ``middle`` is the paper around which they stand closest, at ``x`` and ``y``, and
    ``beside`` are indexes of the topics around them. ``rank`` is from 1 to 6 for the largest, which
    have a colour and a shape, and 0 for the others. ``scale`` is how large the map must be, in
    pixels a side, before the name hides none of a larger topic; ``None`` if it is named nowhere.
    """

    id: str
    title: str
    count: int
    own: int = 0
    rank: int = 0
    x: int = 0
    y: int = 0
    scale: int | None = None
    beside: tuple[int, ...] = ()
    middle: Point | None = None

    @property
    def address(self) -> str:
        """Where the topic's page is."""
        return f"topics/{self.id}/"


@dataclass(frozen=True, slots=True)
class Atlas:
    """The map: its points in the order of their addresses, and its regions by their titles.

    ``dates`` are the days of all editions, newest first; ``pairs`` the papers that stand nearest
    to each other, the nearest first.
    """

    points: tuple[Point, ...] = ()
    regions: tuple[Region, ...] = ()
    dates: tuple[dt.date, ...] = ()
    pairs: tuple[tuple[Point, Point], ...] = ()

    @property
    def ranked(self) -> tuple[Region, ...]:
        """The topics with a colour and a shape, the largest first."""
        return tuple(sorted((each for each in self.regions if each.rank), key=lambda one: one.rank))
