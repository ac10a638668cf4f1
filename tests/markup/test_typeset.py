"""Titles and abstracts as HTML: the record's characters, with formulas set and addresses linked."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape as plain_escape

from generator.markup.escape import escape
from generator.markup.typeset import reading, typeset, unread
from tests.markup.test_escape import folded, texts


def page(text: str, **how: bool) -> BeautifulSoup:
    return BeautifulSoup(f"<p>{typeset(text, escape=escape, **how)}</p>", "html5lib")


def read(found: BeautifulSoup) -> str:
    for presentation in found.select("math mstyle"):
        presentation.decompose()
    return folded(found.get_text())


@pytest.mark.parametrize(
    "text,links",
    [
        ("Code at https://a.org/x.", ["https://a.org/x"]),
        ("(https://a.org/wiki/A_(b))", ["https://a.org/wiki/A_(b)"]),
        ("https://a.org/?a=1&b=2, http://b.org", ["https://a.org/?a=1&b=2", "http://b.org"]),
        ('https://a.org/"onmouseover="alert(1)', ["https://a.org/"]),
        ("https://a.org/&quot;x", ["https://a.org/"]),
        ("javascript:alert(1) data:text/html,x www.a.org", []),
    ],
)
def test_an_address_is_a_link_to_itself(text: str, links: list[str]) -> None:
    made = page(text, links=True)
    assert [str(each["href"]) for each in made.select("a")] == links
    assert [each.get_text() for each in made.select("a")] == links
    assert all(set(each.attrs) == {"href"} for each in made.select("a"))


def test_links_and_formulas_are_asked_for() -> None:
    text = "$x$ at https://a.org/x"
    assert not page(text).select("a, math")
    assert [tag.name for tag in page(text, links=True).select("a, math")] == ["a"]
    assert [tag.name for tag in page(text, formulas=True).select("a, math")] == ["math"]


def test_what_does_not_convert_is_its_source() -> None:
    assert str(typeset(r"a $\model$ b", formulas=True)) == r"a $\model$ b"


def test_text_is_escaped_as_asked() -> None:
    assert str(typeset("<b> https://a.org/?a&b", links=True, escape=plain_escape)) == (
        '&lt;b&gt; <a href="https://a.org/?a&amp;b">https://a.org/?a&amp;b</a>'
    )


MATHEMATICS = st.lists(
    st.sampled_from(
        ["$x$", "$5", "\\(a<b\\)", "$$", "$\\model$", "https://a.org/<b>", "_", "word "]
    )
).map("".join)


@given(texts | MATHEMATICS, st.booleans(), st.booleans())
def test_nothing_of_a_text_is_lost(text: str, formulas: bool, links: bool) -> None:
    made = page(text, formulas=formulas, links=links)
    assert read(made) == folded(text)


@pytest.mark.parametrize(
    "text,kept",
    [
        ("with H$_2$O, and", ["H2O,"]),
        ("(see $x$).", ["x)."]),
        ("$x$ and $y$", []),
        ("$x$-$y$: z", ["x-y:"]),
        ("a" * 30 + "$x$", []),
        ("https://a.org/$x$ $y$ z", []),
    ],
)
def test_what_touches_a_formula_stays_on_its_line(text: str, kept: list[str]) -> None:
    made = page(text, formulas=True, links=True)
    for each in made.select("annotation"):
        each.decompose()
    assert ["".join(each.get_text().split()) for each in made.select(".kept")] == kept


@pytest.mark.parametrize(
    "text,read_",
    [
        (r"$\alpha$-GAN$^2$: H$_2$O", "α-GAN2: H2O"),
        (r"In $O(n \log n)$ time", "In O(n log n) time"),
        (r"$\model$ at $5 and $10", r"$\model$ at $5 and $10"),
        ("https://a.org/b$x$", "https://a.org/bx"),
        (r"if $x \text{ if } y$", "if x if y"),
    ],
)
def test_a_reading_has_what_formulas_show(text: str, read_: str) -> None:
    assert reading(text) == read_


@pytest.mark.parametrize(
    "text,left",
    [
        ("plain $x$ and https://a.org/\\x", "\\x"),
        (r"\cite{a} \ref{b}", r"\cite{a}"),
        (r"a $\model$ b", r"$\model$"),
        (r"a $x$ and \% b", None),
        ("https://a.org/x", None),
    ],
)
def test_latex_that_nothing_reads(text: str, left: str | None) -> None:
    assert unread(text) == left
