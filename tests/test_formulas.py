r"""Formulas are told from text, and from prices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.formulas import Piece, pieces


@pytest.mark.parametrize(
    "text,tex,display",
    [
        ("$x$", "x", False),
        (r"$a_{i} \$ b$", r"a_{i} \$ b", False),
        ("$$x + y$$", "x + y", True),
        (r"\(x\)", "x", False),
        (r"\[x\]", "x", True),
    ],
)
def test_a_formula(text: str, tex: str, display: bool) -> None:
    assert list(pieces(f"a {text} b")) == [
        Piece("a "),
        Piece(text, tex, display),
        Piece(" b"),
    ]


@pytest.mark.parametrize(
    "text", ["$5 and $10", "$5-$10", "a $ b $ c", "$ x$", "$x $", r"\$x\$", "$", "$$", r"\(x", "$x"]
)
def test_no_formula(text: str) -> None:
    assert list(pieces(text)) == [Piece(text)]


@given(st.text(alphabet="$\\()[]ab 1{}"))
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(piece.source for piece in pieces(text)) == text
