"""The kinds of pages that a site has, found in what was built, and one page of each.

A kind is where a page lies: ``topics/`` is one, ``topics/*/`` another. So a page that somebody adds
is looked at by every test that goes through the kinds, without being named here. Only papers are
told apart by what they show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.digest import Entry
from tests.site.conftest import Site

#: What leads on to another page, and is none itself.
REFRESH = 'http-equiv="refresh"'
#: An address that no page has.
NOWHERE = "no/such/page/"
#: With so many names, a list of authors is not simply shown.
MANY = 50
#: The one page below a list that is not one of many of its kind.
ALONE = frozenset({"topics/unsorted/"})


@dataclass(frozen=True)
class Kind:
    """A kind of page, and one of them: its address, and its file in the finished site."""

    name: str
    address: str
    path: Path


def kinds(site: Site) -> list[Kind]:
    """One page of every kind, the redirect and the page for wrong addresses too."""
    found: defaultdict[str, list[Path]] = defaultdict(list)
    for path in site.pages:
        found[_name(site, path)].append(path)
    found.pop("papers/*/", None)
    ordinary = [_kind(site, name, max(paths, key=_size)) for name, paths in found.items()]
    return sorted([*ordinary, *_papers(site)], key=lambda kind: kind.name)


def readable(site: Site) -> list[Kind]:
    """The kinds that people read: all but redirects."""
    return [kind for kind in kinds(site) if kind.name != "redirect"]


def kind_of(site: Site, name: str) -> Kind | None:
    """The page of a kind; none, if the site has no such page."""
    return next((kind for kind in kinds(site) if kind.name == name), None)


def _name(site: Site, path: Path) -> str:
    """What a page is by where it lies; of several levels, the first one tells."""
    if REFRESH in path.read_text(encoding="utf-8"):
        return "redirect"
    address = path.relative_to(site.root).as_posix().removesuffix("index.html")
    first, *rest = address.rstrip("/").split("/")
    if not rest or address in ALONE:
        return address or "home"
    return "/".join([first, *("*" for _ in rest), ""])


def _size(path: Path) -> tuple[int, str]:
    """By which the fullest page of a kind is found, always the same one."""
    return path.stat().st_size, path.as_posix()


def _kind(site: Site, name: str, path: Path) -> Kind:
    address = path.relative_to(site.root).as_posix().removesuffix("index.html")
    return Kind(name, NOWHERE if name == "404.html" else address, path)


def _papers(site: Site) -> Iterator[Kind]:
    """Papers of which the pages differ, as far as the digest has them."""
    pages = [(entry, site.root / entry.address / "index.html") for entry in site.digest.entries]
    wanted: Iterable[tuple[str, Callable[[Entry, str], int]]] = (
        ("plain", lambda entry, _: len(entry.title) * bool(entry.ids)),
        ("with a note", lambda entry, _: len(entry.note or "") * (1 + entry.pick)),
        ("with formulas", lambda _, html: html.count("<math")),
        ("without an id", lambda entry, _: len(entry.abstract) * (not entry.ids)),
        (
            "of many authors",
            lambda entry, _: len(entry.authors) * (len(entry.authors) >= MANY),
        ),
    )
    texts = [(entry, path, path.read_text(encoding="utf-8")) for entry, path in pages]
    for name, weight in wanted:
        most, _, path = max((weight(entry, html), entry.slug, path) for entry, path, html in texts)
        if most:
            yield _kind(site, f"paper {name}", path)
