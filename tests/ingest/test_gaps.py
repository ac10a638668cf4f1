from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from generator.ingest.gaps import Coverage, completed, coverage, gained, own_ids, wanting
from generator.model import Completion, Paper, Reason, Rule, SourceRecord, Status
from generator.storage.library import Library
from tests.builders import link, paper

DAY = dt.date(2026, 1, 2)
REASON = Reason(Rule.SAME_ID, 100.0)


def record(abstract: str = "", **kw: Any) -> SourceRecord:
    return SourceRecord("A paper", abstract, 1, **kw)


def grown(one: Paper, more: SourceRecord, file: str = "a") -> Paper:
    return completed(one, more, Completion("list", file, gained(one, more), REASON))


def test_coverage_counts_what_readers_learn() -> None:
    papers = [
        paper("a", ids={"arxiv": "1"}, authors=("A",), links=(link(),)),
        paper("b", ids={"isbn": "1"}),
        paper("c", links=(link("https://example.org/p", "paper"),)),
        paper("d", links=(link("https://example.org/p", "project"),)),
    ]
    assert coverage(papers) == Coverage(papers=4, ids=2, authors=1, linked=2, code=1)
    assert coverage([]) == Coverage(0, 0, 0, 0, 0)


def test_public_papers_that_lack_something_are_wanting_the_newest_first() -> None:
    whole: dict[str, Any] = {"ids": {"arxiv": "1"}, "authors": ("A",), "published": DAY}
    papers = [
        paper("whole", **whole),
        paper("no-ids", **{**whole, "ids": {}}),
        paper("no-authors", **{**whole, "authors": ()}),
        paper("no-date", date="2026-03-12", **{**whole, "published": None}),
        paper("hidden", curation={"hidden": True}),
        paper("declined", curation={"status": Status.DECLINED}),
    ]
    found = wanting(Library(papers={one.slug: one for one in papers}))
    assert [one.slug for one in found] == ["no-date", "no-authors", "no-ids"]


def test_what_a_paper_has_is_not_gained() -> None:
    more = record(ids={"doi": "2", "acl": "3"}, authors=("B",), published=DAY, links=(link(),))
    assert gained(paper(), more) == ("ids.acl", "ids.doi", "authors", "published", "links")
    has = paper(ids={"doi": "1"}, authors=("A",), published=dt.date(2020, 1, 1), links=(link(),))
    assert gained(has, more) == ("ids.acl",)
    assert grown(has, more).ids == {"acl": "3", "doi": "1"}
    assert grown(has, more).links == has.links


def test_what_a_completion_does_not_name_it_does_not_write() -> None:
    decided = paper(curation={"authors": ("Kay Ell",), "published": DAY})
    more = record(ids={"doi": "10.1/1"}, authors=("Q W",), published=dt.date(2019, 1, 1))
    after = grown(decided, more)
    assert after.completions[0].fields == ("ids.doi",)
    assert (after.source_authors, after.source_published) == ((), None)
    assert dict(after.source_ids) == {"doi": "10.1/1"}


def test_links_are_united_and_what_is_an_identifier_is_none_of_them() -> None:
    one = paper(links=(link("https://github.com/a/b", "code"),))
    more = record(
        ids={"arxiv": "2601.00001"},
        links=(
            link("https://github.com/A/B.git", "code"),
            link("https://arxiv.org/abs/2601.00001v2", "paper"),
            link("https://doi.org/10.1000/1", "paper"),
            link("https://arxiv.org/abs/2601.00009", "code"),
        ),
    )
    assert grown(one, more).links == (
        link("https://arxiv.org/abs/2601.00009", "code"),
        link("https://github.com/a/b", "code"),
        link("https://doi.org/10.1000/1", "paper"),
    )


def test_links_of_another_abstract_are_taken_and_those_of_the_same_are_not() -> None:
    said = "We boil. Code is available at https://github.com/a/b."
    one = paper(source_abstract=said)
    assert gained(one, record(said)) == ()
    assert gained(paper(), record(said)) == ("links",)


def test_links_that_are_there_stay_in_their_order_until_one_is_new() -> None:
    two = (link("https://b.org/x", "project"), link("https://a.org/x", "code"))
    one = paper(links=two)
    assert grown(one, record(authors=("A",), links=two[:1])).links == two


def test_the_order_of_completions_leaves_no_trace() -> None:
    authors, ids = record(authors=("A",)), record(ids={"arxiv": "1"})
    one = grown(grown(paper(), authors, "b"), ids, "a")
    other = grown(grown(paper(), ids, "a"), authors, "b")
    assert one == other
    assert [each.file for each in one.completions] == ["a", "b"]


@pytest.mark.parametrize("rule, own", [(Rule.SAME_TITLE, {"doi": "2"}), (Rule.SAME_ID, None)])
def test_identifiers_that_a_title_brought_are_not_a_papers_own(
    rule: Rule, own: dict[str, str] | None
) -> None:
    ids = {"arxiv": "1", "doi": "2"}
    completion = Completion("list", "a", ("ids.arxiv", "authors"), Reason(rule, 100.0))
    assert own_ids(paper(ids=ids, completions=(completion,))) == (own or ids)
