"""What listings change in the library: a pure plan, written by whoever asked for it.

Order leaves no trace. Listings are taken in the order of their days, not of the arguments; what
becomes of a paper is the business of :mod:`generator.ingest.merging`. What one listing brought that
no earlier one had is computed from dates whenever somebody asks.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, replace

from slugify import slugify

from generator.accounting.outcomes import is_repeated
from generator.identity import Likeness
from generator.ingest.adoption import adopt
from generator.ingest.desk import Desk, Filed, Merge
from generator.ingest.merging import pairs
from generator.intake import Dating, LedgerEntry, SourceKind
from generator.memory import uncollected
from generator.model import Appearance, Listing, Paper, Rejected, SourceRecord, Status
from generator.storage.catalogue import source_of
from generator.storage.library import Library

_HASH_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Dated:
    """A listing and the day to file it under.

    ``asked`` is the address that a service was asked, ``limit`` how many records its answer could
    have at most. ``accept`` takes the papers of a raw source in, as if somebody had chosen them.
    """

    listing: Listing
    date: dt.date
    dated_by: Dating
    asked: str = ""
    limit: int | None = None
    accept: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What one listing brought. ``known`` is the ledger's entry if it had come in before.

    ``new`` are papers, ``waiting`` candidates; ``accepted`` were candidates until this listing;
    ``declined`` are papers that it shows again and that the curator had declined; ``united`` are
    papers that turned out to be another one, and that one. ``stale_since``
    is the day of which the answer is only a repetition. ``remarks`` are for a person.
    """

    dated: Dated
    new: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    merged: tuple[Merge, ...] = ()
    accepted: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    united: tuple[tuple[str, str], ...] = ()
    rejected: tuple[Rejected, ...] = ()
    known: LedgerEntry | None = None
    stale_since: dt.date | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write: papers and candidates, new or changed, and entries for the ledger.

    ``brought`` says what each listing brought, ``alike`` which new papers only resemble others.
    """

    papers: Mapping[str, Paper]
    ledger: tuple[LedgerEntry, ...]
    brought: tuple[Brought, ...]
    candidates: Mapping[str, Paper]
    alike: tuple[Likeness, ...] = ()


@uncollected
def plan(
    library: Library,
    listings: Iterable[Dated],
    failures: Iterable[LedgerEntry] = (),
    topics: Container[str] | None = None,
) -> Plan:
    """What ``listings`` change in ``library``.

    Args:
        library: The library as it is.
        listings: Any number, in any order, each with its day.
        failures: Entries on days of which no listing could be had (:func:`failed`).
        topics: The topics of the digest, for decisions that another digest exported.
    """
    ledger = {entry.fingerprint: entry for entry in library.ledger.values()}
    desk = Desk(library)
    entries: list[LedgerEntry] = []
    brought: list[Brought] = []
    for dated in sorted(listings, key=_order):
        dated = _known_by_day(dated)  # noqa: PLW2901 - the same one, by its right name
        if entry := ledger.get(dated.listing.fingerprint):
            brought.append(Brought(dated, known=entry))
            continue
        if dated.listing.papers:
            result, entry = _import(dated, desk, topics)
        else:
            result, entry = _take_in(dated, desk, library, ledger.values())
        ledger[entry.fingerprint] = entry
        entries.append(entry)
        brought.append(result)
    for entry in failures:
        if entry.fingerprint not in ledger:
            ledger[entry.fingerprint] = entry
            entries.append(entry)
    new = {slug for each in brought for slug in (*each.new, *each.accepted)}
    return Plan(
        papers=desk.changed_papers(),
        ledger=tuple(entries),
        brought=tuple(brought),
        candidates=desk.changed_candidates(),
        alike=desk.index.lookalikes(new & set(desk.papers)) if new else (),
    )


def failed(source: str, day: dt.date, file: str, asked: str, failure: str) -> LedgerEntry:
    """The ledger's entry on a day of which no listing could be had, and why."""
    # A day has one such entry: the words of a failure change from one asking to the next.
    name = f"failed {source} {day.isoformat()} {file}"
    return LedgerEntry(
        source=source,
        date=day,
        dated_by=Dating.OPTION,
        file=file,
        fingerprint=hashlib.sha256(name.encode()).hexdigest(),
        papers=(),
        asked=asked,
        failure=failure,
    )


def ledger_name(entry: LedgerEntry) -> str:
    """The name of an entry's file: two branches that take in different listings do not meet."""
    source = slugify(entry.source) or "source"
    return f"{entry.date.isoformat()}-{source}-{entry.fingerprint[:_HASH_LENGTH]}.yml"


def _known_by_day(dated: Dated) -> Dated:
    """A listing with nothing in it is known by its day: all of them have the same content."""
    listing = dated.listing
    if listing.records or listing.rejected or listing.papers:
        return dated
    name = f"{listing.fingerprint} {listing.source} {dated.date.isoformat()}"
    named = replace(listing, fingerprint=hashlib.sha256(name.encode()).hexdigest())
    return replace(dated, listing=named)


def _order(dated: Dated) -> tuple[object, ...]:
    listing = dated.listing
    return dated.date, listing.source, listing.file, listing.fingerprint


def _take_in(
    dated: Dated, desk: Desk, library: Library, ledger: Iterable[LedgerEntry]
) -> tuple[Brought, LedgerEntry]:
    """File every record of a listing."""
    if dated.asked and (since := _stale_since(dated, desk, ledger)):
        return _stale(dated, since)
    kind = source_of(library.sources, dated.listing.source).kind
    is_raw = kind is SourceKind.RAW and not dated.accept
    records = dated.listing.records
    filed = [desk.take(each, _seen(each, dated, is_raw=is_raw)) for each in records]
    slugs = tuple(each.slug for each in filed if each.slug)
    rejected = (*dated.listing.rejected, *(each.rejected for each in filed if each.rejected))
    entry = replace(_entry(dated, slugs), rejected=rejected)
    return _brought(dated, filed, desk, rejected), entry


def _seen(record: SourceRecord, dated: Dated, *, is_raw: bool) -> Appearance:
    return Appearance(
        date=dated.date,
        source=dated.listing.source,
        file=dated.listing.file,
        votes=record.votes,
        ids=pairs(record.ids),
        is_raw=is_raw,
    )


def _brought(
    dated: Dated,
    filed: Iterable[Filed],
    desk: Desk,
    rejected: tuple[Rejected, ...],
    remarks: Iterable[str] = (),
) -> Brought:
    filed = tuple(filed)
    new = [each.slug for each in filed if each.is_new]
    again = dict.fromkeys(each.slug for each in filed if each.slug and not each.is_new)
    return Brought(
        dated,
        new=tuple(slug for slug in new if slug not in desk.pool),
        waiting=tuple(slug for slug in new if slug in desk.pool),
        merged=tuple(each.merge for each in filed if each.merge),
        accepted=tuple(each.slug for each in filed if each.is_accepted),
        declined=tuple(slug for slug in again if _is_declined(desk.papers[slug])),
        united=tuple((slug, each.slug) for each in filed for slug in each.united),
        rejected=rejected,
        remarks=(*(remark for each in filed for remark in each.remarks), *remarks),
    )


def _is_declined(paper: Paper) -> bool:
    return paper.curation.status is Status.DECLINED


def _import(dated: Dated, desk: Desk, topics: Container[str] | None) -> tuple[Brought, LedgerEntry]:
    """File the papers of another digest, with what its curator decided."""
    filed, remarks = adopt(dated.listing.papers, desk, topics)
    entry = replace(_entry(dated, tuple(each.slug for each in filed)), is_export=True)
    return _brought(dated, filed, desk, dated.listing.rejected, remarks), entry


def _stale_since(dated: Dated, desk: Desk, ledger: Iterable[LedgerEntry]) -> dt.date | None:
    """The day whose list a service gave again, or a part of it, if that is what it did."""
    said = dated.listing.date
    if said is not None and said != dated.date:
        return said
    earlier = [
        entry
        for entry in ledger
        if entry.source == dated.listing.source and entry.date < dated.date and entry.papers
    ]
    if not earlier or not dated.listing.records:
        return None
    last = max(earlier, key=lambda entry: entry.date)
    shown = {slug for entry in earlier if entry.date == last.date for slug in entry.papers}
    found = {desk.known(record) or "" for record in dated.listing.records}
    return last.date if is_repeated(found, shown) else None


def _stale(dated: Dated, since: dt.date) -> tuple[Brought, LedgerEntry]:
    """Yesterday's list is not today's: its records are accounted for, and nothing is filed."""
    reason = f"the answer was the list of {since}"
    records = dated.listing.records
    repeated = (Rejected(each.line, each.title, reason, is_fault=False) for each in records)
    rejected = (*dated.listing.rejected, *repeated)
    entry = replace(_entry(dated, ()), rejected=rejected, is_stale=True)
    return Brought(dated, rejected=rejected, stale_since=since), entry


def _entry(dated: Dated, slugs: tuple[str, ...]) -> LedgerEntry:
    listing = dated.listing
    return LedgerEntry(
        source=listing.source,
        date=dated.date,
        dated_by=dated.dated_by,
        file=listing.file,
        fingerprint=listing.fingerprint,
        papers=slugs,
        rejected=listing.rejected,
        asked=dated.asked,
        total=listing.total,
        limit=dated.limit,
    )
