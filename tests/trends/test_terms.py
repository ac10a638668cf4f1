"""Names of things in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.trends.terms import Found, keys, terms
from tests.markup.test_escape import HOSTILE, texts


def written(text: str) -> list[str]:
    return [each.written for each in terms(text)]


@pytest.mark.parametrize(
    "text,expected",
    [
        ("Graph neural networks", ["Graph", "Graph neural", "Graph neural networks"]),
        ("a mixture of experts", ["mixture", "experts"]),
        ("parsing, tagging", ["parsing", "tagging"]),
        ("We propose a novel approach to parsing", ["parsing"]),
        ("pre-training", ["pre-training"]),
        ("a state-of-the-art result", []),
        ("the parser's design", ["parser"]),
        ("greatly surprisingly parsing", ["parsing"]),
        (r"the \model parser", ["parser"]),
        ("with $k$ experts at https://example.org/parsing", ["experts"]),
        ("3D parsing of 24 sentences", ["parsing", "sentences"]),
        ("x y parsing", ["parsing"]),
        ("", []),
    ],
)
def test_terms_are_rows_of_words_that_say_something(text: str, expected: list[str]) -> None:
    assert sorted(written(text)) == sorted([*expected, *extra(expected)])


def extra(expected: list[str]) -> list[str]:
    """Of three words in a row all parts are terms, too."""
    return ["neural", "neural networks", "networks"] if len(expected) == 3 else []


@pytest.mark.parametrize(
    "one,other",
    [
        ("pre-training", "Pretraining"),
        ("language model parsers", "Language Model Parser"),
        ("Parser's", "parsers"),
    ],
)
def test_spellings_of_one_term_are_one(one: str, other: str) -> None:
    assert {each.key for each in terms(one)} == {each.key for each in terms(other)}


@pytest.mark.parametrize("word", ["loss", "corpus", "axis", "physics", "gas"])
def test_not_every_s_is_a_plural(word: str) -> None:
    assert [each.key for each in terms(word)] == [(word,)]


@pytest.mark.parametrize(
    "text,ends",
    [
        ("parsing", True),
        ("parsing.", True),
        ("parsing of texts", True),
        ("parsing the text", False),
        ("parsing models", False),
        ("parsing trees", False),
    ],
)
def test_where_a_name_ends(text: str, ends: bool) -> None:
    assert next(iter(terms(text))) == Found(("parsing",), "parsing", ends)


def test_only_what_is_wanted() -> None:
    wanted = frozenset({("neural", "network"), ("parsing",)})
    text = "Neural networks: neural parsing with networks"
    assert [each.written for each in terms(text, wanted)] == ["Neural networks", "parsing"]


@given(st.sampled_from(HOSTILE) | texts)
def test_a_term_stands_in_its_text(text: str) -> None:
    for each in terms(text):
        assert each.written in text
        assert 1 <= len(each.key) <= 3
        assert all(each.key)


@given(
    st.lists(
        st.sampled_from(
            [
                *"abc",
                "large language models",
                "pre-training",
                "of",
                "$x$",
                "the",
                "Graphs,",
                "graph's",
                "https://example.org/graph",
                "\\model",
                "x_graph",
                "3d-graph",
            ]
        )
        | st.text(max_size=5)
    ).map(" ".join)
    | st.text(),
    st.sampled_from(["graph", "language", "pretraining of graphs", "languages graphs c"]),
)
def test_what_a_text_has_is_what_is_found_in_it(text: str, other: str) -> None:
    named = {found.key for found in terms(other)}
    for wanted in (frozenset(named), frozenset({*named, *(each.key for each in terms(text))})):
        assert keys(text, wanted) == {each.key for each in terms(text, wanted)}
