r"""Formulas become MathML of known elements, or stay what they are."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from generator.markup.mathml import DEEPEST, LONGEST, WIDE, _Rewriter, mathml

#: What may stand in a formula: MathML, and HTML within its text.
KNOWN = frozenset(
    {
        *("math", "semantics", "annotation", "mstyle", "mrow", "mi", "mn", "mo", "ms", "mtext"),
        *("mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder", "mover"),
        *("munderover", "mmultiscripts", "mprescripts", "mpadded", "mtable", "mtr", "mtd"),
        *("b", "i", "code"),
    }
)


def made(tex: str, *, display: bool = False) -> BeautifulSoup | None:
    text = mathml(tex, f"${tex}$", display=display, escape=escape)
    return None if text is None else BeautifulSoup(text, "html5lib")


def shown(tex: str) -> str:
    """What a reader sees of a formula, without spaces."""
    page = made(tex)
    assert page is not None, tex
    (presentation,) = page.select("math > semantics > mstyle")
    return "".join(presentation.get_text().replace("\N{FUNCTION APPLICATION}", "").split())


@pytest.mark.parametrize(
    "tex,text",
    [
        ("x^2", "x2"),
        (r"\epsilon", "ϵ"),
        (r"10\times", "10×"),
        (r"\sim", "∼"),
        ("^{th}", "th"),
        (r"\frac{1}{n}\sum_{i=1}^n x_i", "1n∑i=1nxi"),
        (r"\mathbb{R}^{d \times d}", "ℝd×d"),
        (r"\mathrm{KL}(p\|q)", "KL(p‖q)"),
        (r"50\%", "50%"),
        (r"\text{loss}_{i}", "lossi"),
        (r"\mbox{if } x", "ifx"),
        (r"\begin{align}a&=b\end{align}", "a=b"),
        (r"\ensuremath{x}", "x"),
        (r"n\textsuperscript{th}", "nth"),
        (r"\widetilde{O}(n \log n)", "O~(nlogn)"),
        (r"\textbf{x} \texttt{y} \textsc{z}", "xyz"),
        (r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}", "[1234]"),
        ("a < b > c & d"[:9], "a<b>c"),
        (r"\text{<img src=x onerror=alert(1)>}", "<imgsrc=xonerror=alert(1)>"),
        ("中 + é", "中+é"),
    ],
)
def test_what_a_formula_shows(tex: str, text: str) -> None:
    assert shown(tex) == text


@pytest.mark.parametrize(
    "tex",
    [
        *("", " ", "{", "}", "x_", "x__y", r"\frac{a}", "&", "#", r"\\", "~", "% only a comment"),
        *("50% of x", r"\model", r"\cite{x}", r"\ref{x}", r"\eqref{x}", r"\label{x}", r"\tag{1}"),
        *(r"\href{javascript:alert(1)}{x}", r"\url{https://a.org}", r"\class{a}{b}"),
        r"\style{a}{b}",
        *(r"\includegraphics{x}", r"\unicode{x41}", r"\require{x}", r"\boxed{x}", r"\cancel{x}"),
        *(r"\def\x{y}\x", r"\newcommand{\x}{y}\x", r"\let\x y", r"\gdef\x{y}", r"\phantom{lost}"),
        *(r"\text{a $x$}", "{" * (DEEPEST + 1) + "x" + "}" * (DEEPEST + 1), "x" * (LONGEST + 1)),
    ],
)
def test_what_is_not_converted(tex: str) -> None:
    assert made(tex) is None


def test_the_source_stands_beside_it() -> None:
    page = made(r"a<b \& c")
    assert page is not None
    (annotation,) = page.select("annotation[encoding='application/x-tex']")
    assert annotation.get_text() == r"$a<b \& c$"


def test_a_formula_of_its_own_line_says_so() -> None:
    inline, display = made("x"), made("x", display=True)
    assert inline is not None
    assert display is not None
    assert [math.get("display") for math in inline.select("math")] == [None]
    assert [math.get("display") for math in display.select("math")] == ["block"]


def test_one_formula_says_nothing_to_the_next() -> None:
    assert made(r"\gdef\x{y}") is None
    assert made(r"\x") is None


SCRAPS = st.sampled_from(
    [
        *(
            r"\frac",
            r"\sqrt",
            r"\text",
            r"\textcolor",
            r"\color",
            r"\mathcal",
            r"\left(",
            r"\right)",
        ),
        *(
            r"\begin{align}",
            r"\end{align}",
            r"\\",
            "&",
            "{",
            "}",
            "^",
            "_",
            "'",
            "x",
            "1",
            "<",
            ">",
        ),
        *('"', "=", r"\over", r"\hspace{1em}", r"\kern", r"\mathop", r"\operatorname", r"\textsf"),
        *(r"\textit", r"\href", r"\rule", r"\eqref", r"\style", "red", "url(x)", "javascript:"),
        *(
            "<script>",
            "</math>",
            "<!--",
            "]]>",
            "&lt;",
            "%",
            r"\%",
            "#",
            "$",
            "~",
            r"\,",
            r"\cancel",
        ),
    ]
)


@given(st.lists(SCRAPS, max_size=12).map(" ".join) | st.text(max_size=60))
def test_whatever_comes_out_is_harmless(tex: str) -> None:
    page = made(tex)
    if page is None:
        return
    found = page.select("math, math *")
    assert {tag.name for tag in found} <= KNOWN
    assert len(found) == len(page.select("body *"))
    for tag in found:
        assert not {"style", "id", "href", "src"} & set(tag.attrs)
        assert tag.get("class") in (None, ["wide"])
        assert not any(name.startswith("on") for name in tag.attrs)
    assert page.select("annotation")[0].get_text().split() == f"${tex}$".replace("\0", "").split()


@pytest.mark.parametrize("tex,wide", [("x" * WIDE, False), ("x" * (WIDE + 1), True)])
def test_a_wide_formula_says_so(tex: str, wide: bool) -> None:
    page = made(tex)
    assert page is not None
    assert [math.get("class") for math in page.select("math")] == [["wide"] if wide else None]


@pytest.mark.parametrize("tex", [r"x \text{ if } y", r"x~if~y", r"\text{x if y}"])
def test_spaces_of_words_stay(tex: str) -> None:
    text = mathml(tex, f"${tex}$", display=False, escape=escape)
    assert text is not None
    words = text.split("<annotation")[0]
    assert "&#160;" in words
    assert "&#160;&#160;" not in words


@pytest.mark.parametrize("tex", [r"\kern99em x", r"\hspace{50em}x", r"\raisebox{99em}{x}"])
def test_no_length_stretches_a_page(tex: str) -> None:
    page = made(tex)
    values = [v for tag in page.select("math *") for v in tag.attrs.values()] if page else []
    assert not any(re.search(r"\d\d", str(value)) for value in values)


def test_html_stands_within_text_alone() -> None:
    assert _Rewriter(escape).rewritten("<mtext><b>x</b></mtext>") == "<mtext><b>x</b></mtext>"
    assert _Rewriter(escape).rewritten("<mrow><b>x</b></mrow>") is None
    assert _Rewriter(escape).rewritten("<mrow><mi>x</mi>") is None
    assert _Rewriter(escape).rewritten("<mrow></mi></mrow>x") is None
    assert _Rewriter(escape).rewritten('<mi mathvariant="x;y" lspace="1em">x</mi>') == (
        '<mi lspace="1em">x</mi>'
    )
