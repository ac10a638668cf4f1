from __future__ import annotations

import datetime as dt
import unicodedata
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.storage import yamlio
from generator.storage.fields import Fields, dotted, kind


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def fields(text: str) -> tuple[Fields, list[ContentError]]:
    errors: list[ContentError] = []
    return Fields(yamlio.load(text, "f.yml"), "f.yml", text, errors), errors


def said(errors: list[ContentError]) -> list[str]:
    return [str(error) for error in errors]


def test_good_values() -> None:
    found, errors = fields(
        "text: ' a '\nlist: [' a ', b]\nday: 2026-01-01\npick: true\ncolour: red\n"
        "in: {x: 'y', z: '1'}\nmany: [{a: b}]\nnothing:\n"
    )
    assert found.text("text") == "a"
    assert found.texts("list") == ("a", "b")
    assert found.date("day") == dt.date(2026, 1, 1)
    assert found.flag("pick") is True
    assert found.choice("colour", Colour) is Colour.RED
    assert found.plain_mapping("in") == {"x": "y", "z": "1"}
    (one,) = found.mappings("many")
    assert one.text("a") == "b"
    assert found.text("nothing") is None
    assert errors == []


def test_what_is_not_there_has_a_default() -> None:
    found, errors = fields("{}")
    assert found.text("x") is None
    assert found.texts("x") is None
    assert found.date("x") is None
    assert found.flag("x") is False
    assert found.choice("x", Colour, Colour.BLUE) is Colour.BLUE
    assert found.mapping("x").keys == ()
    assert found.mappings("x") == ()
    assert found.plain_mapping("x") == {}
    found.finish()
    assert errors == []


def test_what_is_required_is_missed() -> None:
    found, errors = fields("a: 1")
    found.text("title", required=True)
    found.texts("papers", required=True)
    found.date("date", required=True)
    found.choice("colour", Colour)
    found.mappings("seen", required=True)
    assert said(errors) == [
        f"f.yml: has no {name!r}; add the field {name!r}"
        for name in ("title", "papers", "date", "colour", "seen")
    ]


@pytest.mark.parametrize(
    "value, message",
    [
        ("12", "text: is a number (12), not text; put it in quotes"),
        ("1.5", "text: is a number (1.5), not text; put it in quotes"),
        ("yes", "text: is true or false (True), not text; put it in quotes"),
        ("2026-01-01", "text: is a date (2026-01-01), not text; put it in quotes"),
        ("[a]", "text: is a list (['a']), not text; write one text"),
        ("{a: b}", "text: is a mapping ({'a': 'b'}), not text; write one text"),
        ("'  '", "text: is empty; write a text or remove the field"),
    ],
)
def test_what_is_no_text(value: str, message: str) -> None:
    found, errors = fields(f"x: 1\ntext: {value}\n")
    assert found.text("text") is None
    assert said(errors) == [f"f.yml:2: {message}"]


@pytest.mark.parametrize(
    "value, message",
    [
        ("a", "2: list: is text, not a list; write it as a list: `[a]`"),
        ("{a: b}", "2: list: is a mapping, not a list; write it as a list: `- ` before each"),
        ("\n  - a\n  - 3", "4: list[1]: is a number (3), not text; put it in quotes"),
        ("[a, '', ' ']", "2: list[1]: is empty; write a text or take it out"),
        ("[~]", "2: list[0]: is nothing (None), not text; put it in quotes"),
    ],
)
def test_what_is_no_list_of_texts(value: str, message: str) -> None:
    found, errors = fields(f"x: 1\nlist: {value}\n")
    found.texts("list")
    assert said(errors)[0] == f"f.yml:{message}"


@pytest.mark.parametrize(
    "value", ["'2026-01-01'", "soon", "2026", "2026-01-01 10:00:00", "[]", "yes"]
)
def test_what_is_no_day(value: str) -> None:
    found, errors = fields(f"day: {value}")
    assert found.date("day") is None
    (message,) = said(errors)
    assert message.startswith("f.yml:1: day: is not a date: ")
    assert message.endswith("; write it as 2026-08-19, without quotes")


@pytest.mark.parametrize("value", ["'yes'", "1", "maybe", "[]"])
def test_what_is_neither_true_nor_false(value: str) -> None:
    found, errors = fields(f"pick: {value}")
    assert found.flag("pick") is False
    assert said(errors)[0].startswith("f.yml:1: pick: is ")
    assert said(errors)[0].endswith("; write true or false")


def test_what_is_not_among_the_choices() -> None:
    found, errors = fields("colour: Red")
    assert found.choice("colour", Colour, Colour.BLUE) is Colour.BLUE
    assert said(errors) == ["f.yml:1: colour: 'Red' is not one of them; write one of: red, blue"]
    found, errors = fields("colour: [red]")
    assert found.choice("colour", Colour) is None
    assert len(errors) == 1


@pytest.mark.parametrize("value", ["[]", "a", "1"])
def test_what_is_no_mapping(value: str) -> None:
    found, errors = fields(f"x: 1\nin: {value}")
    inner = found.mapping("in")
    assert inner.text("a", required=True) is None
    inner.finish()
    (message,) = said(errors)  # of what would be inside nothing is said
    assert message.startswith("f.yml:2: in: is ")
    assert message.endswith("; write fields and values: `field: value`")


def test_members_that_are_no_mappings() -> None:
    found, errors = fields("many:\n- a: b\n- c\n")
    assert len(found.mappings("many")) == 2
    assert said(errors) == ["f.yml:3: many[1]: is text; write fields and values: `field: value`"]


def test_an_empty_list_where_there_must_be_something() -> None:
    found, errors = fields("many: []")
    found.mappings("many", required=True)
    assert said(errors) == ["f.yml:1: many: is empty; write at least one"]


@pytest.mark.parametrize("text, what", [("", "empty"), ("- a", "a list"), ("word", "text")])
def test_a_file_that_is_no_mapping(text: str, what: str) -> None:
    found, errors = fields(text)
    found.text("title", required=True)
    found.finish()
    assert said(errors) == [f"f.yml: is {what}; write fields and values: `field: value`"]


def test_unknown_fields_are_named_with_what_may_be_meant() -> None:
    found, errors = fields("titel: x\nzzz: 1\n1: x\n2026-01-01: z\nin: {a: 1, b: 2}\n")
    found.text("title")
    found.mapping("in").finish()
    found.finish()
    assert [message.split("; ")[0] for message in said(errors)] == [
        "f.yml:5: in.a: is not a known field",
        "f.yml:5: in.b: is not a known field",
        "f.yml:1: titel: is not a known field",
        "f.yml:2: zzz: is not a known field",
        "f.yml:3: 1: is not a known field",
        "f.yml:4: 2026-01-01: is not a known field",
    ]
    assert said(errors)[2].endswith("; did you mean 'title'?")
    assert said(errors)[3].endswith("; known fields: title, in")


def test_names_in_a_mapping_of_texts_are_texts() -> None:
    found, errors = fields("ids:\n  arxiv: 2010.00904\n  1: x\n")
    assert found.plain_mapping("ids") == {}
    assert said(errors) == [
        "f.yml:2: ids.arxiv: is a number (2010.00904), not text; put it in quotes",
        "f.yml:3: ids.1: is a number, not a name; put it in quotes",
    ]


def test_paths_as_people_write_them() -> None:
    assert dotted(("links", 0, "url")) == "links[0].url"
    assert dotted(()) == ""


def test_a_type_that_has_no_name_of_its_own() -> None:
    assert kind(b"x") == "bytes"
    assert kind({1}) == "set"


@pytest.mark.parametrize("written", ['"a \\0 b"', '"\\x1b"', '"a\\x85"', '"\\ufffe"'])
def test_what_no_page_can_show_is_refused(written: str) -> None:
    found, errors = fields(f"text: {written}\nlist: [a, {written}]\n")
    assert found.text("text") is None
    found.texts("list")
    assert [error.field for error in errors] == ["text", "list[1]"]
    assert all("no page can show: U+" in str(error) for error in errors)


def test_line_ends_and_tabs_are_text() -> None:
    found, errors = fields('text: "a\\tb\\nc"\n')
    assert (found.text("text"), errors) == ("a\tb\nc", [])


@given(st.one_of(st.text(), st.text("a é\t\n\r\x1c\x85\u00a0\u200b\ufffe")))
def test_what_cannot_be_shown_is_found_wherever_it_stands(value: str) -> None:
    errors: list[ContentError] = []
    Fields({"title": value}, "f.yml", "", errors).text("title")
    hidden = [sign for sign in value if unicodedata.category(sign) == "Cc" and sign not in "\t\n"]
    hidden += [sign for sign in value if sign in "\ufffe\uffff" or "\ud800" <= sign <= "\udfff"]

    if value.strip():
        assert any("can show" in error.problem for error in errors) == bool(hidden)
