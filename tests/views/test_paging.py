"""Sections on pages: nothing lost, nothing twice, whole where they can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.views.paging import front, page_address, spread

SIZES = st.lists(st.integers(1, 150), max_size=40)


@pytest.mark.parametrize(
    "sizes, taken, pages",
    [
        pytest.param([], 0, ((),), id="nothing"),
        pytest.param([6, 4], 0, (((0, 0, 6), (1, 0, 4)),), id="a full page"),
        pytest.param([6, 4, 1], 0, (((0, 0, 6),), ((1, 0, 4), (2, 0, 1))), id="two like pages"),
        pytest.param([5, 4, 3], 4, (((0, 0, 5),), ((1, 0, 4), (2, 0, 3))), id="picks count"),
        pytest.param([7, 7], 0, (((0, 0, 7),), ((1, 0, 7),)), id="whole"),
        pytest.param(
            [23, 2], 0, (((0, 0, 10),), ((0, 10, 20),), ((0, 20, 23), (1, 0, 2))), id="large"
        ),
        pytest.param([2, 12], 0, (((0, 0, 2), (1, 0, 8)), ((1, 8, 12),)), id="large after small"),
        pytest.param(
            [8, 12], 0, (((0, 0, 8),), ((1, 0, 10),), ((1, 10, 12),)), id="large, no room"
        ),
        pytest.param([3], 12, ((), ((0, 0, 3),)), id="picks fill a page"),
    ],
)
def test_where_sections_go(sizes: list[int], taken: int, pages: object) -> None:
    assert spread(sizes, 10, taken) == pages


@given(SIZES, st.integers(1, 60), st.integers(0, 70))
def test_every_paper_has_one_place(sizes: list[int], limit: int, taken: int) -> None:
    pages = spread(sizes, limit, taken)
    placed = [(section, n) for page in pages for section, a, b in page for n in range(a, b)]
    assert placed == [(section, n) for section, size in enumerate(sizes) for n in range(size)]


@given(SIZES, st.integers(1, 60), st.integers(0, 70))
def test_no_page_is_too_long_or_empty(sizes: list[int], limit: int, taken: int) -> None:
    first, *others = [sum(b - a for _, a, b in page) for page in spread(sizes, limit, taken)]
    assert first <= max(limit - taken, 0)
    assert all(0 < each <= limit for each in others)


@given(SIZES, st.integers(1, 60), st.integers(0, 70))
def test_only_what_no_page_can_hold_is_divided(sizes: list[int], limit: int, taken: int) -> None:
    for page in spread(sizes, limit, taken):
        for section, start, end in page:
            assert (start, end) == (0, sizes[section]) or sizes[section] > limit


@pytest.mark.parametrize(
    "sizes, taken, shown",
    [
        ([], 0, ()),
        ([6, 4], 0, (6, 4)),
        ([9, 4], 0, (6, 4)),
        ([9, 9, 9], 0, (4, 3, 3)),
        ([9, 9, 1], 4, (3, 2, 1)),
        ([2] * 12, 0, (1,) * 12),
    ],
)
def test_what_a_front_page_shows(sizes: list[int], taken: int, shown: tuple[int, ...]) -> None:
    assert front(sizes, 10, taken) == shown


@given(SIZES, st.integers(1, 60), st.integers(0, 70))
def test_a_front_page_shows_of_all_as_much_as_fits(
    sizes: list[int], limit: int, taken: int
) -> None:
    shown = front(sizes, limit, taken)
    assert all(1 <= has <= size for has, size in zip(shown, sizes, strict=True))
    assert sum(shown) == min(sum(sizes), max(limit - taken, len(sizes)))


def test_the_first_page_has_no_number() -> None:
    assert [page_address("a/", number) for number in (1, 2, 11)] == ["a/", "a/2/", "a/11/"]
