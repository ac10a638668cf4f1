"""Every page of the finished site: what it shows, where it leads, what it loads."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from generator.views.whereabouts import redirects
from tests.site.conftest import Site

#: Attributes by which a page loads something, as opposed to leading to it.
LOADING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
}


@cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def test_every_paper_edition_and_topic_has_its_page(site: Site) -> None:
    digest = site.digest
    papers = {path.parent.name for path in site.root.glob("papers/*/index.html")}
    assert papers == {entry.slug for entry in digest.entries}
    editions = {path.parent.name for path in site.root.glob("editions/*/index.html")}
    assert editions == {edition.date.isoformat() for edition in digest.editions}
    topics = {path.parent.name for path in site.root.glob("topics/*/index.html")}
    assert topics == {topic.ref.id for topic in digest.topics} | {"unsorted"}


def test_lists_show_every_paper_of_theirs(site: Site) -> None:
    for edition in site.digest.editions:
        assert listed(site, edition.address) == Counter(entry.slug for entry in edition.entries)
    for topic in site.digest.topics:
        assert listed(site, topic.ref.address) == Counter(entry.slug for entry in topic.entries)


def listed(site: Site, address: str) -> Counter[str]:
    """How often each paper stands in a list, on all of its pages."""
    paths = (site.root / address).glob("**/index.html")
    entries = [each for path in paths for each in soup(path).select(".paper-entry")]
    return Counter(str(each["data-paper"]) for each in entries)


def test_a_paper_without_a_topic_stands_on_the_unsorted_page(site: Site) -> None:
    page = soup(site.root / "topics/unsorted/index.html")
    shown = {str(each["data-paper"]) for each in page.select(".paper-entry")}
    assert shown == {entry.slug for entry in site.digest.entries if not entry.topics}


def target(site: Site, page: Path, link: str) -> Path | None:
    """The file to which a link of a page leads; ``None`` if it leaves the site."""
    here = f"{site.base}{page.relative_to(site.root).as_posix()}".removesuffix("index.html")
    parts = urlsplit(urljoin(here, urldefrag(link).url))
    own = urlsplit(site.digest.site.url)
    if parts.scheme and (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
        return None
    assert parts.path.startswith(site.base), f"{page}: {link} leaves the path of the site"
    path = site.root / unquote(parts.path[len(site.base) :])
    return path / "index.html" if path.is_dir() or parts.path.endswith("/") else path


def test_every_link_and_anchor_leads_somewhere(site: Site) -> None:
    broken = []
    for page in site.pages:
        for element in soup(page).find_all(href=True):
            link = str(element["href"])
            if link.startswith(("mailto:", "data:")):
                continue
            path = target(site, page, link)
            if path is None:
                continue
            anchor = unquote(urldefrag(link).fragment)
            missing = anchor and path.suffix == ".html" and not soup(path).find(id=anchor)
            if not path.is_file() or missing:
                broken.append((page.relative_to(site.root).as_posix(), link))
    assert broken == []


def test_pages_load_nothing_from_elsewhere(site: Site) -> None:
    for page in site.pages:
        loaded = [
            str(each[attribute])
            for name, attribute in LOADING.items()
            for each in soup(page).select(f"{name}[{attribute}]")
        ]
        loaded += [
            str(each["href"])
            for each in soup(page).find_all("link", rel=True)
            if {"stylesheet", "icon", "preload", "preconnect", "dns-prefetch"} & set(each["rel"])
        ]
        for address in loaded:
            path = target(site, page, address)
            assert path is not None, f"{page} loads {address}"
            assert path.is_file(), f"{page} loads {address}, which is not there"


def test_styles_load_nothing_from_elsewhere(site: Site) -> None:
    for path in site.root.rglob("*.css"):
        source = path.read_text(encoding="utf-8")
        for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", source):
            if not address.startswith("data:"):
                assert not urlsplit(address).netloc, f"{path}: {address}"
                assert (path.parent / urlsplit(address).path).is_file(), f"{path}: {address}"


def test_ids_are_unique_and_every_page_has_a_language_and_a_title(site: Site) -> None:
    for page in site.pages:
        counts = Counter(str(each["id"]) for each in soup(page).find_all(id=True))
        assert [each for each, count in counts.items() if count > 1] == [], page
        root = soup(page).html
        assert root is not None
        assert root["lang"]
        assert soup(page).title
        assert len(soup(page).find_all("h1")) == 1, page


def test_the_navigation_is_small_and_names_no_paper(site: Site) -> None:
    links = [str(each["href"]) for each in soup(site.root / "index.html").select("nav a[href]")]
    assert links
    assert not any("papers/" in link for link in links)
    assert len(set(links)) <= 20


def test_every_page_tells_readers_where_the_feeds_are(site: Site) -> None:
    for page in site.pages:
        found = {
            (str(each["type"]), target(site, page, str(each["href"])))
            for each in soup(page).find_all("link", rel="alternate", type=True)
        }
        assert {
            ("application/rss+xml", site.root / "feed.xml"),
            ("application/atom+xml", site.root / "atom.xml"),
            ("application/feed+json", site.root / "feed.json"),
        } <= found, page


def test_a_topics_page_names_its_own_feed(site: Site) -> None:
    for topic in site.digest.topics:
        page = site.root / topic.ref.address / "index.html"
        feeds = {
            target(site, page, str(each["href"]))
            for each in soup(page).find_all("link", rel="alternate", type="application/rss+xml")
        }
        assert site.root / topic.ref.feed_address in feeds


def test_every_address_that_was_left_leads_on(site: Site) -> None:
    left = redirects(site.digest)
    for old, new in left.items():
        page = soup(site.root / old / "index.html")
        refresh = page.select_one("meta[http-equiv=refresh]")
        assert refresh is not None, old
        wait, _, address = str(refresh["content"]).partition("; url=")
        assert wait == "0"
        assert urljoin(f"http://x/{old}", address) == f"http://x/{new}"
        assert [str(a["href"]) for a in page.select("a")] == [address], "also without a refresh"
        assert (site.root / new / "index.html").is_file()
        canonical = page.select_one("link[rel=canonical]")
        assert canonical is not None
        assert str(canonical["href"]).endswith(f"/{new}")
    for old in site.digest.redirects:
        assert (site.root / "papers" / f"{old}.bib").is_file()
        assert (site.root / "api/v1/papers" / f"{old}.json").is_file()


def test_a_digest_that_moves_has_all_kinds_of_redirects(showcase: Site) -> None:
    assert {"papers/gone/", "papers/a-former-name/", "topics/recall/", "who/"} <= set(
        redirects(showcase.digest)
    )


def test_the_search_index_has_every_paper_and_no_list(site: Site) -> None:
    fragments = (site.root / "pagefind" / "fragment").iterdir()
    said = [gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd") for path in fragments]
    found = [json.loads(each)["url"] for each in said]
    assert sorted(found) == sorted(f"/{entry.slug}.html" for entry in site.digest.entries)


def test_the_index_of_titles_has_every_paper(site: Site) -> None:
    pages = [site.root / "titles" / "index.html", *site.root.glob("titles/*/index.html")]
    found = [
        target(site, page, str(a["href"])) for page in pages for a in soup(page).select(".titles a")
    ]
    wanted = {site.root / entry.address / "index.html" for entry in site.digest.entries}
    assert len(found) == len(wanted)
    assert set(found) == wanted


def test_pages_for_machines_are_in_the_sitemap(site: Site) -> None:
    root = ET.parse(site.root / "sitemap.xml").getroot()  # noqa: S314 - our own file
    found = {each.text for each in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    assert {f"{site.digest.site.url}{entry.address}" for entry in site.digest.entries} <= found


@pytest.mark.parametrize("address", ["", "topics/", "editions/", "feeds/", "status/", "about/"])
def test_pages_say_what_they_are(site: Site, address: str) -> None:
    page = soup(site.root / address / "index.html")
    description = page.find("meta", attrs={"name": "description"})
    assert description
    assert description.get("content")
