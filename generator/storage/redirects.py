"""Addresses that pages left, as ``content/redirects.yml`` says: what no record and no topic tells.

A paper that is merged or renamed and a topic that is renamed say so themselves. This file is for
the rest: hand-written pages, and editions of days that were wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.errors import ContentError
from generator.folder import Folder
from generator.storage.fields import Fields
from generator.storage.optional import optional_fields

#: Folders of letters, digits and signs that need no escape: what a page of a site can be called.
_PLACE = re.compile(r"(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*", re.ASCII)

#: What the build writes beside pages: its own folders, files by their endings, and the two pages
#: that are files. A page there would be a folder in the place of a file.
_FILE = re.compile(
    r"^(?:api|assets|cards|pagefind)/|^(?:index|404)\.html/"
    r"|\.(?:bib|css|gz|ico|jpg|js|json|map|opml|pf_\w+|pagefind|png|ris|svg|txt|webp|woff2|xml)/"
)


class Redirect(NamedTuple):
    """Where an address leads, and on which line that stands."""

    to: str
    line: int | None = None


def read_redirects(folder: Folder, errors: list[ContentError]) -> dict[str, Redirect]:
    """Addresses that were left and where they lead, both as ``editions/2026-08-19/``.

    Mistakes go to ``errors``. Whether pages are there, the file alone cannot tell.
    """
    fields = optional_fields(folder.redirects_yml, folder, errors)
    if fields is None:
        return {}
    found = dict(_pairs(fields))
    name = folder.name(folder.redirects_yml)
    for old, (to, line) in found.items():
        if to in found:
            problem = f"leads to {to!r}, which leads on to {found[to].to!r}"
            remedy = "name the page that is there"
            errors.append(ContentError(name, problem, remedy, line=line, field=old))
    return found


def _pairs(fields: Fields) -> Iterator[tuple[str, Redirect]]:
    seen = set()
    for key in fields.keys:
        before, old, new = fields.mistakes, _place(str(key)), fields.text(str(key))
        to = None if new is None else _place(new)
        if old and _FILE.search(old):
            problem = "is the address of a file, and no page can be there"
            fields.complain(str(key), f"{key!r} {problem}", "take it out")
        elif not old:
            fields.complain(str(key), f"{key!r} is no address of a page", _REMEDY)
        elif new is not None and to is None:
            fields.complain(str(key), f"leads to {new!r}, no address of this site", _REMEDY)
        elif old in seen:
            fields.complain(str(key), "stands twice", "an address leads to one page only")
        elif new is None and fields.mistakes == before:
            fields.complain(str(key), "leads nowhere", f"write where it leads: `{key}: topics/`")
        elif to is not None:
            seen.add(old)
            yield old, Redirect(to, fields.line(str(key)))


_REMEDY = "write it from the site's root, such as editions/2026-08-19/"


def _place(written: str) -> str | None:
    """An address as this site has it; ``None`` if it is none of this site's."""
    plain = written.strip().removeprefix("/")
    plain = plain if not plain or plain.endswith("/") else f"{plain}/"
    return plain if _PLACE.fullmatch(plain) else None
