"""The map of a digest: its papers laid out, and all that its page and its script need to know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.atlas.grid import settle
from generator.atlas.keeping import kept_layout
from generator.atlas.views import Atlas, Point, Region
from generator.digest import Digest, Entry
from generator.folder import Folder
from generator.related.subjects import Subject, subject_of

if TYPE_CHECKING:
    from generator.related.vectors import Read

#: Pairs of papers that the page names.
_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Chart:
    """What is found out about a map: plain data, for another process. Papers are in no order."""

    places: Mapping[str, tuple[int, int]]
    regions: tuple[Region, ...]
    pairs: tuple[tuple[Point, Point], ...]


def with_atlas(digest: Digest, folder: Folder) -> Digest:
    """The digest with the map of its papers, for those who show it; the layout is kept."""
    subjects = {entry.slug: subject_of(entry) for entry in digest.entries}
    return replace(digest, atlas=as_atlas(digest, chart(digest, folder, subjects)))


def chart(
    digest: Digest, folder: Folder, subjects: Mapping[str, Subject], said: Read | None = None
) -> Chart:
    """Find out where the papers of a digest lie, and what lies where.

    Args:
        digest: All of it.
        folder: Where the layout is kept.
        subjects: What is compared of its papers, by their slugs.
        said: Their texts in the order of their slugs, if they were read already.

    Raises:
        DigestError: If what is kept cannot be written.
    """
    aged = sorted(digest.entries, key=lambda entry: (entry.date, entry.slug))
    order = [entry.slug for entry in aged]
    return charted_at(digest, settle(kept_layout(subjects, folder, order, said)))


def charted_at(digest: Digest, places: Mapping[str, tuple[int, int]]) -> Chart:
    """What lies where, if the papers of a digest have these places."""
    # Arrays take threads of their own: only for those who need them.
    from generator.atlas.nearness import nearest
    from generator.atlas.regions import charted, pairs

    regions = _regions(digest)
    points = _points(digest, regions, places)
    near = nearest(points)
    return Chart(places, charted(regions, points, near), pairs(points, near, _PAIRS))


def as_atlas(digest: Digest, found: Chart) -> Atlas:
    """The map of a digest, of what was found out about it."""
    points = _points(digest, found.regions, found.places)
    dates = tuple(edition.date for edition in digest.editions)
    return Atlas(points, found.regions, dates, found.pairs)


def atlas(digest: Digest, places: Mapping[str, tuple[int, int]]) -> Atlas:
    """The map of a digest of which the papers have these places."""
    return as_atlas(digest, charted_at(digest, places))


def _regions(digest: Digest) -> tuple[Region, ...]:
    """The topics by their titles, without a place yet."""
    return tuple(
        Region(topic.ref.id, topic.ref.title, len(topic.entries))
        for topic in sorted(digest.topics, key=lambda topic: topic.ref.title.casefold())
    )


def _points(
    digest: Digest, regions: Sequence[Region], places: Mapping[str, tuple[int, int]]
) -> tuple[Point, ...]:
    indexes = {region.id: at for at, region in enumerate(regions)}
    entries = sorted(digest.entries, key=lambda entry: entry.slug)
    return tuple(_point(entry, places[entry.slug], indexes) for entry in entries)


def _point(entry: Entry, place: tuple[int, int], topics: Mapping[str, int]) -> Point:
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
