from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.errors import ContentError, DigestError
from generator.mail import record

DAYS = (dt.date(2026, 3, 12), dt.date(2026, 3, 11))


def test_what_is_added_is_there(tmp_path: Path) -> None:
    path = tmp_path / "below" / "sent.txt"
    assert record.days_in(path) == frozenset()
    record.add(path, (), "")
    assert path.read_text() == ""
    record.add(path, DAYS, "<a@example.org>")
    record.add(path, [dt.date(2026, 3, 13)], "<b@example.org>")
    assert record.days_in(path) == {*DAYS, dt.date(2026, 3, 13)}
    assert path.read_text() == (
        "2026-03-11 <a@example.org>\n2026-03-12 <a@example.org>\n2026-03-13 <b@example.org>\n"
    )


def test_a_line_that_is_no_day_is_named(tmp_path: Path) -> None:
    (path := tmp_path / "sent.txt").write_text("2026-03-11\n\n11 March 2026\n")
    with pytest.raises(ContentError, match=r"sent\.txt:3: '11' is not a day; a line begins"):
        record.days_in(path)


def test_what_cannot_be_read_or_written_is_a_message(tmp_path: Path) -> None:
    with pytest.raises(DigestError, match="cannot be read: Is a directory"):
        record.days_in(tmp_path)
    with pytest.raises(DigestError, match="cannot be written: Is a directory"):
        record.add(tmp_path, DAYS, "")
    (tmp_path / "x").write_bytes(b"\xff")
    with pytest.raises(DigestError, match="cannot be read: it is not text"):
        record.days_in(tmp_path / "x")
