r"""Formulas are told from text, and from prices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.formulas import Formula, match, search


@pytest.mark.parametrize(
    "source,tex,display",
    [
        ("$x$", "x", False),
        (r"$a_{i} \$ b$", r"a_{i} \$ b", False),
        ("$$x + y$$", "x + y", True),
        (r"\(x\)", "x", False),
        (r"\[x\]", "x", True),
        (r"\((a) [b]\)", "(a) [b]", False),
        ("$n log n$", "n log n", False),
        (r"$x \text{ for all } y \in S$", r"x \text{ for all } y \in S", False),
        (r"$\sim$90", r"\sim", False),
        ("$<$3%", "<", False),
        ("$p = 0.05$", "p = 0.05", False),
    ],
)
def test_a_formula(source: str, tex: str, display: bool) -> None:
    end = 3 + source.rindex(")" if source[1] == "(" else "]" if source[1] == "[" else "$") + 1
    assert search(f"ab {source} c") == Formula(tex, display, 3, end)
    assert match(f"ab {source} c", 3) == search(f"ab {source} c")
    assert match(f"ab {source} c", 2) is None


@pytest.mark.parametrize(
    "text",
    [
        *("$5 and $10", "$5-$10", "a $ b $ c", "$ x$", "$x $", r"\$x\$", "$", "$$", r"\(x", "$x"),
        *("US$5 and US$10", "$1M", "$5/$10", "$5 for some and 10$ for others", "$5 a unit or 6$."),
        *(r"\[MASK\]", r"\[1\] and \[2, 3\]", r"\(not mathematics\)", "10$-20$", "or 5$10$"),
        *("from $3 per million to 4$", "$x and y$", r"\( a \( b", "$$$$", "$5$10"),
    ],
)
def test_no_formula(text: str) -> None:
    assert search(text) is None


def test_money_before_a_formula_does_not_hide_it() -> None:
    text = "It costs $5 per token, or 10$ more, for $n$ tokens"
    found = search(text)
    assert found is not None
    assert text[found.start : found.end] == "$n$"


@given(st.text(alphabet="$\\()[]ab 1{}"))
def test_a_formula_is_where_it_says(text: str) -> None:
    found = search(text)
    if found:
        assert found.tex in text[found.start : found.end]
        assert match(text, found.start) == found


def test_formulas_may_touch() -> None:
    first = search("$x$$y$")
    assert first == Formula("x", False, 0, 3)
    assert search("$x$$y$", first.end) == Formula("y", False, 3, 6)
