"""Which papers of a day an editor may want to pick, and why.

One is chosen after the other, each in view of those before it (as maximal marginal relevance has
it: J. Carbonell and J. Goldstein, 1998). To what speaks for a paper by itself
(:mod:`generator.editing.arguments`) comes

* up to one point for topics that no pick has yet: each of its topics counts as much as it has of
  the paper, and half of that grows with the topic's size on that day (by the square root), so that
  the subjects of the day come first and the rare ones are not lost;
* up to one point less for likeness to a pick, by words and topics, as for related papers
  (:mod:`generator.related.neighbours`).

What is nearly the same as a pick is not proposed at all. Of papers with equal points the one comes
first that stands first in the edition: on most sources that is the readers' vote.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.digest import Digest, EditionView, Entry
from generator.editing.arguments import Argument, Arguments
from generator.related.likeness import Corpus
from generator.related.neighbours import SHARE_OF_TOPICS
from generator.related.subjects import Subject, subject_of

#: Nobody takes in more at a glance (G. Miller's seven, 1956); and a page begins with all picks.
MOST = 7
_TOPICS = 1.0
_LEAST_OF_TOPIC = 0.5
#: Words alone make nine in ten pairs of papers of a day less alike than the first number; with a
#: topic and a subject in common it is 0.3. From the second on two papers take each other's place;
#: the last is that of a paper and its sequel, which are one to a reader who skims.
_NOTICED, _ALIKE, _THE_SAME = 0.05, 0.4, 0.5


@dataclass(frozen=True, slots=True)
class Proposal:
    """A paper that may be picked, with what speaks for it and against it."""

    entry: Entry
    arguments: tuple[Argument, ...]

    @property
    def score(self) -> float:
        """The sum of all points."""
        return round(sum(each.points for each in self.arguments), 2)


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed for an edition.

    ``present`` are its picks as they are; ``picks`` the papers that it lacks to have ``number`` of
    them, best first; ``further`` those that come next.
    """

    number: int
    present: tuple[Entry, ...]
    picks: tuple[Proposal, ...]
    further: tuple[Proposal, ...]


def usual(papers: int) -> int:
    """How many picks an edition of so many papers usually has: half the square root, one to seven.

    With a page of four papers one stands out; of a hundred an editor picks five, and of a thousand
    hardly more, for picks are there to be read all.
    """
    return min(max(round(math.sqrt(papers) / 2), 1), MOST)


def propose(
    day: dt.date,
    digest: Digest,
    follow: Collection[str] = (),
    *,
    number: int | None = None,
    topic: str | None = None,
) -> Proposals:
    """Propose picks for the edition of a day.

    Args:
        day: That of one of the digest's editions.
        digest: What is published. What is not public is in no edition, so it is not proposed.
        follow: The topics that the digest follows.
        number: How many picks the edition is to have, with those that it has; by default as many
            as is :func:`usual`.
        topic: Only papers that have this topic are proposed.
    """
    edition = next(each for each in digest.editions if each.date == day)
    number = usual(len(edition.entries)) if number is None else number
    lacking = max(number - len(edition.picks), 0)
    choice = _Choice(edition, Arguments(day, digest, follow), topic)
    found = tuple(choice.best(lacking + number))
    return Proposals(number, edition.picks, found[:lacking], found[lacking:])


@dataclass(slots=True)
class _Choice:
    """The papers of an edition while one after the other is chosen."""

    edition: EditionView
    arguments: Arguments
    topic: str | None
    left: dict[str, Proposal] = field(init=False)
    near: dict[str, tuple[float, Entry]] = field(init=False, default_factory=dict)
    covered: set[str] = field(init=False, default_factory=set)
    sizes: dict[str, int] = field(init=False)
    subjects: dict[str, Subject] = field(init=False)
    corpus: Corpus = field(init=False)

    def __post_init__(self) -> None:
        entries = self.edition.entries
        self.sizes = {each.topic.id: each.count for each in self.edition.counts}
        self.subjects = {entry.slug: subject_of(entry) for entry in entries}
        self.corpus = Corpus({slug: each.text for slug, each in self.subjects.items()})
        self.left = {
            entry.slug: Proposal(entry, self.arguments.about(entry))
            for entry in entries
            if self.topic is None or self.topic in _ids(entry)
        }
        for entry in self.edition.picks:
            self._take(entry)

    def best(self, number: int) -> Iterator[Proposal]:
        """So many papers, best first, as far as something speaks for them.

        Likeness to a pick says which of two comes first, not that one is not worth it: in a digest
        on a single subject all papers are alike.
        """
        for _ in range(number):
            worth = [each for each in map(self._with_topics, self.left.values()) if each.score > 0]
            if not worth:
                return
            # Of equal ones the first.
            found = max(map(self._with_likeness, worth), key=lambda each: each.score)
            self._take(found.entry)
            yield found

    def _take(self, entry: Entry) -> None:
        """Count a paper as picked: what is nearly the same is not proposed any more."""
        self.left.pop(entry.slug, None)
        self.covered |= _ids(entry)
        picked = self.subjects[entry.slug]
        (near,) = self.corpus.nearest([picked.text], len(self.subjects))
        for each in near:
            traits = self.subjects[each.slug].traits
            score = each.score + SHARE_OF_TOPICS * _cosine(picked.traits, traits)
            if score >= _THE_SAME:
                self.left.pop(each.slug, None)
            elif score > self.near.get(each.slug, (_NOTICED, entry))[0]:
                self.near[each.slug] = (score, entry)

    def _with_topics(self, proposal: Proposal) -> Proposal:
        more = self._topics(proposal.entry)
        return replace(proposal, arguments=(*proposal.arguments, *more))

    def _with_likeness(self, proposal: Proposal) -> Proposal:
        more = self._likeness(proposal.entry)
        return replace(proposal, arguments=(*proposal.arguments, *more))

    def _topics(self, entry: Entry) -> Iterator[Argument]:
        largest = max(self.sizes.values(), default=1)
        whole = sum(tag.score for tag in entry.topics)
        fresh = [tag for tag in entry.topics if tag.topic.id not in self.covered]
        points = 0.0
        for tag in fresh:
            grown = _LEAST_OF_TOPIC * math.sqrt(self.sizes[tag.topic.id] / largest)
            points += _TOPICS * tag.score / whole * (_LEAST_OF_TOPIC + grown)
        if fresh:
            named = [(tag.topic.title, self.sizes[tag.topic.id]) for tag in fresh]
            yield Argument(round(points, 2), _on_topics(named))

    def _likeness(self, entry: Entry) -> Iterator[Argument]:
        if entry.slug in self.near:
            score, other = self.near[entry.slug]
            points = -round(min(score / _ALIKE, 1.0), 2)
            yield Argument(points, f"like the pick “{other.title}” ({score:.2f})")


def _on_topics(named: Sequence[tuple[str, int]]) -> str:
    """What a pick adds, topic by topic."""
    only = [title for title, size in named if size == 1]
    more = [f"{title} ({size:,} papers)" for title, size in named if size > 1]
    parts = []
    if more:
        parts.append(f"the first pick on {', '.join(more)}")
    if only:
        parts.append(f"the edition’s only paper on {', '.join(only)}")
    return "; ".join(parts)


def _ids(entry: Entry) -> set[str]:
    return {tag.topic.id for tag in entry.topics}


def _cosine(some: Mapping[str, float], others: Mapping[str, float]) -> float:
    """How alike two papers are in their topics, from 0 to 1."""
    lengths = math.hypot(*some.values()) * math.hypot(*others.values())
    return sum(value * others.get(key, 0.0) for key, value in some.items()) / (lengths or 1.0)
