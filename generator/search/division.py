"""Papers in groups that stay as they are while others come: each has an index of its own.

A change costs what one group costs, and so does a frequent word in the browser: there Pagefind's
work grows with the square of the papers of an index that have a word. Every group costs a query
some kilobytes, so there are as few as can be, and only one where that is enough.

A paper's place is its day, and within the day a hash of its name. Places are halved, and halves
again, until no part has too many papers. So a part follows from the papers in it and in the parts
that it was cut from; neither order nor what lies elsewhere matters. The days that grow are cut
finer: a new edition has only a small group indexed anew, and when the days go by their groups
become one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

#: A group has at most so many papers, but for papers of one day with one hash. ``benchmarks/``
#: says what other numbers cost.
MOST = 3000
#: A group has at most so many if papers of the newest day are in it, and those of others.
MOST_NEW = 1000

#: So many bits of a paper's place are the hash; those before are the day.
_HASH = 16
_BITS = dt.date.max.toordinal().bit_length() + _HASH


def divided(days: Mapping[str, dt.date]) -> dict[str, tuple[str, ...]]:
    """The names of papers in groups, oldest first; a group has the day for a name it begins with.

    A day that has more than one group has the number of its part behind it. Where one group is
    enough its name is "".

    Args:
        days: The day of every paper, by the paper's name.
    """
    if len(days) <= MOST:
        return {"": tuple(sorted(days))} if days else {}
    papers = sorted((_place(day, name), name) for name, day in days.items())
    newest = max(days.values()).toordinal() << _HASH
    return {
        _name(start, bits): tuple(sorted(name for _, name in part))
        for start, bits, part in _halved(papers, 0, _BITS, newest)
    }


def _place(day: dt.date, name: str) -> int:
    told = hashlib.sha256(name.encode()).digest()[: _HASH // 8]
    return day.toordinal() << _HASH | int.from_bytes(told)


_Papers = Sequence[tuple[int, str]]


def _halved(
    papers: _Papers, start: int, bits: int, newest: int
) -> Iterator[tuple[int, int, _Papers]]:
    """Parts of papers whose places begin at ``start`` and differ in their last ``bits`` alone."""
    is_new = bits > _HASH and start <= newest < start + (1 << bits)
    if not bits or len(papers) <= (MOST_NEW if is_new else MOST):
        if papers:
            yield start, bits, papers
        return
    half = start + (1 << bits - 1)
    cut = bisect_left(papers, (half, ""))
    yield from _halved(papers[:cut], start, bits - 1, newest)
    yield from _halved(papers[cut:], half, bits - 1, newest)


def _name(start: int, bits: int) -> str:
    day = dt.date.fromordinal(max(start >> _HASH, 1)).isoformat()
    return day if bits >= _HASH else f"{day}-{start % (1 << _HASH):x}-{bits}"
