"""Which papers are proposed: as many as are wanted, for reasons, and not all about one thing."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.digest import Entry
from generator.editing.proposals import MOST, Proposal, Proposals, propose, usual
from tests.builders import appearance, day, digest, edition, entry, link, prose, tag

DAY = "2026-03-11"
TOPICS = ("retrieval", "speech", "agents", "vision", "theory")


def proposed(*entries: Entry, number: int | None = None, topic: str | None = None) -> Proposals:
    return propose(day(DAY), digest(*entries), number=number, topic=topic)


def slugs(some: Sequence[Proposal]) -> list[str]:
    return [each.entry.slug for each in some]


def said(proposal: Proposal) -> str:
    return "; ".join(each.text for each in proposal.arguments)


def unlike(slug: str, *topics: str, **kw: object) -> Entry:
    """A paper whose words no other has."""
    return entry(slug, DAY, topics, abstract=f"{slug}x {slug}y {slug}z", **kw)


def test_the_number_of_picks_grows_with_the_edition() -> None:
    sizes = [usual(papers) for papers in (0, 1, 4, 9, 16, 47, 86, 100, 328, 5000)]
    assert sizes == [1, 1, 1, 2, 2, 3, 5, 5, 7, 7]
    assert max(sizes) == MOST
    everything = [unlike(f"p{number}") for number in range(16)]
    found = proposed(*everything)
    assert (found.number, len(found.picks), len(found.further)) == (2, 2, 2)


def test_each_pick_is_chosen_in_view_of_those_before() -> None:
    found = proposed(
        unlike("a", "retrieval", links=(link(),)),
        unlike("b", "retrieval", links=(link(),)),
        unlike("c", "speech"),
        number=2,
    )
    # Without the first, the second one would come before the one on speech.
    assert slugs(found.picks) == ["a", "c"]
    assert said(found.picks[0]).endswith("the first pick on Retrieval (2 papers)")
    assert said(found.picks[1]).endswith("the edition’s only paper on Speech")
    (rest,) = found.further
    assert rest.entry.slug == "b"
    assert rest.score == pytest.approx(0.5)
    assert "like the pick “A” (0.20)" in said(rest)


def test_large_topics_come_before_small_ones() -> None:
    many = [unlike(f"m{number}", "speech") for number in range(4)]
    found = proposed(unlike("a", "retrieval"), *many, number=2)
    assert slugs(found.picks) == ["m0", "a"]


def test_a_topic_counts_as_much_as_it_has_of_the_paper() -> None:
    mixed = entry("mixed", DAY, [tag("retrieval", 3.0), tag("speech", 1.0)], abstract="mixedx")
    one = unlike("one", "retrieval")
    found = proposed(one, mixed, unlike("two", "retrieval"), number=2)
    assert found.picks[0].entry.slug == "one"
    assert found.picks[0].score == pytest.approx(1.5)
    assert "the edition’s only paper on Speech; like the pick “One” (" in said(found.picks[1])


def test_what_is_nearly_the_same_is_proposed_once() -> None:
    text = prose("one")
    twins = [entry(f"twin-{at}", DAY, ["speech"], abstract=text, links=(link(),)) for at in "abc"]
    found = proposed(*twins, unlike("other", "speech"), number=4)
    assert slugs(found.picks) == ["twin-a", "other"]
    assert found.further == ()


def test_what_is_alike_costs_points() -> None:
    one, two = prose("one", 40), prose("two", 40)
    near = entry("near", DAY, abstract=f"{one} {two}")
    found = proposed(entry("first", DAY, abstract=one, links=(link(),)), near, number=2)
    assert slugs(found.picks) == ["first"]  # nearly the same: half of it is
    far = entry("far", DAY, abstract=f"{two} {prose('three', 200)}")
    found = proposed(entry("first", DAY, abstract=one, links=(link(),)), far, number=2)
    assert slugs(found.picks) == ["first", "far"]
    assert "like the pick “First” (0." in said(found.picks[1])
    assert found.picks[1].score < 0.5  # what it would have for being new


def test_picks_that_are_there_count_and_stay() -> None:
    there = unlike("there", "speech", pick=True)
    found = proposed(there, unlike("a", "retrieval"), unlike("b", "speech"), number=2)
    assert [each.slug for each in found.present] == ["there"]
    assert slugs(found.picks) == ["a"]
    assert slugs(found.further) == ["b"]
    enough = proposed(there, unlike("a", "retrieval"), number=1)
    assert (enough.picks, slugs(enough.further)) == ((), ["a"])


def test_what_comes_back_does_not_crowd_out_what_is_new() -> None:
    back = entry(
        "back", "2026-01-01", ["speech"], abstract="backx", appearances=_seen("2026-01-01", DAY)
    )
    new = unlike("new", "speech")
    old = digest(back, new, editions=(edition(DAY, new, back), edition("2026-01-01", back)))
    first = propose(day(DAY), old, number=1).picks[0]
    assert first.entry.slug == "new"
    assert first.score == pytest.approx(1.5)


def test_what_comes_back_again_and_again_comes_first_and_says_so() -> None:
    days = ("2026-01-01", "2026-01-02", DAY)
    back = entry("back", days[0], ["speech"], abstract="backx", appearances=_seen(*days))
    new = unlike("new", "speech")
    found = propose(day(DAY), digest(back, new, editions=(edition(DAY, new, back),)), number=1)
    assert slugs(found.picks) == ["back"]
    assert "seen in 3 listings since 2026-01-01" in said(found.picks[0])


def test_only_one_topic_if_asked() -> None:
    found = proposed(unlike("a", "retrieval"), unlike("b", "speech"), number=2, topic="speech")
    assert slugs(found.picks) == ["b"]


def test_of_equal_papers_the_first_of_the_edition() -> None:
    papers = [unlike(slug) for slug in ("c", "a", "b")]
    shown = edition(DAY, *papers)
    found = propose(day(DAY), digest(*papers, editions=(shown,)), number=3)
    assert slugs(found.picks) == ["c", "a", "b"]


def test_papers_without_words_are_no_trouble() -> None:
    found = proposed(entry("a", DAY, title="2", abstract="1"), number=1)
    assert slugs(found.picks) == ["a"]


def _seen(*days: str) -> tuple:  # type: ignore[type-arg]
    return tuple(appearance(at) for at in days)


@st.composite
def papers(draw: st.DrawFn) -> list[Entry]:
    """Papers of a day: with and without topics, code and votes, some nearly the same."""
    found = []
    for number in range(draw(st.integers(1, 14))):
        votes = draw(st.none() | st.integers(0, 500))
        source = draw(st.sampled_from(["x", "y"]))
        topics = draw(st.lists(st.sampled_from(TOPICS), unique=True, max_size=3))
        found.append(
            entry(
                f"p{number}",
                DAY,
                topics,
                abstract=prose(draw(st.integers(0, 8))),
                appearances=(appearance(DAY, source=source, votes=votes),),
                links=(link(),) if draw(st.booleans()) else (),
                pick=draw(st.booleans()) and draw(st.booleans()),
            )
        )
    return found


@given(papers(), st.none() | st.integers(1, 8), st.randoms(use_true_random=False))
def test_what_always_holds(some: list[Entry], number: int | None, chance: random.Random) -> None:
    found = proposed(*some, number=number)
    there = {each.slug for each in found.present}
    every = [*found.picks, *found.further]
    names = slugs(every)
    assert len(found.picks) <= max(found.number - len(there), 0)
    assert len(found.further) <= found.number
    assert len(set(names)) == len(names)
    assert not there & set(names)
    assert set(names) <= {each.slug for each in some}
    for each in every:
        assert any(argument.points > 0 for argument in each.arguments)
        assert all(-1 <= argument.points <= 1 for argument in each.arguments)
        assert each.score == pytest.approx(sum(one.points for one in each.arguments), abs=0.01)
        assert -1 <= each.score <= 5
    texts = [each.entry.abstract for each in every if each.entry.topics]
    assert len(texts) == len(set(texts)), "two of one abstract"
    shuffled = chance.sample(some, len(some))
    assert proposed(*shuffled, number=number) == found
