"""Rules that say nothing about the papers that there are."""

from __future__ import annotations

import pytest

from generator.model import Paper
from generator.topics.taxonomy import Rule, Settings, Taxonomy, Topic
from generator.topics.usage import Oddities, oddities, usages
from tests.builders import paper

SPEECH = Topic(
    "speech",
    "Speech",
    "…",
    10,
    rules=(Rule(("speech", "audio"), 1), Rule(("noise",), 9, frozenset({"title"}))),
    against=(Rule(("hate speech",), 5, only_with=("forum",)),),
)


def papers(*texts: tuple[str, str]) -> list[Paper]:
    return [
        paper(f"p-{number}", source_title=title, source_abstract=abstract)
        for number, (title, abstract) in enumerate(texts)
    ]


def counted(taxonomy: Taxonomy, *texts: tuple[str, str]) -> dict[str, int]:
    return {each.where: each.papers for each in usages(taxonomy, papers(*texts))}


def test_a_rule_counts_where_it_would_count_for_its_topic() -> None:
    found = counted(
        Taxonomy((SPEECH,)),
        ("Speech", "Of audio."),  # one paper, however often
        ("Audio", "Noise."),  # noise counts in titles alone
        ("Noise", "Hate speech."),  # hate speech counts beside a forum alone
        ("Birds", "Hate speech in a forum."),
    )
    assert found == {
        "topics[0].rules[0]": 4,
        "topics[0].rules[1]": 1,
        "topics[0].against[0]": 1,
    }


def test_neither_settings_nor_other_rules_keep_a_rule_from_being_counted() -> None:
    topics = tuple(
        Topic(f"t{number}", "T", "…", 100, (Rule((word,), 0.1),))
        for number, word in enumerate(("tea", "cups", "pots", "leaves", "water"))
    )
    settings = Settings(most_topics=1, least_share=1, places={**Settings().places, "title": 0.05})
    found = counted(Taxonomy(topics, settings), ("Tea cups pots leaves water", ""))
    assert set(found.values()) == {1}


def library(size: int, speaking: int) -> list[Paper]:
    return papers(*(("Speech" if number < speaking else "Birds", "") for number in range(size)))


@pytest.mark.parametrize("speaking, broad", [(49, 0), (50, 1)])
def test_rules_for_nothing_and_for_everything(speaking: int, broad: int) -> None:
    found = oddities(Taxonomy((SPEECH,)), library(100, speaking))
    assert [each.name for each in found.idle] == [
        "topics[0].rules[1] (speech: noise)",
        "topics[0].against[0] (speech: hate speech)",
    ]
    assert [each.name for each in found.broad] == ["topics[0].rules[0] (speech: speech, audio)"][
        :broad
    ]


def test_what_speaks_against_a_topic_may_hold_for_most_papers() -> None:
    topic = Topic("t", "T", "…", 10, against=(Rule(("speech",), 5),))
    assert oddities(Taxonomy((topic,)), library(100, 100)) == Oddities()


def test_a_small_library_says_nothing_of_rules() -> None:
    assert oddities(Taxonomy((SPEECH,)), library(99, 99)) == Oddities()


def test_a_long_rule_is_named_by_its_first_phrases() -> None:
    topic = Topic("t", "T", "…", 10, (Rule(("a1", "b1", "c1", "d1"), 5),))
    (only,) = usages(Taxonomy((topic,)), [])
    assert only.name == "topics[0].rules[0] (t: a1, b1, c1, …)"
