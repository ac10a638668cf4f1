"""Reading the ledger: one file of ``content/ledger/`` a listing, written by ingestion alone."""

from __future__ import annotations

import datetime as dt

from generator.intake import Dating, LedgerEntry
from generator.model import Rejected
from generator.storage.fields import Fields


def read_ledger_entry(fields: Fields, _stem: str) -> LedgerEntry:
    """One file of ``content/ledger/``, written by ingestion alone; its sums add up."""
    records = fields.count("records")
    entry = LedgerEntry(
        source=fields.text("source", required=True) or "",
        date=fields.date("date", required=True) or dt.date.min,
        dated_by=fields.choice("dated_by", Dating) or Dating.CLOCK,
        file=fields.text("file", required=True) or "",
        fingerprint=fields.text("fingerprint", required=True) or "",
        papers=fields.texts("papers", required=True) or (),
        rejected=tuple(_rejected(each) for each in fields.mappings("rejected")),
        asked=fields.text("asked") or "",
        total=fields.count("total"),
        limit=fields.count("limit"),
        is_stale=fields.flag("stale"),
        failure=fields.text("failure") or "",
        is_export=fields.flag("export"),
    )
    if records is not None and records != entry.seen:
        counted = f"{len(entry.papers)} papers and {len(entry.rejected)} rejected"
        remedy = "bring the file back as Git has it (git checkout)"
        fields.complain("records", f"had {records} records, and accounts for {counted}", remedy)
    return entry


def _rejected(fields: Fields) -> Rejected:
    rejected = Rejected(
        line=fields.count("line") or 0,
        title=fields.text("title") or "",
        reason=fields.text("reason", required=True) or "",
        is_fault=fields.flag("is_fault", default=True),
    )
    fields.finish()
    return rejected
