r"""LaTeX in running text is decoded, and nothing else is touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.latex import RULES, Rule, decode

#: What LaTeX is made of, to be put together in any order.
SCRAPS = st.lists(
    st.sampled_from(
        [
            *("\\", "{", "}", "$", "~", "``", "''", "`", "'", '"', "_", "^", "%", "&", "#", " "),
            *(
                "\\textsc",
                "\\emph",
                "\\url",
                "\\href",
                "\\it",
                "\\epsilon",
                "\\o",
                "\\model",
                "\\'",
            ),
            *(
                "\\c",
                "\\%",
                "\\\\",
                "\\(",
                "\\)",
                "a",
                "B",
                "é",
                "1",
                "word",
                "https://a.org/b",
                ".",
            ),
        ]
    ),
    max_size=14,
).map("".join)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_an_example_that_holds(rule: Rule) -> None:
    before, after = rule.example
    assert decode(before) == after
    assert rule.reason


@pytest.mark.parametrize(
    "text,decoded",
    [
        (r"T\"{U}LU, T{\"U}LU, {\'\i}, \v{S}, \c{c}", "TÜLU, TÜLU, í, Š, ç"),
        (r"S\o ren, Stra\ss e, \AA{}rhus, \LaTeX{}", "Søren, Straße, Århus, LaTeX"),
        (r"({\epsilon}, {\delta})-approximation, {\Lambda}", "(ε, δ)-approximation, Λ"),
        (r"F_{\alpha}", "F_{α}"),
        (r"\textbf{a \emph{b \textsc{c}} d}", "a b c d"),
        (r"{\em one} and {\bf two}", "one and two"),
        (r"\{a\} \$5 \_ \# \&", "{a} $5 _ # &"),
        (r"\href{https://a.org}{our code}", "our code (https://a.org)"),
        (r"\href{https://a.org/}{a.org}", "https://a.org/"),
        (r"\href{https://a.org/}", "https://a.org/"),
        ("https://a.org/b{here}.", "https://a.org/b (here)."),
        ("https://a.org/b{https://a.org/b}.", "https://a.org/b."),
        ("at~https://a.org/~me", "at https://a.org/~me"),
        (r"https://a.org/a\_b", "https://a.org/a_b"),
        ("``learn to learn\" and ``so'' on", "“learn to learn” and “so” on"),
        (r"$\textit{Labor Space}$: $\text{So}$", "Labor Space: So"),
    ],
)
def test_what_authors_meant(text: str, decoded: str) -> None:
    assert decode(text) == decoded


@pytest.mark.parametrize(
    "text",
    [
        *("F_{1}", "L_2", "O(n^4)", "10^5", "<EOS>", "[MASK]", "#Encoder", "snake_case", "<3%"),
        *("~33.5%", "(~60%)", "10~20", "about ~5X", "''Retrieval & Rerank''", "`one-wins-all'"),
        *(r"\model", r"\etc. However", r"187 and \800", r"\cite{doe2020}", r"\ref{x}", "{BERT}"),
        *(r"$x_{\epsilon}$", r"$$\textsc{x}~y$$", r"\(\alpha\)", r"\[a \% b\]", "$5 and $10"),
        *("https://a.org/~me", "5% of 10", "a & b", '"quoted"', "{", "}"),
        *(r"$\textit{x}$", r"$\text{loss}_{i}$", r"$\mathcal{O}$", r"$x$", "\\", "C:\\users\\new"),
    ],
)
def test_what_stays_as_it_is_written(text: str) -> None:
    assert decode(f"The {text} here") == f"The {text} here"


@given(st.text() | SCRAPS)
@example("\\{\\textsc{a}\\}")
@example("\\{\\it x\\}")
def test_decoding_twice_is_decoding_once(text: str) -> None:
    assert decode(decode(text)) == decode(text)


@given(SCRAPS)
def test_no_word_is_lost(text: str) -> None:
    """Letters that no command is spelt with come out as often as they went in, or more often."""
    for word in ("word", "B", "1", "https://a.org/b"):
        if not re.search(r"\\[a-zA-Z]*" + re.escape(word), text) and "{https" not in text:
            assert decode(text).count(word) >= text.count(word)


@given(st.text(alphabet="abc ABC éü中 0123 .,;:!?()[]<>-_^%&#@/*+=|"))
def test_text_without_latex_is_never_touched(text: str) -> None:
    assert decode(text) == text
