"""Measurements told; the commands that tell them are tested with their output."""

from __future__ import annotations

from generator.topics.evaluation import Confusion, Counts, Evaluation
from generator.topics.measures import evaluation_as_data, evaluation_as_text


def test_more_confusions_than_anybody_reads() -> None:
    many = tuple(Confusion("a", f"t{number}", ("p",)) for number in range(21))
    result = Evaluation(1, {"a": Counts(false=1)}, 0, confusions=many)
    shown = list(evaluation_as_text(result))
    assert shown[-2:] == [
        "  a for t19: 1: p",
        "  and 1 more; --format json has all",
    ]
    assert len(evaluation_as_data(result)["confusions"]) == 21


def test_without_confusions_nothing_is_said_of_them() -> None:
    result = Evaluation(1, {"a": Counts(hits=1)}, 1)
    assert not any("confusions" in line for line in evaluation_as_text(result))
