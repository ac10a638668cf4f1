"""What becomes of a paper's topics: those that it has, those that it misses, and how sure that is.

There are two kinds of topics that a paper does not have though something speaks for them: those
that the curator took away, and those that nearly have enough evidence.

The rules are **not sure** of

* a paper with a single weak topic: its score is less than one and a half times what the topic
  takes. Such topics are mostly right, but of the papers with a label every second one lacks another
  topic then; of those with a strong one only every fourth;
* a crowded paper: more topics reach their thresholds than a paper is given, so that some are left
  out for their order alone, or additions made them more than four;

and of a paper without a topic. Where the curator has decided all topics (``curation.topics``, which
may be none), or taken away those that the rules gave until none was left, all is settled.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from generator.model import Curation, Paper, TopicScore
from generator.topics.tagging import NearMiss, Tagger, Verdict
from generator.topics.taxonomy import Taxonomy

#: A topic is a near miss if it has at least this share of its threshold; less is mere mention.
_NEAR = 0.5
#: Times the threshold.
_STRONG = 1.5
#: More topics than this say little of a paper.
_MANY = 4
_DROPPED = "taken away by the editor"
_REPLACED = "the editor chose other topics"


@dataclass(frozen=True, slots=True)
class Missed:
    """A topic that a paper does not have. ``score.by_curator`` says whether a person decided so.

    ``threshold`` is the score that it takes; 0 where that is not the reason.
    """

    score: TopicScore
    threshold: float
    reason: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A paper's topics, the strongest first; what it misses, the curator's decisions first.

    ``is_bare`` says that it has no topic because the curator decided so.
    """

    given: tuple[TopicScore, ...]
    missed: tuple[Missed, ...] = ()
    is_bare: bool = False
    is_weak: bool = False
    is_crowded: bool = False


def judge(paper: Paper, tagger: Tagger, taxonomy: Taxonomy) -> Judgement:
    """Judge a paper by rules and by what its curator said.

    Args:
        paper: The paper.
        tagger: The rules, ready.
        taxonomy: What they were made of.
    """
    given, rules = tagger.judge(paper, near=_NEAR)
    return Judgement(
        given=given,
        missed=tuple(_missed(paper.curation, given, rules)),
        is_bare=not given and (paper.curation.topics is not None or bool(rules.given)),
        is_weak=_is_weak(given, taxonomy),
        is_crowded=_is_crowded(paper, given, rules.missed, taxonomy),
    )


def _missed(curation: Curation, given: Collection[TopicScore], rules: Verdict) -> Iterator[Missed]:
    settled = {each.topic for each in given}
    for each in _decided(curation, given, rules):
        settled.add(each.score.topic)
        yield each
    for miss in rules.missed:
        if miss.score.topic not in settled and miss.score.score >= miss.threshold * _NEAR:
            yield Missed(miss.score, miss.threshold, miss.reason)


def _decided(curation: Curation, given: Collection[TopicScore], rules: Verdict) -> Iterator[Missed]:
    """What the rules give and the curator did not want, and what was taken away for good."""
    if curation.topics is None and not curation.drop_topics:
        return
    has = {each.topic for each in given}
    computed = {each.topic: each for each in rules.given}
    known = {**{miss.score.topic: miss.score for miss in rules.missed}, **computed}
    for topic in dict.fromkeys((*computed, *curation.drop_topics)):
        if topic not in has:
            score = known.get(topic, TopicScore(topic, 0.0))
            reason = _DROPPED if topic in curation.drop_topics else _REPLACED
            yield Missed(TopicScore(topic, score.score, score.evidence, by_curator=True), 0, reason)


def _is_weak(given: Collection[TopicScore], taxonomy: Taxonomy) -> bool:
    if len(given) != 1:
        return False
    (only,) = given
    takes = next(topic.threshold for topic in taxonomy.topics if topic.id == only.topic)
    return not only.by_curator and only.score < takes * _STRONG


def _is_crowded(
    paper: Paper, given: Collection[TopicScore], misses: Iterable[NearMiss], taxonomy: Taxonomy
) -> bool:
    if paper.curation.topics is not None:
        return False
    if len(given) > _MANY:
        return True
    least = max((each.score for each in given), default=0.0) * taxonomy.settings.least_share
    return any(
        miss.score.score >= max(miss.threshold, least)
        and miss.score.topic not in paper.curation.drop_topics
        for miss in misses
    )
