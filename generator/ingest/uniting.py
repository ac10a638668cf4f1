"""Which of several papers of the library are one, now that a record is all of them.

Had the record come in first, they would never have stood apart. So they become one: the one that
stays gets all, the others only lead to it. But what a person decided stands where it was written,
and what is public stays so; where that cannot be, they stay apart, and a person is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from generator.identity import conflict
from generator.ingest.merging import joined
from generator.model import Paper


class Library(Protocol):
    """What there is to know of papers beside what they say themselves."""

    pool: set[str]

    def is_untouched(self, slug: str) -> bool:
        """Whether no person has decided anything about a paper."""

    def are_told_apart(self, one: str, other: str) -> bool:
        """Whether the curator said that two papers are two."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The paper that stays, those that go, and those that would be it too, but for something."""

    stays: str
    go: tuple[str, ...]
    apart: tuple[str, ...]


def choice(found: Mapping[str, Paper], library: Library) -> Choice:
    """Which of ``found``, the surest first, are to be one.

    A paper about which somebody decided stays; else one that is no candidate; else the earliest.
    """
    first = next(iter(found))
    group = [first]
    for slug in found:
        if slug != first and _may_join(slug, group, found, library):
            group.append(slug)
    order = sorted(
        group,
        key=lambda slug: (
            library.is_untouched(slug),
            slug in library.pool,
            found[slug].date,
            slug,
        ),
    )
    go = tuple(order[1:])
    return Choice(order[0], go, tuple(sorted(found.keys() - set(group))))


def _may_join(slug: str, group: list[str], found: Mapping[str, Paper], library: Library) -> bool:
    """Whether nothing, and nobody, speaks against a paper's being one with all of a group."""
    decided = [each for each in (*group, slug) if not library.is_untouched(each)]
    return (
        len(decided) <= 1
        and all(found[each].is_public for each in decided)
        and not any(found[each].same_as for each in (*group, slug))
        and not any(conflict(found[slug].ids, found[each].ids) for each in group)
        and not any(library.are_told_apart(slug, each) for each in group)
    )


def merged(paper: Paper, other: Paper) -> Paper:
    """The paper that stays, with all that the other one has; what is decided about it stays."""
    return joined(paper, other, curation=paper.curation)
