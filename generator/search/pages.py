"""Papers as Pagefind reads them: a page of HTML each, with the words to find and nothing else.

The text of a page is its :data:`FIELDS`, with a mark behind each. Pagefind keeps that text beside
the index and gives it back with the places of the words it found, so the site shows a result from
it, character by character. Everything that Pagefind would change on the way is written otherwise
(:func:`written`); ``search.js`` reads it back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape
from html.parser import HTMLParser

from generator.digest import Digest, Entry
from generator.markup.prose import html
from generator.markup.typeset import reading

#: What stands behind each field, as a word of its own. It has no letter: no query can find it.
MARK = "\N{SYMBOL FOR RECORD SEPARATOR}"
#: What stands between the items of a field that is a list.
ITEM = f"{MARK};"

#: What Pagefind drops or takes for its own, and how it is written instead: the mark, and a sign.
#: (``___PAGEFIND_`` begins its own marks; a space without width is cut out of what it returns.)
_REPLACED = (
    (MARK, f"{MARK}:"),
    ("___PAGEFIND_", f"___{MARK}-PAGEFIND_"),
    ("\N{ZERO WIDTH SPACE}", f"{MARK},"),
)

#: Chinese characters and Japanese syllables; and how many of them a query may have within a run.
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{3,}")
_REACH = 8

#: How much more a word of the title counts; 10 is the most that Pagefind takes.
_TITLE = 10

#: The parts of a paper in the order in which they stand in its page.
FIELDS: Mapping[str, Callable[[Entry], tuple[str, ...]]] = {
    "title": lambda entry: (reading(entry.title),),
    "abstract": lambda entry: (reading(entry.abstract),),
    "authors": lambda entry: entry.authors,
    "ids": lambda entry: tuple(entry.ids.values()),
    "code": lambda entry: (code.url,) if (code := entry.link("code")) else (),
    "note": lambda entry: (_words(entry.note),) if entry.note else (),
    "parts": lambda entry: (_parts(f"{entry.title} {entry.abstract}"),),
}


def pages(digest: Digest) -> dict[str, bytes]:
    """The page of every paper, by its name: that of the paper's own address."""
    return {f"{entry.slug}.html": page(entry).encode() for entry in digest.entries}


def page(entry: Entry) -> str:
    """A paper's page, of which the body has its words and each filter an empty element."""
    fields = [f" {ITEM} ".join(map(written, found(entry))) for found in FIELDS.values()]
    title, *others = (escape(field) for field in fields)
    body = f'<span data-pagefind-weight="{_TITLE}">{title}</span> {MARK} '
    body += "".join(f"{other} {MARK} " for other in others)
    filters = "".join(
        f'<i data-pagefind-filter="{name}:{escape(value)}"></i>' for name, value in _filters(entry)
    )
    # Pagefind reads a language, and forgets words that are not in the marked element.
    return (
        f'<!doctype html><html lang="en"><body data-pagefind-body><p>{body.rstrip()}</p>'
        f"{filters}</body></html>\n"
    )


def _filters(entry: Entry) -> list[tuple[str, str]]:
    """By what results can be narrowed. A paper stands in the editions of several days."""
    found = [("topic", tag.topic.id) for tag in entry.topics]
    found += [("edition", day.isoformat()) for day in entry.dates]
    found += [("code", "1")] * (entry.link("code") is not None)
    return found + [("pick", "1")] * entry.pick


def written(text: str) -> str:
    """A text such that it comes back from Pagefind as it was, but for runs of white space."""
    for found, instead in _REPLACED:
        text = text.replace(found, instead)
    return " ".join(text.split())


def _parts(text: str) -> str:
    """What can be looked for within a run of a script that puts no space between its words.

    Pagefind finds a word by its beginning; these are the other places at which one may begin.
    """
    return " ".join(
        dict.fromkeys(
            run[place : place + _REACH]
            for run in _UNSPACED.findall(text)
            for place in range(1, len(run) - 1)
        )
    )


def _words(note: str) -> str:
    """What an editor's Markdown says, without its marks."""
    reader = _Reader()
    reader.feed(html(note))
    return "".join(reader.said)


class _Reader(HTMLParser):
    """The text of a piece of HTML; words of different elements are kept apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"a", "em", "strong", "code"}:
            self.said.append(" ")
