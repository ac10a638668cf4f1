"""Addresses within the site as pages, and letters, write them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.feeds.address import uri

#: Characters that stand as they are in a relative address, and a text of them alone.
_KEPT = "/#-._~"
_PLAIN = re.compile("[A-Za-z0-9/#._~-]*")
#: An address of segments that are where they lead, neither ``.`` nor ``..`` nor empty.
_DIRECT = re.compile("[A-Za-z0-9_~-][A-Za-z0-9._~-]*(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?(?:#.*)?")

#: What follows on a page's own address in that of the page itself, or of something below it.
_BELOW = ("", "/", "#")
#: How many addresses are remembered: most are wanted by many pages.
_REMEMBERED = 1 << 14


def linker(address: str) -> Callable[[str], Markup]:
    """A function from an address below the site's root to one relative to the page at ``address``.

    Relative addresses work wherever the site is put: under a path, on a stick, in a pull request.
    """
    own = address.rstrip("/")
    folder = posixpath.dirname(own)
    top, depth = own.partition("/")[0], own.count("/") + 1

    def url(target: str) -> Markup:
        if not target.startswith(top):
            near = _from_depth(target, depth)
        elif not own or (target.startswith(own) and target[len(own) : len(own) + 1] in _BELOW):
            near = None
        else:
            near = _from_folder(target, folder)
        return _relative(target, address) if near is None else near

    return url


def absolute(base: str) -> Callable[[str], Markup]:
    """A function from an address below the site's root to one that leads there from anywhere."""

    def url(target: str) -> Markup:
        return href(base + quote(target, safe=_KEPT))

    return url


def href(value: object) -> Markup:
    """An address in an attribute of HTML, with no more references than must be.

    In a letter it is read by more than browsers: mail services look for addresses in the source.
    """
    return escape(uri(str(value)).replace("{", "%7B").replace("}", "%7D"))


@lru_cache(maxsize=_REMEMBERED)
def _from_depth(target: str, depth: int) -> Markup | None:
    """The way from any page so deep that has no folder in common with the target.

    ``None`` if the target goes up and down, so that it does not show where it leads.
    """
    return _quoted("../" * depth + target) if _DIRECT.fullmatch(target) else None


@lru_cache(maxsize=_REMEMBERED)
def _from_folder(target: str, folder: str) -> Markup | None:
    """The way from any page of a folder to what is not below that page; or ``None``, as above."""
    if not _DIRECT.fullmatch(target):
        return None
    path, mark, rest = target.partition("#")
    ups, downs = folder.split("/") if folder else [], path.split("/")
    common = 0
    while common < min(len(ups), len(downs)) and ups[common] == downs[common]:
        common += 1
    way = [".."] * (len(ups) - common + 1) + downs[common:]
    return _quoted(f"{'/'.join(way)}{mark}{rest}")


def _relative(target: str, address: str) -> Markup:
    path, mark, anchor = target.partition("#")
    relative = posixpath.relpath(f"/{path}", f"/{address}")
    slash = "/" if path.endswith("/") or not path else ""
    return _quoted(f"{relative}{slash}{mark}{anchor}")


def _quoted(way: str) -> Markup:
    return Markup(way if _PLAIN.fullmatch(way) else quote(way, safe=_KEPT))  # noqa: S704 - quoted
