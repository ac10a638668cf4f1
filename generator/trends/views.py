"""What the page of trends shows, before it is drawn: numbers, and the words that say them.

Nothing here is escaped yet, and nothing knows of pictures.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

#: The quantile of the normal distribution between which and its negative 95 % of it lie.
_Z95 = 1.959964
#: From here on a number with a decimal reads as ten or more.
_TEN = 9.95


@dataclass(frozen=True, slots=True)
class Share:
    """So many papers of so many; at least one of them, or there is no share."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """From 0 to 1."""
        return self.count / self.of

    @property
    def low(self) -> float:
        """Where the 95 % interval of Wilson (1927) begins."""
        middle, reach = self._wilson
        return max(middle - reach, 0.0)

    @property
    def high(self) -> float:
        """Where it ends."""
        middle, reach = self._wilson
        return min(middle + reach, 1.0)

    @property
    def _wilson(self) -> tuple[float, float]:
        z, p, n = _Z95, self.value, self.of
        scale = 1 + z * z / n
        reach = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (p + z * z / (2 * n)) / scale, reach / scale

    def __str__(self) -> str:
        """In per cent, with a decimal below ten; a share that is not 0 never reads as 0."""
        percent = 100 * self.value
        is_whole = not percent or percent >= _TEN
        text = f"{percent:.0f}" if is_whole else f"{max(percent, 0.1):.1f}"
        return f"{text}\N{NO-BREAK SPACE}%"


@dataclass(frozen=True, slots=True)
class Period:
    """A column of what is counted: an edition, or the editions of a week, month, quarter or year.

    ``name`` is how a sentence calls it, ``label`` how the axis of a chart does; ``address`` is the
    page of the edition if it is one; ``papers`` are none where no edition fell into it.
    """

    name: str
    label: str
    first: dt.date
    papers: int
    editions: int
    address: str = ""


class Unit(StrEnum):
    """What a period is."""

    EDITION = "edition"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Series:
    """A topic over periods; ``None`` where no edition fell into one. ``papers`` are all it has."""

    id: str
    title: str
    address: str
    papers: int
    shares: tuple[Share | None, ...]

    @property
    def latest(self) -> Share | None:
        """Its share in the newest period that has one."""
        return next((share for share in reversed(self.shares) if share), None)


@dataclass(frozen=True, slots=True)
class Lines:
    """Topics over periods, to be drawn in one chart or in a chart each.

    ``series`` come with the largest topic first; ``top`` is where the scale of all ends.
    """

    unit: Unit = Unit.EDITION
    periods: tuple[Period, ...] = ()
    series: tuple[Series, ...] = ()
    top: float = 0.0

    @property
    def units(self) -> str:
        """What many of them are called."""
        return f"{self.unit}s"


@dataclass(frozen=True, slots=True)
class Row:
    """One topic over periods, as a small chart without words; those around it say them."""

    series: Series
    periods: tuple[Period, ...]
    top: float


@dataclass(frozen=True, slots=True)
class Shift:
    """A topic's share of the earlier editions, and of the newer ones.

    ``z`` is the difference in units of what chance and the editions' own ups and downs make.
    """

    title: str
    address: str
    before: Share
    after: Share
    z: float


class Standing(StrEnum):
    """What can be said of a comparison."""

    NOTHING = "nothing"
    DIFFERENCE = "difference"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class Movement:
    """The newer editions compared with the earlier ones; what stands out first.

    ``newer`` and ``earlier`` count editions, the ``…_papers`` their papers; ``compared`` counts the
    topics that were compared, ``risen`` and ``fallen`` those that stand out.
    """

    standing: Standing = Standing.NOTHING
    earlier: int = 0
    newer: int = 0
    earlier_papers: int = 0
    newer_papers: int = 0
    compared: int = 0
    risen: tuple[Shift, ...] = ()
    fallen: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two topics, how many papers have both, and how many would if they went by chance."""

    titles: tuple[str, str]
    addresses: tuple[str, str]
    together: int
    expected: float

    @property
    def lift(self) -> float:
        """How many times more they are than by chance."""
        return self.together / self.expected


@dataclass(frozen=True, slots=True)
class Pairs:
    """Topics that occur together, what is least likely by chance first.

    ``papers`` is how many there are; ``compared`` how many pairs of topics.
    """

    papers: int = 0
    compared: int = 0
    found: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or a few, as it is mostly written, and how many papers have it."""

    text: str
    papers: int


@dataclass(frozen=True, slots=True)
class Words:
    """What is new in an edition, the most telling first; ``least`` is how many papers it took."""

    date: dt.date
    address: str
    papers: int
    least: int
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Trends:
    """All that is known of topics and words over editions."""

    editions: int = 0
    lines: Lines = Lines()
    movement: Movement = Movement()
    pairs: Pairs = Pairs()
    words: tuple[Words, ...] = ()

    @property
    def is_drawn(self) -> bool:
        """Whether there is what a line takes: a topic, and two points."""
        return bool(self.lines.series) and len(self.lines.periods) > 1

    @property
    def largest(self) -> Lines:
        """The topics that one chart can tell apart."""
        return self._first(6)

    @property
    def glance(self) -> tuple[Row, ...]:
        """The largest topics over the newest periods, for a small place."""
        return rows(self._first(6), 12)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every topic that has a paper, over all periods."""
        return rows(self.lines)

    def _first(self, number: int) -> Lines:
        return Lines(
            self.lines.unit, self.lines.periods, self.lines.series[:number], self.lines.top
        )


def rows(lines: Lines, newest: int | None = None) -> tuple[Row, ...]:
    """A small chart a topic, over the ``newest`` periods; without it, over all of them."""
    start = max(len(lines.periods) - newest, 0) if newest else 0
    return tuple(
        Row(
            Series(each.id, each.title, each.address, each.papers, each.shares[start:]),
            lines.periods[start:],
            lines.top,
        )
        for each in lines.series
    )


def top_of(series: Sequence[Series]) -> float:
    """Where a scale ends that holds every share: the next twentieth, at least one."""
    highest = max((s.value for each in series for s in each.shares if s), default=0.0)
    return max(math.ceil(round(highest * 20, 6)), 1) / 20
