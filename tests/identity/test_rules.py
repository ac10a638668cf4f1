from __future__ import annotations

from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.identity import ALIKE_TITLE, NEAR, Index, Likeness
from generator.model import Curation, Paper, Rule, SourceRecord
from tests.builders import appearance, paper, prose

ABSTRACT = prose("an abstract")


def record(title: str = "A Title", abstract: str = ABSTRACT, **ids: str) -> SourceRecord:
    return SourceRecord(title, abstract, 1, ids=ids)


def known(slug: str, title: str = "A Title", abstract: str = ABSTRACT, **kw: Any) -> Paper:
    return paper(slug, source_title=title, source_abstract=abstract, **kw)


def rule(one: SourceRecord, other: SourceRecord) -> Rule | None:
    """The rule by which ``one`` is ``other``, which is in the library."""
    index = Index([known("known", other.title, other.abstract, ids=dict(other.ids))])
    matches = index.same_work(one)
    return matches[0].rule if matches else None


def changed(text: str, words: int) -> str:
    """``text`` with as many of its words, evenly spread, replaced."""
    parts = text.split()
    for n in range(words):
        parts[n * len(parts) // words] = "qqqqq"
    return " ".join(parts)


def pairs(*papers: Paper) -> list[tuple[str, str]]:
    return [(alike.first, alike.second) for alike in Index(papers).lookalikes()]


def test_the_same_text_is_the_same_work() -> None:
    assert rule(record(), record()) is Rule.SAME_TEXT


@pytest.mark.parametrize(
    "title",
    [
        "a title",
        "A  TITLE.",
        "«A Title»",
        "Á Títle",
        "$\\textit{A Title}$",
        "A-Title",
        "ATitle",
        "A {T}itle!",
    ],
)
def test_case_accents_punctuation_and_markup_make_no_other_work(title: str) -> None:
    other = record(title, ABSTRACT.upper().replace(". ", "; "))
    assert rule(other, record()) is rule(record(), other) is Rule.SAME_TEXT


def test_the_same_identifier_is_the_same_work_whatever_the_texts() -> None:
    one = record("Attention", prose(1), arxiv="1706.03762")
    other = record("Old Title", prose(2), arxiv="1706.03762")
    assert rule(one, other) is Rule.SAME_ID


def test_an_abstract_that_only_breaks_off_is_the_same_work() -> None:
    whole, cut = record(), record(abstract=ABSTRACT[:150])
    assert rule(whole, cut) is rule(cut, whole) is Rule.CUT_TEXT
    assert rule(record("Another Title"), cut) is None
    assert rule(whole, record(abstract=ABSTRACT[:60])) is None
    assert rule(whole, record(abstract=changed(ABSTRACT[:150], 1))) is None


def test_identifiers_of_two_kinds_are_no_conflict() -> None:
    assert rule(record(arxiv="1"), record(doi="1")) is Rule.SAME_TEXT
    assert rule(record(arxiv="1", doi="2"), record("X", prose(3), doi="2")) is Rule.SAME_ID


def test_two_identifiers_of_one_kind_are_two_works_however_alike() -> None:
    assert rule(record(arxiv="1"), record(arxiv="2")) is None
    # Not even another identifier in common makes them one.
    assert rule(record(arxiv="1", doi="3"), record(arxiv="2", doi="3")) is None


def test_the_surest_match_comes_first() -> None:
    index = Index(
        [
            known("near", "A Title", changed(ABSTRACT, 2)),
            known("same"),
            known("by-id", "Another", prose(5), ids={"arxiv": "7"}),
            known("conflict", ids={"arxiv": "8"}),
        ]
    )
    found = index.same_work(record(arxiv="7"))
    assert [(match.slug, match.rule) for match in found] == [
        ("by-id", Rule.SAME_ID),
        ("same", Rule.SAME_TEXT),
        ("near", Rule.NEAR_TEXT),
    ]
    assert found[1].title_score == found[1].abstract_score == 100
    assert 0 < (found[0].abstract_score or 0) < 75


def test_nearly_the_same_title_and_abstract() -> None:
    one = record("Learning to Boil Water with Kettles", ABSTRACT)
    other = record("Learning to boil water with a kettle", changed(ABSTRACT, 3))
    assert rule(one, other) is rule(other, one) is Rule.NEAR_TEXT
    match = Index([known("k", other.title, other.abstract)]).same_work(one)[0]
    assert NEAR <= match.title_score < 100
    assert NEAR <= (match.abstract_score or 0) < 100


@pytest.mark.parametrize(
    "one, other",
    [
        (("Learning to Boil Water", ABSTRACT), ("Learning to Boil Waters", prose("other"))),
        (("Learning to Boil Water", ABSTRACT), ("A Kettle and Its Lid", ABSTRACT)),
        (("Learning to Boil Water", ABSTRACT), ("Learning to Boil Water", changed(ABSTRACT, 20))),
        (("On Kettles, Part I", ABSTRACT), ("On Kettles, Part II", ABSTRACT)),
        (("On Kettles, Part Ⅰ", ABSTRACT), ("On Kettles, Part Ⅱ", ABSTRACT)),
        (("Llama 2: Open Models", ABSTRACT), ("Llama 3: Open Models", ABSTRACT)),
        (("Kettle2.5 Technical Report", ABSTRACT), ("Kettle2.5-1M Technical Report", ABSTRACT)),
        (("A Report on Kettles 2023", ABSTRACT), ("A Report on Kettles", ABSTRACT)),
        (("Kettles in 4D Time and Space", ABSTRACT), ("Kettles in 3D Time and Space", ABSTRACT)),
        (("∞", ABSTRACT), ("∅", ABSTRACT)),
        (("中文标题", ABSTRACT), ("日本語標題", ABSTRACT)),
    ],
    ids=lambda value: value[0],
)
def test_what_only_looks_alike_stays_apart(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert rule(record(*one), record(*other)) is None
    assert rule(record(*other), record(*one)) is None
    assert pairs(known("a", *one), known("b", *other)) == [("a", "b")]


#: Real titles; in the library's first content their abstracts are as unlike as these.
ALIKE = [
    ("Qwen2.5 Technical Report", "Qwen2.5-1M Technical Report"),
    (
        "Continual Learning for Large Language Models: A Survey",
        "Continual Learning of Large Language Models: A Comprehensive Survey",
    ),
    ("MH-MoE: Multi-Head Mixture-of-Experts", "Multi-Head Mixture-of-Experts"),
]


@pytest.mark.parametrize("one, other", ALIKE)
def test_papers_of_one_family_stay_apart_and_are_listed(one: str, other: str) -> None:
    first, second = record(one, prose(1)), record(other, prose(2))
    assert rule(first, second) is rule(second, first) is None
    (alike,) = Index([known("a", one, prose(1)), known("b", other, prose(2))]).lookalikes()
    assert (alike.first, alike.second) == ("a", "b")
    assert ALIKE_TITLE <= alike.title_score < 100


@pytest.mark.parametrize("title", ["∞", "→ ∅", "中文标题", "?", "ℵ₀", "C++"])
def test_titles_without_latin_letters(title: str) -> None:
    assert rule(record(title), record(title)) is Rule.SAME_TEXT
    assert rule(record(title, prose(1)), record(title, prose(2))) is None


def test_a_text_of_symbols_is_like_itself_alone() -> None:
    assert rule(record("∞", "→ ∅"), record("∞", "→ ∅")) is Rule.SAME_TEXT
    assert rule(record("∞", "→ ∅"), record("∞", "∅ →")) is None
    assert rule(record("∞", ""), record("∞", "")) is None


def test_unrelated_papers_are_not_listed() -> None:
    papers = [known(f"p{n}", prose(("title", n), 6), prose(n)) for n in range(60)]
    assert pairs(*papers) == []


def test_lookalikes_are_listed_once_the_most_alike_first() -> None:
    papers = [
        known("c", "Boiling Water in Kettles", prose(1)),
        known("b", "Boiling Water in a Kettle", prose(2)),
        known("a", "Boiling Water in Kettles", prose(3)),
        known("z", "Something Else", prose(4)),
    ]
    for order in permutations(papers):
        found = Index(order).lookalikes()
        assert {(each.first, each.second) for each in found} == {("a", "c"), ("b", "c"), ("a", "b")}
        assert len(found) == 3
        assert found[0].title_score == 100
        assert list(found) == sorted(
            found, key=lambda each: -each.title_score - each.abstract_score
        )


def test_alike_abstracts_alone_are_listed() -> None:
    one = known("a", "On the Boiling of Water", ABSTRACT)
    assert pairs(one, known("b", "Kettles", changed(ABSTRACT, 6))) == [("a", "b")]


@pytest.mark.parametrize("who", ["a", "b"])
def test_the_curator_s_word_takes_a_pair_off_the_list(who: str) -> None:
    other = {"a": "b", "b": "a"}[who]
    papers = [
        known(slug, curation=Curation(distinct_from=(other,) if slug == who else ()))
        for slug in ("a", "b")
    ]
    assert pairs(*papers) == []


def test_an_earlier_text_of_a_paper_counts_too() -> None:
    renamed = known(
        "new-name",
        "New Name of the Paper",
        prose(9),
        appearances=(
            appearance("2026-01-01", title="Old Name of It", abstract=ABSTRACT),
            appearance("2026-02-01"),
        ),
    )
    (match,) = Index([renamed]).same_work(record("Old Name of It", ABSTRACT))
    assert (match.slug, match.rule) == ("new-name", Rule.SAME_TEXT)


def test_a_paper_may_be_taken_in_again_with_what_has_become_of_it() -> None:
    index = Index([known("a")])
    index.add(known("a", "Another Name", prose(1), ids={"arxiv": "1"}))
    assert index.same_work(record()) == ()
    assert index.same_work(record("X", prose(2), arxiv="1"))[0].slug == "a"


TITLE_WORDS = ["boiling", "water", "kettles", "teapots", "2", "3", "ii", "survey", "deep"]
titles = st.lists(st.sampled_from(TITLE_WORDS), min_size=1, max_size=6).map(" ".join)
abstracts = st.integers(0, 3).flatmap(
    lambda seed: st.integers(0, 8).map(
        lambda n: changed(prose(("x", seed)), n) if n else prose(("x", seed))
    )
)
records = st.builds(
    lambda title, abstract, arxiv: record(title, abstract, **({"arxiv": arxiv} if arxiv else {})),
    titles,
    abstracts,
    st.sampled_from(["", "", "1", "2"]),
)


@given(records, records)
def test_being_one_work_is_mutual(one: SourceRecord, other: SourceRecord) -> None:
    assert rule(one, other) is rule(other, one)


@given(records)
def test_a_record_is_itself(one: SourceRecord) -> None:
    assert rule(one, one) in {Rule.SAME_ID, Rule.SAME_TEXT}


@given(st.lists(records, min_size=2, max_size=6))
def test_the_index_finds_what_comparing_all_pairs_finds(many: list[SourceRecord]) -> None:
    papers = [
        known(f"p{n}", each.title, each.abstract, ids=dict(each.ids)) for n, each in enumerate(many)
    ]
    index = Index(papers)
    for each in many:
        found = {match.slug for match in index.same_work(each)}
        alone = {p.slug for p in papers if Index([p]).same_work(each)}
        assert found == alone
    one_by_one = {
        (each.first, each.second)
        for one, other in combinations(papers, 2)
        for each in Index([one, other]).lookalikes()
    }
    assert {(each.first, each.second) for each in index.lookalikes()} == one_by_one


@given(titles, titles)
def test_lookalikes_are_mutual(one: str, other: str) -> None:
    def scores(first: str, second: str) -> list[tuple[float, float]]:
        found = Index([known("a", first, prose(1)), known("b", second, prose(2))]).lookalikes()
        return [(each.title_score, each.abstract_score) for each in found]

    assert scores(one, other) == scores(other, one)


def test_a_likeness_names_the_first_first() -> None:
    (alike,) = Index([known("b"), known("a", ids={"arxiv": "1"})]).lookalikes()
    assert alike == Likeness("a", "b", 100, 100)
