"""Where a digest has pages, and where addresses lead that pages left."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.content import GENERATED, Content
from generator.digest import Digest
from generator.errors import ContentError


def addresses(digest: Digest, pages: Iterable[str]) -> set[str]:
    """Pages that somebody may have kept the address of; ``pages`` are the hand-written ones."""
    return {
        *(entry.address for entry in digest.entries),
        *(topic.ref.address for topic in digest.topics),
        *(edition.address for edition in digest.editions),
        *pages,
    }


def redirects(digest: Digest) -> dict[str, str]:
    """Addresses that papers, topics and other pages left, and those to which they lead."""
    return {
        **{f"papers/{old}/": f"papers/{new}/" for old, new in digest.redirects.items()},
        **{f"topics/{old}/": ref.address for old, ref in digest.topics_moved.items()},
        **digest.pages_moved,
    }


#: The end of the address of a list's second page.
_NUMBERED = re.compile(r"(?<=/)[0-9]+/$")

#: Where ``pages_moved`` come from, as messages name it.
_FILE = "content/redirects.yml"


def misled(digest: Digest, found: Content) -> Iterator[ContentError]:
    """What is wrong with ``pages_moved``: an address that has a page, or that leads to none."""
    known = {*addresses(digest, found.pages), *GENERATED}
    told = redirects(replace(digest, pages_moved={}))
    # Some disks and servers know no capitals.
    taken = {address.casefold() for address in (*known, *told)}
    for old, (new, line) in found.moved.items():
        if _NUMBERED.search(old) and _NUMBERED.sub("", old) in known:
            remedy = "take it out: long lists have further pages there"
            yield ContentError(
                _FILE, "is the address of a further page", remedy, line=line, field=old
            )
        elif old.casefold() in taken:
            problem = "has a page, or leads on already"
            yield ContentError(_FILE, problem, "take it out", line=line, field=old)
        elif new not in known:
            close = difflib.get_close_matches(new, known, n=1)
            remedy = f"did you mean {close[0]!r}?" if close else "name a page that is there"
            yield ContentError(
                _FILE, f"leads to {new!r}, where no page is", remedy, line=line, field=old
            )
