"""Papers by the names that they have now: a record that was renamed says how it was called.

What names it by a former slug (an edition's picks, another record, the ledger) means it still, so
renaming a record is one change in one file, and its old address leads on.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from generator.intake import LedgerEntry
from generator.model import Edition, Paper


class Fault(NamedTuple):
    """A former slug that is somebody else's: of which paper it is said, and where in its list."""

    slug: str
    place: int
    problem: str


def former_slugs(papers: Iterable[Paper]) -> dict[str, str]:
    """The slugs that papers had, and those that they have."""
    return {old: paper.slug for paper in papers for old in paper.curation.formerly}


def faults(papers: Mapping[str, Paper], taken: Container[str]) -> Iterator[Fault]:
    """Former slugs that are ``taken`` by a paper or a candidate, or that two papers claim."""
    owners: dict[str, str] = {}
    for slug, paper in papers.items():
        for index, old in enumerate(paper.curation.formerly):
            if old in taken:
                yield Fault(slug, index, f"{old!r} is the address of a paper")
            elif owners.setdefault(old, slug) != slug:
                yield Fault(slug, index, f"{old!r} was also the address of {owners[old]!r}")


class Renamed:
    """What a library holds, with every paper named as it is called now."""

    def __init__(self, moved: Mapping[str, str]) -> None:
        self._moved = moved

    def paper(self, paper: Paper) -> Paper:
        """A record that may name others."""
        same, into, curation = paper.curation.same_as, paper.merged_into, paper.curation
        if {same, into, *curation.distinct_from}.isdisjoint(self._moved):
            return paper
        apart = tuple(dict.fromkeys(self._now(curation.distinct_from)))
        curation = replace(curation, same_as=same and self._of(same), distinct_from=apart)
        return replace(paper, merged_into=into and self._of(into), curation=curation)

    def edition(self, edition: Edition) -> Edition:
        """An edition with its picks; one that is named twice stays so, to be told."""
        return replace(edition, picks=tuple(self._now(edition.picks)))

    def entry(self, entry: LedgerEntry) -> LedgerEntry:
        """An entry of the ledger with the papers of its records, one a record."""
        return replace(entry, papers=tuple(self._now(entry.papers)))

    def _of(self, slug: str) -> str:
        return self._moved.get(slug, slug)

    def _now(self, slugs: Iterable[str]) -> Iterator[str]:
        return map(self._of, slugs)
