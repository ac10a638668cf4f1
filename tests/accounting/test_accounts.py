"""The account of the listings adds up, and says what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.accounting.accounts import Books, listings, status
from generator.accounting.views import Unsettled
from generator.intake import Fetching, LedgerEntry, Outcome, Service, Source, SourceKind
from generator.model import Appearance, Paper, Reason, Rejected, Rule, Status
from generator.storage.library import Library
from tests.accounting.test_outcomes import entry
from tests.builders import appearance, day, paper

BY_ID = Reason(Rule.SAME_ID, 91.0, 88.0)
BY_TEXT = Reason(Rule.SAME_TEXT, 100.0, 100.0)
NO_ABSTRACT = "no abstract: the library needs one; add it"


def books(
    papers: Iterable[Paper] = (),
    ledger: Iterable[LedgerEntry] = (),
    candidates: Iterable[Paper] = (),
    sources: Iterable[Source] = (),
    addresses: Mapping[str, str] | None = None,
) -> Books:
    library = Library(
        papers={each.slug: each for each in papers},
        ledger={str(number): each for number, each in enumerate(ledger)},
        candidates={each.slug: each for each in candidates},
        sources={each.id: each for each in sources},
    )
    return Books(library, addresses or {})


def test_the_ledger_adds_up_whatever_came_in_first() -> None:
    first, again = appearance("2026-03-11", file="1.txt"), appearance("2026-03-12", file="2.txt")
    papers = [
        paper("old", appearances=(first, again)),
        paper("new", appearances=(again,)),
        paper("hidden", appearances=(again,), curation={"hidden": True}),
    ]
    ledger = [
        entry("2026-03-12", "old", "new", "new", "hidden", file="2.txt"),
        entry("2026-03-11", "old", file="1.txt"),
    ]
    later, earlier = listings(books(papers, ledger))
    assert (later.seen, later.new, later.merged, later.repeated) == (4, 2, 1, 1)
    assert (earlier.seen, earlier.new, earlier.merged, earlier.repeated) == (1, 1, 0, 0)


def test_two_listings_of_one_name_count_a_paper_once() -> None:
    ledger = [entry("2026-03-11", "p", file="1.txt", fingerprint=each) for each in "ab"]
    papers = [paper("p", appearances=(appearance("2026-03-11", file="1.txt"),))]
    views = listings(books(papers, ledger))
    assert sorted((view.new, view.merged) for view in views) == [(0, 1), (1, 0)]


def test_what_a_listing_rejected_is_counted_and_told() -> None:
    refused = Rejected(7, "A title", NO_ABSTRACT)
    (view,) = listings(books(ledger=[entry("2026-01-01", rejected=(refused,))]))
    assert (view.seen, view.new, view.merged, view.repeated) == (1, 0, 0, 0)
    assert view.rejected == (refused,)


def test_a_listing_of_a_raw_source_brings_candidates() -> None:
    seen = appearance("2026-03-11", file="2026-03-11.json", is_raw=True)
    waiting = paper("p", appearances=(seen,), curation={"status": Status.CANDIDATE})
    (view,) = listings(books(ledger=[entry("2026-03-11", "p")], candidates=[waiting]))
    assert (view.seen, view.new) == (1, 1)


def test_merged_records_are_named_with_their_rule() -> None:
    again = {"date": "2026-03-12", "file": "2026-03-12.json"}
    first = appearance("2026-03-10", file="0.txt")
    papers = [
        paper("a", appearances=(first, appearance(**again, reason=BY_ID))),
        paper("b", appearances=(first, appearance(**again, reason=BY_TEXT))),
        paper("c", appearances=(first, appearance(**again, reason=BY_ID))),
        paper("d", appearances=(first, appearance(**again))),
        paper("new", appearances=(appearance(**again),)),
    ]
    ledger = [entry("2026-03-12", "new", "c", "b", "a", "d")]
    source = Source("daily", "The daily")
    (view,) = listings(books(papers, ledger, sources=[source], addresses={"a": "papers/a/"}))
    assert view.title == "The daily"
    assert [(each.title, each.address, each.reason) for each in view.recognised] == [
        ("C", "", BY_ID),
        ("B", "", BY_TEXT),
        ("A", "papers/a/", BY_ID),
        ("D", "", None),
    ]
    assert view.rules == ((Rule.SAME_ID, 2), (Rule.SAME_TEXT, 1))


def test_an_export_brings_papers_with_appearances_of_their_own() -> None:
    elsewhere = appearance("2026-01-05", file="elsewhere.txt")
    here = appearance("2026-03-11", file="2026-03-11.json")
    papers = [
        paper("exported", appearances=(elsewhere,)),
        paper("both", appearances=(elsewhere, here)),
        paper("ours", appearances=(here,)),
    ]
    ledger = [
        entry("2026-03-11", "both", "ours"),
        entry("2026-03-12", "exported", "both", "ours", is_export=True, file="export.jsonl"),
    ]
    export, listing = listings(books(papers, ledger))
    assert (export.new, export.merged) == (1, 2)
    assert (listing.new, listing.merged) == (1, 1)


days_of = st.integers(0, 9).map(lambda number: dt.date(2026, 3, 1) + dt.timedelta(days=number))
made_up = st.lists(
    st.tuples(
        days_of,
        st.sampled_from(["daily", "weekly"]),
        st.lists(st.sampled_from("abcdef"), max_size=6),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=8,
)


@given(made_up, st.sets(st.sampled_from("abcdef")), st.randoms(use_true_random=False))
def test_the_sums_hold_for_every_ledger(
    drawn: list[tuple[dt.date, str, list[str], int, bool]], waiting: set[str], random: Random
) -> None:
    ledger, seen = [], {slug: {appearance("2026-03-20")} for slug in "abcdef"}
    for number, (date, source, slugs, refused, is_export) in enumerate(drawn):
        file = f"{number}.json"
        rejected = (Rejected(1, "A title", NO_ABSTRACT),) * refused
        ledger.append(
            entry(date, *slugs, source=source, file=file, rejected=rejected, is_export=is_export)
        )
        for slug in slugs:
            if not is_export:
                seen[slug].add(Appearance(date, source, file))
    all_ = [paper(slug, appearances=tuple(sorted(each))) for slug, each in seen.items()]
    papers = [each for each in all_ if each.slug not in waiting]
    candidates = [each for each in all_ if each.slug in waiting]
    views = listings(books(papers, ledger, candidates))
    assert len(views) == len(ledger)
    for view in views:
        assert view.seen == view.new + view.merged + view.repeated + len(view.rejected)
        assert len(view.recognised) == view.merged
    # A paper is new once at most, and is so in the first listing that had it.
    assert sum(view.new for view in views) <= len({slug for each in ledger for slug in each.papers})
    random.shuffle(ledger)
    assert listings(books(papers, ledger, candidates)) == views


# --- What stands, and what to do ------------------------------------------------------------------

FETCHED = Source(
    "daily", "The daily", rests=frozenset({5, 6}), fetch=Fetching(Service.HUGGING_FACE)
)


def unsettled(*ledger: LedgerEntry, source: Source = FETCHED) -> tuple[Unsettled, ...]:
    return status(books([paper("a"), paper("b")], ledger, sources=[source])).unsettled


@pytest.mark.parametrize(
    "given, outcome",
    [
        (entry("2026-03-11", failure="no answer"), Outcome.FAILED),
        (entry("2026-03-11", "a", is_stale=True), Outcome.STALE),
        (entry("2026-03-11"), Outcome.UNEXPECTED),
        (entry("2026-03-11", "a", total=2), Outcome.TRUNCATED),
    ],
)
def test_a_day_that_did_not_go_well_says_what_to_do(given: LedgerEntry, outcome: Outcome) -> None:
    (found,) = unsettled(given)
    assert (found.outcome, found.title) == (outcome, "The daily")
    again = " --again" if outcome is Outcome.TRUNCATED else ""
    assert found.command == f"digest fetch daily --date 2026-03-11{again}"
    assert found.failure == given.failure
    assert found.advice
    (by_hand,) = unsettled(given, source=replace(FETCHED, fetch=None))
    assert by_hand.command == "digest ingest FILE --source daily --date 2026-03-11"


def test_a_day_is_settled_by_a_better_answer() -> None:
    failed = entry("2026-03-11", failure="no answer")
    assert not unsettled(failed, entry("2026-03-11", "a"))
    (found,) = unsettled(failed, entry("2026-03-11"))
    assert (found.outcome, found.failure) == (Outcome.UNEXPECTED, "")


def test_a_day_of_rest_needs_no_answer() -> None:
    assert not unsettled(entry("2026-03-14", failure="no answer"))
    assert not unsettled(entry("2026-03-13", "a"), entry("2026-03-14", "a"))
    assert unsettled(entry("2026-03-14", "a", total=2))


def test_unsettled_days_come_newest_first() -> None:
    found = unsettled(entry("2026-03-10"), entry("2026-03-12"), entry("2026-03-11"))
    assert [each.date.day for each in found] == [12, 11, 10]


def test_rejected_records_are_grouped_by_reason_the_faults_first() -> None:
    def refused(reason: str, line: int, *, is_fault: bool = True) -> Rejected:
        return Rejected(line, f"Title {line}", reason, is_fault)

    meant = [refused("a replacement", line, is_fault=False) for line in (1, 2, 3)]
    early = [refused(f"{NO_ABSTRACT} (entry 3)", 4), refused("no title", 5)]
    late = [refused(f"{NO_ABSTRACT} (entry 12)", 6)]
    ledger = [
        entry("2026-03-11", rejected=(*meant, *early)),
        entry("2026-03-12", rejected=tuple(late), file="late.json"),
    ]
    found = status(books(ledger=ledger)).rejections
    assert [(each.reason, each.is_fault, len(each.records)) for each in found] == [
        (NO_ABSTRACT, True, 2),
        ("no title", True, 1),
        ("a replacement", False, 3),
    ]
    newest = found[0].records[0]
    assert (newest.date, newest.file, newest.record.line) == (day("2026-03-12"), "late.json", 6)


@pytest.mark.parametrize(
    "reason", ["no title", "only '(none)' for an abstract", "says (see 3) that", "in (brackets)"]
)
def test_a_reason_loses_nothing_but_its_place(reason: str) -> None:
    given = (Rejected(1, "T", reason), Rejected(2, "T", f"{reason} (entry 2)"))
    (found,) = status(books(ledger=[entry("2026-03-11", rejected=given)])).rejections
    assert found.reason == reason


def test_sources_say_what_they_showed_last_and_what_waits() -> None:
    raw = Source("all", "All of it", kind=SourceKind.RAW, fetch=Fetching(Service.ARXIV))
    silent = Source("silent", "A silent one", fetch=Fetching(Service.ARXIV))
    never = Source("never", "Never seen")
    candidate = {"status": Status.CANDIDATE}
    waiting = [
        paper(
            slug, appearances=(appearance("2026-03-10", source="all", is_raw=True),), curation=how
        )
        for slug, how in (
            ("x", candidate),
            ("y", candidate),
            ("z", {"status": Status.DECLINED}),
            ("w", {**candidate, "same_as": "a"}),
        )
    ]
    ledger = [
        entry("2026-03-10", "x", "y", "z", source="all"),
        entry("2026-03-11", "a"),
        entry("2026-03-12", "a"),
        entry("2026-03-13"),
    ]
    found = status(books([paper("a")], ledger, waiting, [raw, silent, never, FETCHED]))
    told = [(each.id, each.newest, each.waiting, each.is_raw) for each in found.sources]
    assert told == [
        ("silent", None, 0, False),
        ("all", day("2026-03-10"), 2, True),
        ("daily", day("2026-03-11"), 0, False),
    ]
    assert found.newest == day("2026-03-11")


def test_months_of_more_than_a_year_ago_are_older() -> None:
    ledger = [entry("2025-02-03", "a"), entry("2026-03-11", "b"), entry("2025-04-01", "c")]
    papers = [paper(each) for each in "abc"]
    (source,) = status(books(papers, ledger)).sources
    assert [each.first.isoformat() for each in source.recent] == ["2026-03-01", "2025-04-01"]
    assert [each.first.isoformat() for each in source.older] == ["2025-02-01"]


def test_only_the_outcomes_that_occur_are_named() -> None:
    ledger = [
        entry("2026-03-09", failure="no answer", asked="https://example.org/"),
        entry("2026-03-11", "a"),
    ]
    found = status(books([paper("a")], ledger, sources=[FETCHED]))
    assert found.outcomes == (Outcome.COMPLETE, Outcome.FAILED)
    assert found.has_missing
    assert not status(books([paper("a")], ledger)).has_missing


def test_a_digest_without_listings_stands_empty() -> None:
    found = status(books())
    assert (found.newest, found.sources, found.unsettled, found.rejections) == (None, (), (), ())
