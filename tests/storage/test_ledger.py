"""Entries of the ledger as they are read."""

from __future__ import annotations

import datetime as dt

import pytest

from generator.errors import ContentError, ContentErrors
from generator.folder import Folder
from generator.intake import Dating, LedgerEntry
from generator.model import Rejected
from generator.storage import journal, library, yamlio
from generator.storage.fields import Fields
from generator.storage.ledger import read_ledger_entry
from generator.storage.records import ledger_text

ENTRY = """\
source: daily
date: 2026-03-11
dated_by: listing
file: page.txt
fingerprint: 0123abcd
papers: [on-teapots]
"""


def read(text: str) -> tuple[LedgerEntry, list[str]]:
    errors: list[ContentError] = []
    fields = Fields(yamlio.load(text, "f.yml"), "f.yml", text, errors)
    entry = read_ledger_entry(fields, "f")
    fields.finish()
    return entry, [str(error) for error in errors]


def test_a_record_without_a_title_is_kept_as_such(folder: Folder) -> None:
    rejected = Rejected(3, "", "is not sound JSON")
    entry = LedgerEntry("s", dt.date(2026, 1, 1), Dating.CLOCK, "f", "x", (), (rejected,))
    journal.commit({folder.ledger / "x.yml": ledger_text(entry)}, folder)
    assert library.load(folder).ledger["x"] == entry


def test_an_entry_that_does_not_add_up_is_an_error(folder: Folder) -> None:
    entry = LedgerEntry("s", dt.date(2026, 1, 1), Dating.CLOCK, "f", "x", (), ())
    text = ledger_text(entry).replace("records: 0", "records: 2")
    journal.commit({folder.ledger / "x.yml": text}, folder)
    with pytest.raises(ContentErrors, match="had 2 records, and accounts for 0 papers and 0 rej"):
        library.load(folder)


def test_an_entry() -> None:
    entry, errors = read(ENTRY)
    day = dt.date(2026, 3, 11)
    assert entry == LedgerEntry(
        "daily", day, Dating.LISTING, "page.txt", "0123abcd", ("on-teapots",)
    )
    assert errors == []


def test_what_was_rejected() -> None:
    text = f"{ENTRY}rejected:\n- {{line: 7, title: A, reason: no abstract}}\n"
    text += "- {line: 9, reason: a replacement, is_fault: false}\n"
    entry, errors = read(text)
    assert entry.rejected == (
        Rejected(7, "A", "no abstract"),
        Rejected(9, "", "a replacement", is_fault=False),
    )
    assert errors == []


@pytest.mark.parametrize(
    "rejected,message",
    [
        ("{line: -1, reason: x}", "rejected[0].line: is not a count: -1"),
        ("{line: seven, reason: x}", "rejected[0].line: is not a count: 'seven'"),
        ("{line: true, reason: x}", "rejected[0].line: is not a count: True"),
        ("{line: 1}", "rejected[0]: has no 'reason'"),
        ("{line: 1, reason: x, is_fault: 1}", "rejected[0].is_fault: is a number (1)"),
        ("{line: 1, reason: x, why: y}", "rejected[0].why: is not a known field"),
    ],
)
def test_mistakes(rejected: str, message: str) -> None:
    _, errors = read(f"{ENTRY}rejected: [{rejected}]\n")
    assert len(errors) == 1
    assert message in errors[0]
