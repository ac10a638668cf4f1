"""What is compared of papers, and what comes of it. Plain data: nothing here needs arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.digest import Entry


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A text of a corpus and how alike it is, from 0 to 1; more where traits count, too."""

    slug: str
    score: float


@dataclass(frozen=True, slots=True)
class Subject:
    """A text, and how strongly it has which traits (above zero)."""

    text: str
    traits: Mapping[str, float]


def subject_of(entry: Entry) -> Subject:
    """A paper's words and topics. What the curator gives counts as much as the strongest."""
    strongest = max((tag.score for tag in entry.topics), default=0.0) or 1.0
    return Subject(
        f"{entry.title}\n{entry.abstract}",
        {tag.topic.id: strongest if tag.by_curator else tag.score for tag in entry.topics},
    )
