"""What a paper, or an edition, has otherwise than before, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.digest import EditionView
from generator.model import Paper

#: Decisions that are told by their names; the others show in what they do.
_DECISIONS = ("topics", "add_topics", "drop_topics", "pick", "note", "distinct_from")


def facts(old: Paper, new: Paper) -> Iterator[str]:
    """What a paper lacked and has."""
    yield from (f"ids.{kind}" for kind in sorted(new.ids.keys() - old.ids.keys()))
    if new.authors and not old.authors:
        yield "authors"
    if new.published and not old.published:
        yield "published"
    kinds = Counter(link.kind for link in new.links if link not in old.links)
    yield from (f"links.{kind}" for kind in sorted(kinds))


def edits(old: Paper, new: Paper) -> Iterator[str]:
    """What was there and is not as it was."""
    for name in _DECISIONS:
        if getattr(old.curation, name) != getattr(new.curation, name):
            yield name
    if old.abstract != new.abstract:
        yield "abstract"
    if old.authors and old.authors != new.authors:
        yield "authors"
    if old.published and old.published != new.published:
        yield "published"
    yield from (f"ids.{kind}" for kind in sorted(old.ids) if new.ids.get(kind) != old.ids[kind])
    if set(old.links) - set(new.links):
        yield "links"
    if {seen.listing for seen in old.appearances} - {seen.listing for seen in new.appearances}:
        yield "appearances"


def edition_fields(old: EditionView | None, new: EditionView | None) -> Iterator[str]:
    """What an editor wrote of an edition, where it is not as it was."""
    for name in ("title", "introduction"):
        if getattr(old, name, None) != getattr(new, name, None):
            yield name
    picks = [[entry.slug for entry in each.picks] if each else [] for each in (old, new)]
    if picks[0] != picks[1]:
        yield "picks"
