"""What speaks for one paper, in words and points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from generator.digest import Entry
from generator.editing.arguments import Arguments
from tests.builders import appearance, day, digest, edition, entry, link

DAY = "2026-03-11"


def told(one: Entry, *others: Entry, follow: Iterable[str] = (), **kw: Any) -> dict[str, float]:
    """What is said of a paper beside others, with its points."""
    about = Arguments(day(DAY), digest(one, *others, **kw), set(follow)).about(one)
    assert len({each.text for each in about}) == len(about)
    return {each.text: each.points for each in about}


def old(**kw: Any) -> Entry:
    """A paper of an earlier day of which nothing is to be said."""
    return entry("a", "2026-01-01", **{"appearances": (appearance("2026-01-01"),), **kw})


def test_nothing_to_say() -> None:
    assert told(old()) == {}


def test_new() -> None:
    assert told(entry("a", DAY)) == {"new on this day": 0.5}


@pytest.mark.parametrize(
    "seen, expected",
    [
        ([("2026-01-01", "x"), (DAY, "x")], {"seen in 2 listings since 2026-01-01": 0.5}),
        (
            [("2026-01-01", "x"), ("2026-01-02", "x"), ("2026-01-02", "y"), (DAY, "x")],
            {"seen in 4 listings since 2026-01-01": 1.0},
        ),
        (
            [("2026-01-01", "x"), ("2026-05-01", "x")],
            {"seen in 2 listings, 2026-01-01 to 2026-05-01": 0.5},
        ),
        ([(DAY, "x"), (DAY, "y")], {"seen in 2 listings of this day": 0.5}),
        # Two files of one source and day are one listing to readers.
        ([(DAY, "x"), (DAY, "x")], {}),
    ],
)
def test_seen_in_several_listings(seen: list[tuple[str, str]], expected: dict[str, float]) -> None:
    files = enumerate(seen)
    shown = tuple(appearance(date, source=source, file=f"{at}") for at, (date, source) in files)
    assert told(old(appearances=shown)) == expected


def test_a_raw_feed_is_no_listing_that_chose_it() -> None:
    seen = (appearance("2026-01-01"), appearance("2026-01-01", source="raw", is_raw=True))
    assert told(old(appearances=seen)) == {}


def test_chosen_from_a_raw_feed() -> None:
    seen = (appearance("2026-01-01", source="raw", is_raw=True),)
    said = told(old(appearances=seen), source_titles={"raw": "All of it"})
    assert said == {"chosen from All of it": 0.5}


def voted(slug: str, votes: int | None, source: str = "daily") -> Entry:
    return entry(
        slug, "2026-01-01", appearances=(appearance("2026-01-01", source=source, votes=votes),)
    )


def test_votes_are_compared_within_their_source() -> None:
    few = [voted(f"few-{number}", number, "few") for number in range(10)]
    many = [voted(f"many-{number}", 1000 * number, "many") for number in range(11)]
    titles = {"few": "Few", "many": "Many"}
    everything = [*few, *many]

    def said(one: Entry) -> dict[str, float]:
        return told(one, *(each for each in everything if each != one), source_titles=titles)

    assert said(few[9]) == {"9 votes, the most of all papers of Few": 1.0}
    assert said(many[10]) == {"10,000 votes, the most of all papers of Many": 1.0}
    assert said(many[8]) == {"8,000 votes, more than 80 % of the papers of Many": 0.6}
    assert said(many[5]) == {}
    assert said(few[0]) == {}


def test_a_rank_among_few_says_nothing() -> None:
    others = [voted(f"b-{number}", number) for number in range(8)]
    assert told(voted("a", 99), *others) == {}
    assert told(voted("a", 99), *others, voted("c", None)) == {}
    assert told(voted("a", 99), *others, voted("c", 0)) != {}


def test_equal_votes_are_no_rank() -> None:
    assert told(voted("a", 7), *(voted(f"b-{number}", 7) for number in range(20))) == {}


def test_code_or_data_of_its_own() -> None:
    data = link("https://www.example.org/data/", "data")
    code = link("https://example.com/code", "code")
    assert told(old(links=(data,))) == {"has data: example.org/data": 0.5}
    assert told(old(links=(data, code))) == {"has code: example.com/code": 0.5}
    assert told(old(links=(code,), own_links=())) == {}
    assert told(old(links=(link("https://example.com/v", "video"),))) == {}


def test_topics_that_the_digest_follows() -> None:
    said = told(old(topics=["speech", "retrieval"]), follow=["retrieval", "speech"])
    assert said == {"on what the digest follows: Speech, Retrieval": 0.5}
    assert told(old(topics=["speech"]), follow=["retrieval"]) == {}


def test_a_pick_of_another_edition_is_said_to_be_one() -> None:
    picked = old(pick=True)
    editions = (edition(DAY, old()), edition("2026-01-01", picked))
    said = told(picked, editions=editions)
    assert said == {"a pick of the edition of 2026-01-01 already": -1.0}


def test_a_pick_of_this_edition_is_none_of_another() -> None:
    picked = old(pick=True)
    assert told(picked, editions=(edition(DAY, picked),)) == {}
