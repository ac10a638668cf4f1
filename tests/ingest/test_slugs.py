from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.slugs import LONGEST_SLUG, new_slug
from generator.storage.papers import SLUG


class TestSlugs:
    def slug(self, title: str, abstract: str = "A.", taken: Iterable[str] = ()) -> str:
        return new_slug(title, abstract, set(taken))

    @pytest.mark.parametrize(
        "title, slug",
        [
            ("On Teapots", "on-teapots"),
            ("iBOT: Image BERT!", "ibot-image-bert"),
            ("Naïve Übungen, ß", "naive-ubungen-ss"),
            ("$\\textit{Labor Space}$: x", "labor-space-x"),
            ("AT&T &amp; <b>", "at-t-b"),
            ("中文标题", "zhong-wen-biao-ti"),
            ("  --  A  -- ", "a"),
            ("2024-01-01", "2024-01-01"),
            ("null", "null"),
        ],
    )
    def test_a_slug_is_made_of_the_title(self, title: str, slug: str) -> None:
        assert self.slug(title) == slug

    def test_no_word_is_cut_and_none_is_left_out(self) -> None:
        assert self.slug("word " * 20 + "end") == "-".join(["word"] * 16)
        assert self.slug("a " + "b" * 78 + " c") == "a-" + "b" * 78
        assert self.slug("supercalifragilistic" * 10 + " x") == ("supercalifragilistic" * 4)

    @pytest.mark.parametrize("title", ["∞", "→ ∅", "?", "…"])
    def test_a_title_without_letters_gets_a_name_of_its_own(self, title: str) -> None:
        assert re.fullmatch(r"paper-[0-9a-f]{8}", self.slug(title))
        assert self.slug(title) != self.slug(title, "Another abstract.")

    @pytest.mark.parametrize("title", ["Index", "Feed", "CON", "nul", "aux", "prn", "com1", "LPT9"])
    def test_names_that_mean_something_else(self, title: str) -> None:
        assert re.fullmatch(rf"{title.lower()}-[0-9a-f]{{8}}", self.slug(title))

    def test_a_taken_name_gets_a_hash(self) -> None:
        first = self.slug("On Teapots", taken=["on-teapots"])
        assert re.fullmatch(r"on-teapots-[0-9a-f]{8}", first)
        second = self.slug("On Teapots", taken=["on-teapots", first])
        assert re.fullmatch(rf"{first}[0-9a-f]", second)

    @pytest.mark.parametrize("title", ["word " * 40, "x" * 300, "averylongword" * 5 + " b" * 40])
    def test_long_titles(self, title: str) -> None:
        slug = self.slug(title)
        assert SLUG.fullmatch(slug)
        assert len(slug) <= LONGEST_SLUG
        other = self.slug(title, taken=[slug])
        assert SLUG.fullmatch(other)
        assert len(other) <= LONGEST_SLUG

    @given(st.text(), st.booleans())
    def test_any_title_gives_an_address(self, title: str, taken: bool) -> None:
        title = title.encode("utf-8", "ignore").decode()
        slug = self.slug(title)
        if taken:
            slug = self.slug(title, taken=[slug])
        assert SLUG.fullmatch(slug)
        assert len(slug) <= LONGEST_SLUG
        assert slug == slug.lower()
