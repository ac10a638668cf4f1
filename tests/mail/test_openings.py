from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.mail.openings import opening
from generator.text.cleaning import tidy
from generator.text.inlines import inlines


@pytest.mark.parametrize(
    "text, most, expected",
    [
        ("All of it.", 20, "All of it."),
        ("One here. Two here. Three here.", 20, "One here. Two here."),
        ("One here. Two here. Three here.", 19, "One here. Two here."),
        ("One. A much longer second sentence.", 30, "One. A much longer second"),
        ("See Smith et al. Then more of it.", 26, "See Smith et al. Then more"),
        ("We use, e.g. Kettles and pots here.", 25, "We use, e.g. Kettles and"),
        ("By A. Lovelace and others. More.", 28, "By A. Lovelace and others."),
        ("Is it? “Yes it is!” And so on, and on.", 24, "Is it? “Yes it is!”"),
        ("第一句话。第二句话。第三句话。", 12, "第一句话。第二句话。"),
        ("一二三四五六七八九十", 5, "一二三四五"),
        ("Let $a. B$ be. Then all is well here.", 20, "Let $a. B$ be."),
        ("Words then $x + y + z$ and more", 16, "Words then"),
        ("See https://example.org/a.B/c and more", 20, "See"),
        ("W" * 30, 10, "W" * 10),
        ("ab" + "e\u0301" * 9, 5, "abe\u0301"),
        ("👩\u200d🔬👩\u200d🔬", 4, "👩\u200d🔬"),
        ("x" * 50 + " y", 20, "x" * 20),
    ],
)
def test_it_ends_where_a_sentence_or_a_word_does(text: str, most: int, expected: str) -> None:
    assert opening(text, most) == expected


@given(st.text(st.sampled_from("aB .!?。$\\{}e\u0301\u200d漢1"), max_size=80), st.integers(3, 40))
def test_it_is_a_beginning(text: str, most: int) -> None:
    begins = opening(text, most)
    assert text.startswith(begins)
    assert len(begins) <= max(most, 1)
    if len(text) <= most:
        assert begins == text


@given(st.text(max_size=300).map(tidy), st.integers(20, 100))
def test_there_is_always_something(text: str, most: int) -> None:
    assert bool(opening(text, most)) == bool(text)


def test_no_formula_is_cut_where_there_are_words_before_it() -> None:
    text = "The rate is $\\alpha + \\beta + \\gamma$ and falls with $n \\to \\infty$ in time." * 3
    whole = {part.source for part in inlines(text) if part.formula}
    for most in range(12, 150):
        begins = opening(text, most)
        cut = {part.source for part in inlines(begins) if part.formula}
        assert cut <= whole
        assert begins.count("$") % 2 == 0


def test_a_text_without_end_takes_no_time() -> None:
    for text in ("a. B" * 500_000, "$" * 2_000_000, "." * 2_000_000, "(https://a.b/" * 100_000):
        assert len(opening(text, 240)) <= 240
