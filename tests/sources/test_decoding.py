from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.sources.decoding import decode, refuse_html


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_text_comes_back_as_it_was(text: str) -> None:
    if text.strip() and not text.startswith("\ufeff"):
        assert decode(text.encode(), "f") == (text, False)
        assert decode(b"\xef\xbb\xbf" + text.encode(), "f") == (text, False)


@pytest.mark.parametrize("data", [b"a\r\nb\rc\nd", b"a\rb\r\nc\rd", b"a\nb\nc\nd"])
def test_lines_end_in_one_way(data: bytes) -> None:
    assert decode(data, "f") == ("a\nb\nc\nd", False)


@pytest.mark.parametrize("char", ["é", "中", "😀"])
def test_a_character_that_breaks_off_at_the_end_is_left_out(char: str) -> None:
    for kept in range(1, len(char.encode())):
        assert decode(b"abc" + char.encode()[:kept], "f") == ("abc", True)


def test_a_byte_that_begins_a_character_and_does_not_end_the_file_is_an_error() -> None:
    with pytest.raises(ListingError, match="byte 0xe4"):
        decode("abc ä.".encode("latin-1"), "f")


@pytest.mark.parametrize("code", sorted({*range(0x20)} - {9, 10, 11, 12, 13}))
def test_control_characters_are_no_text(code: int) -> None:
    with pytest.raises(ListingError, match=rf"f:2: is not text: byte 0x{code:02x} at position 2"):
        decode(b"a\n" + bytes([code]), "f")


@pytest.mark.parametrize(
    "text", ["plain", "< html >", "<htmlx>", "a <html>", "<!-- html --> text", "<EOS>", ""]
)
def test_what_is_no_html_passes(text: str) -> None:
    refuse_html(text, "f")
