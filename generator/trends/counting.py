"""Papers per topic: what share of the papers of an edition, or of several, each topic has.

Shares and not numbers, because editions differ in size. A paper counts once in each column, under
each of its topics, so shares of one column add up to more than a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from generator.digest import EditionView, Entry, TopicView
from generator.trends.periods import columns, periods
from generator.trends.views import Lines, Series, Share, top_of


def lines(editions: Sequence[EditionView], topics: Sequence[TopicView]) -> Lines:
    """Every topic that has a paper, over all editions; the largest first, ties as they are given.

    Args:
        editions: All of them, oldest first.
        topics: All of them.
    """
    if not editions:
        return Lines()
    unit, grouped = columns(editions)
    papers = [papers_of(group) for group in grouped]
    sizes = [len(each) for each in papers]
    counts = [topic_counts(each) for each in papers]
    series = [
        Series(
            topic.ref.id,
            topic.ref.title,
            topic.ref.address,
            len(topic.entries),
            tuple(
                Share(count[topic.ref.id], size) if size else None
                for count, size in zip(counts, sizes, strict=True)
            ),
        )
        for topic in topics
        if topic.entries
    ]
    series.sort(key=lambda each: -each.papers)
    return Lines(unit, periods(unit, grouped, sizes), tuple(series), top_of(series))


def papers_of(editions: Iterable[EditionView]) -> list[Entry]:
    """The papers of some editions, each once."""
    return list({entry.slug: entry for one in editions for entry in one.entries}.values())


def topic_counts(entries: Iterable[Entry]) -> Counter[str]:
    """How many of some papers each topic has, by its id."""
    return Counter(tag.topic.id for entry in entries for tag in entry.topics)
