from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.sources.bibtex_values import (
    Abbreviations,
    ExpansionError,
    ValueProblem,
    names,
    running,
    verbatim,
)
from generator.text.cleaning import clean


@pytest.mark.parametrize(
    "author, expected",
    [
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Lovelace, Ada and Turing, Alan M.", ["Ada Lovelace", "Alan M. Turing"]),
        ("van der Berg, Jan", ["Jan van der Berg"]),
        ("Jan van der Berg and others", ["Jan van der Berg"]),
        ("King, Jr., Martin", ["Martin King Jr."]),
        ("{Research and Sons} and {Barnes, Inc.}", ["Research and Sons", "Barnes, Inc."]),
        (r"G{\"{u}}l{\c{c}}ehre, {\c C}a{\u g}lar", ["Çağlar Gülçehre"]),
        (r"Erd{\H{o}}s, P{\'a}l and {\L}ukasz {\O}stergaard", ["Pál Erdős", "Łukasz Østergaard"]),
        (r"{De Cao}, Nicola", ["Nicola De Cao"]),
        ("J.~R. Smith", ["J. R. Smith"]),
        ("others", []),
        ("", []),
    ],
)
def test_names(author: str, expected: list[str]) -> None:
    assert list(names(author)) == expected


@pytest.mark.parametrize(
    "title, expected",
    [
        ("{BERT}: {P}re-training", "BERT: Pre-training"),
        ("{{All of it: A Story}}", "All of it: A Story"),
        (r"\emph{Very} {\em much} {\textsc{Foo}} {\bf{bar}}", "Very much Foo bar"),
        (r"{\'E}tude {\"{u}}ber {\ss} {\&} \& \v{c}", "Étude über ß & & č"),
        (r"The {$\{x_{1}\}$}-{M}ethod $O({n})$", r"The $\{x_{1}\}$-Method $O({n})$"),
        (r"Of {\ensuremath{\lambda}}", "Of λ"),
        ("{Q{u}o{te}}s", "Quotes"),
        (r"{\emph{a} b}", "a b"),
        ("{open", "{open"),
        (r"literal \{braces\}", r"literal \{braces\}"),
    ],
)
def test_braces_that_only_protect_are_no_part_of_a_text(title: str, expected: str) -> None:
    assert clean(running(title)) == clean(expected)


@given(st.text("{}\\ab $\"'^c", max_size=40))
@example("{" * 500 + "}" * 500)
def test_only_braces_are_taken_away(text: str) -> None:
    assert running(text).replace("{", "").replace("}", "") == text.replace("{", "").replace("}", "")


@pytest.mark.parametrize(
    "value, text",
    [
        ("{a {b} c}", "a {b} c"),
        ('"a {"} b"', 'a {"} b'),
        (r'"M{\"u}ller"', r"M{\"u}ller"),
        ("2020", "2020"),
        ("jan", "1"),
        ('{a} # " b" # 1', "a b1"),
        ("{a}#", "a"),
        ("", ""),
    ],
)
def test_values(value: str, text: str) -> None:
    assert Abbreviations().text(value) == text


@pytest.mark.parametrize("value", ["{a", '"a', "foo", "{a} b", "a b", "= a", "{a} {b}"])
def test_what_is_no_value(value: str) -> None:
    with pytest.raises(ValueProblem):
        Abbreviations().text(value)


def test_an_abbreviation_may_be_used_often_but_not_without_end() -> None:
    abbreviations = Abbreviations()
    abbreviations.define("Long", "{" + "a" * 1000 + "}")
    for _ in range(2000):
        assert len(abbreviations.text("long")) == 1000
    with pytest.raises(ExpansionError):
        abbreviations.text("long")


@pytest.mark.parametrize(
    "text, address",
    [
        (r"\url{https://a.org/x_y}", "https://a.org/x_y"),
        (r" https://a.org/x\_y\%20z\#a\&b ", "https://a.org/x_y%20z#a&b"),
        (r"https://a.org/{\~{}}b", "https://a.org/~b"),
        ("<https://a.org>", "https://a.org"),
        ("{https://a.org}", "https://a.org"),
        ("10.1000/x_(y)", "10.1000/x_(y)"),
        ("", ""),
    ],
)
def test_addresses(text: str, address: str) -> None:
    assert verbatim(text) == address
