from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.sources.notes import note, times_seen


@pytest.mark.parametrize(
    "origin, seen, text",
    [
        ("bibliographies", 4, "bibliographies, seen 4 times"),
        ("bibliographies", 1, "bibliographies, seen once"),
        (" a\n list", 0, "a list, never seen"),
        ("API", None, "API"),
        ("", 2, "seen 2 times"),
        ("", None, ""),
    ],
)
def test_a_note_says_where_from_and_how_often(origin: str, seen: int | None, text: str) -> None:
    assert note(origin, seen) == text


@given(st.text(), st.integers(min_value=0))
def test_a_note_can_be_read_back(origin: str, seen: int) -> None:
    assert times_seen(note(origin, seen)) == seen


@pytest.mark.parametrize("text", [None, "", "API", "often seen", "seen 4 times in a list"])
def test_a_note_that_does_not_count_says_nothing(text: str | None) -> None:
    assert times_seen(text) is None
