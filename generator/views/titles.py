"""The index of titles: every paper by its name, for whoever has no search."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from generator.digest import Entry
from generator.markup.typeset import reading

#: Titles on one page: some 25 kB on the way, and few pages to leaf through.
PAGE_SIZE = 600

#: Where titles stand that begin with a figure, a sign, or nothing that has a place in the alphabet.
OTHERS = "#"

Letters = tuple[tuple[str, tuple[Entry, ...]], ...]


def title_pages(entries: Iterable[Entry]) -> list[Letters]:
    """All papers from A to Z, in pages; on each page by their first letters. At least one page."""
    keyed = sorted((_key(entry), entry.slug, entry) for entry in entries)
    pages = range(0, max(len(keyed), 1), PAGE_SIZE)
    return [tuple(_by_letter(keyed[start : start + PAGE_SIZE])) for start in pages]


def pages_of_titles(papers: int) -> int:
    """How many pages so many papers take."""
    return -(-papers // PAGE_SIZE) or 1


def _by_letter(
    keyed: Sequence[tuple[tuple[bool, str], str, Entry]],
) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    for letter, group in groupby(keyed, key=lambda each: _letter(each[0])):
        yield letter, tuple(entry for _, _, entry in group)


def _key(entry: Entry) -> tuple[bool, str]:
    """Titles are ordered by what is read of them, signs, accents and case aside; figures last."""
    decomposed = unicodedata.normalize("NFKD", reading(entry.title).casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = "".join(char if char.isalnum() else " " for char in plain).split()
    read = " ".join(words)
    return not read[:1].isalpha(), read


def _letter(key: tuple[bool, str]) -> str:
    is_other, read = key
    return OTHERS if is_other else read[0].upper()
