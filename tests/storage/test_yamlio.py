"""YAML with lines."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.storage import yamlio

DOCUMENT = """\
title: A paper
curation:
  topics:
    - speech
    - retrieval
  note: >-
    Long.
links:
  - {kind: code, url: https://example.com}
"""


def test_a_document_becomes_plain_values() -> None:
    assert yamlio.load("a: 1\nb: [x, y]\n", "f.yml") == {"a": 1, "b": ["x", "y"]}


def test_an_empty_document_is_nothing() -> None:
    assert yamlio.load("# only a comment\n", "f.yml") is None


def test_a_repeated_key_is_named_with_its_line() -> None:
    with pytest.raises(
        ContentError, match=r'^f\.yml:3: the key "a" stands twice; keep one'
    ) as info:
        yamlio.load("a: 1\nb: 2\na: 3\n", "f.yml")
    assert info.value.line == 3


def test_a_repeated_key_inside_is_found() -> None:
    with pytest.raises(ContentError, match=r"^f\.yml:4: "):
        yamlio.load("a:\n  - b: 1\n    c: 2\n    b: 3\n", "f.yml")


def test_the_same_key_in_two_mappings_is_no_repetition() -> None:
    assert yamlio.load("- a: 1\n- a: 2\n", "f.yml") == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    "text, line",
    [("a: [1, 2\nb: 3\n", 2), ("a: 1\n\tb: 2\n", 2), ("x: 'open\n", 2), ("a: b: c\n", 1)],
)
def test_what_is_not_yaml_is_named_with_its_line(text: str, line: int) -> None:
    with pytest.raises(ContentError, match=r"not YAML") as info:
        yamlio.load(text, "f.yml")
    assert info.value.line == line


def test_a_day_that_does_not_exist_is_named_with_its_line() -> None:
    with pytest.raises(ContentError, match="2026-02-31") as info:
        yamlio.load("a: 1\ndate: 2026-02-31\n", "f.yml")
    assert info.value.line == 2


def test_a_control_character_is_named_with_its_line() -> None:
    with pytest.raises(ContentError, match=r"U\+0007") as info:
        yamlio.load("a: 1\nb: x\x07\n", "f.yml")
    assert info.value.line == 2


def test_no_objects_are_made() -> None:
    with pytest.raises(ContentError, match="not YAML"):
        yamlio.load("!!python/object/apply:os.getcwd []", "f.yml")


@pytest.mark.parametrize(
    "path, line",
    [
        (("title",), 1),
        (("curation",), 2),
        (("curation", "topics"), 3),
        (("curation", "topics", 1), 5),
        (("curation", "note"), 6),
        (("links", 0, "url"), 9),
        (("curation", "missing"), 2),
        (("curation", "topics", 7), 3),
        (("missing",), None),
        ((), None),
    ],
)
def test_the_line_of_a_value(path: tuple[str | int, ...], line: int | None) -> None:
    assert yamlio.line_of(DOCUMENT, path) == line


def test_the_line_of_a_number_key() -> None:
    assert yamlio.line_of("a: 1\n2: x\n", ("2",)) == 2


def test_no_line_in_what_is_not_yaml() -> None:
    assert yamlio.line_of("a: [", ("a",)) is None


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing but a message with the file's name comes of a text that somebody may have saved."""
    with contextlib.suppress(ContentError):
        yamlio.load(text, "f.yml")


@pytest.mark.parametrize(
    "text",
    ["a: !!bool maybe", 'a: !!int ""', "a: !!timestamp foo", "a: " + "[" * 100_000, "{[" * 60],
)
def test_what_the_parser_dies_of_is_a_message(text: str) -> None:
    with pytest.raises(ContentError, match=r"^f\.yml(:1)?: not YAML: "):
        yamlio.load(text, "f.yml")


@pytest.mark.parametrize(
    "text",
    [
        "a: '" + "{" * 200 + "'",
        'a: "' + "[" * 200 + '"',
        "a: |\n  " + "{[" * 200 + "\n",
        "a: x " + "{" * 200,
        "a: [" + "[], " * 200 + "]",
    ],
)
def test_brackets_within_a_text_are_text(text: str) -> None:
    assert isinstance(yamlio.load(text, "f.yml"), dict)
