"""What Pagefind reads of a paper: all of its words, and everything comes back as it was."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from generator.search import pages as searched
from tests.builders import appearance, digest, entry, link

#: What search.js does with a word that it gets back.
_SIGNS = {":": searched.MARK, "-": "", ",": "\N{ZERO WIDTH SPACE}"}


def read_back(text: str) -> str:
    """As ``search.js`` reads what :func:`~generator.search.pages.written` wrote."""
    return re.sub(f"{searched.MARK}([:,-])", lambda found: _SIGNS[found[1]], text)


def fields(page: str) -> list[str]:
    """The fields of a page, as they stand in it."""
    found = BeautifulSoup(page, "html5lib").select_one("body > p")
    assert found is not None
    text = " ".join(found.get_text().split())
    assert text.endswith(f" {searched.MARK}")
    return [each.strip() for each in f"{text} ".split(f"{searched.MARK} ")[:-1]]


def test_a_page_has_every_field_and_every_filter() -> None:
    page = searched.page(
        entry(
            "x",
            title="Waters of $H_2O$",
            abstract="We <b> & measure.",
            authors=("Ada Lovelace", "José Ñandú"),
            ids={"arxiv": "2010.00904"},
            links=(link("https://github.com/a/b"),),
            pick=True,
            note="Why *this* [one](https://a.org/).",
            topics=["retrieval", "speech"],
            appearances=(appearance("2026-03-12"), appearance("2025-01-01")),
        )
    )
    assert fields(page) == [
        "Waters of H2O",
        "We <b> & measure.",
        "Ada Lovelace ␞; José Ñandú",
        "2010.00904",
        "https://github.com/a/b",
        "Why this one.",
        "",
    ]
    filters = BeautifulSoup(page, "html5lib").select("[data-pagefind-filter]")
    assert [each["data-pagefind-filter"] for each in filters] == [
        "topic:retrieval",
        "topic:speech",
        "edition:2025-01-01",
        "edition:2026-03-12",
        "code:1",
        "pick:1",
    ]


def test_a_paper_that_says_little_has_empty_fields() -> None:
    page = searched.page(entry("x", title="T", abstract="A."))
    assert fields(page) == ["T", "A.", *[""] * 5]
    assert 'filter="edition:2026-03-11"' in page
    assert not re.search('filter="(code|pick|topic)', page)


def test_the_title_alone_has_a_weight() -> None:
    page = BeautifulSoup(searched.page(entry("x", title="Only this", abstract="A.")), "html5lib")
    (weighty,) = page.select("[data-pagefind-weight]")
    assert weighty.get_text() == "Only this"


def test_every_paper_has_a_page_by_its_address() -> None:
    made = searched.pages(digest(entry("one"), entry("two")))
    assert set(made) == {"one.html", "two.html"}
    assert searched.pages(digest()) == {}


@pytest.mark.parametrize("text", ["a ␞ b ␞; c ␞: ␞", "x ___PAGEFIND_WEIGHT___9 y", "a\u200bb"])
@pytest.mark.parametrize("field", ["title", "abstract"])
def test_what_would_mean_something_is_written_otherwise(text: str, field: str) -> None:
    page = searched.page(entry("x", **{field: text}))
    found = fields(page)
    assert len(found) == len(searched.FIELDS)
    assert "___PAGEFIND_" not in page
    assert read_back(found[field == "abstract"]) == text


@given(st.text())
def test_a_text_comes_back_as_it_was(text: str) -> None:
    written = searched.written(text)
    assert read_back(written) == " ".join(text.split())
    assert not {searched.MARK, searched.ITEM} & set(written.split())
    assert "\N{ZERO WIDTH SPACE}" not in written


def test_words_of_different_blocks_of_a_note_are_apart() -> None:
    page = searched.page(entry("x", note="One.\n\n- two\n- **th**ree\n"))
    assert fields(page)[5] == "One. two three"


def test_words_without_spaces_are_found_from_their_middle() -> None:
    page = searched.page(entry("x", title="深度学习 in 学习", abstract="ひらがな"))
    assert fields(page)[-1] == "度学习 学习 らがな がな"
