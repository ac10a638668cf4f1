"""What GitHub tells a workflow of an issue."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from generator.errors import UsageError
from generator.suggestions.events import read_event
from tests.forms import event


def read(**issue: Any) -> Any:
    return read_event(json.dumps(event("text", **issue)), "event.json")


def test_an_issue() -> None:
    found = read(number=7)
    assert (found.number, found.body, found.day) == (7, "text", dt.date(2026, 3, 14))
    assert found.labels == ("suggestion",)
    assert found.is_open


def test_an_issue_without_a_text() -> None:
    assert read_event(json.dumps(event(None)), "event.json").body == ""


@pytest.mark.parametrize(
    "issue",
    [{"state": "closed"}, {"locked": True}, {"user": {"login": "x[bot]", "type": "Bot"}}],
)
def test_nobody_waits_for_an_answer(issue: dict[str, Any]) -> None:
    assert not read(**issue).is_open


@pytest.mark.parametrize(
    "issue",
    [
        {"number": 0},
        {"number": "12"},
        {"number": True},
        {"number": 10**9},
        {"number": None},
        {"body": ["x"]},
        {"created_at": None},
        {"created_at": "yesterday"},
        {"pull_request": {}},
    ],
)
def test_what_github_does_not_write(issue: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match=r"event\.json: (is no event|issue\.)"):
        read_event(json.dumps({**event("text"), "issue": {**event("text")["issue"], **issue}}),
                   "event.json")  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"issue": 1}', "[" * 100_000, '{"issue": {"number": 1e999}}']
)
def test_no_event(text: str) -> None:
    with pytest.raises(UsageError):
        read_event(text, "event.json")


def test_odd_labels_are_none() -> None:
    assert read(labels=None).labels == ()
    assert read(labels=["x", {"name": 1}]).labels == ("1",)
