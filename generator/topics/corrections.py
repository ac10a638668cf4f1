"""Where the rules alone and the curators differ: what corrections say about the rules.

A curator who names all topics of a paper (``topics``) says of every topic whether the paper has it.
One who adds or takes away topics (``add_topics``, ``drop_topics``) says so of these alone: of the
others nothing is known, for nobody may have looked at them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.model import Curation, Paper, TopicScore
from generator.topics.tagging import Tagger


@dataclass(frozen=True, slots=True)
class Disputed:
    """A paper about one topic of which the rules and its curator differ.

    ``score`` is what the rules alone make of the topic, and why: ``None`` if they find nothing.
    """

    slug: str
    title: str
    score: TopicScore | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A topic as curators decided it.

    ``agreed`` counts decisions to which the rules alone come, too; ``missed`` are papers to which
    the curator gives the topic and the rules do not, ``false`` those to which only the rules do.
    """

    topic: str
    agreed: int = 0
    missed: tuple[Disputed, ...] = ()
    false: tuple[Disputed, ...] = ()

    @property
    def differing(self) -> int:
        """How many papers the rules and the curators differ about."""
        return len(self.missed) + len(self.false)


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that curators decided about topics.

    ``papers`` counts the papers, ``topics`` are the worst first. ``needless`` are decisions without
    which the paper would have the same topics, as pairs of its slug and the field.
    """

    papers: int
    topics: tuple[Correction, ...]
    needless: tuple[tuple[str, str], ...] = ()

    @property
    def agreed(self) -> int:
        """How many decisions the rules come to by themselves."""
        return sum(each.agreed for each in self.topics)

    @property
    def differing(self) -> int:
        """How many they do not come to."""
        return sum(each.differing for each in self.topics)


def corrections(papers: Iterable[Paper], tagger: Tagger) -> Corrections:
    """Compare the rules alone with what curators decided."""
    decided = sorted((p for p in papers if _is_decided(p)), key=lambda paper: paper.slug)
    by_topic: defaultdict[str, _Tally] = defaultdict(_Tally)
    needless: list[tuple[str, str]] = []
    for paper in decided:
        rules = tagger.verdict(paper.title, paper.abstract)
        computed = {each.topic: each for each in rules.given}
        missed = {each.score.topic: each.score for each in rules.missed}
        for topic, has in _decisions(paper, computed):
            score = computed.get(topic) or missed.get(topic)
            disputed = Disputed(paper.slug, paper.title, score)
            by_topic[topic].add(disputed, wanted=has, given=topic in computed)
        needless += [(paper.slug, field) for field in _needless(paper, tagger)]
    found = [tally.correction(topic) for topic, tally in by_topic.items()]
    found.sort(key=lambda each: (-each.differing, each.agreed, each.topic))
    return Corrections(len(decided), tuple(found), tuple(needless))


class _Tally:
    """What was decided about one topic so far."""

    def __init__(self) -> None:
        self._agreed = 0
        self._missed: list[Disputed] = []
        self._false: list[Disputed] = []

    def add(self, disputed: Disputed, *, wanted: bool, given: bool) -> None:
        if wanted == given:
            self._agreed += 1
        elif wanted:
            self._missed.append(disputed)
        else:
            self._false.append(disputed)

    def correction(self, topic: str) -> Correction:
        return Correction(topic, self._agreed, tuple(self._missed), tuple(self._false))


def _is_decided(paper: Paper) -> bool:
    curation = paper.curation
    said = curation.topics is not None or curation.add_topics or curation.drop_topics
    return bool(said) and not paper.same_as


def _decisions(paper: Paper, computed: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """The topics about which something was decided, and whether the paper has them."""
    curation = paper.curation
    wanted = dict.fromkeys((*(curation.topics or ()), *curation.add_topics), True)
    if curation.topics is not None:
        wanted = {**dict.fromkeys(computed, False), **wanted}
    return iter({**wanted, **dict.fromkeys(curation.drop_topics, False)}.items())


def _needless(paper: Paper, tagger: Tagger) -> Iterator[str]:
    """Decisions without each of which the paper would have the same topics, in the same order."""
    now = _topics(paper, tagger)
    silent = Curation()
    for field in ("topics", "add_topics", "drop_topics"):
        said = getattr(paper.curation, field)
        without = replace(paper.curation, **{field: getattr(silent, field)})
        is_said = said != getattr(silent, field)
        if is_said and _topics(replace(paper, curation=without), tagger) == now:
            yield field


def _topics(paper: Paper, tagger: Tagger) -> list[str]:
    return [each.topic for each in tagger.assign(paper)]
