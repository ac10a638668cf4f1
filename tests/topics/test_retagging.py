"""Papers that have other topics than before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.topics.retagging import Change, Retagging, Total, retagging, topics_of
from tests.builders import digest, entry

IDS = st.sampled_from(["a", "b", "c", "d"])
TOPICS = st.lists(IDS, unique=True, max_size=4).map(tuple)
STATES = st.dictionaries(st.sampled_from(["p", "q", "r"]), TOPICS)


def test_topics_of_papers_the_strongest_first() -> None:
    shown = digest(entry("p", topics=["b", "a"]), entry("q"))
    assert topics_of(shown) == {"p": ("b", "a"), "q": ()}


def test_what_a_paper_gained_and_lost() -> None:
    found = retagging({"p": ("a", "b")}, {"p": ("c", "a")}, {})
    assert found == Retagging(
        compared=1,
        changes=(Change("p", ("c",), ("b",), ("a", "c")),),
        totals=(Total("b", 1, 0, 0, 1), Total("c", 0, 1, 1, 0)),
    )


def test_the_first_topic_and_the_last() -> None:
    assert retagging({"p": ()}, {"p": ("a",)}, {}).changes == (Change("p", ("a",), (), ("", "a")),)
    assert retagging({"p": ("a",)}, {"p": ()}, {}).changes == (Change("p", (), ("a",), ("a", "")),)


def test_papers_that_are_new_or_gone_are_no_change() -> None:
    assert retagging({"p": ("a",)}, {"q": ("b",)}, {}) == Retagging(0)


def test_a_topic_with_another_name_is_the_same_topic() -> None:
    before = {"p": ("old", "b"), "q": ("old", "older")}
    after = {"p": ("new", "b"), "q": ("new",)}
    assert retagging(before, after, {"old": "new", "older": "new"}) == Retagging(2)


def test_another_strongest_topic_is_told_apart() -> None:
    found = retagging({"p": ("a", "b", "c")}, {"p": ("b", "a", "c")}, {})
    assert (found.changes, found.reshelved) == ((), (Change("p", (), (), ("a", "b")),))
    # The order of the others is nobody's business.
    assert retagging({"p": ("a", "b", "c")}, {"p": ("a", "c", "b")}, {}) == Retagging(1)


def test_the_topics_with_the_most_changes_come_first() -> None:
    before = {"p": ("a",), "q": ("a", "b"), "r": ("c",)}
    found = retagging(before, {"p": ("b",), "q": ("b",), "r": ("c",)}, {})
    assert found.totals == (Total("a", 2, 0, 0, 2), Total("b", 1, 2, 1, 0))


@given(STATES, STATES)
def test_changes_lead_from_then_to_now(
    before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...]]
) -> None:
    found = retagging(before, after, {})
    by_slug = {each.slug: each for each in found.changes}
    for slug in before.keys() & after.keys():
        change = by_slug.get(slug, Change(slug, (), ()))
        assert (set(before[slug]) | set(change.gained)) - set(change.lost) == set(after[slug])
    assert all(each.after - each.before == each.gained - each.lost for each in found.totals)
    back = retagging(after, before, {})
    assert {c.slug: (set(c.gained), set(c.lost)) for c in back.changes} == {
        c.slug: (set(c.lost), set(c.gained)) for c in found.changes
    }
