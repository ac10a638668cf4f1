"""Addresses of new papers: readable, and never taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Container

from slugify import slugify

from generator.markup.typeset import reading

#: The longest slug: with its folder and `index.html` it stays well below the 255 bytes that file
#: systems allow, and an address fits into a line of an e-mail.
LONGEST_SLUG = 80
_HASH_LENGTH = 8
#: Names that mean something else to servers or file systems (the devices of Windows).
_RESERVED = frozenset(
    {"index", "feed", "con", "prn", "aux", "nul"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10)}
)


def new_slug(title: str, abstract: str, taken: Container[str]) -> str:
    """The address of a new paper: readable, at most :data:`LONGEST_SLUG` characters, not taken.

    Where the title gives none, or one that is taken, the text's own hash makes it unique, so that
    it does not depend on how many others there are.
    """
    slug = slugify(reading(title), max_length=LONGEST_SLUG, word_boundary=True, save_order=True)
    if slug and is_free(slug, taken):
        return slug
    digest = hashlib.sha256(f"{title}\n{abstract}".encode()).hexdigest()
    names = (
        f"{(slug or 'paper')[: LONGEST_SLUG - length - 1].rstrip('-')}-{digest[:length]}"
        for length in range(_HASH_LENGTH, LONGEST_SLUG // 2)
    )
    return next(name for name in names if name not in taken)


def is_free(slug: str, taken: Container[str]) -> bool:
    """Whether a paper may have this address."""
    return slug not in taken and slug not in _RESERVED
