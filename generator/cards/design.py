"""What stands on which card, and where it lies on the site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.digest import Cards, Digest, Entry, TopicRef
from generator.markup.typeset import reading

#: The card of every page that has none of its own.
SITE_CARD = "cards/site.png"
#: Names of authors on a card; one line holds about so many.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Card:
    """The words of a card: what is above the title, the title, below it, and at the foot.

    ``instead`` is the title of a card whose own title no font can write, so that no card shows
    boxes. ``is_pick`` gives it the editor's colour.
    """

    kicker: str
    title: str
    below: str
    foot: str
    instead: str
    is_pick: bool = False


def card_of_paper(digest: Digest, entry: Entry) -> str:
    """Where the card of a paper's page lies, relative to the site's root; "" if there is none."""
    if digest.site.cards is Cards.PAPER:
        return f"cards/papers/{entry.slug}.png"
    return card_of_topic(digest, entry.primary) if entry.primary else _card_of_site(digest)


def card_of_topic(digest: Digest, topic: TopicRef) -> str:
    """Where the card of a topic's pages lies; as :func:`card_of_paper`."""
    if digest.site.cards in {Cards.PAPER, Cards.TOPIC}:
        return f"cards/topics/{topic.id}.png"
    return _card_of_site(digest)


def _card_of_site(digest: Digest) -> str:
    return "" if digest.site.cards is Cards.NONE else SITE_CARD


def cards(digest: Digest) -> dict[str, Card]:
    """Every card of a digest, by its address."""
    return dict(_cards(digest))


def _cards(digest: Digest) -> Iterator[tuple[str, Card]]:
    site = digest.site
    if site.cards is Cards.NONE:
        return
    yield SITE_CARD, Card("", site.name, site.description, "", site.name)
    if site.cards is Cards.SITE:
        return
    for topic in digest.topics:
        ref = topic.ref
        card = Card("Topic", ref.title, ref.description, site.name, site.name)
        yield card_of_topic(digest, ref), card
    if site.cards is Cards.PAPER:
        for entry in digest.entries:
            yield card_of_paper(digest, entry), _paper(entry, site.name)


def _paper(entry: Entry, site_name: str) -> Card:
    subject = entry.primary.title if entry.primary else ""
    return Card(
        kicker="Editor’s pick" if entry.pick else subject,
        title=reading(entry.title),
        below=_authors(entry.authors),
        foot=site_name,
        instead=subject or site_name,
        is_pick=entry.pick,
    )


def _authors(names: tuple[str, ...]) -> str:
    more = len(names) - _NAMED
    if more <= 0:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMED])} and {more:,} {'other' if more == 1 else 'others'}"
