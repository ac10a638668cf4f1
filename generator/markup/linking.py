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

#: How many addresses are remembered, for the same are wanted by all pages of a folder.
_REMEMBERED = 1 << 14
#: A name that no page has.
_NONE = ":"


def linker(address: str) -> Callable[[str], Markup]:
    """A function from an address below the site's root to one relative to the page at ``address``.

    Relative addresses work wherever the site is put: under a path, on a stick, in a pull request.
    """
    own = address.rstrip("/")
    parent = posixpath.dirname(own)

    def url(target: str) -> Markup:
        near = None if target.startswith(own) else _from_folder(target, parent)
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
def _from_folder(target: str, folder: str) -> Markup | None:
    """The way from any page of a folder to what is not below that page.

    ``None`` if the target goes up and down, so that it does not show where it leads.
    """
    path = target.partition("#")[0].rstrip("/")
    if _NONE in path or (path and posixpath.normpath(path) != path):
        return None
    return _relative(target, f"{folder}/{_NONE}")


def _relative(target: str, address: str) -> Markup:
    path, mark, anchor = target.partition("#")
    relative = posixpath.relpath(f"/{path}", f"/{address}")
    slash = "/" if path.endswith("/") or not path else ""
    made = f"{relative}{slash}{mark}{anchor}"
    return Markup(made if _PLAIN.fullmatch(made) else quote(made, safe=_KEPT))  # noqa: S704 - quoted
