"""The year in which a paper came out: what its record says, else what its identifiers say.

Most listings give no date of publication, and a reference without a year is of little use. Two
kinds of identifiers carry one: arXiv's begin with the year and the month of submission (arXiv,
"Understanding the arXiv identifier"), the Anthology's with the year of the volume (ACL Anthology,
"About Anthology identifiers"). What stands there is no guess; a month is not taken from it, for a
paper may be announced in the month after the one in which it was sent in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.digest import Entry

#: Of an identifier: two digits after 2007's change of form; before it, behind the archive's name.
_ARXIV = re.compile(r"(?:[a-z.-]+/)?(\d{2})\d{2}", re.ASCII | re.IGNORECASE)
#: Four digits since 2020; before, a letter for the venue and two digits.
_ACL = re.compile(r"(\d{4})\.|[A-Z](\d{2})-", re.ASCII)

#: arXiv began in 1991, the Anthology's oldest volume is of 1952: two digits mean one year each.
_CENTURY_OF_ARXIV, _CENTURY_OF_ACL = 91, 52


def year_of(entry: Entry) -> int | None:
    """The year to cite; ``None`` if nothing says it."""
    if entry.published:
        return entry.published.year
    return _of_arxiv(entry.ids) or _of_acl(entry.ids)


def _of_arxiv(ids: Mapping[str, str]) -> int | None:
    found = _ARXIV.match(ids.get("arxiv", ""))
    return _whole(int(found[1]), _CENTURY_OF_ARXIV) if found else None


def _of_acl(ids: Mapping[str, str]) -> int | None:
    found = _ACL.match(ids.get("acl", ""))
    if not found:
        return None
    return int(found[1]) if found[1] else _whole(int(found[2]), _CENTURY_OF_ACL)


def _whole(digits: int, first: int) -> int:
    """A year of its last two digits, in the hundred years that begin with 19``first``."""
    return (1900 if digits >= first else 2000) + digits
