"""Which topics a paper has, and why: title and abstract weighed by the rules of the taxonomy.

For every rule, each sentence in which one of its phrases stands adds the rule's weight once, times
the share of the place: most for the title, less for what a title names as its means ("... via
contrastive learning"), much for a sentence that says what the authors contribute, little for the
rest, nothing for a sentence about where the code is. Words prove a thing once: where phrases of a
topic overlap ("knowledge graph", "graph"), the heaviest counts. What the abstract adds to a rule
has a limit, so that a word which says little does not prove much by being repeated. Rules against
a topic take away in the same manner. A topic whose sum reaches its threshold is given; if none
does, the strongest is given for less, because nearly every paper is about something that has a
topic. Everything here is pure and gives the same answer every time.
"""

from __future__ import annotations

from typing import NamedTuple

from generator.model import Curation, Paper, TopicScore
from generator.topics.taxonomy import Taxonomy
from generator.topics.weighing import Scales, Weighed


class NearMiss(NamedTuple):
    """A topic with evidence that the paper was not given, and why not."""

    score: TopicScore
    threshold: float
    reason: str


class Verdict(NamedTuple):
    """What the rules make of a paper: the topics that they give, and those that they do not.

    The strongest come first among those given, the nearest first among those missed.
    """

    given: tuple[TopicScore, ...]
    missed: tuple[NearMiss, ...]


class Assignment(NamedTuple):
    """The topics of a paper, and what the rules alone make of it."""

    topics: tuple[TopicScore, ...]
    rules: Verdict


class Tagger:
    """A taxonomy made ready to judge many papers.

    Args:
        taxonomy: The topics and their rules; not changed.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._settings = taxonomy.settings
        self._topics = taxonomy.topics
        self._scales = Scales(taxonomy)

    def score(self, title: str, abstract: str) -> tuple[TopicScore, ...]:
        """The topics that the rules give a paper, strongest first, ties in the taxonomy's order.

        At most ``settings.most_topics``, and none that is much weaker than the strongest
        (``settings.least_share``). The strongest is given for a share of its threshold
        (``settings.alone``). The evidence of each holds what speaks for it and, with negative
        weights, what speaks against it.
        """
        return self.verdict(title, abstract).given

    def verdict(self, title: str, abstract: str) -> Verdict:
        """The topics that :meth:`score` gives a paper, and those with evidence that it does not."""
        return self._judge(self._scales.weigh(title, abstract))

    def assign(self, paper: Paper) -> tuple[TopicScore, ...]:
        """The topics of a paper: the curator's word first, in the curator's order, then the rules'.

        ``curation.topics`` replaces the rules' topics, ``add_topics`` and ``drop_topics`` amend
        them. A topic that the curator gives counts as the curator's, with whatever score and
        evidence the rules have for it; the limit of :meth:`score` holds for the rules alone, and a
        paper to which the curator gave a topic gets none by the rules for less than its threshold.
        """
        return self.judge(paper).topics

    def judge(self, paper: Paper, near: float = 0.0) -> Assignment:
        """The topics of a paper as :meth:`assign` gives them, beside what the rules say alone.

        Args:
            paper: The paper.
            near: Topics that have a smaller share of what they take are not told among the missed,
                unless the curator decided something about the paper's topics.
        """
        weighed = self._scales.weigh(paper.title, paper.abstract)
        curation = paper.curation
        if curation.topics is None and not curation.add_topics and not curation.drop_topics:
            rules = self._judge(weighed, near)
            return Assignment(rules.given, rules)
        return Assignment(self._assigned(curation, weighed), self._judge(weighed))

    def _assigned(self, curation: Curation, weighed: list[Weighed]) -> tuple[TopicScore, ...]:
        given = (curation.topics or ()) + curation.add_topics
        wanted = [topic for topic in dict.fromkeys(given) if topic not in curation.drop_topics]
        by_topic = {self._topics[each.topic].id: each for each in weighed}
        first = [self._by_curator(topic, by_topic.get(topic)) for topic in wanted]
        if curation.topics is not None:
            return tuple(first)
        computed = self._judge(weighed, has_other=bool(wanted)).given
        settled = {*wanted, *curation.drop_topics}
        return (*first, *(score for score in computed if score.topic not in settled))

    def _judge(
        self, weighed: list[Weighed], near: float = 0.0, *, has_other: bool = False
    ) -> Verdict:
        settings = self._settings
        given: list[TopicScore] = []
        missed: list[NearMiss] = []
        enough = self._enough(weighed, 1 if has_other else settings.alone)
        least = max((each.score for each in enough), default=0.0) * settings.least_share
        for each in weighed:
            threshold = self._topics[each.topic].threshold
            if each not in enough:
                if each.score >= threshold * near:
                    missed.append(NearMiss(self._score(each), threshold, "below its threshold"))
                continue
            score = self._score(each)
            if each.score < least:
                missed.append(NearMiss(score, threshold, "much weaker than the strongest topic"))
            elif len(given) == settings.most_topics:
                missed.append(NearMiss(score, threshold, "the paper has stronger topics enough"))
            else:
                given.append(score)
        return Verdict(tuple(given), tuple(missed))

    def _enough(self, weighed: list[Weighed], alone: float) -> list[Weighed]:
        """The topics that reach their thresholds; else the strongest, if it reaches the share."""
        reached = [each.score / self._topics[each.topic].threshold for each in weighed]
        enough = [each for each, share in zip(weighed, reached, strict=True) if share >= 1]
        return enough or [each for each in weighed[:1] if reached[0] >= alone]

    def _score(self, weighed: Weighed) -> TopicScore:
        return TopicScore(self._topics[weighed.topic].id, weighed.score, weighed.evidence())

    def _by_curator(self, topic: str, weighed: Weighed | None) -> TopicScore:
        if weighed is None:
            return TopicScore(topic, 0.0, by_curator=True)
        return TopicScore(topic, weighed.score, weighed.evidence(), by_curator=True)
