"""Addresses in feeds: absolute where the site's is known, and always made of legal characters."""

from __future__ import annotations

from urllib.parse import quote

from generator.digest import Site

# RFC 3986, sections 2.2 and 2.3: reserved and unreserved characters, and the percent sign itself,
# so that what is encoded already is not encoded again.
_LEGAL = "%:/?#[]@!$&'()*+,;=-._~"


def base_of(site: Site, path: str) -> str:
    """What stands before a path of the site, in a feed at ``path``.

    The site's address; or, where that is not known, the way from the feed up to the site's root.
    """
    return uri(site.url) or "../" * path.count("/")


def uri(address: str) -> str:
    """``address`` with every character that no address may hold percent-encoded as UTF-8."""
    return quote(address, safe=_LEGAL, errors="replace")
