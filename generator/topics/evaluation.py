"""How well the rules give topics, measured against papers that people have labelled.

A topic that the rules give and the label has is a hit; one that the label calls optional does not
count; any other is false; a topic of the label that the rules do not give is missed. The figure
that counts is F1 over all hits, false and missed topics together (micro-F1); macro-F1 is the mean
over topics, the rare ones as heavy as the common.

Where a paper has a false topic and lacks another one, the one may have been taken for the other: a
confusion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator.model import Paper
from generator.topics.labels import Label, labelled
from generator.topics.tagging import Tagger


@dataclass(frozen=True, slots=True)
class Counts:
    """Topics given rightly, given wrongly, and not given."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of the given topics that are right, from 0 to 1; 0 if none is given."""
        return _share(self.hits, self.hits + self.false)

    @property
    def recall(self) -> float:
        """The share of the expected topics that are given, from 0 to 1; 0 if none is expected."""
        return _share(self.hits, self.hits + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, from 0 to 1."""
        return _share(2 * self.hits, 2 * self.hits + self.false + self.missed)


@dataclass(frozen=True, slots=True)
class Confusion:
    """A topic that was given where another one was missed, and the slugs of those papers."""

    given: str
    missed: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of a comparison.

    ``topics`` has the counts of every topic that was expected or given; ``well_shelved`` is the
    number of papers whose strongest topic the label allows (or that rightly have none);
    ``absent`` holds the labels whose paper is not in the library; they are not scored.
    ``confusions`` are the most frequent first.
    """

    papers: int
    topics: Mapping[str, Counts]
    well_shelved: int
    absent: tuple[Label, ...] = field(default=())
    confusions: tuple[Confusion, ...] = ()

    @property
    def total(self) -> Counts:
        """The counts of all topics together; its F1 is micro-F1."""
        return sum(self.topics.values(), Counts())

    @property
    def macro_f1(self) -> float:
        """The mean F1 of the topics, from 0 to 1."""
        return _share(sum(counts.f1 for counts in self.topics.values()), len(self.topics))

    @property
    def macro_precision(self) -> float:
        """The mean precision of the topics, from 0 to 1."""
        return _share(sum(counts.precision for counts in self.topics.values()), len(self.topics))

    @property
    def macro_recall(self) -> float:
        """The mean recall of the topics, from 0 to 1."""
        return _share(sum(counts.recall for counts in self.topics.values()), len(self.topics))

    @property
    def primary_share(self) -> float:
        """The share of the papers whose strongest topic the label allows, from 0 to 1."""
        return _share(self.well_shelved, self.papers)


def evaluate(labels: Iterable[Label], papers: Iterable[Paper], tagger: Tagger) -> Evaluation:
    """Compare the topics that the rules give with those that people gave.

    What curators decided about topics plays no part: the rules are
    measured.
    """
    found, absent = labelled(labels, papers)
    counts: dict[str, Counts] = {}
    confused: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    well_shelved = 0
    for label, paper in found:
        given = [score.topic for score in tagger.score(paper.title, paper.abstract)]
        compared = _compare(given, label)
        for topic, each in compared.items():
            counts[topic] = counts.get(topic, Counts()) + each
        for pair in _confused(compared):
            confused[pair].append(paper.slug)
        well_shelved += given[0] in label.topics | label.optional if given else not label.topics
    return Evaluation(
        len(found), dict(sorted(counts.items())), well_shelved, absent, _confusions(confused)
    )


def _confused(compared: Mapping[str, Counts]) -> list[tuple[str, str]]:
    """Every topic that a paper was falsely given, with every one that it lacks."""
    false = [topic for topic, counts in compared.items() if counts.false]
    missed = [topic for topic, counts in compared.items() if counts.missed]
    return [(one, other) for one in false for other in missed]


def _confusions(confused: Mapping[tuple[str, str], list[str]]) -> tuple[Confusion, ...]:
    found = [Confusion(*pair, tuple(sorted(slugs))) for pair, slugs in confused.items()]
    return tuple(sorted(found, key=lambda each: (-len(each.papers), each.given, each.missed)))


def _compare(given: list[str], label: Label) -> dict[str, Counts]:
    found = {topic: Counts(missed=1) for topic in sorted(label.topics)}
    for topic in given:
        if topic in label.topics:
            found[topic] = Counts(hits=1)
        elif topic not in label.optional:
            found[topic] = Counts(false=1)
    return found


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0
