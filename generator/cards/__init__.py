"""Pictures of pages, as links to them are shown elsewhere: drawn at build time, kept by content.

``extra.cards`` in ``mkdocs.yml`` says what has a picture of its own: every ``paper``, every
``topic``, or the ``site`` alone; ``none`` is no picture at all. A picture takes some 17 kB, so that
those of ten thousand papers are a sixth of what GitHub Pages holds (1 GB, as it documents).
"""

from generator.cards.design import Card, card_of_paper, card_of_topic, cards

__all__ = ["Card", "card_of_paper", "card_of_topic", "cards"]
