"""Papers that are near each other in content."""

from __future__ import annotations

import random

from generator.digest import Entry
from generator.related.neighbours import NUMBER, Figure, figure, related, with_related
from tests.builders import digest, entry, prose, tag

TEA, FISH = "Brewing tea in porcelain teapots.", "Fish swim upstream in cold rivers."


def near(*entries: Entry) -> dict[str, list[str]]:
    return {slug: [each.slug for each in found] for slug, found in related(entries).items()}


def test_the_nearest_have_the_same_words() -> None:
    found = near(
        entry("one", abstract=TEA),
        entry("two", abstract="Porcelain teapots keep tea warm."),
        entry("three", abstract=FISH),
        entry("four", abstract="Rivers in which fish swim."),
    )
    assert found == {"one": ["two"], "two": ["one"], "three": ["four"], "four": ["three"]}


def test_a_topic_in_common_brings_papers_nearer() -> None:
    said = {"title": "Tea", "abstract": TEA}
    found = near(
        entry("one", topics=["retrieval"], **said),
        entry("two", topics=["speech"], **said),
        entry("zoo", topics=["retrieval"], **said),
    )
    assert found["one"] == ["zoo", "two"]
    assert found["two"] == ["one", "zoo"]


def test_topics_that_the_curator_gave_count_as_the_strongest() -> None:
    given = tag("speech", 0.0).__class__(tag("speech").topic, 0.0, (), by_curator=True)
    found = near(
        entry("one", abstract="First.", topics=[given]),
        entry("two", abstract="Second.", topics=["speech"]),
        entry("three", abstract="Third.", topics=["retrieval"]),
    )
    assert found["one"] == ["two"]


def test_nothing_in_common_is_not_related() -> None:
    assert near(entry("one", abstract=TEA), entry("two", abstract=FISH)) == {"one": [], "two": []}
    assert near(entry("one", title="A", abstract="")) == {"one": []}
    assert near() == {}


def test_equally_near_papers_are_in_the_order_of_their_addresses() -> None:
    slugs = [f"p-{number}" for number in range(9)]
    papers = [entry(slug, title="Tea", abstract=TEA) for slug in slugs]
    found = near(*papers)
    assert found["p-0"] == slugs[1 : NUMBER + 1]
    assert found["p-8"] == slugs[:NUMBER]
    random.Random(1).shuffle(papers)  # noqa: S311 - no secret
    assert near(*papers) == found


def test_many_papers_are_compared_in_blocks() -> None:
    papers = [
        entry(
            f"p-{number:04}-{half}", title=f"t{number}", abstract=f"x{number} y{number} z{number}"
        )
        for number in range(600)
        for half in "ab"
    ]
    found = near(*papers)
    assert all(found[f"p-{number:04}-a"] == [f"p-{number:04}-b"] for number in range(600))


def test_a_digest_that_knows_related_papers() -> None:
    text = prose("tea")
    shown = with_related(digest(entry("one", abstract=text), entry("two", abstract=text)))
    assert shown.related == {"one": (shown.by_slug["two"],), "two": (shown.by_slug["one"],)}


def test_how_good_they_are() -> None:
    one, two, three = entry("one"), entry("two"), entry("three")
    shown = {"one": (two, three), "two": (one,), "three": (two,), "four": (one,)}
    labels = {"one": {"a", "b"}, "two": {"b"}, "three": {"c"}, "five": {"a"}}
    # one-two and two-one share a topic, one-three and three-two do not; of three pairs one does.
    assert figure(shown, labels) == Figure(papers=3, pairs=4, shared=2, chance=1 / 3)
    assert figure(shown, labels).share == 0.5


def test_without_labels_nothing_is_measured() -> None:
    assert figure({"one": ()}, {}) == Figure(0, 0, 0, 0.0)
    assert figure({}, {"one": {"a"}}).share == 0.0
