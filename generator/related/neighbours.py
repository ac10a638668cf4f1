"""Related papers: for each paper those that are nearest to it in content.

Two papers are as near as their words are alike (:mod:`generator.related.likeness`), and a topic in
common brings them nearer: the cosine of their topics, by strength, counts a fifth of what equal
words would. Two papers on one subject have a cosine of words around a fifth, so that neither
outweighs the other. Of 1,300 pairs with labels, words alone give seven in ten a common topic, with
topics it is more than nine; a larger share than a fifth gains nothing and loses what the words say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from generator.digest import Digest, Entry
from generator.related.subjects import Subject, subject_of

if TYPE_CHECKING:
    from generator.related.vectors import Read

#: How many a page shows.
NUMBER = 5
#: What having the same topics adds to the likeness of the words.
SHARE_OF_TOPICS = 0.2
#: Less in common is chance: a few frequent words.
_LEAST = 0.1


def with_related(digest: Digest) -> Digest:
    """The digest, knowing for each of its papers the nearest others.

    Of equally near ones those come first whose addresses do. Comparing takes arrays, which take a
    third of a second to be ready and threads of their own, so this is for those who show it.
    """
    return replace(digest, related=related(digest.entries))


def related(entries: Sequence[Entry]) -> dict[str, tuple[Entry, ...]]:
    """For each of some papers, by slug, the nearest others, the nearest first."""
    by_slug = {entry.slug: entry for entry in entries}
    return as_entries(nearest({slug: subject_of(each) for slug, each in by_slug.items()}), by_slug)


def nearest(
    subjects: Mapping[str, Subject], said: Read | None = None
) -> dict[str, tuple[str, ...]]:
    """For each paper the slugs of the nearest others: plain data, for another process.

    Args:
        subjects: The papers by their slugs.
        said: Their texts in the order of their slugs, if they were read already.
    """
    from generator.related.likeness import neighbours

    found = neighbours(subjects, NUMBER, SHARE_OF_TOPICS, _LEAST, said)
    return {slug: tuple(each.slug for each in near) for slug, near in found.items()}


def as_entries(
    found: Mapping[str, tuple[str, ...]], by_slug: Mapping[str, Entry]
) -> dict[str, tuple[Entry, ...]]:
    """What :func:`nearest` found, as papers."""
    return {slug: tuple(by_slug[each] for each in near) for slug, near in found.items()}


@dataclass(frozen=True, slots=True)
class Figure:
    """How good related papers are, as far as labels can tell.

    ``pairs`` counts the papers with a label and, for each, those of its related papers that have
    one too; ``shared`` those of the pairs that have a topic of the labels in common. ``chance`` is
    the share of such pairs among all pairs of papers with a label, from 0 to 1.
    """

    papers: int
    pairs: int
    shared: int
    chance: float

    @property
    def share(self) -> float:
        """The share of the pairs with a topic in common, from 0 to 1."""
        return self.shared / self.pairs if self.pairs else 0.0


def figure(near: Mapping[str, Iterable[Entry]], labelled: Mapping[str, Collection[str]]) -> Figure:
    """Measure related papers.

    Args:
        near: The related papers of each paper, by slug.
        labelled: The topics that people gave to some of them, by slug; a paper to which they gave
            none has nothing in common with any.
    """
    known = {slug: set(topics) for slug, topics in labelled.items() if slug in near}
    pairs = [(slug, other.slug) for slug in known for other in near[slug] if other.slug in known]
    everything = list(combinations(known.values(), 2))
    return Figure(
        papers=len(known),
        pairs=len(pairs),
        shared=sum(bool(known[one] & known[two]) for one, two in pairs),
        chance=sum(bool(one & two) for one, two in everything) / max(len(everything), 1),
    )
