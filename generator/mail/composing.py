"""A letter and its two texts, as long as a letter may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.digest import Digest, EditionView
from generator.folder import Folder
from generator.mail.letter import PAPERS, Letter, letter
from generator.mail.message import LIMIT, Texts, sent_size
from generator.render import Renderer

#: How many papers are tried, one after the other, until the letter is short enough.
_STEPS = (PAPERS, 24, 16, 10, 6, 3, 0)


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter with its texts; ``size`` is what the HTML has on its way, in bytes."""

    letter: Letter
    texts: Texts
    size: int


def compose(folder: Folder, digest: Digest, editions: Sequence[EditionView]) -> Composed:
    """The letter of some editions, newest first.

    It shows as many papers as fit :data:`~generator.mail.message.LIMIT`. What editors wrote is
    never cut, so a letter without any paper may still be larger.

    Raises:
        DigestError: If a template is missing or mistaken.
    """
    renderer = Renderer(folder, digest)
    for most in _STEPS:
        made = letter(digest.site, editions, most)
        texts = renderer.letter(made)
        composed = Composed(made, texts, sent_size(texts.html))
        if composed.size <= LIMIT:
            break
    return composed
