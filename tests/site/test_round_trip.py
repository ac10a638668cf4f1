"""What is written is what is read: every paper, wherever it is shown, against its record's file.

The files are read here with PyYAML alone, so that no mistake of the generator's is on both sides of
a comparison. White space is folded on both sides, as browsers do it; formulas are read as their
source, which stands in each of them as its annotation.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest
import rispy  # type: ignore[import-untyped]
import yaml
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner

from generator.cli import main
from generator.feeds import channel
from generator.markup.typeset import reading
from generator.text.cleaning import tidy
from tests.markup.test_escape import CONTROLS, folded
from tests.rendered import feeds
from tests.site.conftest import Site

ATOM = "{http://www.w3.org/2005/Atom}"
#: A paper in a feed: its title, its page's address, its text as HTML.
Item = tuple[str, str, str]


@dataclass(frozen=True)
class Record:
    """What the file of a paper says to readers."""

    slug: str
    title: str
    abstract: str
    source: str = ""
    authors: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return f"papers/{self.slug}/"


def records(site: Site) -> list[Record]:
    """Every public paper, as its file says it; the curator's corrections win."""
    paths = sorted((site.root.parent / "content" / "papers").rglob("*.yml"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    said = {path.stem: yaml.load(path.read_bytes(), Loader=loader) for path in paths}  # noqa: S506
    return [_record(slug, each) for slug, each in said.items() if _is_public(each)]


def _is_public(said: Mapping[str, object]) -> bool:
    curation = said.get("curation") or {}
    assert isinstance(curation, dict)
    status = curation.get("status", "accepted")
    return status == "accepted" and not curation.get("hidden") and not curation.get("same_as")


def _record(slug: str, said: Mapping[str, object]) -> Record:
    curation = said.get("curation") or {}
    assert isinstance(curation, dict)
    shown = {**said, **curation}
    appearances = said["appearances"]
    authors = said.get("authors") or ()
    assert isinstance(appearances, list)
    assert isinstance(authors, list | tuple)
    return Record(
        slug=slug,
        title=str(shown["title"]),
        abstract=str(shown["abstract"]),
        source=appearances[0]["source"],
        authors=tuple(authors),
    )


def comparable(text: str) -> str:
    """What counts of a text: no control character, which HTML and XML have none of."""
    return folded(CONTROLS.sub("", text))


@cache
def soup(path: Path) -> BeautifulSoup:
    """A page, parsed as browsers do it where that may make a difference."""
    parser = "html5lib" if "hostile" in str(path) else "html.parser"
    page = BeautifulSoup(path.read_text(encoding="utf-8"), parser)
    for formula in page.select("math mstyle"):
        formula.decompose()
    return page


def read(found: Tag | None) -> str:
    """What a reader sees of an element."""
    assert found is not None
    return comparable(found.get_text())


def read_html(text: str) -> str:
    """What a reader sees of a piece of HTML."""
    return read(BeautifulSoup(f"<div>{text}</div>", "html.parser"))


@pytest.fixture(params=["site", "hostile"])
def shown(request: pytest.FixtureRequest) -> Site:
    """The project's own site, and the one of hostile papers."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Site)
    return found


@pytest.fixture
def said(shown: Site) -> dict[str, Record]:
    """What the records say, by the addresses of their pages."""
    found = {record.address: record for record in records(shown)}
    assert len(found) == len(shown.digest.entries)
    assert len(found) > 100
    return found


def test_pages_say_what_the_records_say(shown: Site, said: dict[str, Record]) -> None:
    wrong = []
    for address, record in said.items():
        page = soup(shown.root / address / "index.html")
        (heading,) = page.find_all("h1")
        (abstract,) = page.select(".paper-abstract")
        if read(heading) != comparable(record.title):
            wrong.append((address, "h1", str(heading)))
        if read(abstract) != comparable(record.abstract):
            wrong.append((address, "abstract", str(abstract)))
        if record.authors and read(page.select_one(".authors")) != comparable(
            ", ".join(record.authors)
        ):
            wrong.append((address, "authors", str(page.select_one(".authors"))))
    assert not wrong, "\n".join(map(str, wrong))


def test_heads_of_pages_say_what_the_records_say(shown: Site, said: dict[str, Record]) -> None:
    wrong = []
    for address, record in said.items():
        page = soup(shown.root / address / "index.html")
        title = f"{record.title} · {shown.digest.site.name}"
        if read(page.title) != comparable(title):
            wrong.append((address, "title", read(page.title)))
        if meta(page, "property", "og:title") != comparable(record.title):
            wrong.append((address, "og:title", meta(page, "property", "og:title")))
        for kind, name in (("name", "description"), ("property", "og:description")):
            described = meta(page, kind, name)
            begun = re.sub(r"(?:\.\.\.|…)$", "", described)
            if len(begun) < 20 or not comparable(record.abstract).startswith(begun):
                wrong.append((address, name, described))
    assert not wrong, "\n".join(map(str, wrong))


def meta(page: BeautifulSoup, kind: str, name: str) -> str:
    """What a page's head says of it."""
    (found,) = page.find_all("meta", attrs={kind: name})
    return comparable(str(found["content"]))


def test_lists_say_what_the_records_say(shown: Site, said: dict[str, Record]) -> None:
    """Home, editions and topics: every paper in an edition, and under a topic or under none."""
    found: dict[str, set[str]] = {"editions": set(), "topics": set(), "": set()}
    wrong = []
    for path in [shown.root / "index.html", *sorted(shown.root.glob("[et]*/**/index.html"))]:
        for entry in soup(path).select(".paper-entry"):
            record = said[f"papers/{entry['data-paper']}/"]
            found[path.relative_to(shown.root).parts[0].replace("index.html", "")].add(record.slug)
            if read(entry.h3) != comparable(record.title):
                wrong.append((path, record.slug, str(entry.h3)))
            if read(entry.select_one(".entry-abstract")) != comparable(record.abstract):
                wrong.append((path, record.slug, str(entry.select_one(".entry-abstract"))))
    assert not wrong, "\n".join(map(str, wrong))
    everything = {record.slug for record in said.values()}
    assert found["editions"] == found["topics"] == everything
    assert found[""]


def test_links_to_papers_say_their_titles(shown: Site, said: dict[str, Record]) -> None:
    """Neighbours, possible duplicates, papers without a topic, headings of entries."""
    wrong, links = [], 0
    for path in shown.pages:
        here = f"https://x/{path.relative_to(shown.root).as_posix()}"
        for link in soup(path).select("h3 a[href], .neighbours a[rel], .titles a[href]"):
            address = urljoin(here, str(link["href"])).removeprefix("https://x/")
            if address.startswith("papers/"):
                links += 1
                if read(link) != comparable(said[address].title):
                    wrong.append((path, str(link)))
    assert not wrong, "\n".join(map(str, wrong))
    assert links > 2 * len(said)


def test_pages_that_lead_on_say_the_title(shown: Site, said: dict[str, Record]) -> None:
    for old, new in shown.digest.redirects.items():
        page = soup(shown.root / "papers" / old / "index.html")
        title = comparable(said[f"papers/{new}/"].title)
        assert (read(page.title), read(page.h1)) == (title, title)


def rss(text: str) -> Iterator[Item]:
    """The items of an RSS feed."""
    for item in ET.fromstring(text).iter("item"):  # noqa: S314 - our own file
        yield (
            item.findtext("title", ""),
            item.findtext("link", ""),
            item.findtext("description", ""),
        )


def atom(text: str) -> Iterator[Item]:
    """The entries of an Atom feed."""
    for entry in ET.fromstring(text).iter(f"{ATOM}entry"):  # noqa: S314 - our own file
        link = entry.find(f"{ATOM}link[@rel='alternate']")
        assert link is not None
        title, content = entry.find(f"{ATOM}title"), entry.find(f"{ATOM}content")
        assert title is not None
        assert content is not None
        assert (title.get("type"), content.get("type")) == ("text", "html")
        yield title.text or "", link.get("href", ""), content.text or ""


def json_feed(text: str) -> Iterator[Item]:
    """The items of a JSON feed."""
    for item in json.loads(text)["items"]:
        yield item["title"], item["url"], item["content_html"]


FORMATS: Mapping[str, Callable[[str], Iterator[Item]]] = {
    "feed.xml": rss,
    "atom.xml": atom,
    "feed.json": json_feed,
}


def wrong_items(items: list[Item], site: Site, said: Mapping[str, Record]) -> list[Item]:
    """Items of a feed that say something else than the records to whose pages they lead."""
    return [item for item in items if not _says(item, said[_address(item[1], site)])]


def _address(link: str, site: Site) -> str:
    return link.removeprefix(site.digest.site.url)


def _says(item: Item, record: Record) -> bool:
    """Whether title and abstract are the record's; the abstract is the first of the content."""
    title, _, content = item
    paragraphs = BeautifulSoup(content, "html5lib").select("body > p")
    beginnings = (
        comparable(" ".join(each.get_text() for each in paragraphs[:number]))
        for number in range(1, len(paragraphs) + 1)
    )
    return comparable(title) == comparable(record.title) and comparable(record.abstract) in set(
        beginnings
    )


def test_feeds_say_what_the_records_say(shown: Site, said: dict[str, Record]) -> None:
    """Every feed that is published, with every item that is in it."""
    count = 0
    for path in [
        *(shown.root / name for name in FORMATS),
        *sorted(shown.root.glob("topics/*/feed.xml")),
    ]:
        items = list(FORMATS[path.name](path.read_text(encoding="utf-8")))
        assert wrong_items(items, shown, said) == [], path
        count += len(items)
    assert count >= 3 * channel.PAPERS


@pytest.mark.parametrize("name", FORMATS)
def test_feeds_would_say_it_of_every_paper(
    shown: Site, said: dict[str, Record], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beyond the number of papers that a feed may have, so that each is seen in each format."""
    monkeypatch.setattr(channel, "PAPERS", len(said))
    monkeypatch.setattr(channel, "MOST_PAPERS", len(said))
    items = list(FORMATS[name](feeds(shown.digest)[name]))
    assert wrong_items(items, shown, said) == []
    assert sorted(_address(link, shown) for _, link, _ in items) == sorted(said)


def test_the_feed_of_editions_says_the_titles(shown: Site, said: dict[str, Record]) -> None:
    text = (shown.root / "editions" / "feed.xml").read_text(encoding="utf-8")
    named = Counter[str]()
    for _, _, content in rss(text):
        for link in BeautifulSoup(content, "html5lib").select("ul > li > a"):
            address = _address(str(link["href"]), shown)
            if address in said:  # an editor's note may have lists with links of its own
                assert read(link) == comparable(said[address].title)
                named[address] += 1
    assert set(named) == set(said)


def test_the_search_index_says_what_the_records_say(shown: Site, said: dict[str, Record]) -> None:
    """Title and abstract, taken apart as search.js does it; formulas as they are read."""
    found = indexed(shown)
    assert set(found) == {record.slug for record in said.values()}
    wrong = []
    for record in said.values():
        title, abstract, *_ = found[record.slug]
        if comparable(title) != comparable(reading(record.title)):
            wrong.append((record.slug, "title", title))
        if comparable(abstract) != comparable(reading(record.abstract)):
            wrong.append((record.slug, "abstract", abstract))
    assert not wrong, "\n".join(map(str, wrong))


def indexed(site: Site) -> dict[str, list[str]]:
    """The fields of every paper in the index of the search, by slug."""
    signs = {":": "\u241e", "-": "", ",": "\u200b"}
    found = {}
    for path in sorted((site.root / "pagefind" / "fragment").iterdir()):
        said = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        slug = said["url"].removeprefix("/").removesuffix(".html")
        assert slug not in found
        fields = re.split(r"(?:^| )\u241e\.?(?= |$)", said["content"])
        found[slug] = [
            re.sub("\u241e([:,-])", lambda sign: signs[sign[1]], each).strip() for each in fields
        ]
    return found


def exported(site: Site, name: str) -> str:
    """What the command line exports."""
    done = CliRunner().invoke(main, ["-C", str(site.root.parent), "export", "--format", name])
    assert done.exit_code == 0, done.output
    return done.stdout_bytes.decode()


@pytest.mark.parametrize("name", ["jsonl", "json", "csv"])
def test_exports_say_what_the_records_say(shown: Site, said: dict[str, Record], name: str) -> None:
    """To the character; but that outer white space is no part of a text."""
    found = {
        each["id"]: (each["title"], each["abstract"]) for each in rows(exported(shown, name), name)
    }
    assert found == {
        each.slug: (each.title.strip(), each.abstract.strip()) for each in said.values()
    }


def rows(text: str, name: str) -> list[dict[str, str]]:
    """The papers of an export."""
    if name == "csv":
        cells = csv.DictReader(io.StringIO(text, newline=""))
        return [
            {key: re.sub(r"^'(?='*[=+@\t\r-])", "", cell) for key, cell in row.items()}
            for row in cells
        ]
    found = (
        json.loads(text) if name == "json" else [json.loads(each) for each in text.split("\n")[:-1]]
    )
    assert isinstance(found, list)
    return found


def test_ris_says_what_the_records_say(shown: Site, said: dict[str, Record]) -> None:
    """One line a value: without line breaks, and without characters that nobody can see."""
    found = {each["id"]: each for each in rispy.loads(exported(shown, "ris"))}
    assert set(found) == {record.slug for record in said.values()}
    for record in said.values():
        each = found[record.slug]
        assert (each["title"], each["abstract"]) == (tidy(record.title), tidy(record.abstract))
