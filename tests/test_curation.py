"""Decisions put to decisions: what is said now wins, and nothing else changes."""

from __future__ import annotations

import pytest

from generator.curation import Decision, decided
from generator.model import Curation


@pytest.mark.parametrize(
    "before, decision, after",
    [
        pytest.param(
            Curation(note="n"), Decision(pick=True), Curation(note="n", pick=True), id="pick"
        ),
        pytest.param(Curation(pick=True), Decision(pick=False), Curation(), id="no pick"),
        pytest.param(Curation(note="a"), Decision(note=" b "), Curation(note="b"), id="note"),
        pytest.param(Curation(title="a"), Decision(title=""), Curation(), id="title taken back"),
        pytest.param(Curation(), Decision(hidden=True), Curation(hidden=True), id="hidden"),
        pytest.param(
            Curation(drop_topics=("a", "b")),
            Decision(add_topics=("a", "c")),
            Curation(add_topics=("a", "c"), drop_topics=("b",)),
            id="added, no longer dropped",
        ),
        pytest.param(
            Curation(add_topics=("a", "b")),
            Decision(drop_topics=("a",)),
            Curation(add_topics=("b",), drop_topics=("a",)),
            id="dropped, no longer added",
        ),
        pytest.param(
            Curation(topics=("a", "b")),
            Decision(add_topics=("c",), drop_topics=("a",)),
            Curation(topics=("b", "c")),
            id="given topics are changed as such",
        ),
        pytest.param(
            Curation(add_topics=("a",), drop_topics=("b",)),
            Decision(topics=()),
            Curation(topics=()),
            id="no topic",
        ),
        pytest.param(
            Curation(topics=("a",)),
            Decision(by_rules=True, add_topics=("b",)),
            Curation(add_topics=("b",)),
            id="the rules again",
        ),
        pytest.param(
            Curation(distinct_from=("p",)),
            Decision(distinct_from=("q", "p")),
            Curation(distinct_from=("p", "q")),
            id="one more that is another",
        ),
    ],
)
def test_what_is_decided(before: Curation, decision: Decision, after: Curation) -> None:
    assert decided(before, decision) == after
    assert decided(after, Decision()) == after
