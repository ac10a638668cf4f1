"""What can be said of a map in words: where topics are, what lies beside them, what stands close.

The same is drawn (names at the middles of their regions) and written below the map, for those who
do not see it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.atlas.nearness import Nearest, middle_of
from generator.atlas.views import SIZE, Point, Region

#: How many topics have a colour and a shape of their own.
RANKED = 6
#: Fewer papers of a topic are no region.
_LEAST = 3
#: Names are set in letters of 13 pixels: what one takes at most, on average, and a line of them.
_LETTER, _LINE = 7.2, 20
#: The sizes of the map at which names are placed, in pixels a side: a phone's to an enlarged one's.
SCALES = (320, 480, 640, 800, 1000, 1400, 2000, 3200, 5000)
#: How many regions are named beside one.
_BESIDE = 3


def pairs(points: Sequence[Point], near: Nearest, number: int) -> tuple[tuple[Point, Point], ...]:
    """The papers that stand nearest to each other, each in one pair, the nearest pair first."""
    mutual = [
        (near.far[one], one, around[0])
        for one, around in enumerate(near.around)
        if around and one < around[0] and near.around[around[0]][0] == one
    ]
    return tuple((points[one], points[other]) for _, one, other in sorted(mutual)[:number])


def charted(
    regions: Sequence[Region], points: Sequence[Point], near: Nearest
) -> tuple[Region, ...]:
    """The topics, knowing their place among the points: middles, ranks, names, neighbours."""
    own = _own(points)
    ranks = _ranks(own)
    beside = _beside(points, near)
    found = [
        _charted(region, [points[one] for one in own.get(at, ())], ranks.get(at, 0), beside.get(at))
        for at, region in enumerate(regions)
    ]
    return _named(found, {at: len(each) for at, each in own.items()})


def _own(points: Sequence[Point]) -> dict[int, list[int]]:
    """The papers of which a topic is the strongest, by topic."""
    own: dict[int, list[int]] = {}
    for at, point in enumerate(points):
        if point.topics:
            own.setdefault(point.topics[0], []).append(at)
    return own


def _ranks(own: Mapping[int, Sequence[int]]) -> dict[int, int]:
    order = sorted(own, key=lambda topic: (-len(own[topic]), topic))
    return {topic: rank for rank, topic in enumerate(order[:RANKED], start=1)}


def _charted(
    region: Region, own: Sequence[Point], rank: int, beside: tuple[int, ...] | None
) -> Region:
    middle = middle_of(own)
    if middle is None:
        return region
    return replace(
        region, own=len(own), rank=rank, x=middle.x, y=middle.y, beside=beside or (), middle=middle
    )


def _beside(points: Sequence[Point], near: Nearest) -> dict[int, tuple[int, ...]]:
    """For each topic the others of which most papers stand around its own."""
    counts: dict[int, Counter[int]] = {}
    for point, around in zip(points, near.around, strict=True):
        if point.topics:
            others = (points[each].topics[:1] for each in around)
            counts.setdefault(point.topics[0], Counter()).update(
                other[0] for other in others if other and other[0] != point.topics[0]
            )
    return {
        topic: tuple(sorted(found, key=lambda other: (-found[other], other))[:_BESIDE])
        for topic, found in counts.items()
    }


def _named(regions: Sequence[Region], sizes: Mapping[int, int]) -> tuple[Region, ...]:
    """Names where they hide no other: the larger topic's is there first, on the smaller map."""
    placed: list[Region] = []
    scales: dict[int, int] = {}
    for at in sorted(sizes, key=lambda topic: (-sizes[topic], topic)):
        if sizes[at] < _LEAST:
            continue
        free = (one for one in SCALES if not any(_meet(regions[at], each, one) for each in placed))
        if (scale := next(free, None)) is not None:
            scales[at] = scale
            placed.append(replace(regions[at], scale=scale))
    return tuple(replace(region, scale=scales.get(at)) for at, region in enumerate(regions))


def _meet(one: Region, other: Region, scale: int) -> bool:
    """Whether two names touch on a map of a scale, or on a larger one that shows both."""
    shown = max(scale, other.scale or 0)
    wide = (len(one.title) + len(other.title)) / 2 * _LETTER
    pixels = shown / SIZE
    return abs(one.x - other.x) * pixels < wide and abs(one.y - other.y) * pixels < _LINE
