"""How sections of papers are spread over pages, and which of them a front page shows."""

from __future__ import annotations

from collections.abc import Sequence

#: Of a section, by its place among the sections: from which of its papers to before which.
Slice = tuple[int, int, int]


def spread(sizes: Sequence[int], limit: int, taken: int = 0) -> tuple[tuple[Slice, ...], ...]:
    """Sections on pages that are about equally long, each section whole where it fits.

    Args:
        sizes: How many papers each section has, in order; none is empty.
        limit: The most papers on one page.
        taken: Papers that stand on the first page whatever follows (picks); if they fill it, more
            follow on the next.

    Returns:
        Pages, the first one first; every section from its first paper to its last, in order. At
        least one page, even if it is empty.
    """
    total = taken + sum(sizes)
    fair = -(-total // max(1, -(-total // limit)))
    pages: list[list[Slice]] = [[]]
    filled = taken
    for section, size in enumerate(sizes):
        is_full = filled >= fair or filled + size > limit
        if filled and is_full and not _is_begun(filled, size, limit):
            pages.append([])
            filled = 0
        start = 0
        while start < size:
            if filled >= limit:
                pages.append([])
                filled = 0
            end = min(size, start + limit - filled)
            pages[-1].append((section, start, end))
            filled += end - start
            start = end
    return tuple(map(tuple, pages))


def page_address(first: str, number: int) -> str:
    """Where a page of something long is; ``first`` is the address of its first page."""
    return first if number == 1 else f"{first}{number}/"


def _is_begun(filled: int, size: int, limit: int) -> bool:
    """Whether a page begins a section that it cannot hold: none could, and half of it is free."""
    return size > limit and filled <= limit // 2


def front(sizes: Sequence[int], limit: int, taken: int = 0) -> tuple[int, ...]:
    """How many papers of each section a front page shows: all if they fit, and at least one each.

    Otherwise each section in turn is given one more, the first ones first, till the page is full.
    """
    shown = [min(size, 1) for size in sizes]
    room = limit - taken - sum(shown)
    while room > 0 and any(has < size for has, size in zip(shown, sizes, strict=True)):
        for section, size in enumerate(sizes):
            if room > 0 and shown[section] < size:
                shown[section] += 1
                room -= 1
    return tuple(shown)
