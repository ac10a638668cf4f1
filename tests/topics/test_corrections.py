"""Where the rules alone and the curators differ."""

from __future__ import annotations

from typing import Any

from generator.model import Paper
from generator.topics.corrections import Correction, Corrections, corrections
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import parse_taxonomy
from tests.builders import paper
from tests.conftest import TOPICS_YML

TAGGER = Tagger(parse_taxonomy(TOPICS_YML, "topics.yml"))


def decided(slug: str, title: str, **curation: Any) -> Paper:
    return paper(slug, source_title=title, source_abstract="…", curation=curation)


def found(*papers: Paper) -> Corrections:
    return corrections(papers, TAGGER)


def told(each: Correction) -> tuple[str, int, list[str], list[str]]:
    return each.topic, each.agreed, [p.slug for p in each.missed], [p.slug for p in each.false]


def test_papers_without_a_decision_say_nothing() -> None:
    assert found(paper("a-search")) == Corrections(0, ())
    merged = decided("b", "Search", drop_topics=("retrieval",), same_as="a-search")
    assert found(merged) == Corrections(0, ())


def test_all_topics_of_a_paper_are_decided_at_once() -> None:
    result = found(decided("p", "Search of speech", topics=("speech", "retrieval")))
    assert [told(each) for each in result.topics] == [
        ("retrieval", 1, [], []),
        ("speech", 1, [], []),
    ]
    assert (result.agreed, result.differing) == (2, 0)
    result = found(decided("p", "Search", topics=("speech",)))
    assert [told(each) for each in result.topics] == [
        ("retrieval", 0, [], ["p"]),
        ("speech", 0, ["p"], []),
    ]
    nothing = found(decided("p", "Search", topics=()))
    assert [told(each) for each in nothing.topics] == [("retrieval", 0, [], ["p"])]


def test_of_topics_that_nobody_named_nothing_is_known() -> None:
    result = found(decided("p", "Search", add_topics=("speech",)))
    assert [told(each) for each in result.topics] == [("speech", 0, ["p"], [])]
    result = found(decided("p", "Search of speech", drop_topics=("speech",)))
    assert [told(each) for each in result.topics] == [("speech", 0, [], ["p"])]


def test_the_worst_topic_comes_first_with_its_papers_in_order() -> None:
    result = found(
        decided("b", "Birds", add_topics=("speech",)),
        decided("a", "Bees", add_topics=("speech",)),
        decided("c", "Search", add_topics=("retrieval",)),
        decided("d", "Search", drop_topics=("retrieval",)),
    )
    assert [told(each) for each in result.topics] == [
        ("speech", 0, ["a", "b"], []),
        ("retrieval", 1, [], ["d"]),
    ]
    assert result.papers == 4


def test_what_the_rules_make_of_it_is_said() -> None:
    result = found(decided("p", "Search", topics=("speech",)))
    retrieval, speech = result.topics
    assert retrieval.false[0].score is not None
    assert retrieval.false[0].score.evidence[0].phrase == "Search"
    assert (retrieval.false[0].title, speech.missed[0].score) == ("Search", None)


def test_decisions_that_the_rules_have_caught_up_with() -> None:
    result = found(
        decided("a", "Search", topics=("retrieval",)),
        decided("b", "Search", add_topics=("retrieval",)),
        decided("c", "Search", drop_topics=("speech",)),
        decided("d", "Search", add_topics=("speech",), drop_topics=("retrieval",)),
        decided("e", "Search", topics=()),
    )
    assert result.needless == (("a", "topics"), ("b", "add_topics"), ("c", "drop_topics"))


def test_a_decision_about_the_order_is_not_needless() -> None:
    """The first topic is the shelf."""
    title = "Search and Search Again in Speech"
    (first, second) = (each.topic for each in TAGGER.score(title, "Search; speech."))
    result = found(
        decided("a", title, topics=(second, first)),
        decided("b", title, add_topics=(second,)),
        decided("c", title, topics=(first, second)),
    )
    assert result.needless == (("c", "topics"),)
