"""What speaks for each topic in a paper: its sentences, the rules that count in them, their sums.

Nearly all that is found speaks for topics that the paper does not get. So what is found is kept as
numbers, and becomes the evidence that people are shown where somebody asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.model import Evidence
from generator.topics.phrases import Found, PhraseIndex, sentences, words_of
from generator.topics.taxonomy import PLACES, Rule, Taxonomy, Topic

#: Scores are rounded so that the order of additions cannot show.
_DIGITS = 3

#: What follows in a title is how something is done, not what: "X by Y", "X via Y".
_MEANS = re.compile(r"\b(?:by|through|using|via|with)\b", re.IGNORECASE)
#: Addresses: github.com/bert-lab/speech is no evidence of what a paper is about.
_DOMAINS = r"\.(?:ai|co|com|edu|gov|io|net|org)/"
_ADDRESS = re.compile(
    rf"(?:https?://|www\.|\b[\w-]+(?:\.[\w-]+)*{_DOMAINS})[^\s<>()]*[^\s<>().,;:!?]",
    re.IGNORECASE,
)
#: What every address has, and few other texts have; much faster to look for.
_PERHAPS = re.compile(rf"://|www\.|{_DOMAINS}", re.IGNORECASE)
#: What between white space may be an address, or hold one: looked through, and nothing else.
_STRETCH = re.compile(r"(?<!\S)\S*(?:/|www\.)\S*", re.IGNORECASE)


class Sentence(NamedTuple):
    """A stretch of a paper, where it counts as standing, its words, and the phrases in it."""

    text: str
    place: str
    words: list[str]
    found: list[Found]

    def part(self, first: int, last: int) -> str:
        """The text from a word to another."""
        if first == last:
            return self.words[first]
        end = 0
        for word in self.words[:first]:
            end = self.text.index(word, end) + len(word)
        start = end = self.text.index(self.words[first], end)
        for word in self.words[first : last + 1]:
            end = self.text.index(word, end) + len(word)
        return self.text[start:end]


class Hit(NamedTuple):
    """What a rule found in a sentence: from its first to its last word, and what that weighs."""

    sentence: Sentence
    first: int
    last: int
    weight: float


class Weighed(NamedTuple):
    """A topic, by its number, for which something speaks, and what was found for and against it."""

    topic: int
    score: float
    hits: list[Hit]

    def evidence(self) -> tuple[Evidence, ...]:
        """What was found, as people are shown it."""
        return tuple(
            Evidence(sentence.part(first, last), sentence.place, weight)
            for sentence, first, last, weight in self.hits
        )


class _Rule(NamedTuple):
    """A rule ready for use.

    ``side`` is the same for all rules for one topic, and for all against it; one of ``companions``
    must also be in the paper, if there are any.
    """

    topic: int
    side: int
    weight: float
    companions: frozenset[int]


class Scales:
    """The rules of a taxonomy made ready to weigh many papers.

    Args:
        taxonomy: The topics and their rules; not changed.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._settings = taxonomy.settings
        self._numbers: dict[str, int] = {}
        self._rules: list[_Rule] = []
        #: For each place the rules that count there, by their phrases.
        self._users: dict[str, dict[int, list[int]]] = {place: {} for place in PLACES}
        for topic, rule, weight in sorted(_weighted(taxonomy.topics), key=lambda one: -abs(one[2])):
            self._add(topic, rule, weight)
        self._markers = {
            place: frozenset(self._number(phrase) for phrase in phrases)
            for place, phrases in taxonomy.settings.markers.items()
        }
        self._index = PhraseIndex(tuple(self._numbers))

    def _add(self, topic: int, rule: Rule, weight: float) -> None:
        """Take over a rule; a lower number is a heavier rule."""
        number = len(self._rules)
        companions = frozenset(self._number(phrase) for phrase in rule.only_with)
        self._rules.append(_Rule(topic, topic if weight > 0 else ~topic, weight, companions))
        phrases = dict.fromkeys(self._number(phrase) for phrase in rule.phrases)
        for place in rule.places | {"means"} if "title" in rule.places else rule.places:
            for phrase in phrases:
                self._users[place].setdefault(phrase, []).append(number)

    def _number(self, phrase: str) -> int:
        """The phrase's position in the index; equal phrases share one."""
        return self._numbers.setdefault(phrase, len(self._numbers))

    def weigh(self, title: str, abstract: str) -> list[Weighed]:
        """Every topic for which something speaks, strongest first."""
        read = list(self._read(title, abstract))
        present = {phrase for sentence in read for phrase, _, _ in sentence.found}
        hits: dict[int, list[Hit]] = {}
        used: dict[int, float] = {}
        for sentence in read:
            place = sentence.place
            if not (share := self._settings.places[place]):
                continue
            for number, first, last in self._counting(sentence, present):
                part = self._part(place, share, number, used)
                if part > 0:
                    rule = self._rules[number]
                    weight = round(rule.weight * part, _DIGITS)
                    hits.setdefault(rule.topic, []).append(Hit(sentence, first, last, weight))
        weighed = [
            Weighed(topic, round(sum(weight for _, _, _, weight in found), _DIGITS), found)
            for topic, found in sorted(hits.items())
        ]
        return sorted((each for each in weighed if each.score > 0), key=lambda each: -each.score)

    def _read(self, title: str, abstract: str) -> Iterator[Sentence]:
        title = without_addresses(title)
        words = words_of(title)
        found = self._index.among(words)
        means = _MEANS.search(title)
        cut = len(words_of(title[: means.end()])) if means else len(words)
        yield Sentence(title, "title", words, [each for each in found if each[1] < cut])
        yield Sentence(title, "means", words, [each for each in found if each[1] >= cut])
        for number, text in enumerate(sentences(without_addresses(abstract))):
            words = words_of(text)
            found = self._index.among(words)
            yield Sentence(text, self._place(number, found), words, found)

    def _place(self, number: int, found: list[Found]) -> str:
        """The place of a sentence of the abstract, by its number and what was found in it."""
        phrases = {phrase for phrase, _, _ in found}
        for place, markers in self._markers.items():
            if not markers.isdisjoint(phrases):
                return place
        return "abstract" if number else "opening"

    def _counting(self, sentence: Sentence, present: set[int]) -> Iterator[Found]:
        """The numbers of the rules that count in a sentence, each with the place of its phrase.

        Of rules for (or against) one topic whose phrases overlap, the heaviest counts.
        """
        taken: dict[int, list[tuple[int, int]]] = {}
        for number, (first, last) in sorted(self._first(sentence).items()):
            rule = self._rules[number]
            if rule.companions and rule.companions.isdisjoint(present):
                continue
            others = taken.setdefault(rule.side, [])
            if all(last < start or end < first for start, end in others):
                others.append((first, last))
                yield number, first, last

    def _first(self, sentence: Sentence) -> dict[int, tuple[int, int]]:
        """For each rule the first of its phrases in a sentence, of those the longest."""
        users = self._users[sentence.place]
        found: dict[int, tuple[int, int]] = {}
        for phrase, first, last in sentence.found:
            for number in users.get(phrase, ()):
                known = found.get(number)
                if known is None or (first == known[0] and last > known[1]):
                    found[number] = first, last
        return found

    def _part(self, place: str, share: float, number: int, used: dict[int, float]) -> float:
        """What of a rule's weight counts in a place; ``used`` is how much the abstract has used.

        What stands in the title before its means does not count again among them.
        """
        if place == "title":
            used[number] = 0.0
        elif place == "means":
            if number in used:
                return 0.0
            used[number] = 0.0
        else:
            before = used.get(number, 0.0)
            share = min(share, self._settings.abstract_limit - before)
            if share > 0:
                used[number] = before + share
        return share


def without_addresses(text: str) -> str:
    """A text with blanks in place of addresses, so that everything else stays where it is."""
    if ("/" not in text and "www." not in text) or not _PERHAPS.search(text):
        return text
    return _STRETCH.sub(lambda stretch: _ADDRESS.sub(_blank, stretch[0]), text)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _weighted(topics: Iterable[Topic]) -> Iterator[tuple[int, Rule, float]]:
    """All rules, each with the number of its topic and its weight, below zero if it is against."""
    for number, topic in enumerate(topics):
        yield from ((number, rule, rule.weight) for rule in topic.rules)
        yield from ((number, rule, -rule.weight) for rule in topic.against)
