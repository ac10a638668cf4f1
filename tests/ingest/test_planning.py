from __future__ import annotations

import datetime as dt
import re
import tempfile
from itertools import permutations
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator import content, sources
from generator.folder import Folder
from generator.ingest.planning import Dated, ledger_name, plan
from generator.intake import Dating, LedgerEntry
from generator.model import Listing, Rule, SourceRecord
from generator.storage import library, store
from generator.storage.library import Library
from tests.builders import link, page, paper, prose
from tests.conftest import MKDOCS_YML, TOPICS_YML

TODAY = dt.date(2026, 8, 20)
Pairs = tuple[tuple[str, str], ...]


def listing(
    *papers: tuple[str, str], date: str = "2026-01-01", file: str = "a.txt", **kw: str
) -> Dated:
    """A listing as the reader gives it, with its day."""
    found = sources.read(page(*papers).encode(), file, TODAY)
    day = dt.date.fromisoformat(date)
    changed = Listing(kw.get("source", found.source), file, found.fingerprint, found.records)
    return Dated(changed, day, Dating.OPTION)


def taken_in(*listings: Dated, into: Library | None = None) -> Library:
    """The library with listings in it, planned together."""
    before = into or Library()
    made = plan(before, list(listings))
    return Library(
        papers=dict(sorted({**before.papers, **made.papers}.items())),
        ledger={**before.ledger, **{ledger_name(entry): entry for entry in made.ledger}},
    )


ONE, TWO, THREE = (("On Teapots", prose(1)), ("On Kettles", prose(2)), ("On Pans", prose(3)))


def changed(text: str, words: int) -> str:
    parts = text.split()
    for n in range(words):
        parts[n * len(parts) // words] = "qqqqq"
    return " ".join(parts)


def test_every_record_is_new_or_merged() -> None:
    made = plan(
        Library(), [listing(ONE, TWO), listing(TWO, THREE, date="2026-01-02", file="b.txt")]
    )
    first, second = made.brought
    assert first.new == ("on-teapots", "on-kettles")
    assert first.merged == ()
    assert second.new == ("on-pans",)
    assert [merge.match.rule for merge in second.merged] == [Rule.SAME_TEXT]
    assert [entry.papers for entry in made.ledger] == [
        ("on-teapots", "on-kettles"),
        ("on-kettles", "on-pans"),
    ]
    assert sorted(made.papers) == ["on-kettles", "on-pans", "on-teapots"]
    assert len(made.papers["on-kettles"].appearances) == 2


def test_listings_are_taken_in_the_order_of_their_days() -> None:
    late = listing(("On Teapots!", ONE[1]), date="2026-02-02")
    early = listing(ONE, date="2026-01-01")
    made = plan(Library(), [late, early])
    assert [brought.dated.date.month for brought in made.brought] == [1, 2]
    assert made.brought[0].new == ("on-teapots",)
    assert made.papers["on-teapots"].title == "On Teapots!"


def test_twice_is_once() -> None:
    library_ = taken_in(listing(ONE, TWO))
    again = plan(
        library_, [listing(ONE, TWO), listing(ONE, TWO, file="other name.txt", date="2027-01-01")]
    )
    assert (again.papers, again.ledger) == ({}, ())
    assert [brought.known is not None for brought in again.brought] == [True, True]
    both = plan(Library(), [listing(ONE, TWO, file="b.txt"), listing(ONE, TWO, file="a.txt")])
    assert [entry.file for entry in both.ledger] == ["a.txt"]
    assert [len(each.appearances) for each in both.papers.values()] == [1, 1]


def test_a_paper_twice_in_one_listing_appears_once() -> None:
    made = plan(Library(), [listing(ONE, TWO, (ONE[0].upper(), ONE[1]))])
    assert made.ledger[0].papers == ("on-teapots", "on-kettles", "on-teapots")
    assert len(made.brought[0].merged) == 1
    # It is said in two ways: both are kept.
    assert len(made.papers["on-teapots"].appearances) == 2
    made = plan(Library(), [listing(ONE, ONE, ONE)])
    assert len(made.papers["on-teapots"].appearances) == 1


def test_the_earliest_listing_gives_the_day() -> None:
    late = taken_in(listing(ONE, date="2026-05-05"))
    both = taken_in(listing(ONE, TWO, date="2025-12-31", file="b.txt"), into=late)
    assert both.papers["on-teapots"].date == dt.date(2025, 12, 31)


def test_a_revision_of_a_curated_paper_leaves_curation_alone() -> None:
    before = paper(
        "on-teapots",
        source_title=ONE[0],
        source_abstract=ONE[1],
        curation={"title": "Teapots", "pick": True},
    )
    made = plan(Library({"on-teapots": before}), [listing((ONE[0], changed(ONE[1], 2)))])
    after = made.papers["on-teapots"]
    assert after.curation == before.curation
    assert after.title == "Teapots"


def test_facts_of_sources_come_together_in_any_order() -> None:
    records = [
        SourceRecord(
            "T", "A.", 1, ids={"doi": "d"}, links=(link("https://b.org"), link("https://a.org"))
        ),
        SourceRecord("T", "A.", 1, ids={"arxiv": "a"}, links=(link("https://c.org", "data"),)),
        SourceRecord("T", "A.", 1, authors=("Ada",), published=dt.date(2020, 1, 1)),
    ]
    made = set()
    for order in permutations(records):
        listings = [
            Dated(Listing("s", "f", f"{n}", (each,)), TODAY, Dating.OPTION)
            for n, each in enumerate(order)
        ]
        together = Library()
        for each in listings:
            together = taken_in(each, into=together)
        (merged,) = together.papers.values()
        made.add(repr((merged, list(merged.ids))))
    assert len(made) == 1
    assert merged.ids == {"arxiv": "a", "doi": "d"}
    assert merged.authors == ("Ada",)
    assert len(merged.links) == 3


def test_two_papers_of_one_name() -> None:
    made = plan(Library(), [listing(("On Teapots", prose(1)), ("on teapots!", prose(2)))])
    assert len(made.papers) == 2
    assert {slug[:10] for slug in made.papers} == {"on-teapots"}


def test_the_name_of_a_ledger_s_entry() -> None:
    entry = LedgerEntry("My Source/ü", TODAY, Dating.CLOCK, "f", "0123456789abcdef", ())
    assert ledger_name(entry) == "2026-08-20-my-source-u-01234567.yml"
    entry = LedgerEntry("∞", TODAY, Dating.CLOCK, "f", "0123456789abcdef", ())
    assert ledger_name(entry) == "2026-08-20-source-01234567.yml"


# --- any order, in one command or several -------------------------------------------------------

NAMES = [
    "On Teapots",
    "On Kettles, Part I",
    "On Kettles, Part II",
    "Pans 🍳: A Survey",
    "null",
    "∞",
]
variants = st.tuples(
    st.integers(0, len(NAMES) - 1),
    # How it is written, how much of the abstract is revised or cut, which of two abstracts.
    st.sampled_from([str, str.upper, lambda title: f"{title}."]),
    st.sampled_from([0, 0, 0, 1, 2]),
    st.sampled_from([0, 0, 1]),
)


def said(variant: tuple[int, object, int, int]) -> tuple[str, str]:
    name, write, revision, which = variant
    text = prose((name, which))
    return write(NAMES[name]), changed(text, revision) if revision else text  # type: ignore[operator]


pages = st.lists(
    st.tuples(st.integers(1, 4), st.lists(variants.map(said), min_size=1, max_size=4)),
    min_size=1,
    max_size=4,
)


def files(folder: Folder) -> dict[str, bytes]:
    return {
        path.relative_to(folder.content).as_posix(): path.read_bytes()
        for path in sorted(folder.content.rglob("*"))
        if path.is_file()
    }


def ingested(commands: list[list[Dated]]) -> tuple[dict[str, bytes], Library]:
    """The bytes of a library, and it, after some commands."""
    with tempfile.TemporaryDirectory() as root:
        folder = Folder(Path(root))
        folder.content.mkdir()
        folder.mkdocs_yml.write_text(MKDOCS_YML)
        folder.topics_yml.write_text(TOPICS_YML)
        for listings in commands:
            before = library.load(folder)
            store.write_plan(plan(before, listings), before, folder)
        found = content.read(folder).library  # the ledger adds up
        return files(folder), found


def dated(found: list[tuple[int, list[tuple[str, str]]]]) -> list[Dated]:
    return [
        listing(*papers, date=f"202{4 + day % 2}-01-{day:02}", file=f"{n}.txt")
        for n, (day, papers) in enumerate(found)
    ]


def essence(found: Library) -> list[str]:
    """What a library says, whatever the papers are called."""
    return sorted(repr((p.title, p.abstract, p.date, p.appearances)) for p in found.papers.values())


@settings(max_examples=60)
@given(pages, st.randoms(use_true_random=False))
def test_any_order_in_any_number_of_commands_gives_the_same_library(
    found: list[tuple[int, list[tuple[str, str]]]], random: object
) -> None:
    listings = dated(found)
    assume(len({each.listing.fingerprint for each in listings}) == len(listings))
    at_once, one = ingested([listings])
    shuffled = list(listings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again, _ = ingested([shuffled])
    assert again == at_once
    in_steps, other = ingested([[each] for each in shuffled])
    assert essence(other) == essence(one)
    assert sum(len(e.papers) for e in other.ledger.values()) == sum(len(p) for _, p in found)
    names = {re.sub(r"-[0-9a-f]{8,}$", "", slug) for slug in one.papers}
    if len(names) == len(one.papers) and set(one.papers) == set(other.papers):
        assert in_steps == at_once
    # Twice is once.
    repeated, _ = ingested([shuffled, listings, *([each] for each in listings)])
    assert repeated == at_once


def test_papers_of_different_names_give_the_same_bytes_in_any_order() -> None:
    listings = dated(
        [
            (1, [ONE, TWO]),
            (2, [TWO, ("Pans 🍳: A Survey", prose(3)), ("null", prose(4))]),
            (3, [("ON TEAPOTS", changed(ONE[1], 1)), ("yes", prose(5)), ("- x: y", prose(6))]),
            (4, [("On Teapots", changed(ONE[1], 2)), ("null", changed(prose(4), 1))]),
        ]
    )
    expected, _ = ingested([listings])
    for order in permutations(listings):
        assert ingested([[each] for each in order])[0] == expected
        assert ingested([list(order[:2]), list(order[2:])])[0] == expected
