"""Every address that the finished site names within itself leads to something.

The links of pages are followed in :mod:`tests.site.test_pages`; here are all others: addresses in
other attributes, in feeds and documents for programs, in styles and scripts.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from tests.site.conftest import Site
from tests.site.kinds import REFRESH

#: Files for programs in which the site may be named.
TEXTS = frozenset({".xml", ".json", ".jsonl", ".opml", ".txt", ".csv", ".bib", ".ris"})
#: Attributes that hold several addresses, each with what it is for.
SETS = frozenset({"srcset", "imagesrcset"})
#: What is loaded, though the attribute is that of a link.
LOADED = frozenset({("href", "link"), ("href", "use"), ("href", "image")})
#: Keys under which a document for programs has an address of another one.
KEYS = frozenset({"href", "url", "address", "path", "next", "previous", "self", "html", "json"})

_IMPORTS = re.compile(r"""(?:\bimport\b|\bfrom\b)\s*\(?\s*["'](\.[^"']+)["']""")
_LOADS = re.compile(r"""@import\s+["']([^"']+)["']|url\(\s*["']?([^"')]+)""")


class _Attributes(HTMLParser):
    """Elements, attributes and values of a page, and the ids in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.found: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [(tag, name, value) for name, value in attrs if value]
        self.ids |= {value for name, value in attrs if name == "id" and value}


@cache
def attributes(path: Path) -> _Attributes:
    return _Attributes(path.read_text(encoding="utf-8"))


def place(site: Site, here: str, address: str) -> tuple[Path, str] | None:
    """The file and the anchor that an address means; none, if it leaves the site.

    ``here`` is the address, from the site's root, of what names it.
    """
    whole = urljoin(f"{site.digest.site.url}{here}", address)
    if not whole.startswith(site.digest.site.url):
        return None
    bare, anchor = urldefrag(whole)
    path = site.root / unquote(urlsplit(bare).path[len(site.base) :])
    return (path / "index.html" if path.is_dir() else path), unquote(anchor)


def leads(site: Site, here: str, address: str) -> bool:
    """Whether there is what an address means, anchor included; elsewhere counts as there."""
    found = place(site, here, address)
    if found is None:
        return True
    path, anchor = found
    if not path.is_file():
        return path.name == "index.html" and path.parent.is_dir()
    return not anchor or path.suffix != ".html" or anchor in attributes(path).ids


def named(tag: str, name: str, value: str, own: str) -> Iterator[str]:
    """The addresses in an attribute that are, or may be, the site's."""
    if name in SETS:
        yield from (each.split()[0] for each in value.split(",") if each.strip())
    elif name == "content" and (found := re.match(r"\d+;\s*url=(.+)", value)):
        yield found[1]
    elif name in {"src", "action", "formaction", "poster", "data"} or (name, tag) in LOADED:
        yield from [] if value.startswith(("data:", "mailto:")) else [value]
    elif name == "href":
        return  # followed in test_pages
    elif value.startswith((own, "./", "../")) and "{" not in value:
        yield value


@pytest.mark.parametrize("which", ["site", "showcase"])
def test_what_pages_name_is_there(request: pytest.FixtureRequest, which: str) -> None:
    site: Site = request.getfixturevalue(which)
    own = site.digest.site.url
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for path in site.pages:
        here = path.relative_to(site.root).as_posix().removesuffix("index.html")
        for tag, name, value in attributes(path).found:
            for address in named(tag, name, value, own):
                asked[urljoin(f"{own}{here}", address)].add(f"/{here} <{tag} {name}={value}>")
    broken = [by for address, all_ in asked.items() if not leads(site, "", address) for by in all_]
    assert broken == []


@pytest.mark.parametrize("which", ["site", "showcase"])
def test_what_feeds_and_documents_name_is_there(request: pytest.FixtureRequest, which: str) -> None:
    """Wherever the whole address of the site stands in a text, it goes on to something."""
    site: Site = request.getfixturevalue(which)
    own = re.compile(re.escape(site.digest.site.url) + r"[^\s\"'<>\\)\],;}]*")
    addresses: dict[str, Path] = {}
    for path in site.root.rglob("*"):
        if path.suffix in TEXTS and path.is_file():
            text = path.read_text(encoding="utf-8").replace("&amp;", "&")
            addresses |= {each.partition("&lt;")[0]: path for each in own.findall(text)}
    assert len(addresses) > len(site.digest.entries)
    broken = [
        f"{path.relative_to(site.root)}: {each}"
        for each, path in addresses.items()
        if "{" not in each and not leads(site, "", each.rstrip("."))
    ]
    assert broken == []


def strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a document for programs, with the key that it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from strings(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each, key)


def test_addresses_in_documents_lead_on_from_where_they_stand(showcase: Site) -> None:
    broken = []
    for path in showcase.root.rglob("*.json"):
        if path.name == "search_index.json":
            continue
        here = path.relative_to(showcase.root).as_posix()
        for key, value in strings(json.loads(path.read_text(encoding="utf-8"))):
            looks = key in KEYS and re.fullmatch(r"[\w./#?=-]+(/|\.\w+)", value)
            if looks and not leads(showcase, here, value) and not leads(showcase, "", value):
                broken.append(f"{here}: {key}: {value}")
    assert broken == []


def test_what_styles_and_scripts_load_is_there(showcase: Site) -> None:
    broken = []
    for pattern, rule in (("*.css", _LOADS), ("*.js", _IMPORTS)):
        for path in showcase.root.rglob(pattern):
            here = path.relative_to(showcase.root).as_posix()
            for found in rule.findall(path.read_text(encoding="utf-8")):
                address = found if isinstance(found, str) else found[0] or found[1]
                if not address.startswith("data:") and not leads(showcase, here, address):
                    broken.append(f"{here}: {address}")
    assert broken == []


def test_a_manifest_names_what_is_there(showcase: Site) -> None:
    for path in showcase.root.rglob("*.webmanifest"):
        here = path.relative_to(showcase.root).as_posix()
        manifest = json.loads(path.read_text(encoding="utf-8"))
        for address in [manifest.get("start_url", "."), *(i["src"] for i in manifest["icons"])]:
            assert leads(showcase, here, address), f"{here}: {address}"


def test_every_page_is_reached_from_home(showcase: Site) -> None:
    """By links alone, as a reader without JavaScript would, and a machine that reads the site."""
    pages = {path for path in showcase.pages if REFRESH not in path.read_text(encoding="utf-8")}
    reached: set[Path] = set()
    waiting = [showcase.root / "index.html"]
    while waiting:
        path = waiting.pop()
        if path in reached or path not in pages:
            continue
        reached.add(path)
        here = path.relative_to(showcase.root).as_posix().removesuffix("index.html")
        links = [
            value for tag, name, value in attributes(path).found if (tag, name) == ("a", "href")
        ]
        waiting += [found[0] for each in links if (found := place(showcase, here, each))]
    assert {path.relative_to(showcase.root).as_posix() for path in pages - reached} == {"404.html"}


@pytest.mark.parametrize(
    "address, there",
    [
        ("papers/picked/", True),
        ("papers/picked/#title", True),
        ("about/#an-error", True),
        ("feed.xml", True),
        ("https://example.org/elsewhere", True),
        ("papers/no-such-paper/", False),
        ("about/#no-such-anchor", False),
        ("no-such.css", False),
    ],
)
def test_what_is_not_there_would_be_found(showcase: Site, address: str, *, there: bool) -> None:
    assert leads(showcase, "", address) is there
