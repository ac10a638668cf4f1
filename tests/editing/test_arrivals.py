"""What an editor is told of a day before the edition is made."""

from __future__ import annotations

import datetime as dt

from generator.accounting.calendars import months_of
from generator.accounting.views import SourceView, StatusView, Unsettled
from generator.digest import Digest, ListingView
from generator.editing.arrivals import arrivals
from generator.intake import Dating, Fetching, LedgerEntry, Outcome, Service, Source
from generator.model import Rejected, Status
from generator.storage.library import Library
from tests.builders import appearance, day, digest, entry, paper

DAY = day("2026-03-11")
DAYS = [DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)]


def told(shown: Digest, library: Library | None = None) -> tuple[str, ...]:
    return arrivals(DAY, shown, library or Library())


def test_nothing() -> None:
    assert told(digest(entry("a", DAY))) == ()


def test_the_listings_of_the_day() -> None:
    listing = ListingView("s", DAY, "f", 9, 5, 2, 1, (Rejected(1, "T", "no abstract"),), title="S")
    others = [ListingView("s", at, "f", 9, 9, 0, 0, title="S") for at in DAYS]
    empty = ListingView("e", DAY, "f", 0, 0, 0, 0, title="E")
    assert told(digest(listings=(*others, listing, empty))) == (
        "came in: S: 9 records: 5 new, 2 known before, 1 repeated, 1 rejected",
    )
    assert told(digest(listings=(ListingView("s", DAY, "f", 1, 1, 0, 0, title="S"),))) == (
        "came in: S: 1 record: 1 new",
    )


def test_candidates_that_were_accepted_and_that_wait() -> None:
    raw = (appearance(DAY, source="feed", is_raw=True),)
    accepted = entry("a", DAY, appearances=raw)
    pool = {
        slug: paper(slug, appearances=raw, curation={"status": Status(status)})
        for slug, status in [("b", "candidate"), ("c", "candidate"), ("d", "declined")]
    }
    pool["e"] = paper("e", DAYS[0], curation={"status": Status.CANDIDATE})
    library = Library(candidates=pool, sources={"feed": Source("feed", "A feed")})
    assert told(digest(accepted), library) == (
        "accepted: 1 candidate of this day",
        "waits: 2 candidates of this day from A feed: `digest candidates --source feed`",
    )


def test_sources_that_failed_or_were_not_asked() -> None:
    failed = [
        Unsettled("s", "S", at, Outcome.FAILED, f"digest fetch s --date {at}", "ask again", "gone")
        for at in (*DAYS, DAY)
    ]
    source = Source("t", "T", fetch=Fetching(Service.ARXIV))
    asked = [LedgerEntry("t", at, Dating.OPTION, "f", str(at), (), asked="x") for at in DAYS]
    months = months_of(source, asked, dict.fromkeys(asked, Outcome.COMPLETE), {})
    missing = SourceView("t", "T", recent=months)
    status = StatusView(sources=(missing,), unsettled=tuple(failed))
    assert told(digest(status=status)) == (
        "failed: S (gone): ask again: `digest fetch s --date 2026-03-11`",
        "missing: T was not asked for this day: `digest fetch t --date 2026-03-11`",
    )
