from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.sources import jsonio
from generator.sources.jsonio import Item


def refusal(text: str) -> str:
    with pytest.raises(ListingError) as caught:
        jsonio.parse(text, "list.json")
    return str(caught.value)


def test_items_of_the_outermost_lists_know_their_lines() -> None:
    assert jsonio.parse('[\n  {"a": [1]},\n\n 2, 3]', "f") == [
        Item({"a": [1]}, 2),
        Item(2, 4),
        Item(3, 4),
    ]
    assert jsonio.parse('{"n": 1, "x": [\n"a"],\n"y": [{}], "z": []}', "f") == {
        "n": 1,
        "x": [Item("a", 2)],
        "y": [Item({}, 3)],
        "z": [],
    }
    assert jsonio.parse(' "text" ', "f") == "text"


def test_what_python_writes_and_json_has_not_is_read_as_nothing() -> None:
    assert jsonio.parse('{"a": NaN, "b": {"c": -Infinity}}', "f") == {"a": None, "b": {"c": None}}
    assert jsonio.parse('"a\nb"', "f") == "a\nb"


@pytest.mark.parametrize(
    "text, problem",
    [
        ('[\n{"a": 1},\n', "list.json:3: is not sound JSON: it breaks off; save or fetch it again"),
        ('[\n{"a": 1}', "list.json:2: is not sound JSON: it breaks off;"),
        ('[{"a":\n"unen', "list.json:2: is not sound JSON: it breaks off;"),
        ('["\\u12', "list.json:1: is not sound JSON: it breaks off;"),
        ('["\\u12xy", 1]', "list.json:1: is not sound JSON: Invalid \\uXXXX escape;"),
        ("[tru", "list.json:1: is not sound JSON: it breaks off;"),
        ('{"a"', "list.json:1: is not sound JSON: it breaks off;"),
        ("{", "list.json:1: is not sound JSON: it breaks off;"),
        ("[1\n2]", "list.json:2: is not sound JSON: ',' is expected;"),
        ("{1: 2}", "list.json:1: is not sound JSON: a key is expected;"),
        ('{"a": 1} {}', "list.json:1: is not sound JSON: goes on behind its end;"),
        ('[{"a": 1 "b": 2}]', "list.json:1: is not sound JSON: Expecting ',' delimiter;"),
        ("[nul]", "list.json:1: is not sound JSON: Expecting value;"),
        ('{"a": 1,\n "a": []}', "the key 'a' stands twice in one object;"),
        ('[{"b": {"a": 1, "a": 2}}]', "the key 'a' stands twice in one object;"),
        ("[" * 200_000, "list.json:1: is not sound JSON: nested too deep;"),
        ('{"a":' * 200_000, "list.json:1: is not sound JSON: nested too deep;"),
        (f"[{'9' * 5000}]", "list.json:1: is not sound JSON: a number has too many digits;"),
    ],
)
def test_what_is_no_sound_json_is_refused(text: str, problem: str) -> None:
    assert problem in refusal(text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [item.value for item in value] if isinstance(value, list) and value else value


@given(VALUES, st.sampled_from([None, 0, 2]))
def test_it_reads_what_the_standard_library_reads(value: Any, indent: int | None) -> None:
    found = jsonio.parse(json.dumps(value, indent=indent), "f")
    if isinstance(value, dict):
        found = {
            key: plain(inner) if isinstance(inner, list) else inner for key, inner in found.items()
        }
    else:
        found = plain(found)
    assert found == value


@given(st.text(alphabet='[]{}",:\\ \n-.0123456789eEtrufalsn\ud800', max_size=40))
def test_no_text_gives_a_traceback(text: str) -> None:
    with contextlib.suppress(ListingError):
        jsonio.parse(text, "f")
