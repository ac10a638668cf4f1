"""What must hold for everything that goes out: pages, feeds, exports, an editor's Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from functools import cache
from typing import Any

import feedparser
import rispy  # type: ignore[import-untyped]
import yaml
from bibtexparser.entrypoint import parse_string
from bs4 import BeautifulSoup
from markdown import Markdown

from generator.digest import Digest
from generator.exports import export, records
from generator.feeds.xml import legal
from generator.folder import Folder
from generator.markup.prose import html as prose
from generator.text.cleaning import tidy
from tests.conftest import ROOT
from tests.fuzz import markup
from tests.fuzz.cases import Case
from tests.fuzz.entries import digest_of, given_of
from tests.fuzz.markup import folded, parsed
from tests.markup.test_escape import CONTROLS, MARKDOWN
from tests.rendered import Rendered, feeds

_FOLDER = Folder(ROOT)


def _ours() -> Markdown:
    """Markdown as MkDocs runs it here: its own three extensions, and those of mkdocs.yml."""
    enabled = yaml.safe_load(_FOLDER.mkdocs_yml.read_text(encoding="utf-8"))["markdown_extensions"]
    named = [each if isinstance(each, dict) else {each: {}} for each in enabled]
    configured = {name: options for each in named for name, options in each.items()}
    extensions = ["toc", "tables", "fenced_code", *configured]
    return Markdown(extensions=extensions, extension_configs=configured)


#: Ours, and far more than anybody enables at once.
_MARKDOWNS = (_ours(), MARKDOWN)


# --- page ---------------------------------------------------------------------------------------

#: One page of each kind on which a paper's texts stand, and which Markdown it is tried with.
_PAGES = (
    *(("papers/p.md", 0), ("papers/p.md", 1), ("papers/o.md", 0), ("index.md", 0)),
    *(("topics/speech/index.md", 1), ("editions/2026-03-11/index.md", 0), ("status.md", 0)),
    ("papers/old/index.html", 0),
)
#: The extension pymdownx.critic reads pages before anything else does, HTML too.
_CRITIC = frozenset({"ins", "del", "mark", "span", "br"})
#: Texts without which a page has fewer elements.
_OPTIONAL = frozenset({"note", "other title", "link", "doi", "arxiv", "introduction"})


def page(case: Case) -> None:
    """Pages show a paper's texts as they are, and have no element that other pages have not."""
    given = given_of(case)
    made = Rendered(digest_of(given))
    for path, number in _PAGES:
        found = _checked(made[path], path, number)
        wanted = _harmless(_OPTIONAL & set(given), path, number)
        assert markup.skeleton(found) == wanted, _difference(found, wanted, path)
        _assert_shown(found, path, given)
    _assert_front(made["papers/p.md"], given)


def _html(source: str, path: str, number: int) -> BeautifulSoup:
    if path.endswith(".html"):
        return parsed(source)
    body = source.split("---\n", 2)[2]
    return parsed(_MARKDOWNS[number].reset().convert(body))


def _checked(source: str, path: str, number: int) -> BeautifulSoup:
    """A page without what texts may bring: formulas, links of abstracts, editors' Markdown."""
    found = _html(source, path, number)
    markup.links_are_harmless(found)
    for more in found.select("details.entry-more"):
        more.decompose()  # stands below long abstracts alone
    markup.take_out_formulas(found)
    for abstract in found.select(".paper-abstract, .entry-abstract"):
        markup.take_out_links(abstract)
    for note in found.select(".note, .entry-note, .introduction"):
        for by in note.select(".note__by"):
            by.decompose()
        markup.take_out_prose(note, _CRITIC if number else frozenset())
    return found


@cache
def _harmless(names: frozenset[str], path: str, number: int) -> list[tuple[object, ...]]:
    """The elements of a page of a paper with the same texts, all of them harmless."""
    given = {name: "https://a.org/x" if name == "link" else "word" for name in names}
    made = Rendered(digest_of(given))
    return markup.skeleton(_checked(made[path], path, number))


def _difference(found: BeautifulSoup, wanted: list[tuple[object, ...]], path: str) -> str:
    bones = markup.skeleton(found)
    more = [each for each in bones if each not in wanted]
    less = [each for each in wanted if each not in bones]
    return f"{path}: more {more[:3]}, less {less[:3]}"


def _assert_shown(found: BeautifulSoup, path: str, given: Case) -> None:
    title = folded(given.get("title", "A title"))
    abstract = folded(given.get("abstract", "An abstract."))
    if path == "papers/p.md":
        assert markup.text_of(found, "h1") == title
        assert markup.text_of(found, ".paper-abstract") == abstract
        assert markup.text_of(found, ".authors") == f"Ada, {folded(given.get('author', 'Bo'))}"
        assert markup.text_of(found, "mark") == folded(given.get("phrase", "tea"))
        for name in filter(given.get, ("other title",)):
            assert markup.text_of(found, ".as") == f"as “{folded(given[name])}”"
    elif path in {"papers/o.md", "status.md", "papers/old/index.html"}:
        assert title in folded(found.get_text())
    else:
        place = '.paper-entry[data-paper="p"]'
        assert markup.text_of(found, f"{place} h3") == title
        assert markup.text_of(found, f"{place} .entry-abstract") == abstract


def _assert_front(source: str, given: Case) -> None:
    front = yaml.safe_load(source.split("---\n", 2)[1])
    assert front["title"] == folded(given.get("title", "A title"))
    assert front["kind"] == "paper"
    assert isinstance(front["description"], str)


# --- feed ---------------------------------------------------------------------------------------

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = frozenset({"p", "strong", "a"})


def feed(case: Case) -> None:
    """Feeds and exports can be parsed and say what the paper says."""
    given = given_of(case)
    made = digest_of(given)
    written = feeds(made)
    for path, text in written.items():
        text.encode()
        if path in {"feed.xml", "atom.xml"}:
            read = feedparser.parse(text.encode())
            assert not read.bozo, f"{path}: {read.get('bozo_exception')}"
        elif not path.endswith(".json"):
            ET.fromstring(text.encode())  # noqa: S314 - our own
    _assert_items(written, given)
    _assert_exports(made, given)


def _assert_items(written: dict[str, str], given: Case) -> None:
    rss = ET.fromstring(written["feed.xml"].encode()).findall("channel/item")  # noqa: S314 - ours
    atom = ET.fromstring(written["atom.xml"].encode()).findall(f"{_ATOM}entry")  # noqa: S314
    items = json.loads(written["feed.json"])["items"]
    assert len(rss) == len(atom) == len(items) == 3
    title = _legal(given.get("title", "A title"))
    for shown in (
        rss[1].findtext("title"),
        atom[1].findtext(f"{_ATOM}title"),
        items[1]["title"],
    ):
        assert _legal(shown or "") == title
    for content in (
        rss[1].findtext("description"),
        atom[1].findtext(f"{_ATOM}content"),
        items[1]["content_html"],
    ):
        _assert_content(content or "", given)


def _legal(text: str) -> str:
    return folded(legal(text))


def _assert_content(html: str, given: Case) -> None:
    """The HTML of an item: the abstract, and nothing that other items have not."""
    found = parsed(html)
    markup.links_are_harmless(found)
    markup.take_out_formulas(found)
    body = found.body
    assert body is not None
    paragraphs = re.split(r"\n\s*\n", given.get("abstract", "An abstract.").strip())
    shown = body.find_all(True, recursive=False)
    for text, place in zip(paragraphs, shown[: len(paragraphs)], strict=True):
        markup.take_out_links(place)
        assert place.name == "p"
        assert not place.find_all(True)
        assert _legal(place.get_text()) == _legal(text)
    for each in found.find_all(True):
        assert "note" in given or each.name in _CONTENT | {"html", "head", "body"}, each.name
        assert not {name for name in each.attrs if name.startswith("on") or name == "style"}


#: The apostrophe that tells a spreadsheet that a cell is text.
_UNGUARDED = re.compile(r"^'(?='*[=+@\t\r-])")


def _assert_exports(made: Digest, given: Case) -> None:
    papers = [each for each in records(made) if each.entry.slug == "p"]
    (line,) = map(json.loads, export("jsonl", papers).splitlines())
    title, abstract = given.get("title", "A title"), given.get("abstract", "An abstract.")
    assert (line["title"], line["abstract"]) == (title, abstract)
    (row,) = csv.DictReader(io.StringIO(export("csv", papers), newline=""))
    for name, text in (("title", title), ("abstract", abstract)):
        assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r"))
        assert _UNGUARDED.sub("", row[name]) == text
    (found,) = rispy.loads(export("ris", papers))
    assert (found.get("title", ""), found.get("abstract", "")) == (tidy(title), tidy(abstract))
    _assert_bibtex(export("bibtex", papers))


def _assert_bibtex(text: str) -> None:
    read: Any = parse_string(text)
    assert not read.failed_blocks
    assert [each.key for each in read.entries] == ["p"]
    assert len(read.blocks) == 1
    depth = 0
    for char in text:  # BibTeX counts braces and knows nothing of backslashes
        depth += (char == "{") - (char == "}")
        assert depth >= 0
    assert depth == 0


# --- notes --------------------------------------------------------------------------------------


def notes(case: Case) -> None:
    """An editor's Markdown is one line of known elements, and no page's Markdown changes it."""
    made = prose(CONTROLS.sub("", case.get("text", "")), lambda address: f"../{address}")
    assert len(made.split("\n")) == 1, "more than one line"
    alone = parsed(f'<div class="note">{made}</div>')
    markup.links_are_harmless(alone)
    for place in alone.select("body > .note"):
        markup.take_out_prose(place)
    for markdown in _MARKDOWNS:
        page = markdown.reset().convert(f'Before.\n\n<div class="note">{made}</div>\n\nAfter.')
        around = [folded(each.get_text()) for each in parsed(page).select("body > p")]
        assert around == ["Before.", "After."], "a note gets out of its place"
    page = _MARKDOWNS[0].reset().convert(f'<div class="note">{made}</div>')
    assert _flat(page) == _flat(f'<div class="note">{made}</div>'), "Markdown changes it"


def _flat(html: str) -> str:
    """A page as it is shown; Markdown makes spaces of tabs everywhere."""
    return re.sub(r"[ \t]+", " ", str(parsed(html).body)).strip()
