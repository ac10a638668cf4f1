"""Running text in its parts: words, formulas, addresses.

One place decides what is what, for pages, feeds and exports alike. Whichever begins first is taken
whole: a dollar within an address begins no formula, an address within a formula is no link.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.text import addresses, formulas
from generator.text.addresses import Address
from generator.text.formulas import Formula


@dataclass(frozen=True, slots=True)
class Inline:
    """A part of a text.

    ``source`` is the part as it is written. At most one of the others is set: ``formula`` and
    ``address`` say what it is, and if neither does, it is words.
    """

    source: str
    formula: Formula | None = None
    address: Address | None = None


def has_inlines(text: str) -> bool:
    """Whether there may be formulas or addresses in a text; most have none."""
    return "$" in text or "\\" in text or "://" in text


def inlines(text: str) -> Iterator[Inline]:
    """``text`` in parts that, put together, are the text again."""
    end = 0
    formula = formulas.search(text) if "$" in text or "\\" in text else None
    address = addresses.search(text) if "://" in text else None
    while formula or address:
        if formula and (address is None or formula.start < address.start):
            start, part = formula.start, Inline(text[formula.start : formula.end], formula=formula)
        else:
            assert address  # noqa: S101 - one of the two is left
            start, part = address.start, Inline(address.url, address=address)
        if start > end:
            yield Inline(text[end:start])
        yield part
        end = start + len(part.source)
        if formula and formula.start < end:
            formula = formulas.search(text, end)
        if address and address.start < end:
            address = addresses.search(text, end)
    if end < len(text):
        yield Inline(text[end:])
