"""Where words go in a chart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.trends.layout import chosen, marks, spread, wrapped


@pytest.mark.parametrize(
    "text,width,lines",
    [
        ("Speech", 10, ["Speech"]),
        ("Safety, privacy & trust", 12, ["Safety,", "privacy &", "trust"]),
        ("Donaudampfschifffahrt", 8, ["Donaudam", "pfschiff", "fahrt"]),
        ("one two three four", 6, ["one", "two", "three…"]),
        ("", 5, [""]),
    ],
)
def test_names_are_set_in_lines(text: str, width: int, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


def test_what_has_room_stays_where_it_is_wanted() -> None:
    assert spread([10, 50, 30], [10, 10, 10], 0, 100) == [10, 50, 30]


def test_what_collides_stands_around_its_middle() -> None:
    assert spread([50, 50], [10, 10], 0, 100) == [55, 45]
    assert spread([1, 99], [10, 10], 0, 100) == [5, 95]


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(1, 15)), max_size=6),
)
def test_nothing_stands_on_another(things: list[tuple[float, float]]) -> None:
    wanted, sizes = [at for at, _ in things], [size for _, size in things]
    places = spread(wanted, sizes, 0, 100)
    rows = sorted((at - size / 2, at + size / 2) for at, size in zip(places, sizes, strict=True))
    for (_, end), (start, _) in itertools.pairwise(rows):
        assert end <= start + 1e-6
    for start, end in rows:
        assert start >= -1e-6
        assert end <= 100 + 1e-6


@pytest.mark.parametrize(
    "top,expected",
    [
        (0.05, [0, 0.05]),
        (0.25, [0, 0.05, 0.1, 0.15, 0.2, 0.25]),
        (0.35, [0, 0.1, 0.2, 0.3]),
        (1.0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_a_scale_has_few_round_marks(top: float, expected: list[float]) -> None:
    assert marks(top) == expected


@pytest.mark.parametrize(
    "number,most,places",
    [
        (1, 4, [0]),
        (2, 4, [0, 1]),
        (4, 4, [0, 1, 2, 3]),
        (5, 4, [0, 2, 4]),
        (24, 8, [3, 7, 11, 15, 19, 23]),
        (5, 1, [0, 4]),
    ],
)
def test_some_columns_are_named_and_the_last_always(
    number: int, most: int, places: list[int]
) -> None:
    assert chosen(number, most) == places
