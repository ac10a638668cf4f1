"""Groups follow from the papers alone, hold each once, and stay as they are while others come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.search import division
from generator.search.division import divided

FIRST = dt.date(2025, 1, 6)


@pytest.fixture(autouse=True, scope="module")
def _small() -> Iterator[None]:
    """Groups of a few papers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "MOST", 30)
        patch.setattr(division, "MOST_NEW", 10)
        yield


days = st.dates(dt.date(2024, 11, 1), dt.date(2025, 3, 31))
libraries = st.dictionaries(st.text("abcdef", min_size=1, max_size=4), days, max_size=150)


def daily(count: int, a_day: int = 4) -> dict[str, dt.date]:
    """Papers, so many a day."""
    return {f"p{n:04}": FIRST + dt.timedelta(days=n // a_day) for n in range(count)}


def test_some_papers_are_one_group() -> None:
    assert divided({}) == {}
    papers = daily(30)
    assert divided(papers) == {"": tuple(sorted(papers))}
    assert len(divided(daily(31))) > 1


@given(libraries)
def test_every_paper_is_in_one_group_that_is_not_too_large(papers: dict[str, dt.date]) -> None:
    found = divided(papers)
    assert sorted(name for group in found.values() for name in group) == sorted(papers)
    assert all(group and len(group) <= division.MOST for group in found.values())
    if len(found) > 1:
        newest = max(papers.values())
        for group in found.values():
            of = {papers[name] for name in group}
            assert newest not in of or len(of) == 1 or len(group) <= division.MOST_NEW


@given(libraries, st.randoms(use_true_random=False))
def test_order_leaves_no_trace(papers: dict[str, dt.date], random: object) -> None:
    turned = list(papers.items())
    random.shuffle(turned)  # type: ignore[attr-defined]
    assert list(divided(papers).items()) == list(divided(dict(turned)).items())


@given(libraries)
def test_groups_follow_each_other(papers: dict[str, dt.date]) -> None:
    found = divided(papers)
    if len(found) < 2:
        return
    assert list(found) == sorted(found, key=lambda name: name[:10])
    spans = [[papers[name] for name in group] for group in found.values()]
    for earlier, later in pairwise(spans):
        assert max(earlier) <= min(later)
    for name, group in found.items():
        assert dt.date.fromisoformat(name[:10]) <= min(papers[each] for each in group)


@given(libraries, st.text("xyz", min_size=1), days)
def test_one_paper_changes_its_own_part_alone(
    papers: dict[str, dt.date], name: str, day: dt.date
) -> None:
    """If there is a newer one: then only the group changes that it comes into, or is cut."""
    newer = day + dt.timedelta(days=1)
    papers = {**papers, "newest": max([newer, *papers.values()])}
    before, after = divided(papers), divided({**papers, name: day})
    if len(before) < 2:
        return
    gone = set(before.values()) - set(after.values())
    assert len(gone) <= 1
    made = {each for group in set(after.values()) - set(before.values()) for each in group}
    assert made == {name, *(each for group in gone for each in group)}


@given(st.integers(31, 500), st.integers(1, 12))
def test_new_days_leave_what_is_long_over(count: int, a_day: int) -> None:
    """What changes with an edition is what the newest days have for themselves, at most once."""
    before, after = divided(daily(count, a_day)), divided(daily(count + a_day, a_day))
    if len(before) < 2:
        return
    gone = [each for group in set(before.values()) - set(after.values()) for each in group]
    assert len(gone) <= division.MOST + division.MOST_NEW


def test_a_day_with_too_many_papers_is_cut_by_their_names() -> None:
    papers = {f"p{n}": FIRST for n in range(200)} | {"later": FIRST + dt.timedelta(days=99)}
    found = divided(papers)
    assert {len(name) > 10 for name, group in found.items() if "later" not in group} == {True}
    assert len(found) < 20
    less = divided({name: day for name, day in papers.items() if name != "p7"})
    assert len(set(found.values()) - set(less.values())) == 1


def test_papers_of_one_place_stay_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(division, "_place", lambda day, _: day.toordinal() << 16)
    found = divided({f"p{n}": FIRST for n in range(100)})
    assert [len(group) for group in found.values()] == [100]


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_any_day_has_a_group(day: dt.date) -> None:
    papers = daily(40) | {"odd": day}
    assert sum("odd" in group for group in divided(papers).values()) == 1
