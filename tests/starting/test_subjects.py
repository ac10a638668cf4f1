"""The first topics, from what somebody calls them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import UsageError
from generator.model import Paper
from generator.starting.parts import Wishes, begun
from generator.starting.subjects import phrases, topics_yml
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import Taxonomy, parse_taxonomy
from tests.builders import paper


def taxonomy(*titles: str) -> Taxonomy:
    """What a digest begins with that was made with these titles."""
    text = begun(Wishes("A", topics=titles))["content/topics.yml"].decode()
    return parse_taxonomy(text, "content/topics.yml")


def topics_of(found: Taxonomy, title: str, abstract: str = "Nothing.") -> list[str]:
    one: Paper = paper("a", source_title=title, source_abstract=abstract)
    return [each.topic for each in Tagger(found).assign(one)]


@pytest.mark.parametrize(
    "title, expected",
    [
        ("Pollination", ("pollination",)),
        ("Sewing, boards and covers", ("sewing", "boards", "covers")),
        ("Alpine soils & snow beds", ("alpine soils", "snow beds")),
        ("The history of the book", ("history of the book",)),
        ("DNA barcoding (eDNA too)", ("DNA barcoding", "eDNA too")),
        ("Salt-marsh plants / sea grass", ("salt marsh plants", "sea grass")),
        ("Alzheimer’s disease", ("alzheimer s disease",)),
        ("Life – and death", ("life", "death")),
        ("C*-algebras | [a, b] ... x", ("c", "algebras", "b", "x")),
        ("Sand and orchids", ("sand", "orchids")),
        ("Глубоководные рыбы", ("глубоководные рыбы",)),
        ("🦀 Crabs", ("crabs",)),
        ("of the", ()),
    ],
)
def test_the_subjects_of_a_title_are_its_phrases(title: str, expected: tuple[str, ...]) -> None:
    assert phrases(title) == expected


def test_the_first_rule_finds_papers_by_the_words_of_the_title() -> None:
    found = taxonomy("Sewing structures", "Boards & covers", "Alzheimer’s disease")
    assert [topic.id for topic in found.topics] == [
        "sewing-structures",
        "boards-covers",
        "alzheimers-disease",
    ]
    assert topics_of(found, "On the sewing structure of a psalter") == ["sewing-structures"]
    assert topics_of(found, "A cover of silk") == ["boards-covers"]
    assert topics_of(found, "Alzheimer's disease at home") == ["alzheimers-disease"]
    assert topics_of(found, "Kettles") == []


def test_without_topics_there_are_kinds_that_every_field_has() -> None:
    found = taxonomy()
    assert [topic.id for topic in found.topics] == ["reviews", "methods", "data"]
    for title, topic in {
        "Kelp forests of the Lofoten: a review": "reviews",
        "A systematic review of limp bindings": "reviews",
        "A new method for counting limpets": "methods",
        "Estimating the age of oak boards": "methods",
        "A checklist of the mosses of Hordaland": "data",
        "An open database of watermarks": "data",
    }.items():
        assert topic in topics_of(found, title), title
    assert topics_of(found, "Why limpets stay at home") == []


@pytest.mark.parametrize("title", ["", " ", "!!!", "🦀", "of the", "___", "\u200b", "\x07"])
def test_a_title_without_a_word_is_wrong_usage(title: str) -> None:
    with pytest.raises(UsageError, match=r"--topic .*: has no word in it"):
        topics_yml([title])


def test_two_topics_of_one_address_are_wrong_usage() -> None:
    with pytest.raises(UsageError, match=r"--topic 'Sea  GRASS': has the address of 'Sea grass'"):
        topics_yml(["Sea grass", "Sea  GRASS"])
    with pytest.raises(UsageError, match=r"'Unsorted': is kept for papers without topics"):
        topics_yml(["Unsorted"])


@pytest.mark.parametrize(
    "title",
    [
        "No",
        "True & yes",
        "2026",
        "1e3",
        "null",
        '"Quoted": {a} [b] #c',
        "{{ 7 * 7 }} {% raw %}",
        "- a\nb: c\n",
        "a\tb\r\nc",
        "<script>alert(1)</script>",
        "Größe 中文 العربية 🦀",
        "!!python/object:os.system *x &y",
        "x" * 5000,
    ],
)
def test_any_title_is_kept_as_it_reads(title: str) -> None:
    (topic,) = taxonomy(title).topics
    assert topic.title == " ".join(title.split())
    assert topic.rules[0].phrases


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=4))
def test_whatever_is_asked_for_is_refused_or_works(titles: list[str]) -> None:
    try:
        listed = topics_yml(titles)
    except UsageError:
        return
    if titles:
        assert len(parse_taxonomy(f"topics:\n{listed}", "t").topics) == len(titles)
