"""The files beside the map's page, which its script reads, and the picture that stands there first.

Points come first and small, for the map is drawn of them; titles and addresses are three quarters
of the bytes, and nobody needs them before pointing at something.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from generator.atlas.views import SIZE, Atlas, Point

#: Bits of a paper's marks.
_CODE, _PICK = 1, 2
#: More points than this are a grey cloud in a small picture, and a weight.
_DRAWN = 1_500
#: The picture's side; its coordinates are rounded to it.
PICTURE = 1_000


def files(atlas: Atlas) -> Iterator[tuple[str, str]]:
    """The map's data by their paths: ``points.json``, and ``titles.json`` in the same order."""
    if not atlas.points:
        return
    yield "map/points.json", _json(_points(atlas))
    titles = {
        "slugs": [point.slug for point in atlas.points],
        "titles": [point.title for point in atlas.points],
    }
    yield "map/titles.json", _json(titles)


def _points(atlas: Atlas) -> dict[str, object]:
    """A list for each thing that points have: alike things together pack well.

    ``dates`` are the days that there are, newest first, and ``date`` and ``editions`` indexes of
    them; ``topics`` are indexes of ``regions``, of which each is id, title, papers, rank, x, y and
    the scale from which it is named.
    """
    points = atlas.points
    days = sorted({*atlas.dates, *(point.date for point in points)}, reverse=True)
    index = {date: at for at, date in enumerate(days)}
    return {
        "version": 1,
        "size": SIZE,
        "dates": [date.isoformat() for date in days],
        "regions": [
            [one.id, one.title, one.count, one.rank, one.x, one.y, one.scale or 0]
            for one in atlas.regions
        ],
        "x": [point.x for point in points],
        "y": [point.y for point in points],
        "topics": [point.topics for point in points],
        "date": [index[point.date] for point in points],
        "editions": [[index[date] for date in point.dates if date in index] for point in points],
        "marks": [_CODE * point.has_code + _PICK * point.pick for point in points],
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def strokes(points: Sequence[Point]) -> str:
    """Points as one path of an SVG, of strokes without length, which round ends make dots.

    Of a large digest every second or third is drawn, and so on.
    """
    step = -(-len(points) // _DRAWN) or 1
    return "".join(f"M{_small(point.x)} {_small(point.y)}h0" for point in points[::step])


def _small(value: int) -> int:
    return round(value * PICTURE / SIZE)
