"""The HTML inside an item: text that is shown as it is written, links that lead to the web.

Titles and abstracts are strangers' text: every character of theirs is escaped. Notes and
introductions are Markdown by the digest's own editors; they are rendered, but no HTML of theirs
passes, and no link that runs something, because a reader shows a feed beside others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from generator.digest import EditionView, Entry
from generator.model import Link
from generator.prose import html as markdown

_PARAGRAPH = re.compile(r"\n\s*\n")


def paper(entry: Entry, links: Iterable[Link], base: str) -> str:
    """Abstract, editor's note, and where else the paper is to be found."""
    parts = [*_paragraphs(entry.abstract)]
    if entry.note:
        parts.append(f"<p><strong>Editor’s note:</strong></p>{_prose(entry.note, base)}")
    if shown := " · ".join(_anchor(link.url, link.kind.value.capitalize()) for link in links):
        parts.append(f"<p>{shown}</p>")
    return "\n".join(parts)


def edition(view: EditionView, base: str) -> str:
    """Introduction, picks, and all other papers by topic, each with a link to its page."""
    parts = []
    if view.introduction:
        parts.append(_prose(view.introduction, base))
    if view.picks:
        parts.append(_list("Editor’s picks", view.picks, base))
    for section in view.sections:
        title = section.topic.title if section.topic else "Other papers"
        parts.append(_list(title, section.entries, base))
    return "\n".join(parts)


def _prose(text: str, base: str) -> str:
    return markdown(text, lambda address: base + address)


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in _PARAGRAPH.split(text.strip()):
        yield f"<p>{escape(paragraph, quote=False)}</p>"


def _anchor(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text, quote=False)}</a>'


def _list(title: str, entries: Iterable[Entry], base: str) -> str:
    lines = (f"<li>{_anchor(base + entry.address, entry.title)}</li>" for entry in entries)
    return "\n".join([f"<h3>{escape(title, quote=False)}</h3>", "<ul>", *lines, "</ul>"])
