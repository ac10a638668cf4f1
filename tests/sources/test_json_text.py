from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.sources.json_text import Found, all_keys, objects


def found(text: str) -> list[Found]:
    return list(objects(text, "a.json"))


@pytest.mark.parametrize(
    "text, keys",
    [
        ('{"a": 1, "b": {"c": 2}}', "ab"),
        ('\n [ \n{"a": 1}, {"b": 2}]', "a b"),
        ('{"a": 1}\n[]\n{"b": 2}\n{"c": \n3}', "a b c"),
        ('{"a": 1, "b": {"c": 2', "abc"),
        ('{"a": 1, "b": {"c": 2\n{"d": 1}', "abc d"),
        ('[{"a": "x', "a"),
        ('[{"a": 1}, {"b": "x', "a"),
        ('[{"a": 1} {"b": 1}]', "a"),
        ('"a": 1}\n{"b": 2}', "b"),
        ('Such as\n{"b": 2}', ""),
        ("{}", ""),
        ("[]", ""),
        ('["{"]', ""),
        ('"a"', ""),
        ("", ""),
    ],
)
def test_keys_of_objects(text: str, keys: str) -> None:
    found = list(dict.fromkeys(filter(None, all_keys(text))))
    assert found == [frozenset(each) for each in keys.split()]


def test_not_every_object_is_looked_at() -> None:
    assert len(list(all_keys('{"a": 1}\n' * 1000))) < 100
    assert len(list(all_keys(f"[{'1, ' * 1000}1]"))) < 100


def test_lines() -> None:
    assert found('{"a": 1}\n\n{"a":\n 2} \n{"a": NaN}') == [
        Found(1, {"a": 1}),
        Found(3, {"a": 2}),
        Found(5, {"a": None}),
    ]


def test_an_array() -> None:
    assert found('[{"a": 1},\n {"a": 2}, 3]') == [
        Found(1, {"a": 1}),
        Found(2, {"a": 2}),
        Found(2, 3, "is no object with names and values: `{…}`"),
    ]
    with pytest.raises(ListingError, match=r"a\.json:2: is not sound JSON: it breaks off"):
        found('[{"a": 1},\n')


@pytest.mark.parametrize(
    "line, fault",
    [
        ('{"a": 1', "is not sound JSON: Expecting ',' delimiter, at character"),
        ('{"a": "1', "is not sound JSON: a text is not closed on its line, at character"),
        ('{"a": "1\ttab"}', "is not sound JSON: a text is not closed on its line, at character 9"),
        ("{'a': 1}", "is not sound JSON: Expecting property name"),
        ('{"a": 1}, {"a": 2}', "is not sound JSON: ', {\"a\": 2}' stands behind the object"),
        ('{"a": ' + "[" * 99_999, "is not sound JSON: nested too deep"),
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "the key 'c' stands twice; keep one of the two"),
        ('{"a": ' + "9" * 19 + "}", "the number 999999999999999999… is too long; correct it"),
        ("[1]", "is no object with names and values: `{…}`"),
        ("a: 1", "is not sound JSON: Expecting value, at character 1"),
    ],
)
def test_a_line_that_is_wrong_costs_nothing_but_itself(line: str, fault: str) -> None:
    before, bad, behind = found(f'{{"x": 1}}\n{line}\n{{"x": 2}}\n')
    assert (before.value, behind.value) == ({"x": 1}, {"x": 2})
    assert (bad.line, behind.line) == (2, 3)
    assert bad.fault.startswith(fault)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
things = st.lists(st.dictionaries(st.text(max_size=5), values, max_size=4), min_size=1, max_size=4)


@given(things, st.booleans(), st.sampled_from([None, 1]))
def test_what_is_written_is_read(given: list[object], as_array: bool, indent: int | None) -> None:
    text = (
        json.dumps(given, indent=indent)
        if as_array
        else "\n".join(json.dumps(each, indent=indent) for each in given)
    )
    read = found(text)
    assert [each.value for each in read] == given
    lines = text.split("\n")
    assert all(each.fault == "" and "{" in lines[each.line - 1] for each in read)


@given(st.lists(st.sampled_from(["{", "}", "[", "]", '"', ":", ",", "a", "1", "\n", " ", "\\"])))
def test_no_text_makes_a_traceback(parts: list[str]) -> None:
    text = "".join(parts)
    list(all_keys(text))
    if not text.lstrip().startswith("["):
        assert all(each.fault or isinstance(each.value, dict) for each in objects(text, "a"))
