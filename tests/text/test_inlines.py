"""Words, formulas and addresses are told apart, and nothing is lost between them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.inlines import inlines


def kinds(text: str) -> list[tuple[str, str]]:
    return [
        ("formula" if part.formula else "address" if part.address else "words", part.source)
        for part in inlines(text)
    ]


@pytest.mark.parametrize(
    "text,parts",
    [
        ("", []),
        ("a $x$ b", [("words", "a "), ("formula", "$x$"), ("words", " b")]),
        (
            "at https://a.org/x.",
            [("words", "at "), ("address", "https://a.org/x"), ("words", ".")],
        ),
        (
            "https://a.org/b$x$ and $y$",
            [
                ("address", "https://a.org/b"),
                ("formula", "$x$"),
                ("words", " and "),
                ("formula", "$y$"),
            ],
        ),
        (r"$\href{https://a.org}{x}$", [("formula", r"$\href{https://a.org}{x}$")]),
        (r"\(x\)\[y\]", [("formula", r"\(x\)"), ("formula", r"\[y\]")]),
        (
            "$x$https://a.org/a,https://b.org",
            [
                ("formula", "$x$"),
                ("address", "https://a.org/a"),
                ("words", ","),
                ("address", "https://b.org"),
            ],
        ),
    ],
)
def test_parts(text: str, parts: list[tuple[str, str]]) -> None:
    assert kinds(text) == parts


SCRAPS = st.lists(
    st.sampled_from(
        [
            "$",
            "x",
            " ",
            "https://a.org/",
            "http://",
            "\\(",
            "\\)",
            "$$",
            ")",
            ".",
            "5",
            "\\[",
            "\\]",
        ]
    )
).map("".join)


@given(SCRAPS | st.text())
def test_the_parts_are_the_text(text: str) -> None:
    assert "".join(part.source for part in inlines(text)) == text


@given(SCRAPS)
def test_no_part_is_two_things_and_words_do_not_follow_words(text: str) -> None:
    found = kinds(text)
    assert all(not (part.formula and part.address) for part in inlines(text))
    assert all(part.source for part in inlines(text))
    assert not any(a[0] == b[0] == "words" for a, b in pairwise(found))
