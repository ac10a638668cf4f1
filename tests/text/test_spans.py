"""Changes to a text are told stretch by stretch."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from generator.text.spans import Span, Spans, Step, Substitution

VOWELS = Substitution("vowels", re.compile("[aeiou]+"), lambda found: found[0].upper())


def test_what_is_kept_in_between_is_one_span() -> None:
    spans = Spans("abcdef")
    spans.keep(1)
    spans.keep(2)
    spans.change("rule", "X", 3)
    assert spans.tail() == "abX"
    spans.change("same", "d", 4)
    assert spans.tail() == "abXd"
    assert spans.all() == [Span("", "ab", "ab"), Span("rule", "c", "X"), Span("", "def", "def")]


def test_a_substitution_names_what_it_changed() -> None:
    assert VOWELS.spans("beat") == [
        Span("", "b", "b"),
        Span("vowels", "ea", "EA"),
        Span("", "t", "t"),
    ]
    assert VOWELS.spans("") == []


@given(st.text(alphabet="aeibcdAE "))
def test_a_substitution_and_its_spans_are_one(text: str) -> None:
    step = Step("vowels", tuple(VOWELS.spans(text)))
    assert (step.before, step.after) == (text, VOWELS.apply(text))
    assert all(span.rule == ("vowels" if span.before != span.after else "") for span in step.spans)


@given(st.lists(st.sampled_from(["keep", "drop", "double"])))
def test_the_tail_is_that_of_what_was_put_out(moves: list[str]) -> None:
    text = "abcdefgh" * (len(moves) // 8 + 1)
    spans = Spans(text)
    out = ""
    for at, move in enumerate(moves):
        if move == "keep":
            spans.keep(at + 1)
        else:
            spans.change("rule", "" if move == "drop" else text[at] * 2, at + 1)
        out += {"keep": text[at], "drop": "", "double": text[at] * 2}[move]
        assert spans.tail() == out[-4:]
