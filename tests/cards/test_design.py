"""Which card a page has, and what stands on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.cards import Card, card_of_paper, card_of_topic, cards
from generator.digest import Cards, Digest
from tests.builders import SITE, digest, entry


def made(kind: Cards) -> Digest:
    return digest(
        entry("one", title="Water is $H_2O$", topics=["speech"], authors=("A", "B", "C", "D")),
        entry("two", topics=[], pick=True, authors=()),
        site=replace(SITE, cards=kind),
    )


@pytest.mark.parametrize(
    "kind, addresses",
    [
        (Cards.NONE, []),
        (Cards.SITE, ["cards/site.png"]),
        (Cards.TOPIC, ["cards/site.png", "cards/topics/speech.png"]),
        (
            Cards.PAPER,
            [
                "cards/papers/one.png",
                "cards/papers/two.png",
                "cards/site.png",
                "cards/topics/speech.png",
            ],
        ),
    ],
)
def test_what_has_a_card(kind: Cards, addresses: list[str]) -> None:
    assert sorted(cards(made(kind))) == addresses


@pytest.mark.parametrize("kind", Cards)
def test_pages_name_cards_that_there_are(kind: Cards) -> None:
    shown = made(kind)
    named = {card_of_paper(shown, each) for each in shown.entries}
    named |= {card_of_topic(shown, topic.ref) for topic in shown.topics}
    assert named - {""} <= cards(shown).keys()
    assert ("" in named) is (kind is Cards.NONE)


def test_a_paper_without_a_card_of_its_own_has_that_of_its_topic() -> None:
    shown = made(Cards.TOPIC)
    one, two = shown.by_slug["one"], shown.by_slug["two"]
    assert card_of_paper(shown, one) == "cards/topics/speech.png"
    assert card_of_paper(shown, two) == "cards/site.png"


def test_what_stands_on_a_papers_card() -> None:
    made_cards = cards(made(Cards.PAPER))
    assert made_cards["cards/papers/one.png"] == Card(
        kicker="Speech",
        title="Water is H2O",
        below="A, B, C and 1 other",
        foot=SITE.name,
        instead="Speech",
    )
    two = made_cards["cards/papers/two.png"]
    assert (two.kicker, two.below, two.instead, two.is_pick) == (
        *("Editor’s pick", "", SITE.name),
        True,
    )
