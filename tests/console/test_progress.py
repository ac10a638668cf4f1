from __future__ import annotations

import io
import sys

import pytest

from generator.console.progress import Stages, progress, stage
from generator.parallel import _watching


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal in place of standard error; no fixture, for pytest sets its own after those."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    return made


def test_long_work_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    with progress(range(20), "reading") as items:
        assert list(items) == list(range(20))
    assert "reading" in shown.getvalue()
    assert "100%" in shown.getvalue()


def test_work_of_unknown_length_is_shown_too(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    with progress(iter("abc"), "reading") as items:
        assert list(items) == ["a", "b", "c"]
    assert "reading" in shown.getvalue()


def test_short_work_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    with progress(range(19), "reading") as items:
        assert list(items) == list(range(19))
    assert shown.getvalue() == ""


def test_nothing_is_shown_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.StringIO()
    monkeypatch.setattr(sys, "stderr", piped)
    with progress(range(1000), "reading") as items:
        assert sum(1 for _ in items) == 1000
    assert piped.getvalue() == ""


def test_a_stage_is_named_and_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)
    with stage("reading"):
        tell = _watching.get()
        assert tell is not None
        tell(1, 4)
    assert shown.getvalue() == "reading …\rreading … 25%\r\x1b[K"


def test_a_stage_is_silent_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.StringIO()
    monkeypatch.setattr(sys, "stderr", piped)
    with stage("reading"):
        assert _watching.get() is None
    assert piped.getvalue() == ""


def test_stages_say_how_long_they_took() -> None:
    stages = Stages()
    with stages.stage("none", "doing nothing"):
        pass
    stages.add("reading", 1.04)
    stages.add("topics", 2.0)
    stages.add("reading", 1.0)
    assert str(stages) == f"{sum(stages.seconds.values()):.1f} s (reading 2.0, topics 2.0)"
    assert list(stages.seconds) == ["none", "reading", "topics"]
    assert str(Stages()) == "0.0 s"
