"""What a paper has, what it misses, and what the rules are not sure of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from generator.topics.judging import Judgement, judge
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import Rule, Settings, Taxonomy, Topic
from tests.builders import paper

WORDS = ("search", "speech", "vision", "graphs", "agents", "data")
TAXONOMY = Taxonomy(
    tuple(Topic(word, word, word, 10, (Rule((word,), 10),)) for word in WORDS),
    Settings(most_topics=4, least_share=0.25),
)


def judged(
    title: str, abstract: str = "", taxonomy: Taxonomy = TAXONOMY, **kw: object
) -> Judgement:
    found = paper(source_title=title, source_abstract=abstract, curation=kw)
    return judge(found, Tagger(taxonomy), taxonomy)


def missed(judgement: Judgement) -> list[tuple[str, bool, str]]:
    return [(m.score.topic, m.score.by_curator, m.reason) for m in judgement.missed]


def test_nothing_is_missed_where_nothing_was_found() -> None:
    assert judged("Of birds") == Judgement(())


@pytest.mark.parametrize("weight, near", [(4.9, []), (5.0, ["speech"])])
def test_what_has_half_of_what_it_takes_is_nearly_there(weight: float, near: list[str]) -> None:
    speech = Topic("speech", "Speech", "…", 10, (Rule(("speech",), weight),))
    found = judged("Speech", taxonomy=Taxonomy((speech,)))
    assert [each.score.topic for each in found.missed] == near


def test_a_topic_that_the_curator_took_away() -> None:
    found = judged("Search of speech", drop_topics=("search", "data"))
    assert [each.topic for each in found.given] == ["speech"]
    assert missed(found) == [
        ("search", True, "taken away by the editor"),
        ("data", True, "taken away by the editor"),
    ]
    taken, never_there = found.missed
    assert taken.score.evidence[0].phrase == "Search"
    assert (never_there.score.score, never_there.score.evidence) == (0.0, ())


def test_what_was_taken_away_is_no_near_miss_and_keeps_its_evidence() -> None:
    speech = Topic("speech", "Speech", "…", 10, (Rule(("speech",), 6),))
    found = judged("Speech", taxonomy=Taxonomy((speech,)), drop_topics=("speech",))
    (only,) = found.missed
    assert (only.score.by_curator, only.score.score) == (True, 6.0)


def test_other_topics_of_the_curator() -> None:
    found = judged("Search of speech", topics=("speech", "graphs"))
    assert [each.topic for each in found.given] == ["speech", "graphs"]
    assert missed(found) == [("search", True, "the editor chose other topics")]


@pytest.mark.parametrize(
    "title, abstract, curation, weak",
    [
        ("Search", "", {}, True),
        ("Search", "A search.", {}, False),  # twice what it takes
        ("Search of speech", "", {}, False),  # not alone
        ("Birds", "", {}, False),  # without a topic altogether
        ("Search", "", {"topics": ("search",)}, False),  # settled
    ],
)
def test_a_single_weak_topic(
    title: str, abstract: str, curation: dict[str, Any], weak: bool
) -> None:
    assert judged(title, abstract, **curation).is_weak is weak


@pytest.mark.parametrize(
    "title, curation, crowded",
    [
        ("search speech vision graphs", {}, False),
        ("search speech vision graphs agents", {}, True),
        ("search speech vision graphs agents", {"drop_topics": ("agents",)}, False),
        ("search speech vision graphs agents", {"topics": ("search",)}, False),
        ("search speech vision graphs", {"add_topics": ("data",)}, True),
        ("search", {"topics": WORDS}, False),
    ],
)
def test_more_topics_than_a_paper_is_given(
    title: str, curation: dict[str, Any], crowded: bool
) -> None:
    assert judged(title, **curation).is_crowded is crowded


def test_topics_much_weaker_than_the_strongest_are_no_crowd() -> None:
    loud = Topic("loud", "Loud", "…", 10, (Rule(("loud",), 100),))
    taxonomy = replace(TAXONOMY, topics=(loud, *TAXONOMY.topics))
    found = judged("loud search speech vision graphs agents", taxonomy=taxonomy)
    assert ([each.topic for each in found.given], found.is_crowded) == (["loud"], False)


@pytest.mark.parametrize(
    "title, curation, bare",
    [
        ("Birds", {}, False),
        ("Birds", {"topics": ()}, True),
        ("Search", {"topics": ()}, True),
        ("Search", {"drop_topics": ("search",)}, True),
        ("Search of speech", {"drop_topics": ("search",)}, False),
        ("Birds", {"drop_topics": ("search",)}, False),  # there was nothing to take away
        ("Search", {"topics": ("search",), "drop_topics": ("search",)}, True),
        ("Birds", {"topics": ("search",)}, False),
    ],
)
def test_no_topic_as_the_curator_decided(title: str, curation: dict[str, Any], bare: bool) -> None:
    assert judged(title, **curation).is_bare is bare
