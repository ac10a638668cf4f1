"""All trends of a digest, found at every build; :mod:`generator.trends.drawing` draws them."""

from __future__ import annotations

from dataclasses import replace

from generator.digest import Digest
from generator.trends.counting import lines
from generator.trends.rising import movement
from generator.trends.together import pairs
from generator.trends.views import Trends
from generator.trends.words import new_words


def with_trends(digest: Digest) -> Digest:
    """The digest, knowing what becomes of its topics and words; for those who show it."""
    return replace(digest, trends=trends(digest))


def trends(digest: Digest) -> Trends:
    """What becomes of topics and words over the editions of a digest."""
    editions = tuple(reversed(digest.editions))
    if not editions:
        return Trends()
    return Trends(
        len(editions),
        lines(editions, digest.topics),
        movement(editions, digest.topics),
        pairs(digest.entries, digest.topics),
        new_words(editions),
    )
