"""What nobody sees goes, unless it does something that a reader sees."""

from __future__ import annotations

import unicodedata

import pytest

from generator.text.cleaning import tidy

SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
#: Default_Ignorable_Code_Point of Unicode 16 (DerivedCoreProperties.txt), unassigned ones included.
IGNORABLE = (
    *("00AD", "034F", "061C", "115F-1160", "17B4-17B5", "180B-180F", "200B-200F", "202A-202E"),
    *("2060-206F", "3164", "FE00-FE0F", "FEFF", "FFA0", "FFF0-FFF8", "1BCA0-1BCA3"),
    *("1D173-1D17A", "E0000-E0FFF"),
)


def code_points(span: str) -> range:
    first, _, last = span.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


@pytest.mark.parametrize("span", IGNORABLE)
def test_nothing_invisible_stays_between_letters(span: str) -> None:
    for point in code_points(span):
        assert tidy(f"a{chr(point)}b") in {"ab", "a b"}, hex(point)


def test_every_space_control_and_half_character_is_one_space_or_none() -> None:
    for point in range(0x110000):
        if unicodedata.category(chr(point)) in {"Zs", "Zl", "Zp", "Cc", "Cs"}:
            assert tidy(f"a{chr(point)}b") in {"ab", "a b"}, hex(point)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SCOTLAND, id="the flag of a part of a country"),
        pytest.param("1\ufe0f\u20e3 #\ufe0f\u20e3 ❤\ufe0f ©\ufe0f", id="keycaps and emoji"),
        pytest.param("👩\u200d🔬 👁\ufe0f\u200d🗨\ufe0f", id="joined emoji"),
        pytest.param("葛\U000e0100城 神\ufe00", id="variants of ideographs"),
        pytest.param("ᠠ\u180bᠨ", id="variants of Mongolian letters"),
        pytest.param("می\u200cخواهم क्\u200dष ه\u200d\u200c\u200dا", id="joined and parted letters"),
        pytest.param("ל\u05b7\u034f\u05b4ם", id="Hebrew points in an order of their own"),
        pytest.param("\u1100\u1160 \u115f\u1161\u11a8 \u115f\u1160\u11a8", id="old Hangul"),
        pytest.param("\ue000 \ufffd \ufffc", id="boxes that show that something was there"),
        pytest.param("q" + "\u0316" * 9 + "\u0301" * 40, id="towers of accents"),
        pytest.param("\u0605١٢ \u06dd", id="format characters that are seen"),
    ],
)
def test_what_does_something_stays(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    "text, tidied",
    [
        pytest.param("a\U000e0069\U000e0067b", "ab", id="a text in tags"),
        pytest.param(SCOTLAND[:-1] + ".", "\U0001f3f4.", id="a flag that does not end"),
        pytest.param(SCOTLAND[0] + "\U000e0061" * 9 + "\U000e007f", "\U0001f3f4", id="a long flag"),
        pytest.param("❤\ufe0f\ufe00\U000e0101\U000e0105", "❤\ufe0f", id="a text in selectors"),
        pytest.param("a\ufe0fb \ufe0fc ❤\U000e0100", "ab c ❤", id="selectors that select nothing"),
        pytest.param("é\u200d\ufe0f", "é", id="a selector behind a joiner"),
        pytest.param("é" + "\u200c\u200d" * 8 + "é", "éé", id="a text in joiners"),
        pytest.param("a\u180bᠠ", "aᠠ", id="a Mongolian selector elsewhere"),
        pytest.param("가\u115f\u1160나\u3164다\u2800라", "가나 다 라", id="fillers"),
        pytest.param("\u115f\ufe0fa", "a", id="a selector behind a filler"),
        pytest.param("\u1160\u1100\u200b\u1161\u115f\u1160", "가", id="fillers of nothing"),
        pytest.param("e\u034f\u0301", "é", id="a joiner within a letter"),
        pytest.param("\u212a\u200dé\u037e", "Ké;", id="canonical forms in ASCII"),
    ],
)
def test_what_does_nothing_goes(text: str, tidied: str) -> None:
    assert tidy(text) == tidied
    assert tidy(tidied) == tidied


@pytest.mark.parametrize(
    "part", ["\u0301\u0316", "\u200d", "\ufe0f", "\u115f", " ", "\u1100\u1161"]
)
def test_long_runs_take_no_longer_than_they_are(part: str) -> None:
    """Marks in alternating classes cost Python's own normalisation the square of their number."""
    text = "é" + part * 50_000 + "é"
    assert tidy(tidy(text)) == tidy(text)


def test_marks_are_put_in_the_order_of_unicode() -> None:
    marks = "\u0301\u0316\u0327" * 400
    assert tidy("q" + marks) == unicodedata.normalize("NFC", "q" + marks)
