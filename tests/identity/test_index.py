"""The index against comparing everything with everything, and what else it knows."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.identity import ALIKE_ABSTRACT, ALIKE_TITLE, Index, Likeness, Match
from generator.identity.rules import Face, conflict, one_work, scores
from generator.model import Curation, Paper, Reason, Rule, SourceRecord
from tests.builders import appearance, paper, prose

ABSTRACT = prose("an abstract")


def record(title: str = "A Title", abstract: str = ABSTRACT, **ids: str) -> SourceRecord:
    return SourceRecord(title, abstract, 1, ids=ids)


def known(slug: str, title: str = "A Title", abstract: str = ABSTRACT, **kw: Any) -> Paper:
    return paper(slug, source_title=title, source_abstract=abstract, **kw)


# --- everything compared with everything ---------------------------------------------------------


def faces(one: Paper) -> list[Face]:
    return [Face.of(*text) for text in one.texts]


def may_be_alike(one: Face, other: Face) -> bool:
    common, words = len(one.stems & other.stems), len(one.stems | other.stems)
    return Fraction(common, words) >= Fraction(3, 5) or bool(set(one.keys) & set(other.keys))


def is_candidate(face: Face, other: Paper) -> bool:
    return any(may_be_alike(face, each) for each in faces(other))


def same_work(papers: Iterable[Paper], wanted: SourceRecord) -> tuple[Match, ...]:
    """What :meth:`Index.same_work` must give."""
    face = Face.of(wanted.title, wanted.abstract)
    found = []
    for each in papers:
        shares = bool(each.ids.items() & wanted.ids.items())
        if conflict(wanted.ids, each.ids) or not (shares or is_candidate(face, each)):
            continue
        rules = {one_work(face, other) for other in faces(each)}
        rules |= {Rule.SAME_ID} if shares else set()
        if rule := next((rule for rule in Rule if rule in rules), None):
            best = scores(face, faces(each))
            found.append(Match(each.slug, rule, best.title, best.abstract))
    order = list(Rule)
    return tuple(
        sorted(
            found,
            key=lambda match: (
                order.index(match.rule),
                -match.title_score - (match.abstract_score or 0),
                match.slug,
            ),
        )
    )


def lookalikes(papers: Iterable[Paper]) -> tuple[Likeness, ...]:
    """What :meth:`Index.lookalikes` must give."""
    found = []
    for one, other in combinations(sorted(papers, key=lambda each: each.slug), 2):
        apart = other.slug in one.curation.distinct_from or one.slug in other.curation.distinct_from
        if apart or not any(is_candidate(face, other) for face in faces(one)):
            continue
        each = [scores(face, faces(other)) for face in faces(one)]
        title, abstract = max(s.title for s in each), max(s.abstract or 0 for s in each)
        if title >= ALIKE_TITLE or abstract >= ALIKE_ABSTRACT:
            found.append(Likeness(one.slug, other.slug, title, abstract))
    return tuple(
        sorted(found, key=lambda x: (-x.title_score - x.abstract_score, x.first, x.second))
    )


def changed(text: str, words: int) -> str:
    parts = text.split()
    for n in range(words):
        parts[n * len(parts) // words] = "qqqqq"
    return " ".join(parts)


WORDS = ["boiling", "water", "kettles", "teapots", "2", "ii", "a", "survey", "deep", "boils", "∞"]
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join)
ABSTRACTS = st.builds(
    lambda seed, words, length: changed(prose(("x", seed)), words)[:length],
    st.integers(0, 2),
    st.sampled_from([0, 0, 2, 5, 8]),
    st.sampled_from([150, 9999, 9999]),
)
IDS = st.fixed_dictionaries(
    {}, optional={"arxiv": st.sampled_from("123"), "doi": st.sampled_from("12")}
)
RECORDS = st.builds(lambda title, text, ids: record(title, text, **ids), TITLES, ABSTRACTS, IDS)
STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "add", "grow", "forget"]), st.integers(0, 5), RECORDS),
    min_size=1,
    max_size=12,
)


def step(papers: dict[str, Paper], what: str, slug: str, said: SourceRecord) -> None:
    """A paper comes in, or gets one more text and more identifiers, or goes."""
    if what == "forget":
        papers.pop(slug, None)
    elif what == "grow" and (old := papers.get(slug)):
        seen = appearance("2026-04-01", title=said.title, abstract=said.abstract)
        papers[slug] = known(
            slug,
            old.source_title,
            old.source_abstract,
            appearances=(*old.appearances, seen),
            ids={**said.ids, **old.ids},
        )
    else:
        papers[slug] = known(slug, said.title, said.abstract, ids=said.ids)


@given(STEPS, RECORDS)
def test_the_index_finds_what_comparing_all_finds(
    steps: list[tuple[str, int, SourceRecord]], wanted: SourceRecord
) -> None:
    papers: dict[str, Paper] = {}
    index = Index()
    for what, number, said in steps:
        slug = f"p{number}"
        step(papers, what, slug, said)
        if slug in papers:
            index.add(papers[slug])
        else:
            index.forget(slug)
        for each in (wanted, said):
            assert index.same_work(each) == same_work(papers.values(), each)
    assert index.lookalikes() == lookalikes(papers.values())
    assert index.lookalikes() == Index(papers.values()).lookalikes()


@given(STEPS, st.sets(st.sampled_from(["p0", "p1", "p2", "p3", "none"])))
def test_lookalikes_among_some_are_those_that_touch_them(
    steps: list[tuple[str, int, SourceRecord]], among: set[str]
) -> None:
    papers: dict[str, Paper] = {}
    for what, number, said in steps:
        step(papers, what, f"p{number}", said)
    index = Index(papers.values())
    assert index.lookalikes(among) == tuple(
        each for each in index.lookalikes() if {each.first, each.second} & among
    )


def test_many_papers_of_one_field_are_found_as_by_comparing_all() -> None:
    """Titles that share words, in a library that doubles several times."""
    papers = [known(f"p{n}", prose(("t", n), 5), prose(("a", n), 60)) for n in range(150)]
    papers += [
        known(f"r{n}", prose(("t", n), 5) + " again", changed(prose(("a", n), 60), n % 9))
        for n in range(0, 150, 3)
    ]
    index = Index()
    for n, each in enumerate(papers):
        said = record(each.source_title, each.source_abstract)
        assert index.same_work(said) == same_work(papers[:n], said)
        index.add(each)
    found = index.lookalikes()
    assert found == lookalikes(papers)
    assert len(found) >= 50


# --- what else it knows --------------------------------------------------------------------------


def test_a_match_gives_its_reason_to_a_tenth() -> None:
    (match,) = Index([known("k", "Boiling Kettles")]).same_work(
        record("Boiling Kettle", changed(ABSTRACT, 2))
    )
    assert match.reason == Reason(
        Rule.NEAR_TEXT, round(match.title_score, 1), round(match.abstract_score or 0, 1)
    )
    assert match.reason.title_score != match.title_score


def test_without_an_abstract_only_an_identifier_counts() -> None:
    index = Index([known("k", ids={"arxiv": "1"})])
    assert index.same_work(record(abstract="")) == ()
    (match,) = index.same_work(record(abstract="", arxiv="1"))
    assert match.reason == Reason(Rule.SAME_ID, 100.0, None)


def test_titles_are_equal_when_letters_and_digits_are() -> None:
    renamed = known("b", "New", appearances=(appearance(title="On-Kettles: Ⅱ"), appearance()))
    index = Index([known("c", "Kettles"), renamed, known("a", "on kettles (ii)")])
    assert index.titled("On Kettles II!") == ("a", "b")
    assert index.titled("New") == ("b",)
    assert index.titled("Kettle") == ()


def test_near_titles_come_best_first() -> None:
    index = Index(
        [
            known("c", "Boiling Water in Kettles", prose(1)),
            known("b", "Boiling Water in a Kettle", prose(2)),
            known("a", "Boiling Water in Kettles", prose(3)),
            known("d", "Boiling Tea", prose(4)),
        ]
    )
    found = index.near_titles("Boiling water in kettles")
    assert [slug for slug, _ in found] == ["a", "c", "b"]
    assert found[0][1] == found[1][1] == 100
    assert ALIKE_TITLE <= found[2][1] < 100


@pytest.mark.parametrize("repeats", ["a", "b"])
def test_the_owner_of_an_identifier_is_the_record_that_stays(repeats: str) -> None:
    stays = {"a": "b", "b": "a"}[repeats]
    index = Index(
        [
            known(repeats, ids={"arxiv": "1"}, curation=Curation(same_as=stays)),
            known(stays, ids={"arxiv": "1", "doi": "2"}),
        ]
    )
    assert index.owner("arxiv", "1") == index.owner("doi", "2") == stays
    assert index.owner("doi", "1") is None
    index.forget(stays)
    assert (index.owner("arxiv", "1"), index.owner("doi", "2")) == (repeats, None)


def test_a_record_contradicts_who_shares_one_identifier_and_not_the_other() -> None:
    index = Index(
        [
            known("a", ids={"arxiv": "1", "doi": "9"}),
            known("b", ids={"doi": "2"}),
            known("c", ids={"arxiv": "1"}),
        ]
    )
    assert index.contradicted(record(arxiv="1", doi="2")) == ("a",)
    assert index.contradicted(record(arxiv="3", doi="2")) == ()
    assert index.contradicted(record(arxiv="7", doi="9")) == ("a",)


def test_an_identifier_that_was_corrected_speaks_neither_for_a_paper_nor_against_it() -> None:
    corrected = Curation(ids=(("arxiv", "2"),))
    index = Index([known("a", ids={"arxiv": "1", "doi": "9"}, curation=corrected)])
    (again,) = index.same_work(record(arxiv="1"))  # the source goes on saying it
    assert (again.slug, again.rule) == ("a", Rule.SAME_TEXT)
    assert index.same_work(record("Another Title", prose(1), arxiv="1")) == ()
    assert index.same_work(record(arxiv="1", doi="8")) == ()
    assert index.same_work(record(arxiv="3")) == ()
    (by_id,) = index.same_work(record("Another Title", prose(1), arxiv="2"))
    assert by_id.rule is Rule.SAME_ID


def test_a_paper_that_is_forgotten_is_found_no_more() -> None:
    index = Index([known("a", ids={"arxiv": "1"}), known("b", "A Title Too", prose(1))])
    index.forget("a")
    index.forget("never there")
    assert index.same_work(record(arxiv="1")) == ()
    assert index.lookalikes() == index.lookalikes({"a"}) == ()
    assert index.titled("A Title") == ()
