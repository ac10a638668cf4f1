"""The index of titles: every paper once, in the order in which readers look for names."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from generator.digest import Entry
from generator.views import titles
from generator.views.titles import title_pages
from tests.builders import entry


def titled(*names: str) -> list[Entry]:
    return [entry(f"p{n}", title=name) for n, name in enumerate(names)]


def shown(entries: Iterable[Entry]) -> list[tuple[str, list[str]]]:
    (page,) = title_pages(entries)
    return [(letter, [each.title for each in papers]) for letter, papers in page]


def test_signs_case_and_accents_do_not_count() -> None:
    made = titled("beta", "“Alpha” two", "Älpha one", "BETA again", "$\\beta$ 3", "ALPHA three")
    assert shown(made) == [
        ("A", ["Älpha one", "ALPHA three", "“Alpha” two"]),
        ("B", ["beta", "BETA again"]),
        ("Β", ["$\\beta$ 3"]),
    ]


def test_figures_and_titles_without_a_letter_stand_last() -> None:
    assert shown(titled("4 bits", "Zero", "???", "深度学习")) == [
        ("Z", ["Zero"]),
        ("深", ["深度学习"]),
        ("#", ["???", "4 bits"]),
    ]


def test_a_page_holds_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(titles, "PAGE_SIZE", 2)
    made = title_pages(titled("C", "A", "B", "A b", "D"))
    assert [[letter for letter, _ in page] for page in made] == [["A"], ["B", "C"], ["D"]]


def test_papers_of_one_title_are_ordered_by_address() -> None:
    (page,) = title_pages([entry("b", title="T"), entry("a", title="T")])
    assert [each.slug for each in page[0][1]] == ["a", "b"]


def test_without_papers_there_is_one_empty_page() -> None:
    assert title_pages([]) == [()]
