"""YAML with lines."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

import pytest
import yaml
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


#: Lines of documents, with all that the loader treats in a way of its own.
LINES = st.sampled_from(
    [
        *("a: text", "b: 'it''s'", "c: |", "  a: more", "  - 1", "  - {x: 2026-08-19, y: ~}"),
        *("d: [1, 2.5, yes, null, 0x1F, 1:30]", "a: again", "1: number", "? [1, 2]", ": value"),
        *("e: &one {x: 1}", "f: *one", "<<: *one", "  <<: {z: 1}", "g: !!str 5", "h: !!set {a}"),
        *(
            "i: 2026-02-31",
            "j: !!int no",
            "k: !own x",
            "'<<': quoted",
            "=: equals",
            "l: .inf",
            "  ",
        ),
        *("- item", "- - nested", "m: !!str [a]", "n: !!map [a]", "o: !!bool maybe", "p: '&'"),
    ]
)


def told(load: Callable[[], object]) -> object:
    """What a document says, with the types of its values, or what is wrong with it."""
    try:
        return repr(load())
    except (yaml.YAMLError, *yamlio.ODD) as error:
        return type(error), str(error)


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_the_short_way_gives_what_the_loader_gives(text: str) -> None:
    loader = yamlio._Loader

    assert told(lambda: yamlio._loaded(text)) == told(lambda: yaml.load(text, Loader=loader))  # noqa: S506


def test_what_has_a_name_is_made_once() -> None:
    """Else ten lines of names that name each other would fill the memory."""
    found = yamlio.load("a: &one [x]\nb: [*one, *one]\n", "f.yml")

    assert isinstance(found, dict)
    assert found["b"][0] is found["b"][1] is found["a"]


def test_nothing_is_too_deep_for_the_loader_alone() -> None:
    """Python stops where functions call themselves too often; the loader does not call itself."""
    text = "".join(f"{' ' * depth}a:\n" for depth in range(1500))

    assert isinstance(yamlio.load(text, "f.yml"), dict)


@pytest.mark.parametrize(
    "sign", ["[", "{", "[a, ", "- ", "-\t", "? ", "- ? ", "[&a [", "- [", "{a: {b: "]
)
def test_what_would_fill_the_parsers_stack_is_refused(sign: str) -> None:
    with pytest.raises(ContentError, match=r"^f\.yml:2: not YAML: ") as info:
        yamlio.load(f"# {sign}\n{sign * 100_000}", "f.yml")
    assert info.value.remedy


@pytest.mark.parametrize("text", ["- " * 60, "[" * 60, "[x] " * 1200, "{\\alpha} - - " * 60])
def test_a_text_may_look_as_if_it_nested_deep(text: str) -> None:
    assert yamlio.load(f"a: |\n  {text}\n", "f.yml") == {"a": f"{text}\n"}
