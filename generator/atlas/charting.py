"""The map of a digest: its papers laid out, and all that its page and its script need to know."""

from __future__ import annotations

from dataclasses import replace

from generator.atlas.grid import settle
from generator.atlas.keeping import kept_layout
from generator.atlas.regions import charted, nearest, pairs
from generator.atlas.views import Atlas, Point, Region
from generator.digest import Digest, Entry
from generator.folder import Folder
from generator.related.subjects import subject_of

#: Pairs of papers that the page names.
_PAIRS = 12


def with_atlas(digest: Digest, folder: Folder) -> Digest:
    """The digest with the map of its papers, for those who show it; the layout is kept."""
    subjects = {entry.slug: subject_of(entry) for entry in digest.entries}
    return replace(digest, atlas=atlas(digest, settle(kept_layout(subjects, folder))))


def atlas(digest: Digest, places: dict[str, tuple[int, int]]) -> Atlas:
    """The map of a digest of which the papers have these places."""
    regions = [
        Region(topic.ref.id, topic.ref.title, len(topic.entries))
        for topic in sorted(digest.topics, key=lambda topic: topic.ref.title.casefold())
    ]
    indexes = {region.id: at for at, region in enumerate(regions)}
    entries = sorted(digest.entries, key=lambda entry: entry.slug)
    points = tuple(_point(entry, places[entry.slug], indexes) for entry in entries)
    near = nearest(points)
    return Atlas(
        points,
        charted(regions, points, near),
        tuple(edition.date for edition in digest.editions),
        pairs(points, near, _PAIRS),
    )


def _point(entry: Entry, place: tuple[int, int], topics: dict[str, int]) -> Point:
    return Point(
        slug=entry.slug,
        title=entry.title,
        x=place[0],
        y=place[1],
        topics=tuple(topics[tag.topic.id] for tag in entry.topics),
        date=entry.date,
        dates=entry.dates,
        has_code=entry.link("code") is not None,
        pick=entry.pick,
    )
