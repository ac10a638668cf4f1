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

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from generator.model import Curation, Evidence, Paper, TopicScore
from generator.topics.phrases import Match, PhraseIndex, sentences
from generator.topics.taxonomy import Rule, Taxonomy, Topic

#: Scores are rounded so that the order of additions cannot show.
_DIGITS = 3

#: What follows in a title is how something is done, not what: "X by Y", "X via Y".
_MEANS = re.compile(r"\b(?:by|through|using|via|with)\b", re.IGNORECASE)
#: Addresses: github.com/bert-lab/speech is no evidence of what a paper is about.
_ADDRESS = re.compile(
    r"(?:https?://|www\.|\b[\w-]+(?:\.[\w-]+)*\.(?:ai|co|com|edu|gov|io|net|org)/)"
    r"[^\s<>()]*[^\s<>().,;:!?]",
    re.IGNORECASE,
)

#: The places that are in the title, where nothing is repeated.
_IN_TITLE = frozenset({"title", "means"})


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


class _Sentence(NamedTuple):
    """A stretch of the paper, where it counts as standing, and the phrases in it."""

    text: str
    place: str
    matches: list[Match]


class _Entry(NamedTuple):
    """A rule ready for use: its topic's number, its sign, and what must also be in the paper."""

    topic: int
    rule: Rule
    weight: float
    places: frozenset[str]
    companions: frozenset[int]


class Tagger:
    """A taxonomy made ready to judge many papers.

    Args:
        taxonomy: The topics and their rules; not changed.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._order = {topic.id: number for number, topic in enumerate(taxonomy.topics)}
        self._numbers: dict[str, int] = {}
        self._entries: list[_Entry] = []
        self._users: dict[int, list[int]] = {}
        self._add(sorted(_weighted(taxonomy.topics), key=lambda one: -abs(one[2])))
        self._markers = {
            place: frozenset(self._number(phrase) for phrase in phrases)
            for place, phrases in taxonomy.settings.markers.items()
        }
        self._index = PhraseIndex(tuple(self._numbers))

    def _add(self, rules: Iterable[tuple[int, Rule, float]]) -> None:
        """Take over the rules, the heaviest first, so that a lower number is a heavier rule."""
        for entry, (topic, rule, weight) in enumerate(rules):
            companions = frozenset(self._number(phrase) for phrase in rule.only_with)
            places = rule.places | {"means"} if "title" in rule.places else rule.places
            self._entries.append(_Entry(topic, rule, weight, places, companions))
            for phrase in rule.phrases:
                self._users.setdefault(self._number(phrase), []).append(entry)

    def _number(self, phrase: str) -> int:
        """The phrase's position in the index; equal phrases share one."""
        return self._numbers.setdefault(phrase, len(self._numbers))

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
        return self._judge(self._weigh(title, abstract))

    def assign(self, paper: Paper) -> tuple[TopicScore, ...]:
        """The topics of a paper: the curator's word first, in the curator's order, then the rules'.

        ``curation.topics`` replaces the rules' topics, ``add_topics`` and ``drop_topics`` amend
        them. A topic that the curator gives counts as the curator's, with whatever score and
        evidence the rules have for it; the limit of :meth:`score` holds for the rules alone, and a
        paper to which the curator gave a topic gets none by the rules for less than its threshold.
        """
        return self.judge(paper).topics

    def judge(self, paper: Paper) -> Assignment:
        """The topics of a paper as :meth:`assign` gives them, beside what the rules say alone."""
        weighed = self._weigh(paper.title, paper.abstract)
        return Assignment(self._assigned(paper.curation, weighed), self._judge(weighed))

    def _assigned(self, curation: Curation, weighed: list[TopicScore]) -> tuple[TopicScore, ...]:
        given = (curation.topics or ()) + curation.add_topics
        wanted = [topic for topic in dict.fromkeys(given) if topic not in curation.drop_topics]
        by_topic = {score.topic: score for score in weighed}
        first = [_by_curator(topic, by_topic.get(topic)) for topic in wanted]
        if curation.topics is not None:
            return tuple(first)
        computed = self._judge(weighed, has_other=bool(wanted)).given
        settled = {*wanted, *curation.drop_topics}
        return (*first, *(score for score in computed if score.topic not in settled))

    def _judge(self, weighed: list[TopicScore], *, has_other: bool = False) -> Verdict:
        settings = self._taxonomy.settings
        given: list[TopicScore] = []
        missed: list[NearMiss] = []
        enough = self._enough(weighed, 1 if has_other else settings.alone)
        least = max((score.score for score in enough), default=0.0) * settings.least_share
        for score in weighed:
            threshold = self._topic(score).threshold
            if score not in enough:
                missed.append(NearMiss(score, threshold, "below its threshold"))
            elif score.score < least:
                missed.append(NearMiss(score, threshold, "much weaker than the strongest topic"))
            elif len(given) == settings.most_topics:
                missed.append(NearMiss(score, threshold, "the paper has stronger topics enough"))
            else:
                given.append(score)
        return Verdict(tuple(given), tuple(missed))

    def _enough(self, weighed: list[TopicScore], alone: float) -> list[TopicScore]:
        """The topics that reach their thresholds; else the strongest, if it reaches the share."""
        reached = {score.topic: score.score / self._topic(score).threshold for score in weighed}
        enough = [score for score in weighed if reached[score.topic] >= 1]
        return enough or [score for score in weighed[:1] if reached[score.topic] >= alone]

    def _topic(self, score: TopicScore) -> Topic:
        return self._taxonomy.topics[self._order[score.topic]]

    def _weigh(self, title: str, abstract: str) -> list[TopicScore]:
        """Every topic for which something speaks, strongest first."""
        read = list(self._read(title, abstract))
        present = frozenset(match.phrase for sentence in read for match in sentence.matches)
        evidence: dict[int, list[Evidence]] = {}
        used: dict[int, float] = {}
        for sentence in read:
            for number, match in self._hits(sentence, present):
                share = self._share(sentence.place, used.get(number))
                if not share:
                    continue
                in_abstract = 0.0 if sentence.place in _IN_TITLE else share
                used[number] = used.get(number, 0.0) + in_abstract
                entry = self._entries[number]
                phrase = sentence.text[match.start : match.end]
                weight = round(entry.weight * share, _DIGITS)
                found = Evidence(phrase, sentence.place, weight)
                evidence.setdefault(entry.topic, []).append(found)
        topics = self._taxonomy.topics
        scores = [
            TopicScore(topics[number].id, _total(found), tuple(found))
            for number, found in sorted(evidence.items())
        ]
        return sorted((s for s in scores if s.score > 0), key=lambda score: -score.score)

    def _read(self, title: str, abstract: str) -> Iterator[_Sentence]:
        title = without_addresses(title)
        found = self._index.find(title)
        means = _MEANS.search(title)
        cut = means.end() if means else len(title)
        yield _Sentence(title, "title", [match for match in found if match.start < cut])
        yield _Sentence(title, "means", [match for match in found if match.start >= cut])
        for number, text in enumerate(sentences(without_addresses(abstract))):
            matches = self._index.find(text)
            yield _Sentence(text, self._place(number, matches), matches)

    def _place(self, number: int, matches: list[Match]) -> str:
        """The place of a sentence of the abstract, by its number and what was found in it."""
        for place, markers in self._markers.items():
            if any(match.phrase in markers for match in matches):
                return place
        return "abstract" if number else "opening"

    def _hits(self, sentence: _Sentence, present: frozenset[int]) -> Iterator[tuple[int, Match]]:
        """The numbers of the rules that count in a sentence, each with its first phrase.

        Of rules for (or against) one topic whose phrases overlap, the heaviest counts.
        """
        taken: dict[tuple[int, bool], list[Match]] = {}
        for number, match in sorted(self._first(sentence).items()):
            entry = self._entries[number]
            if sentence.place not in entry.places:
                continue
            if entry.companions and entry.companions.isdisjoint(present):
                continue
            others = taken.setdefault((entry.topic, entry.weight > 0), [])
            if all(match.end <= other.start or other.end <= match.start for other in others):
                others.append(match)
                yield number, match

    def _first(self, sentence: _Sentence) -> dict[int, Match]:
        """For each rule the first of its phrases in a sentence, of those the longest."""
        first: dict[int, Match] = {}
        for match in sentence.matches:
            for number in self._users.get(match.phrase, ()):
                known = first.get(number)
                if known is None or (match.start == known.start and match.end > known.end):
                    first[number] = match
        return first

    def _share(self, place: str, used: float | None) -> float:
        """What of a rule's weight counts in a place, of which the abstract has used so much.

        ``None`` is a rule that nothing was found for yet; what stands in the title before its means
        does not count again among them.
        """
        settings = self._taxonomy.settings
        share = settings.places[place]
        if place == "title":
            return share
        if place == "means":
            return share if used is None else 0.0
        return max(0.0, min(share, settings.abstract_limit - (used or 0.0)))


def without_addresses(text: str) -> str:
    """A text with blanks in place of addresses, so that everything else stays where it is."""
    if "/" not in text and "www." not in text:  # nearly every text; much faster
        return text
    return _ADDRESS.sub(lambda match: " " * len(match[0]), text)


def _weighted(topics: Iterable[Topic]) -> Iterator[tuple[int, Rule, float]]:
    """All rules, each with the number of its topic and its weight, below zero if it is against."""
    for number, topic in enumerate(topics):
        yield from ((number, rule, rule.weight) for rule in topic.rules)
        yield from ((number, rule, -rule.weight) for rule in topic.against)


def _total(evidence: Sequence[Evidence]) -> float:
    return round(sum(found.weight for found in evidence), _DIGITS)


def _by_curator(topic: str, computed: TopicScore | None) -> TopicScore:
    if computed is None:
        return TopicScore(topic, 0.0, by_curator=True)
    return TopicScore(topic, computed.score, computed.evidence, by_curator=True)
