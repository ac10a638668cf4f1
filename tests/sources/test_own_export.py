from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.exports import ExportRecord, export
from generator.exports.record import fields
from generator.model import (
    Appearance,
    Completion,
    Curation,
    Link,
    LinkKind,
    Paper,
    Reason,
    Rejected,
    Rule,
    Status,
)
from generator.sources.own_export import OwnExport, papers
from tests.builders import FULL_PAPER, entry, link, paper

TODAY = dt.date(2026, 8, 20)
REASON = Reason(Rule.SAME_TEXT, 100.0, 99.5)

FULL = replace(
    FULL_PAPER,
    appearances=(
        Appearance(dt.date(2026, 3, 12), "daily", "one.txt"),
        replace(FULL_PAPER.appearances[1], file=""),
    ),
    completions=(*FULL_PAPER.completions, Completion("arxiv", "", ("links",), REASON)),
    source_authors=("Ada Lovelace", "Mary; Or Not"),
    source_ids={"arxiv": "2010.00904", "openreview": "x y"},
    source_links=(link("https://example.com/c", "code"), link("https://example.com/d", "data")),
    curation=replace(FULL_PAPER.curation, note="Why.\n\n- *so*"),
)


def exported(*given: Paper, everything: bool = True) -> list[ExportRecord]:
    """Papers as an export knows them, each of them a pick of an edition too."""
    return [
        ExportRecord(
            entry(
                one.slug,
                date=one.date,
                topics=("retrieval",),
                title=one.title,
                abstract=one.abstract,
                authors=one.authors,
                published=one.published,
                ids=one.ids,
                links=one.links,
                appearances=one.appearances,
                pick=True,
                note=one.curation.note,
            ),
            f"https://example.org/papers/{one.slug}/",
            one if everything else None,
        )
        for one in given
    ]


def line(one: Paper = FULL, **changed: Any) -> str:
    """An exported line with some values replaced; those that are ``...`` taken out."""
    values = fields(exported(one)[0]) | changed
    return json.dumps({key: value for key, value in values.items() if value is not ...})


def rejected(text: str) -> Rejected:
    found, (reason,) = papers(text, "a.jsonl")
    assert found == ()
    return reason


# What the library holds: texts without outer space and without what no page can show.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
texts = (
    st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["\n", "\u2028", '"', "\\", "{", "é"])))
    .map(lambda parts: _UNSEEN.sub("", "".join(parts)).strip())
    .filter(bool)
)
slugs = st.from_regex(r"[a-z0-9]{1,9}(?:-[a-z0-9]{1,9}){0,3}", fullmatch=True)
days = st.dates(dt.date(1900, 1, 1), dt.date(2105, 12, 31))
files = st.just("") | texts
scores = st.floats(0, 100)
reasons = st.builds(Reason, st.sampled_from(Rule), scores, st.none() | scores)
ids = st.dictionaries(st.sampled_from(["arxiv", "doi", "acl", "other"]), texts, max_size=3)
appearances = st.builds(
    Appearance,
    days,
    texts,
    files,
    st.none() | texts,
    st.none() | texts,
    votes=st.none() | st.integers(0, 10**6),
    ids=ids.map(lambda them: tuple(sorted(them.items()))),
    reason=st.none() | reasons,
    is_raw=st.booleans(),
)
completions = st.builds(
    Completion, texts, files, st.lists(texts, min_size=1).map(tuple), reasons, st.none() | texts
)
links = st.builds(
    Link,
    st.sampled_from(LinkKind),
    st.sampled_from(["https://example.com/a?b=1&c#d", "http://example.org/ü", "https://x.org"]),
)
slug_lists = st.lists(slugs, max_size=3).map(tuple)
corrections = st.fixed_dictionaries(
    {},
    optional={
        "arxiv": st.sampled_from([None, "2010.00904", "cs/0112017"]),
        "doi": st.sampled_from([None, "10.1000/x_(y)"]),
        "acl": st.sampled_from([None, "2020.acl-main.1", "P19-1001"]),
    },
).map(lambda them: tuple(sorted(them.items())))
curations = st.builds(
    Curation,
    topics=st.none() | slug_lists,
    add_topics=slug_lists,
    drop_topics=slug_lists,
    pick=st.booleans(),
    note=st.none() | texts,
    status=st.sampled_from(Status),
    hidden=st.booleans(),
    same_as=st.none() | slugs,
    distinct_from=slug_lists,
    title=st.none() | texts,
    abstract=st.none() | texts,
    authors=st.none() | st.lists(texts, max_size=3).map(tuple),
    ids=corrections,
    published=st.none() | days,
    links=st.none() | st.lists(links, max_size=3).map(tuple),
    formerly=slug_lists,
)
any_paper = st.builds(
    Paper,
    slug=slugs,
    source_title=texts,
    source_abstract=texts,
    appearances=st.lists(appearances, min_size=1, max_size=3).map(lambda them: tuple(sorted(them))),
    source_authors=st.lists(texts, max_size=3).map(tuple),
    source_ids=ids,
    source_published=st.none() | days,
    source_links=st.lists(links, max_size=3).map(tuple),
    completions=st.lists(completions, max_size=2).map(tuple),
    curation=curations,
)


@settings(deadline=None, max_examples=40)
@given(st.lists(any_paper, min_size=1, max_size=3, unique_by=lambda one: one.slug))
@pytest.mark.parametrize("format_", ["jsonl", "json"])
def test_every_paper_comes_back_as_it_was(format_: str, given: list[Paper]) -> None:
    found, reasons = papers(export(format_, exported(*given)), "a.json")
    assert reasons == ()
    assert list(found) == given


def same(one: Paper, other: Paper) -> bool:
    """Equal also in what the comparison of appearances leaves out."""
    return repr(one) == repr(other)


@pytest.mark.parametrize("one", [FULL, paper()], ids=["full", "plain"])
def test_nothing_is_lost(one: Paper) -> None:
    ((found,), _) = papers(line(one), "a.jsonl")
    assert same(found, one)


def test_a_line_has_no_field_that_is_not_read() -> None:
    """A field that is added to the export must be read here, or every paper is rejected."""
    assert papers(line(), "a.jsonl")[1] == ()
    reason = rejected(line(colour="blue")).reason
    assert reason.startswith("colour: is not a known field; ")


def test_without_all_there_is_what_readers_see() -> None:
    text = export("jsonl", exported(FULL, everything=False))
    ((found,), reasons) = papers(text, "a.jsonl")
    assert reasons == ()
    assert found == Paper(
        slug="full-paper",
        source_title="As it should be",
        source_abstract="As it should be, too.",
        appearances=FULL.appearances,
        source_authors=FULL.authors,
        source_ids=FULL.ids,
        source_links=FULL.links,
        curation=Curation(pick=True, note=FULL.curation.note),
    )


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no id": ({"id": ...}, "id: is nothing, not text"),
    "id": ({"id": "../etc"}, "id: '../etc' is no address"),
    "long id": ({"id": "a" * 201}, "id: is longer than 200 characters"),
    "no title": ({"title": ..., "source": {}}, "has no 'title'"),
    "no abstract": ({"abstract": "", "source": {}}, "abstract: is empty"),
    "title": ({"title": 1, "source": {}}, "title: is a number (1), not text"),
    "source": ({"source": []}, "source: is a list"),
    "source's field": ({"source": {"x": 1}}, "x: is not a known field"),
    "curation": ({"curation": "x"}, "curation: is text"),
    "decision": ({"curation": {"topic": []}}, "curation.topic: is not a known field"),
    "topics": ({"curation": {"topics": "x"}}, "curation.topics: is text, not a list"),
    "status": ({"status": "gone"}, "curation.status: 'gone' is not one of them"),
    "hidden": ({"hidden": "no"}, "curation.hidden: is text (no); write true or false"),
    "note": ({"note": ["x"]}, "curation.note: is a list"),
    "corrected title": ({"title": None}, "title: is missing, though `source` has what it corrects"),
    "no appearances": ({"appearances": ...}, "has no 'appearances'"),
    "empty appearances": ({"appearances": []}, "appearances: is empty"),
    "appearances": ({"appearances": "x"}, "appearances: is text, not a list"),
    "appearance": ({"appearances": ["x"]}, "appearances[0]: is text"),
    "day": (
        {"appearances": [{"source": "a", "date": "2026-02-31"}]},
        "appearances[0].date: '2026-02-31' is no day; write it as 2026-08-19",
    ),
    "no day": ({"appearances": [{"source": "a"}]}, "appearances[0]: has no 'date'"),
    "year": (
        {"appearances": [{"source": "a", "date": "1066-01-01"}]},
        "appearances[0].date: is out of range: 1066-01-01",
    ),
    "published": ({"published": 2020}, "published: 2020 is no day"),
    "link": ({"links": [{"kind": "x", "url": "https://a.org"}]}, "links[0].kind: 'x' is not one"),
    "address": (
        {"links": [{"kind": "code", "url": "javascript:x"}]},
        "links[0].url: 'javascript:x' is not a web address",
    ),
    "ids": ({"ids": ["x"]}, "ids: is a list"),
    "unseen": ({"authors": ["a\ud800"]}, "authors[0]: holds a character that no page can show"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_the_library_would_refuse_is_rejected(name: str) -> None:
    changed, reason = BAD[name]
    # What is corrected stands in two places, of which the source's counts.
    plain = replace(FULL, curation=Curation(note="Why.", title="As it should be"))
    found, (bad,) = papers(f"{line(paper())}\n{line(plain, **changed)}\n", "a.jsonl")
    assert [one.slug for one in found] == ["a-paper"]
    assert bad.line == 2
    assert reason in bad.reason
    bad.reason.encode()


def test_all_that_is_wrong_with_a_record_is_told() -> None:
    bad = rejected(line(status="gone", published=None, hidden=1))
    assert bad.title == "As it should be"
    assert len(bad.reason.split(" · ")) == 2


def test_a_broken_line_and_an_id_that_stands_twice_are_rejected() -> None:
    text = f"{line()}\n{line()[:-9]}\n{line()}\n[]\n{line(paper())}\n"
    found, reasons = papers(text, "a.jsonl")
    assert [one.slug for one in found] == ["full-paper", "a-paper"]
    assert [bad.line for bad in reasons] == [2, 3, 4]
    assert "is not sound JSON" in reasons[0].reason
    assert reasons[1].reason == "id: 'full-paper' stands twice, first on line 1; remove one"


def test_an_array_that_is_cut_off_is_refused() -> None:
    text = export("json", exported(FULL, paper()))
    with pytest.raises(ListingError, match=r"a\.json:\d+: is not sound JSON"):
        papers(text[:-20], "a.json")


def test_a_complete_export_is_a_listing_of_whole_papers() -> None:
    candidate = paper("wanted", curation={"status": Status.CANDIDATE})
    text = export("jsonl", exported(FULL, candidate))
    listing = OwnExport().read(text, "a.jsonl", "f" * 64, TODAY)
    assert listing.papers == (FULL, candidate)
    assert all(map(same, listing.papers, (FULL, candidate)))
    assert (listing.records, listing.rejected) == ((), ())
    assert listing.date == max(seen.date for seen in FULL.appearances)


def test_an_export_for_readers_is_a_listing_like_any_other() -> None:
    text = export("json", exported(paper(), everything=False))
    listing = OwnExport().read(text, "a.json", "f", TODAY)
    (record,) = listing.records
    assert (record.title, record.line, record.date) == ("A paper", 2, dt.date(2026, 3, 11))
    assert (listing.papers, listing.rejected, listing.date) == ((), (), None)


def test_of_two_exports_in_one_file_the_complete_one_counts() -> None:
    text = export("jsonl", exported(paper(), everything=False)) + line()
    listing = OwnExport().read(text, "a.jsonl", "f", TODAY)
    assert listing.papers == (FULL,)
    (bad,) = listing.rejected
    assert (bad.line, bad.title) == (1, "A paper")
    assert "export all with --all" in bad.reason


def test_facts_are_taken_also_from_papers_that_are_not_public() -> None:
    both = OwnExport().read(f"{line()}\n{line(paper())}", "a.jsonl", "f", TODAY, partial=True)
    full = both.records[0]
    assert (full.title, full.abstract) == (FULL.title, FULL.abstract)
    assert (full.authors, full.ids, full.links) == (FULL.authors, FULL.ids, FULL.links)
    assert (full.published, full.date) == (FULL.published, FULL.date)
    assert both.papers == ()


@pytest.mark.parametrize("everything", [True, False])
@pytest.mark.parametrize("format_", ["jsonl", "json"])
def test_it_is_known_also_when_it_is_cut_off(format_: str, everything: bool) -> None:
    text = export(format_, exported(FULL, everything=everything))
    assert OwnExport().recognises(text)
    assert OwnExport().recognises("\n" + text[: text.index("weekly")])
    assert not OwnExport().recognises(text.replace("appearances", "x"))
    assert not OwnExport().recognises("[]")


@given(st.data())
def test_no_text_makes_a_traceback(data: st.DataObject) -> None:
    text = export(data.draw(st.sampled_from(["json", "jsonl"])), exported(FULL, paper()))
    at = data.draw(st.integers(0, len(text)))
    until = data.draw(st.integers(at, min(len(text), at + 20)))
    noise = data.draw(st.sampled_from(["", "{", "]", '"', "NaN", "1e999", "[" * 9999, "null", "1"]))
    with contextlib.suppress(ListingError):
        for one in papers(text[:at] + noise + text[until:], "a.json")[0]:
            assert one.slug
            assert one.appearances


def test_it_is_known_also_when_its_first_line_is_broken() -> None:
    whole = line(FULL)
    text = f"{whole[10:]}\n{whole}\n"
    assert OwnExport().recognises(text)
    found, broken = papers(text, "export.jsonl")
    assert [each.slug for each in found] == [FULL.slug]
    assert [each.line for each in broken] == [1]
