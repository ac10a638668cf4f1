"""What speaks for each topic, against a slow reading of the rules as they are told."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Evidence
from generator.topics.phrases import Match, PhraseIndex, sentences
from generator.topics.taxonomy import PLACES, Rule, Settings, Taxonomy, Topic
from generator.topics.weighing import Scales, without_addresses

WORDS = ("graph", "graphs", "speech", "code", "knowledge", "test", "x.org/code", "via", "by")
PHRASES = ("graph", "knowledge graph", "graph*", "speech ... code", "speech|code", "we propose")
RULES = st.builds(
    Rule,
    phrases=st.lists(st.sampled_from(PHRASES), min_size=1, max_size=4).map(tuple),
    weight=st.sampled_from([1.0, 3.0, 3.3, 7.0]),
    places=st.one_of(st.just(frozenset(PLACES)), st.frozensets(st.sampled_from(PLACES))),
    only_with=st.lists(st.sampled_from(PHRASES), max_size=1).map(tuple),
)
TOPICS = st.builds(
    Topic,
    id=st.just(""),
    title=st.just("T"),
    description=st.just("D"),
    threshold=st.just(5.0),
    rules=st.lists(RULES, min_size=1, max_size=4).map(tuple),
    against=st.lists(RULES, max_size=1).map(tuple),
)
SETTINGS = st.builds(
    Settings,
    abstract_limit=st.sampled_from([0.5, 1.0, 1.3]),
    places=st.fixed_dictionaries(
        {place: st.sampled_from([0.3, 0.55, 1.0, 0.0]) for place in PLACES}
    ),
    markers=st.just({"contribution": ("we propose",), "results": ("test",)}),
)
SENTENCES = st.builds(
    lambda first, words: " ".join([first, *words]) + ".",
    st.sampled_from(["Graphs", "Speech", "We propose", "A"]),
    st.lists(st.sampled_from(WORDS), max_size=7),
)
TITLES = SENTENCES.map(lambda text: text.removesuffix("."))
ABSTRACTS = st.lists(SENTENCES, max_size=6).map(" ".join)


def stretches(
    title: str, abstract: str, markers: dict[str, PhraseIndex]
) -> Iterator[tuple[str, str]]:
    """The sentences of a paper, each after its place; the title is one of them."""
    yield "title", without_addresses(title)
    for number, text in enumerate(sentences(without_addresses(abstract))):
        marked = [place for place, index in markers.items() if index.find(text)]
        yield [*marked, "abstract" if number else "opening"][0], text


def weigh(taxonomy: Taxonomy, title: str, abstract: str) -> list[tuple[int, float, list[Evidence]]]:
    """Every topic for which something speaks, one rule after the other."""
    settings = taxonomy.settings
    rules = [
        (number, rule, sign * rule.weight)
        for number, topic in enumerate(taxonomy.topics)
        for sign, rule in (
            *((1, each) for each in topic.rules),
            *((-1, each) for each in topic.against),
        )
    ]
    rules.sort(key=lambda each: -abs(each[2]))
    markers = {place: PhraseIndex(phrases) for place, phrases in settings.markers.items()}
    read = list(stretches(title, abstract, markers))
    found: dict[int, list[Evidence]] = {}
    used: dict[int, float] = {}
    for stretch, text in read:
        counted: dict[str, dict[int, list[Match]]] = {}
        means = re.search(r"\b(?:by|through|using|via|with)\b", text, re.IGNORECASE)
        cut = means.end() if means and stretch == "title" else len(text)
        for at in ("title", "means") if stretch == "title" else (stretch,):
            for number, (topic, rule, weight) in enumerate(rules):
                match = first(rule, text, at, cut)
                allowed = rule.places | ({"means"} if "title" in rule.places else set())
                if match is None or at not in allowed or not accompanied(rule, read):
                    continue
                taken = counted.setdefault(at, {}).setdefault(topic if weight > 0 else ~topic, [])
                if any(match.start < other.end and other.start < match.end for other in taken):
                    continue
                taken.append(match)
                share = settings.places[at]
                if at == "means" and number in used:
                    share = 0.0
                if at not in {"title", "means"}:
                    share = min(share, settings.abstract_limit - used.get(number, 0.0))
                if share > 0:
                    used[number] = used.get(number, 0.0) + (stretch != "title") * share
                    phrase = text[match.start : match.end]
                    evidence = Evidence(phrase, at, round(weight * share, 3))
                    found.setdefault(topic, []).append(evidence)
    weighed = [
        (topic, round(sum(each.weight for each in found[topic]), 3), found[topic])
        for topic in sorted(found)
    ]
    return sorted((each for each in weighed if each[1] > 0), key=lambda each: -each[1])


def first(rule: Rule, text: str, place: str, cut: int) -> Match | None:
    """The first of a rule's phrases in a place, the longest of those that begin together."""
    matches = [
        match
        for match in PhraseIndex(rule.phrases).find(text)
        if place not in {"title", "means"} or (match.start < cut) == (place == "title")
    ]
    return min(matches, key=lambda match: (match.start, -match.end), default=None)


def accompanied(rule: Rule, read: list[tuple[str, str]]) -> bool:
    """Whether one of the phrases that a rule asks for is anywhere in the paper."""
    return not rule.only_with or any(PhraseIndex(rule.only_with).find(text) for _, text in read)


@given(st.lists(TOPICS, min_size=1, max_size=3), SETTINGS, TITLES, ABSTRACTS)
def test_rules_weigh_what_they_are_told_to(
    topics: list[Topic], settings: Settings, title: str, abstract: str
) -> None:
    taxonomy = Taxonomy(tuple(topics), settings)
    weighed = Scales(taxonomy).weigh(title, abstract)

    assert [(each.topic, each.score, list(each.evidence())) for each in weighed] == weigh(
        taxonomy, title, abstract
    )


@pytest.mark.parametrize(
    "text, without",
    [
        ("See https://github.com/speech/graph. So", "See" + " " * 32 + ". So"),
        ("See (github.com/speech) and graphs", "See (                 ) and graphs"),
        ("At www.speech.example, graphs", "At                   , graphs"),
        ("At data.graph.org/speech; more", "At                      ; more"),
        ("and/or speech.Graph/x", "and/or speech.Graph/x"),
        ("No address", "No address"),
    ],
)
def test_addresses_are_not_read(text: str, without: str) -> None:
    assert without_addresses(text).rstrip() == without
    assert len(without_addresses(text)) == len(text)


@given(st.text("ahtps:/.comg www()", max_size=30))
def test_without_addresses_everything_else_stays_where_it_is(text: str) -> None:
    result = without_addresses(text)
    assert len(result) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, result, strict=True))


@given(st.text("ahtps:/.comgW -_()", max_size=30))
def test_addresses_are_looked_for_only_where_one_may_be(text: str) -> None:
    """The same rule, applied to everything."""
    address = (
        r"(?:https?://|www\.|\b[\w-]+(?:\.[\w-]+)*\.(?:ai|co|com|edu|gov|io|net|org)/)"
        r"[^\s<>()]*[^\s<>().,;:!?]"
    )
    if "/" in text or "www." in text:
        found = re.sub(address, lambda match: " " * len(match[0]), text, flags=re.IGNORECASE)
        assert without_addresses(text) == found
    else:
        assert without_addresses(text) == text
