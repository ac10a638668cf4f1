"""Papers that have other topics than before, and what that does to the topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generator.digest import Digest
from generator.topics.lineage import current


@dataclass(frozen=True, slots=True)
class Change:
    """A paper's topics, by their ids: what it gained, what it lost, each the strongest first.

    ``shelf`` is the strongest topic that it had and the one that it has, where they differ; "" is
    none. A paper may change its shelf and keep its topics.
    """

    slug: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    shelf: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """How many papers a topic had and has, of those that were and are there."""

    topic: str
    before: int
    after: int
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class Retagging:
    """What became of the topics of papers that were there and still are.

    ``compared`` counts them. ``changes`` are the papers with other topics, ``reshelved`` those with
    the same in another order, by slug; ``totals`` are the topics that gained or lost a paper, those
    with the most of both first.
    """

    compared: int
    changes: tuple[Change, ...] = ()
    reshelved: tuple[Change, ...] = ()
    totals: tuple[Total, ...] = ()


def topics_of(digest: Digest) -> dict[str, tuple[str, ...]]:
    """The topics of a digest's papers, by slug, the strongest first."""
    return {e.slug: tuple(tag.topic.id for tag in e.topics) for e in digest.entries}


def retagging(
    before: Mapping[str, Sequence[str]],
    after: Mapping[str, Sequence[str]],
    former: Mapping[str, str],
) -> Retagging:
    """Compare the topics of papers then and now, by slug.

    Args:
        before: What they were, the strongest first.
        after: What they are.
        former: Ids that topics had, with those that they have: a topic with another name is none
            that is gained or lost.
    """
    shared = sorted(before.keys() & after.keys())
    had = {slug: current(before[slug], former) for slug in shared}
    has = {slug: tuple(after[slug]) for slug in shared}
    found = [_change(slug, had[slug], has[slug]) for slug in shared]
    changes = tuple(each for each in found if each.gained or each.lost)
    return Retagging(
        compared=len(shared),
        changes=changes,
        reshelved=tuple(e for e in found if e.shelf and not (e.gained or e.lost)),
        totals=_totals(changes, had.values(), has.values()),
    )


def _change(slug: str, had: Sequence[str], has: Sequence[str]) -> Change:
    shelf = (had[0] if had else "", has[0] if has else "")
    return Change(
        slug,
        gained=tuple(topic for topic in has if topic not in had),
        lost=tuple(topic for topic in had if topic not in has),
        shelf=shelf if shelf[0] != shelf[1] else None,
    )


def _totals(
    changes: Iterable[Change], had: Iterable[Sequence[str]], has: Iterable[Sequence[str]]
) -> tuple[Total, ...]:
    changed = list(changes)
    before = Counter(topic for topics in had for topic in topics)
    after = Counter(topic for topics in has for topic in topics)
    gained = Counter(topic for each in changed for topic in each.gained)
    lost = Counter(topic for each in changed for topic in each.lost)
    found = [
        Total(topic, before[topic], after[topic], gained[topic], lost[topic])
        for topic in gained.keys() | lost.keys()
    ]
    return tuple(sorted(found, key=lambda each: (-each.gained - each.lost, each.topic)))
