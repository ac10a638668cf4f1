"""The views follow from the library, whole and in a total order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.content import Content
from generator.digest import PAGE_SIZE, Digest, TopicView
from generator.folder import Folder
from generator.intake import Dating, LedgerEntry, Source, SourceKind
from generator.model import Edition, Paper, Reason, Rule, Status
from generator.storage.library import Library
from generator.topics.taxonomy import parse_taxonomy
from generator.views.assemble import assemble, digest_of
from tests.builders import SITE, appearance, day, entry, paper, topic
from tests.conftest import TOPICS_YML

TAXONOMY = parse_taxonomy(TOPICS_YML, "topics.yml")


def content(
    papers: Iterable[Paper],
    editions: Iterable[Edition] = (),
    ledger: Iterable[LedgerEntry] = (),
    candidates: Iterable[Paper] = (),
    sources: Iterable[Source] = (),
) -> Content:
    """A digest of two topics, Information retrieval and Speech & audio."""
    library = Library(
        papers={each.slug: each for each in papers},
        editions={each.date.isoformat(): each for each in editions},
        ledger={str(number): each for number, each in enumerate(ledger)},
        candidates={each.slug: each for each in candidates},
        sources={each.id: each for each in sources},
    )
    return Content(SITE, TAXONOMY, library)


def listed(file: str, date: str, *slugs: str) -> LedgerEntry:
    """A listing that showed some papers, in this order."""
    return LedgerEntry("daily", day(date), Dating.OPTION, file, f"print of {file}", slugs)


def slugs(entries: Iterable[object]) -> list[str]:
    return [each.slug for each in entries]  # type: ignore[attr-defined]


def test_entries_are_newest_first_and_then_by_address() -> None:
    digest = digest_of(
        content([paper("b", "2026-03-11"), paper("c", "2026-03-12"), paper("a", "2026-03-11")])
    )
    assert slugs(digest.entries) == ["c", "a", "b"]
    assert digest.updated == dt.date(2026, 3, 12)


def test_an_edition_holds_everything_listed_that_day() -> None:
    seen_twice = paper(
        "old", appearances=(appearance("2026-03-11"), appearance("2026-03-12", file="b.txt"))
    )
    digest = digest_of(content([seen_twice, paper("new", "2026-03-12")]))
    today, yesterday = digest.editions
    assert (today.date, slugs(today.entries), today.new) == (day("2026-03-12"), ["new", "old"], 1)
    assert (yesterday.date, slugs(yesterday.entries), yesterday.new) == (
        day("2026-03-11"),
        ["old"],
        1,
    )


def test_an_edition_keeps_the_order_of_its_listings() -> None:
    papers = [paper(slug) for slug in ("a", "b", "c", "d")]
    ledger = [listed("2.txt", "2026-03-11", "c", "b"), listed("1.txt", "2026-03-11", "b", "a")]
    (edition,) = digest_of(content(papers, ledger=ledger)).editions
    assert slugs(edition.entries) == ["b", "a", "c", "d"]


def test_sections_hold_each_paper_once_under_its_strongest_topic() -> None:
    papers = [
        paper("both", source_title="Speech retrieval", source_abstract="A search of speech audio."),
        paper("one", source_title="Search", source_abstract="Text."),
        paper("none", source_title="Else", source_abstract="Text."),
        paper("picked", source_title="Search", source_abstract="Too.", curation={"pick": True}),
    ]
    (edition,) = digest_of(content(papers)).editions
    shown = [each.slug for section in edition.sections for each in section.entries]
    assert sorted(shown) == ["both", "none", "one"]
    assert slugs(edition.picks) == ["picked"]
    assert edition.sections[-1].topic is None
    assert {each.topic.id: each.count for each in edition.counts} == {"retrieval": 3, "speech": 1}


def test_picks_of_an_edition_come_in_the_editors_order() -> None:
    papers = [paper(slug) for slug in ("a", "b", "c")] + [
        paper("d", curation={"pick": True}),
        paper("gone", curation={"hidden": True}),
    ]
    edition = Edition(day("2026-03-11"), title="T", introduction="I", picks=("c", "gone", "a"))
    (view,) = digest_of(content(papers, [edition])).editions
    assert slugs(view.picks) == ["c", "a", "d"]
    assert (view.title, view.introduction) == ("T", "I")
    assert all(each.pick for each in view.picks)


def test_a_pick_of_a_record_is_a_pick_of_its_first_edition() -> None:
    seen = (appearance("2026-03-11"), appearance("2026-03-12"))
    digest = digest_of(content([paper("p", appearances=seen, curation={"pick": True})]))
    assert [slugs(edition.picks) for edition in digest.editions] == [[], ["p"]]


def test_a_pick_of_an_edition_is_no_pick_of_another() -> None:
    seen = (appearance("2026-03-11"), appearance("2026-03-12"))
    chosen = Edition(day("2026-03-12"), picks=("p",))
    digest = digest_of(content([paper("p", appearances=seen)], [chosen]))
    assert [slugs(edition.picks) for edition in digest.editions] == [["p"], []]


def test_what_is_not_public_is_in_no_view() -> None:
    papers = [
        paper("hidden", curation={"hidden": True}),
        paper("candidate", curation={"status": Status.CANDIDATE}),
        paper("declined", curation={"status": Status.DECLINED}),
        paper("merged", curation={"same_as": "shown"}),
        paper("shown"),
    ]
    digest = digest_of(content(papers))
    assert slugs(digest.entries) == slugs(digest.editions[0].entries) == ["shown"]
    assert list(digest.by_slug) == ["shown"]
    everything = digest_of(content(papers), everything=True)
    assert len(everything.entries) == len(papers)


def test_a_paper_that_is_another_leaves_its_appearances_and_a_redirect() -> None:
    papers = [
        paper("kept", "2026-03-12"),
        paper("gone", "2026-03-11", curation={"same_as": "kept"}),
        paper("hidden", curation={"hidden": True}),
        paper("lost", curation={"same_as": "hidden"}),
    ]
    digest = digest_of(content(papers))
    (kept,) = digest.entries
    assert kept.dates == (day("2026-03-11"), day("2026-03-12"))
    assert digest.redirects == {"gone": "kept"}
    assert digest.not_shown == 3


def test_a_page_gains_from_a_record_that_the_curator_joined_to_it() -> None:
    gone = paper("gone", ids={"doi": "10.1000/x"}, curation={"same_as": "kept"})
    (kept,) = digest_of(content([paper("kept"), gone])).entries
    (identifier,) = kept.identifiers
    assert (identifier.label, identifier.url) == ("DOI", "https://doi.org/10.1000/x")


RAW = Source("arxiv-all", "All of arXiv", kind=SourceKind.RAW)


def test_a_raw_feed_makes_no_edition() -> None:
    raw = appearance("2026-03-10", source=RAW.id, is_raw=True)
    chosen = appearance("2026-03-11")
    papers = [paper("both", appearances=(raw, chosen)), paper("other", "2026-03-12")]
    digest = digest_of(content(papers, sources=[RAW]))
    assert [each.date for each in digest.editions] == [day("2026-03-12"), day("2026-03-11")]
    both = digest.by_slug["both"]
    assert (both.date, both.dates, both.listings) == (chosen.date, (chosen.date,), 1)
    assert [(each.source, each.is_raw) for each in both.seen_in] == [
        (RAW.id, True),
        ("daily", False),
    ]
    assert digest.source_titles == {RAW.id: "All of arXiv", "daily": "daily"}


def test_a_paper_that_only_a_raw_feed_showed_stands_where_it_is_dated() -> None:
    raw = [appearance(date, source=RAW.id, is_raw=True) for date in ("2026-03-10", "2026-03-11")]
    accepted = paper("accepted", appearances=tuple(raw))
    (edition,) = digest_of(content([accepted], sources=[RAW])).editions
    assert (edition.date, slugs(edition.entries), edition.new) == (
        day("2026-03-10"),
        ["accepted"],
        1,
    )


def test_an_edition_takes_its_order_from_listings_that_choose() -> None:
    papers = [paper("a"), paper("b"), paper("c")]
    raw = LedgerEntry(
        RAW.id, day("2026-03-11"), Dating.OPTION, "all.atom", "print", ("c", "a", "b")
    )
    ledger = [raw, listed("page.txt", "2026-03-11", "b", "a")]
    (edition,) = digest_of(content(papers, ledger=ledger, sources=[RAW])).editions
    assert slugs(edition.entries) == ["b", "a", "c"]


def test_candidates_are_in_no_view_but_of_everything() -> None:
    waiting = paper("waiting", "2026-03-12", curation={"status": Status.CANDIDATE})
    entry_of_both = listed("page.txt", "2026-03-11", "shown", "waiting")
    found = content([paper("shown")], ledger=[entry_of_both], candidates=[waiting])
    digest = digest_of(found)
    assert slugs(digest.entries) == ["shown"]
    assert [each.date for each in digest.editions] == [day("2026-03-11")]
    assert digest.not_shown == 0
    (listing,) = digest.listings
    assert listing.seen == 2
    assert slugs(digest_of(found, everything=True).entries) == ["waiting", "shown"]


def test_two_listings_of_a_source_on_a_day_are_one_showing() -> None:
    why = Reason(Rule.SAME_TITLE, 100.0)
    seen = (
        appearance("2026-03-11", file="page.txt"),
        appearance("2026-03-11", file="answer.json", title="Old", reason=why),
        appearance("2026-03-12"),
    )
    (shown,) = digest_of(content([paper("p", appearances=tuple(sorted(seen)))])).entries
    assert shown.listings == 2
    first, second = shown.seen_in
    assert (first.titles, first.reasons) == (("Old",), (why,))
    assert (second.titles, second.reasons) == ((), ())


def test_identifiers_come_with_their_pages_the_publisher_last() -> None:
    ids = {"zbl": "123", "doi": "10.1000/x", "acl": "P18-1001", "arxiv": "2010.00904"}
    (shown,) = digest_of(content([paper("p", ids=ids)])).entries
    assert [(each.kind, each.url) for each in shown.identifiers] == [
        ("arxiv", "https://arxiv.org/abs/2010.00904"),
        ("acl", "https://aclanthology.org/P18-1001/"),
        ("doi", "https://doi.org/10.1000/x"),
        ("zbl", ""),
    ]


def test_topics_are_those_of_the_taxonomy_also_without_papers() -> None:
    digest = digest_of(content([paper("p", source_title="Dense retrieval")]))
    assert [(t.ref.id, slugs(t.entries)) for t in digest.topics] == [
        ("retrieval", ["p"]),
        ("speech", []),
    ]
    assert digest.unsorted == ()


def test_papers_without_a_topic_are_listed() -> None:
    assert slugs(digest_of(content([paper("p", source_title="Else")])).unsorted) == ["p"]


def test_the_curators_words_win() -> None:
    curated = {"title": "Right", "abstract": "True.", "note": "Why.", "topics": ("speech",)}
    (shown,) = digest_of(content([paper("p", curation=curated)])).entries
    assert (shown.title, shown.abstract, shown.note) == ("Right", "True.", "Why.")
    assert [(tag.topic.id, tag.by_curator) for tag in shown.topics] == [("speech", True)]


def test_lookalikes_are_shown_in_pairs() -> None:
    papers = [
        paper("a", source_title="A Very Long Title of a Report", source_abstract="One thing."),
        paper("b", source_title="A Very Long Title of the Report", source_abstract="Not at all."),
    ]
    (pair,) = digest_of(content(papers)).lookalikes
    assert (pair.first.slug, pair.second.slug) == ("a", "b")


@given(st.integers(0, 3 * PAGE_SIZE))
def test_pages_of_a_topic_hold_all_of_it(count: int) -> None:
    entries = tuple(entry(f"p-{number}") for number in range(count))
    pages = TopicView(topic(), entries).pages
    assert tuple(each for page in pages for each in page) == entries
    assert len(pages) == max(1, -(-count // PAGE_SIZE))
    assert all(len(page) <= PAGE_SIZE for page in pages)


def test_an_empty_library_is_a_digest(folder: Folder) -> None:
    digest = assemble(folder)
    assert isinstance(digest, Digest)
    assert (digest.entries, digest.latest, digest.updated) == ((), None, None)


def test_the_folder_is_read(folder: Folder) -> None:
    record = folder.papers / "2026" / "a-paper.yml"
    record.parent.mkdir()
    record.write_text(
        "title: A paper\nabstract: On speech.\n"
        "appearances:\n- {source: daily, date: 2026-03-11, file: a.txt}\n",
        encoding="utf-8",
    )
    (shown,) = assemble(folder).entries
    assert (shown.slug, shown.date, shown.primary and shown.primary.id) == (
        "a-paper",
        day("2026-03-11"),
        "speech",
    )


def test_what_the_rules_are_not_sure_of_is_told() -> None:
    speech = {"source_abstract": "Speech, speech."}
    digest = digest_of(
        content(
            [
                paper("search-of-birds", "2026-03-11", source_abstract="They sing."),
                paper("speech-of-birds", "2026-03-12", **speech),
                paper("audio", curation={"add_topics": ("retrieval",)}),
                paper("search", curation={"topics": ("retrieval",)}),
            ]
        )
    )
    assert slugs(digest.doubtful.weak) == ["search-of-birds"]
    assert digest.doubtful.crowded == ()


def test_topics_that_a_paper_does_not_have_are_told() -> None:
    said = {"drop_topics": ("speech",)}
    digest = digest_of(content([paper("speech-search", curation=said)]))
    (entry_,) = digest.entries
    (withheld,) = entry_.withheld
    assert (withheld.tag.topic.id, withheld.tag.by_curator) == ("speech", True)
    assert withheld.reason == "taken away by the editor"


def test_where_the_record_of_a_paper_lies(tmp_path: Path) -> None:
    root = tmp_path / "papers" / "content"
    files = {
        "one": root / "papers" / "2026" / "one.yml",
        "two": root / "papers" / "two.yml",
        "three": root / "candidates" / "2026-03-11.jsonl",
    }
    found = content([paper(slug) for slug in (*files, "four")])
    digest = digest_of(replace(found, library=replace(found.library, files=files)))
    assert {slug: entry.record for slug, entry in digest.by_slug.items()} == {
        "one": "papers/2026/one.yml",
        "two": "papers/two.yml",
        "three": "",
        "four": "",
    }
