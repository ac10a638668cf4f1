"""What becomes of records: candidates, contradictions, papers of other digests."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.planning import Dated, failed, ledger_name, plan
from generator.intake import Dating, Source, SourceKind
from generator.model import (
    Completion,
    Curation,
    Listing,
    Reason,
    Rule,
    SourceRecord,
    Status,
)
from generator.storage.library import Library
from tests.builders import appearance, paper, prose

RAW = {"feed": Source("feed", "A feed", kind=SourceKind.RAW)}
DAY = dt.date(2026, 3, 4)
TEXT = {"source_title": "On Teapots", "source_abstract": prose("On Teapots")}
LATER = (appearance("2026-03-20"),)


def record(title: str = "On Teapots", text: object = None, **kw: object) -> SourceRecord:
    return SourceRecord(title, prose(text or title), 1, **kw)  # type: ignore[arg-type]


def listing(
    *records: SourceRecord, source: str = "daily", day: dt.date = DAY, **kw: object
) -> Dated:
    """A listing whose content is its source, its day and its records."""
    name = f"{source}-{day}"
    fingerprint = hashlib.sha256(f"{name} {records!r}".encode()).hexdigest()
    found = Listing(source, f"{name}.txt", fingerprint, records)
    return Dated(found, day, Dating.OPTION, **kw)  # type: ignore[arg-type]


def after(before: Library, *listings: Dated) -> Library:
    """The library when a command has taken listings in."""
    made = plan(before, listings)
    left = {s: p for s, p in before.candidates.items() if s not in made.papers}
    return replace(
        before,
        papers={**before.papers, **made.papers},
        candidates={**left, **made.candidates},
        ledger={**before.ledger, **{ledger_name(entry): entry for entry in made.ledger}},
    )


class TestCandidates:
    feed = listing(record(), record("On Pans"), source="feed")

    def test_a_raw_source_brings_candidates(self) -> None:
        made = plan(Library(sources=RAW), [self.feed])
        assert made.papers == {}
        assert list(made.candidates) == ["on-pans", "on-teapots"]
        waiting = made.candidates["on-pans"]
        assert waiting.curation == Curation(status=Status.CANDIDATE)
        assert not waiting.is_public
        assert [seen.is_raw for seen in waiting.appearances] == [True]
        (brought,) = made.brought
        assert (brought.new, brought.waiting) == ((), ("on-teapots", "on-pans"))
        assert made.ledger[0].papers == ("on-teapots", "on-pans")

    def test_a_curated_source_brings_papers_also_of_candidates(self) -> None:
        library = after(Library(sources=RAW), self.feed)
        made = plan(library, [listing(record(), day=DAY + dt.timedelta(1))])
        accepted = made.papers["on-teapots"]
        assert accepted.is_public
        assert made.candidates == {}
        assert made.brought[0].accepted == ("on-teapots",)
        assert accepted.date == DAY + dt.timedelta(1), "the day on which somebody chose it"
        assert [seen.is_raw for seen in accepted.appearances] == [True, False]

    def test_in_any_order_the_result_is_the_same(self) -> None:
        listings = [
            self.feed,
            listing(record(), day=DAY + dt.timedelta(1)),
            listing(record(), record("On Pans"), source="feed", day=DAY + dt.timedelta(2)),
        ]
        made = set()
        for order in permutations(listings):
            library = Library(sources=RAW)
            for each in order:
                library = after(library, each)
            made.add(repr((sorted(library.papers.items()), sorted(library.candidates.items()))))
        assert len(made) == 1
        assert set(library.papers) == {"on-teapots"}
        assert set(library.candidates) == {"on-pans"}

    def test_what_was_declined_stays_declined_and_is_told(self) -> None:
        library = after(Library(sources=RAW), self.feed)
        declined = replace(library.candidates["on-pans"], curation=Curation(status=Status.DECLINED))
        library = replace(library, candidates={**library.candidates, "on-pans": declined})
        made = plan(library, [listing(record("On Pans"), day=DAY + dt.timedelta(1))])
        assert made.papers == {}
        assert made.candidates["on-pans"].curation == declined.curation
        assert len(made.candidates["on-pans"].appearances) == 2
        assert made.brought[0].declined == ("on-pans",)

    def test_a_paper_shown_by_a_raw_source_keeps_its_day(self) -> None:
        library = after(Library(sources=RAW), listing(record(), day=DAY + dt.timedelta(5)))
        made = plan(library, [self.feed])
        assert made.papers["on-teapots"].date == DAY + dt.timedelta(5)
        assert made.papers["on-teapots"].is_public

    def test_a_word_in_the_file_accepts_and_the_next_run_gives_it_a_record(self) -> None:
        library = after(Library(sources=RAW), self.feed)
        accepted = replace(library.candidates["on-pans"], curation=Curation())
        library = replace(
            library,
            papers={"on-pans": accepted},
            candidates={**library.candidates, "on-pans": accepted},
        )
        made = plan(library, [])
        assert dict(made.papers) == {"on-pans": accepted}

    def test_a_raw_listing_may_be_taken_in_whole(self) -> None:
        made = plan(Library(sources=RAW), [replace(self.feed, accept=True)])
        assert set(made.papers) == {"on-teapots", "on-pans"}
        assert made.candidates == {}

    def test_a_status_that_a_person_set_in_a_record_stays(self) -> None:
        waiting = paper(
            "on-teapots",
            source_title="On Teapots",
            source_abstract=prose("On Teapots"),
            curation={"status": Status.CANDIDATE},
        )
        made = plan(Library({"on-teapots": waiting}), [listing(record())])
        assert made.papers["on-teapots"].curation == waiting.curation


class TestIdentifiers:
    one = paper("one", ids={"arxiv": "2603.00001", "doi": "10.1/one"})
    two = paper("two", ids={"doi": "10.1/two"})

    def test_a_record_that_contradicts_a_paper_is_rejected_with_the_reason(self) -> None:
        odd = record(ids={"arxiv": "2603.00001", "doi": "10.1/other"})
        made = plan(Library({"one": self.one}), [listing(odd, record("On Pans"))])
        assert set(made.papers) == {"on-pans"}
        (rejected,) = made.ledger[0].rejected
        assert rejected.reason == (
            "has the arXiv identifier of one (2603.00001), but another DOI: 10.1/other, not "
            "10.1/one; correct the one that is wrong, here or in the record of the paper"
        )
        assert rejected.is_fault
        assert made.brought[0].rejected == (rejected,)
        assert made.ledger[0].seen == 2

    both = record(ids={"arxiv": "2603.00001", "doi": "10.1/two"})

    def library(self, **curation: object) -> Library:
        one = replace(self.one, source_ids={"arxiv": "2603.00001"}, curation=Curation(**curation))  # type: ignore[arg-type]
        return Library({"one": one, "two": self.two})

    def test_a_record_of_two_papers_makes_them_one_with_a_redirect(self) -> None:
        made = plan(self.library(note="Kept."), [listing(self.both)])
        stays, goes = made.papers["one"], made.papers["two"]
        assert goes == replace(self.two, merged_into="one")
        assert not goes.is_public
        assert stays.ids == {"arxiv": "2603.00001", "doi": "10.1/two"}
        assert len(stays.appearances) == 3
        assert stays.curation.note == "Kept."
        assert made.brought[0].united == (("two", "one"),)

    def test_who_was_told_apart_stays_apart(self) -> None:
        """Then an identifier stays whose it is, and the rest is for the curator."""
        made = plan(self.library(distinct_from=("two",)), [listing(self.both)])
        (brought,) = made.brought
        (merge,) = brought.merged
        assert not any(each.merged_into for each in made.papers.values())
        owners = [
            p.slug for p in {**self.library().papers, **made.papers}.values() if "doi" in p.ids
        ]
        assert owners == ["two"]
        assert {merge.match.slug, *" ".join(brought.remarks).split()} >= {"one", "two;"}
        assert "say `same_as` under `curation`" in brought.remarks[0]

    def test_decisions_about_both_are_not_thrown_together(self) -> None:
        library = self.library(pick=True)
        picked = replace(self.two, curation=Curation(note="Another."))
        made = plan(
            replace(library, papers={**library.papers, "two": picked}), [listing(self.both)]
        )
        assert not any(each.merged_into for each in made.papers.values())
        assert made.brought[0].remarks

    def test_two_identifiers_of_one_kind_never_come_together(self) -> None:
        """Neither by way of a third paper that has none."""
        papers = {
            "a": paper("a", "2026-01-01", ids={"arxiv": "2603.00001"}),
            "b": paper("b", "2026-01-02", ids={"doi": "10.1/b"}, **TEXT),
            "c": paper("c", "2026-01-03", ids={"doi": "10.1/c"}, **TEXT),
        }
        made = plan(Library(papers), [listing(record(ids={"arxiv": "2603.00001"}))])
        after_it = {**papers, **made.papers}
        own = [each for each in after_it.values() if not each.same_as]
        assert sorted(each.ids.get("doi", "") for each in own) == ["10.1/b", "10.1/c"]
        assert made.brought[0].remarks

    def test_a_hidden_paper_is_not_brought_back_by_a_merge(self) -> None:
        hidden = replace(self.two, curation=Curation(hidden=True))
        library = Library({"one": self.one, "two": hidden})
        made = plan(
            replace(library, papers={**self.library().papers, "two": hidden}), [listing(self.both)]
        )
        assert not any(each.merged_into for each in made.papers.values())
        assert library.papers["two"].curation.hidden

    def test_a_paper_that_somebody_decided_about_stays_though_it_came_later(self) -> None:
        picked = replace(self.two, curation=Curation(pick=True), appearances=LATER)
        library = replace(self.library(), papers={**self.library().papers, "two": picked})
        made = plan(library, [listing(self.both)])
        assert made.papers["one"].merged_into == "two"
        assert made.papers["two"].curation.pick

    def test_what_was_told_apart_stays_so_through_merges(self) -> None:
        papers = {
            "a": paper("a", "2026-01-01", ids={"doi": "10.1/a"}),
            "b": paper("b", "2026-01-02", merged_into="a"),
            "c": paper(
                "c", "2026-01-03", ids={"acl": "2020.acl-1.1"}, curation={"distinct_from": ("b",)}
            ),
        }
        linking = record(ids={"doi": "10.1/a", "acl": "2020.acl-1.1"})
        made = plan(Library(papers), [listing(linking)])
        assert "c" not in made.papers or made.papers["c"].merged_into is None
        assert made.brought[0].remarks

    def test_what_was_merged_leads_on_when_its_paper_is_merged(self) -> None:
        papers = {
            "a": paper("a", "2026-01-01", ids={"doi": "10.1/a"}),
            "b": paper("b", "2026-01-02", ids={"arxiv": "2603.00001"}),
            "c": paper("c", "2026-01-03", ids={"arxiv": "2603.00001"}, merged_into="b"),
        }
        made = plan(
            Library(papers), [listing(record(ids={"arxiv": "2603.00001", "doi": "10.1/a"}))]
        )
        assert {slug: each.merged_into for slug, each in made.papers.items()} == {
            "a": None,
            "b": "a",
            "c": "a",
        }

    def test_a_page_first_and_an_interface_later_are_one_paper_with_the_id(self) -> None:
        page = listing(record())
        api = listing(
            record(ids={"arxiv": "2603.00001"}, authors=("Ada",)), day=DAY + dt.timedelta(1)
        )
        first, last = after(after(Library(), page), api), after(after(Library(), api), page)
        assert first == last
        (merged,) = first.papers.values()
        assert (merged.ids, merged.authors) == ({"arxiv": "2603.00001"}, ("Ada",))

    def test_a_retitled_paper_keeps_its_address_and_its_former_title(self) -> None:
        ids = {"arxiv": "2603.00001"}
        library = after(Library(), listing(record("On Teapots", ids=ids)))
        library = after(
            library, listing(record("Boiling, Revisited", ids=ids), day=DAY + dt.timedelta(1))
        )
        (merged,) = library.papers.values()
        assert (merged.slug, merged.title) == ("on-teapots", "Boiling, Revisited")
        assert [seen.title for seen in merged.appearances] == ["On Teapots", None]
        assert merged.appearances[1].reason
        assert merged.appearances[1].reason.rule is Rule.SAME_ID

    def test_an_old_identifier_in_any_form_is_one(self) -> None:
        library = after(Library(), listing(record(ids={"arxiv": "solv-int/9901001"})))
        again = listing(
            record("Another Title", ids={"arxiv": "solv-int/9901001"}), day=DAY + dt.timedelta(1)
        )
        assert len(after(library, again).papers) == 1


class TestClaims:
    """An identifier that a title alone brought gives way to what a listing says."""

    def claimed(self, value: str = "2603.00666") -> Library:
        completion = Completion(
            "list", "facts.jsonl", ("authors", "ids.arxiv"), Reason(Rule.SAME_TITLE, 100.0)
        )
        found = paper(
            "on-teapots",
            source_title="On Teapots",
            source_abstract=prose("On Teapots"),
            ids={"arxiv": value},
            authors=("Somebody Else",),
            completions=(completion,),
        )
        return Library({found.slug: found})

    def test_a_listing_with_another_identifier_is_believed(self) -> None:
        made = plan(
            self.claimed(), [listing(record(ids={"arxiv": "2603.00001"}, authors=("Ada",)))]
        )
        (found,) = made.papers.values()
        assert found.slug == "on-teapots"
        assert (found.ids, found.authors) == ({"arxiv": "2603.00001"}, ("Ada",))
        assert found.completions == ()
        assert "2603.00666, which a title alone had brought" in made.brought[0].remarks[0]

    def test_a_listing_with_the_same_identifier_makes_it_sure(self) -> None:
        library = after(self.claimed(), listing(record(ids={"arxiv": "2603.00666"})))
        assert len(library.papers["on-teapots"].completions) == 1
        other = record("On Pots", "another text", ids={"arxiv": "2603.00666"})
        made = plan(library, [listing(other, day=DAY + dt.timedelta(1))])
        assert set(made.papers) == {"on-teapots"}

    def test_another_paper_with_the_identifier_gets_it(self) -> None:
        other = record("On Teapots", "another text", ids={"arxiv": "2603.00666"})
        made = plan(self.claimed(), [listing(other)])
        assert made.papers["on-teapots"].ids == {}
        assert made.papers["on-teapots"].authors == ()
        (new,) = set(made.papers) - {"on-teapots"}
        assert made.papers[new].ids == {"arxiv": "2603.00666"}

    def test_a_revised_abstract_under_another_title_is_the_paper(self) -> None:
        text = prose("On Teapots").split()
        text[3:6] = ["quite", "another", "thing"]
        revised = SourceRecord("A New Name", " ".join(text), 1, ids={"arxiv": "2603.00666"})
        made = plan(self.claimed(), [listing(revised)])
        assert set(made.papers) == {"on-teapots"}
        assert made.brought[0].merged[0].match.rule is Rule.SAME_ID


class TestReasons:
    def test_a_record_that_is_two_papers_makes_them_one_in_any_order(self) -> None:
        listings = [
            listing(record()),
            listing(record(ids={"arxiv": "2603.00001"}), day=DAY + dt.timedelta(1)),
            listing(record("A New Name", ids={"arxiv": "2603.00001"}), day=DAY + dt.timedelta(2)),
        ]
        made = set()
        for order in permutations(listings):
            library = Library()
            for each in order:
                library = after(library, each)
            (merged,) = (each for each in library.papers.values() if not each.same_as)
            made.add(repr(replace(merged, slug="of whoever came first")))
            # The first and the third have nothing in common: they may have come in apart.
            assert {each.merged_into for each in library.papers.values()} <= {None, merged.slug}
        assert len(made) == 1
        assert [seen.reason and seen.reason.rule for seen in merged.appearances] == [
            None,
            Rule.SAME_TEXT,
            Rule.SAME_ID,
        ]


class TestStale:
    def test_yesterday_s_list_is_not_today_s(self) -> None:
        library = after(Library(), listing(record(), record("On Pans")))
        again = listing(
            record("On Pans"), record(), day=DAY + dt.timedelta(1), asked="https://example.org/"
        )
        made = plan(library, [again])
        assert made.papers == {}
        (entry,) = made.ledger
        assert (entry.is_stale, entry.papers, entry.seen) == (True, (), 2)
        assert {each.reason for each in entry.rejected} == {"the answer was the list of 2026-03-04"}
        assert not any(each.is_fault for each in entry.rejected)
        assert made.brought[0].stale_since == DAY

    def test_what_is_not_fetched_is_filed_as_it_says(self) -> None:
        library = after(Library(), listing(record()))
        made = plan(library, [listing(record(), day=DAY + dt.timedelta(1))])
        assert len(made.papers["on-teapots"].appearances) == 2

    def test_an_answer_of_another_day_is_stale(self) -> None:
        asked = listing(record(), asked="https://example.org/")
        other = replace(asked, listing=replace(asked.listing, date=dt.date(2026, 3, 1)))
        made = plan(Library(), [other])
        assert made.brought[0].stale_since == dt.date(2026, 3, 1)
        assert made.papers == {}

    @pytest.mark.parametrize(
        "titles, is_stale",
        [
            (["A", "B", "C", "D"], True),
            (["D", "B", "A"], True),
            (["A", "B"], False),  # by chance, perhaps
            (["A", "B", "C", "D", "E"], False),
            (["A", "B", "C", "E"], False),
        ],
    )
    def test_a_list_or_most_of_it_again_is_stale_and_one_with_something_new_is_not(
        self, titles: list[str], is_stale: bool
    ) -> None:
        library = after(Library(), listing(*(record(f"On {title}") for title in "ABCD")))
        records = [record(f"On {title}") for title in titles]
        asked = listing(*records, day=DAY + dt.timedelta(1), asked="https://example.org/")
        assert plan(library, [asked]).ledger[0].is_stale is is_stale


def test_a_failure_stands_in_the_ledger_once() -> None:
    entry = failed("daily", DAY, "daily.json", "https://example.org/", "503")
    made = plan(Library(), [], [entry, entry])
    assert made.ledger == (entry,)
    assert plan(Library(ledger={"x": entry}), [], [entry]).ledger == ()


#: One of three works under one of two names, with its identifier or without; on one of four days.
SHOWN = st.tuples(
    st.integers(0, 2), st.integers(0, 1), st.booleans(), st.integers(0, 3), st.booleans()
)


@given(st.lists(SHOWN, max_size=7, unique=True), st.randoms(use_true_random=False))
def test_whatever_links_papers_their_order_leaves_no_trace(
    shown: list[tuple[int, int, bool, int, bool]], chance: random.Random
) -> None:
    listings = []
    for work, name, has_id, day, is_raw in shown:
        ids = {"arxiv": f"2603.0000{work}"} if has_id else {}
        one = record(f"Work {'ABC'[work]} as {'first' if name else 'last'}", ids=ids)
        source = "feed" if is_raw else "daily"
        listings.append(listing(one, source=source, day=DAY + dt.timedelta(day)))
    made = set()
    for _ in range(3):
        chance.shuffle(listings)
        library = Library(sources=RAW)
        for each in listings:
            library = after(library, each)
        own = (each for each in library.everything.values() if not each.same_as)
        made.add(frozenset(repr(replace(each, slug="")) for each in own))
        assert sum(entry.seen for entry in library.ledger.values()) == len(
            {each.listing.fingerprint for each in listings}
        )
    assert len(made) == 1


def test_a_source_that_goes_on_saying_what_was_corrected_makes_no_second_paper() -> None:
    wrong, right = {"arxiv": "2401.11111"}, {"arxiv": "2401.22222"}
    corrected = {"ids": (("arxiv", "2401.22222"),), "authors": ("Kay Ell",)}
    one = paper("on-teapots", **TEXT, ids=wrong, curation=corrected)
    before = Library({one.slug: one}, {}, {})
    again = after(before, listing(record(ids=wrong, authors=("K. L.",))))
    (after_it,) = again.papers.values()
    assert (after_it.ids, after_it.authors) == (right, ("Kay Ell",))
    assert (after_it.curation, len(after_it.appearances)) == (one.curation, 2)
    # A paper whose identifier that really is, is another one.
    other = after(again, listing(record("On Kettles", ids=wrong), day=dt.date(2026, 3, 5)))
    assert {slug: each.ids for slug, each in other.papers.items()} == {
        "on-teapots": right,
        "on-kettles": wrong,
    }
