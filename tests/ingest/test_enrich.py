from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ingest.completions import Completed, Left, doubtful
from generator.ingest.enrich import complete
from generator.model import Completion, Curation, Paper, Reason, Rule, SourceRecord
from generator.storage.library import Library
from tests.builders import link, paper, prose

TEA = "On the making of tea"
ALONE = Reason(Rule.SAME_TITLE, 100.0)
Facts = Iterable[tuple[str, str, SourceRecord]]


def library(*papers: Paper, candidates: Iterable[Paper] = ()) -> Library:
    return Library(
        papers={one.slug: one for one in papers},
        candidates={one.slug: one for one in candidates},
    )


def tea(slug: str = "tea", title: str = TEA, **kw: Any) -> Paper:
    return paper(slug, source_title=title, source_abstract=prose(slug), **kw)


def fact(
    title: str = TEA, abstract: str = "", file: str = "a.jsonl", line: int = 1, **kw: Any
) -> tuple[str, str, SourceRecord]:
    return "list", file, SourceRecord(title, abstract, line, **kw)


def arxiv(number: int = 1) -> dict[str, str]:
    return {"arxiv": f"2601.{number:05}"}


def after(before: Library, done: Completed) -> Library:
    papers = {slug: done.papers.get(slug, one) for slug, one in before.papers.items()}
    return dataclasses.replace(before, papers=papers)


def the_left(done: Completed) -> Left:
    assert (done.papers, done.taken) == ({}, ())
    (left,) = done.left
    return left


def test_a_paper_without_an_identifier_is_completed_by_its_title() -> None:
    record = fact(
        "On the Making of Téa.",
        ids=arxiv(),
        authors=("Ada Lovelace",),
        published=dt.date(2026, 1, 2),
        links=(link("https://github.com/a/b"),),
        note="lists, seen 3 times",
    )
    done = complete(library(tea(), tea("other", "Another title")), [record])
    completion = Completion(
        "list",
        "a.jsonl",
        ("ids.arxiv", "authors", "published", "links"),
        ALONE,
        "lists, seen 3 times",
    )
    assert done.papers == {
        "tea": tea(
            ids=arxiv(),
            authors=("Ada Lovelace",),
            published=dt.date(2026, 1, 2),
            links=(link("https://github.com/a/b"),),
            completions=(completion,),
        )
    }
    assert [(each.slug, each.completion) for each in done.taken] == [("tea", completion)]
    assert (done.left, done.refused, done.known, done.unknown) == ((), (), 0, 0)


def test_nothing_that_is_there_is_overwritten() -> None:
    full = tea(
        ids=arxiv(),
        authors=("Ada Lovelace",),
        published=dt.date(2026, 1, 2),
        links=(link("https://github.com/a/b/"),),
    )
    record = fact(
        "Tea, revised",
        ids={**arxiv(), "doi": "10.1000/1"},
        authors=("A. Lovelace",),
        published=dt.date(2026, 1, 3),
        links=(link("https://github.com/A/b"), link("https://example.org/", "project")),
    )
    done = complete(library(full), [record])
    completed = done.papers["tea"]
    assert completed == dataclasses.replace(
        full,
        source_ids={**arxiv(), "doi": "10.1000/1"},
        source_links=(link("https://github.com/a/b/"), link("https://example.org/", "project")),
        completions=completed.completions,
    )
    (completion,) = completed.completions
    assert completion.fields == ("ids.doi", "links")
    assert completion.reason.rule is Rule.SAME_ID
    assert completion.reason.abstract_score is None


def test_the_same_text_is_the_same_work_whatever_identifiers_the_paper_has() -> None:
    one = tea(ids={"doi": "10.1000/1"})
    done = complete(library(one), [fact(TEA, prose("tea"), ids=arxiv())])
    assert done.papers["tea"].ids == {**arxiv(), "doi": "10.1000/1"}
    assert done.papers["tea"].completions[0].reason == Reason(Rule.SAME_TEXT, 100.0, 100.0)


def test_an_abstract_that_is_another_one_is_no_proof() -> None:
    left = the_left(complete(library(tea()), [fact(TEA, prose("coffee"), ids=arxiv())]))
    assert (left.slugs, left.reason) == (("tea",), "has the same title and another abstract")


def test_by_its_title_alone_a_paper_with_identifiers_of_its_own_is_left() -> None:
    left = the_left(complete(library(tea(ids=arxiv())), [fact(authors=("Ada Lovelace",))]))
    assert "names none of the record's identifiers" in left.reason
    assert left.remedy == "add arXiv 2601.00001 to the file if it is that paper"


def test_what_a_title_brought_does_not_shut_out_what_a_title_brings() -> None:
    """Two files one after the other do what both do at once."""
    one = complete(library(tea()), [fact(ids=arxiv())]).papers["tea"]
    done = complete(library(one), [fact(authors=("Ada Lovelace",), file="b.jsonl")])
    assert done.papers["tea"].authors == ("Ada Lovelace",)
    fields = [each.fields for each in done.papers["tea"].completions]
    assert fields == [("ids.arxiv",), ("authors",)]


def test_what_the_title_alone_would_bring_waits_for_better_reasons() -> None:
    facts = [fact(authors=("Ada Lovelace",)), fact(TEA, prose("tea"), ids=arxiv())]
    done = complete(library(tea()), facts)
    assert (done.papers["tea"].ids, done.papers["tea"].authors) == (arxiv(), ())
    assert "names none" in done.left[0].reason


def test_one_word_is_no_title_to_go_by() -> None:
    left = the_left(complete(library(tea(title="Tea")), [fact("TEA!", ids=arxiv())]))
    assert left.reason == "has a title of one word"


def test_a_title_of_several_papers_says_nothing() -> None:
    papers = tea("one"), tea("two")
    left = the_left(complete(library(*papers), [fact(ids=arxiv())]))
    assert (left.slugs, left.reason) == (("one", "two"), "is the title of several papers")
    waiting = library(papers[0], candidates=papers[1:])
    assert the_left(complete(waiting, [fact(ids=arxiv())])) == left


def test_two_different_identifiers_of_one_kind_are_never_one_paper() -> None:
    one = tea(ids=arxiv())
    for record in (
        fact(ids=arxiv(2), authors=("A",)),
        fact(TEA, prose("tea"), ids=arxiv(2), authors=("A",)),
    ):
        done = complete(library(one), [record])
        assert (done.papers, done.left) == ({}, ())
        (refused,) = done.refused
        assert refused.slugs == ("tea",)
        assert refused.reason == "has another arXiv identifier than the record: not 2601.00001"


def test_what_has_an_identifier_that_the_curator_took_away_is_of_another_paper() -> None:
    one = tea(ids=arxiv(), curation={"ids": (("arxiv", None),)})
    record = fact(ids={**arxiv(), "doi": "10.1000/1"}, authors=("A",))
    done = complete(library(one), [record])
    assert done.papers == {}
    (refused,) = done.refused
    assert refused.reason == "has an identifier that `curation` takes from the record"
    corrected = tea(ids=arxiv(), curation={"ids": (("arxiv", "2601.00009"),)})
    done = complete(library(corrected), [record])
    assert done.papers == {}
    assert done.refused[0].reason.startswith("has another arXiv identifier than the record")


def test_of_two_texts_with_different_identifiers_only_one_is_the_paper() -> None:
    facts = [
        fact(TEA, prose("tea"), ids=arxiv(2), authors=("Ada Lovelace",)),
        fact(TEA, prose("tea"), ids=arxiv(1)),
    ]
    done = complete(library(tea()), facts)
    assert (done.papers["tea"].ids, done.papers["tea"].authors) == (arxiv(1), ())
    assert [refused.fact.record.ids for refused in done.refused] == [arxiv(2)]


def test_a_record_that_shares_one_identifier_and_not_the_other_is_refused() -> None:
    one = tea(ids={**arxiv(), "doi": "10.1000/1"})
    done = complete(library(one), [fact("Else", ids={**arxiv(), "doi": "10.1000/2"})])
    assert done.papers == {}
    assert "another DOI identifier" in done.refused[0].reason


def test_facts_that_contradict_each_other_are_left() -> None:
    facts = [fact(ids=arxiv(n), line=n) for n in (1, 2)] + [fact(authors=("A",), line=3)]
    done = complete(library(tea()), facts)
    assert done.papers == {}
    assert [left.fact.record.line for left in done.left] == [1, 2, 3]
    assert "arXiv 2601.00001, arXiv 2601.00002" in done.left[0].reason


def test_an_identifier_is_never_given_to_a_second_paper() -> None:
    papers = library(tea(), tea("coffee", "On coffee", ids=arxiv()))
    left = the_left(complete(papers, [fact(ids=arxiv(), authors=("A",))]))
    assert left.slugs == ("coffee", "tea")
    assert left.reason == "has the identifier of the first paper and the title of the other"
    text = fact(TEA, prose("tea"), ids={**arxiv(), "doi": "10.1000/1"})
    papers = library(tea(ids={"doi": "10.1000/1"}), tea("coffee", "On coffee", ids=arxiv()))
    left = the_left(complete(papers, [text]))
    assert (left.slugs, left.reason) == (("tea", "coffee"), "is several papers of the library")


def test_a_text_that_brings_the_identifier_of_another_paper_tells_of_a_duplicate() -> None:
    other = tea("coffee", "On coffee", ids={**arxiv(), "acl": "2020.acl-main.1"})
    record = fact(TEA, prose("tea"), ids={**arxiv(), "acl": "2020.acl-main.2"})
    left = the_left(complete(library(tea(), other), [record]))
    assert left.slugs == ("tea", "coffee")
    assert "possible duplicates" in left.reason
    assert "same_as" in left.remedy


def test_an_identifier_with_the_titles_of_two_papers_is_for_neither() -> None:
    papers = library(tea(), tea("coffee", "On the making of coffee"))
    facts = [fact(ids=arxiv()), fact("On the making of coffee", ids=arxiv(), line=2)]
    done = complete(papers, facts)
    assert done.papers == {}
    assert {left.reason for left in done.left} == {
        "has an identifier that stands with the titles of several papers"
    }


def test_what_is_only_alike_is_left_with_what_could_be_done() -> None:
    mine, theirs = "Boiling kettles for green tea", "Boiling kettle for green teas"
    left = the_left(complete(library(tea(title=mine)), [fact(theirs, ids=arxiv())]))
    assert left.slugs == ("tea",)
    assert left.reason.startswith("has a title that is only alike (9")
    assert "write the record's title into the file" in left.remedy
    known = tea(title=mine, ids=arxiv(2))
    assert complete(library(known), [fact(theirs, ids=arxiv())]).unknown == 1


def test_what_is_of_no_paper_or_says_nothing_new_is_counted() -> None:
    one = tea(ids=arxiv())
    done = complete(library(one), [fact("Another matter"), fact(ids=arxiv()), fact()])
    assert (done.papers, done.known, done.unknown) == ({}, 2, 1)
    assert (done.left, done.refused) == ((), ())


def test_a_repeated_record_lends_its_texts_to_the_paper_that_stays() -> None:
    repeat = tea("old", ids=arxiv(), curation=Curation(same_as="new"))
    papers = library(repeat, tea("new", "A new title"))
    done = complete(papers, [fact(ids=arxiv(), authors=("Ada Lovelace",))])
    assert list(done.papers) == ["new"]
    assert done.papers["new"].ids == arxiv()
    assert done.papers["new"].authors == ("Ada Lovelace",)


def test_what_one_fact_says_of_an_identifier_counts_for_the_next() -> None:
    facts = [
        fact("A talk on tea and cups", ids={"doi": "10.1000/1"}, authors=("Ada Lovelace",)),
        fact("Something else", ids={**arxiv(), "doi": "10.1000/1"}, file="b.jsonl"),
        fact(ids=arxiv(), file="c.jsonl"),
    ]
    done = complete(library(tea()), facts)
    assert done.papers["tea"].ids == {**arxiv(), "doi": "10.1000/1"}
    assert done.papers["tea"].authors == ("Ada Lovelace",)
    rules = {each.completion.file: each.completion.reason.rule for each in done.taken}
    assert rules == {
        "a.jsonl": Rule.SAME_ID,
        "b.jsonl": Rule.SAME_ID,
        "c.jsonl": Rule.SAME_TITLE,
    }


def test_of_two_facts_the_one_that_was_seen_more_often_counts() -> None:
    facts = [
        fact(authors=("A",), note="lists, seen 2 times", file="1"),
        fact(authors=("B",), note="lists, seen 11 times", file="2"),
    ]
    assert complete(library(tea()), facts).papers["tea"].authors == ("B",)
    facts.append(fact(authors=("C",), note="API", file="3"))
    assert complete(library(tea()), facts).papers["tea"].authors == ("C",)


def test_candidates_are_completed_too() -> None:
    waiting = library(candidates=[tea()])
    assert complete(waiting, [fact(ids=arxiv())]).papers["tea"].ids == arxiv()


@pytest.mark.parametrize(
    "note, is_doubtful",
    [
        ("lists, seen once", True),
        ("lists, never seen", True),
        ("lists, seen 2 times", False),
        ("API", False),
        (None, False),
    ],
)
def test_what_its_file_is_hardly_sure_of_is_counted_apart(
    note: str | None, is_doubtful: bool
) -> None:
    taken = complete(library(tea()), [fact(ids=arxiv(), note=note)]).taken
    assert doubtful(taken) == (taken if is_doubtful else ())
    surer = complete(library(tea(ids=arxiv())), [fact(ids=arxiv(), authors=("A",), note=note)])
    assert surer.taken
    assert doubtful(surer.taken) == ()


# --- any papers and facts whatever, of so few titles and identifiers that they meet

TITLES = ("Boiling green tea", "Boiling green teas", "Tea", "Cups and saucers")
ids = st.dictionaries(
    st.sampled_from(["arxiv", "doi"]), st.sampled_from(["1", "2", "3"]), max_size=2
)
authors = st.sampled_from([(), ("Ada Lovelace",), ("Alan Turing",)])
links = st.sampled_from([(), (link("https://github.com/a/b"),), (link("https://github.com/A/B/"),)])
texts = st.sampled_from([prose(1), prose(2)])
records = st.builds(
    SourceRecord,
    st.sampled_from(TITLES),
    st.just("") | texts,
    st.integers(1, 3),
    authors=authors,
    ids=ids,
    links=links,
    note=st.sampled_from([None, "seen once", "seen 4 times"]),
)
facts_of_files = st.lists(
    st.tuples(st.just("list"), st.sampled_from(["a", "b"]), records), min_size=1, max_size=8
)


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    """Papers of which no two have an identifier in common."""
    found, given = [], set()
    for number in range(draw(st.integers(1, 3))):
        own = {k: v for k, v in draw(ids).items() if (k, v) not in given}
        given |= set(own.items())
        title, abstract = draw(st.sampled_from(TITLES)), draw(texts)
        found.append(
            paper(
                f"p{number}",
                source_title=title,
                source_abstract=abstract,
                ids=own,
                authors=draw(authors),
                links=draw(links),
            )
        )
    return library(*found)


@given(libraries(), facts_of_files, st.randoms(use_true_random=False))
def test_the_order_of_facts_leaves_no_trace(
    before: Library, facts: list[Any], chance: random.Random
) -> None:
    done = complete(before, facts)
    mixed = list(facts)
    chance.shuffle(mixed)
    other = complete(before, mixed)
    assert other.papers == done.papers
    assert sorted(map(repr, other.left)) == sorted(map(repr, done.left))
    assert sorted(map(repr, other.refused)) == sorted(map(repr, done.refused))
    assert (other.known, other.unknown) == (done.known, done.unknown)


@given(libraries(), facts_of_files)
def test_twice_is_once(before: Library, facts: list[Any]) -> None:
    once = after(before, complete(before, facts))
    assert complete(once, facts).papers == {}


@given(libraries(), facts_of_files)
def test_papers_only_grow_and_every_fact_is_accounted_for(
    before: Library, facts: list[Any]
) -> None:
    done = complete(before, facts)
    grown = after(before, done).papers
    for slug, old in before.papers.items():
        new = grown[slug]
        assert old.ids.items() <= new.ids.items()
        assert new.authors == old.authors or not old.authors
        assert set(old.links) <= set(new.links)
        assert (new.texts, new.appearances, new.curation) == (
            *(old.texts, old.appearances),
            old.curation,
        )
        assert (new == old) is (new.completions == old.completions)
    given_ids = [item for one in grown.values() for item in one.ids.items()]
    assert len(given_ids) == len(set(given_ids)), "an identifier names one paper"
    accounted = len({id(each.fact.record) for each in done.taken})
    accounted += len(done.left) + len(done.refused) + done.known + done.unknown
    assert accounted >= len({id(each[2]) for each in facts})
