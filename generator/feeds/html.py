"""The HTML inside an item: text that is shown as it is written, links that lead to the web.

Titles and abstracts are strangers' text: every value is escaped where it is put into markup
(:class:`~markupsafe.Markup` sees to it). Formulas stay as their source, for few feed readers show
MathML. Notes and introductions are Markdown by the digest's own editors; they are rendered, but no
HTML of theirs passes, and no link that runs something, because a reader shows a feed beside others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup

from generator.digest import EditionView, Entry
from generator.markup.prose import html as markdown
from generator.markup.typeset import typeset
from generator.model import Link
from generator.text.links import name_of

_PARAGRAPH = re.compile(r"\n\s*\n")


def paper(entry: Entry, links: Iterable[Link], base: str) -> Markup:
    """Abstract, editor's note, and where else the paper is to be found."""
    parts = [*_paragraphs(entry.abstract)]
    if entry.note:
        note = _prose(entry.note, base)
        parts.append(Markup("<p><strong>Editor’s note:</strong></p>{}").format(note))
    shown = [_anchor(link.url, name_of(link)) for link in links]
    if shown:
        parts.append(Markup("<p>{}</p>").format(Markup(" · ").join(shown)))
    return Markup("\n").join(parts)


def edition(view: EditionView, base: str) -> Markup:
    """Introduction, picks, and all other papers by topic, each with a link to its page."""
    parts = []
    if view.introduction:
        parts.append(_prose(view.introduction, base))
    if view.picks:
        parts.append(_list("Editor’s picks", view.picks, base))
    for section in view.sections:
        title = section.topic.title if section.topic else "Other papers"
        parts.append(_list(title, section.entries, base))
    return Markup("\n").join(parts)


def _prose(text: str, base: str) -> Markup:
    return Markup(markdown(text, lambda address: base + address))  # noqa: S704 - made without HTML


def _paragraphs(text: str) -> Iterator[Markup]:
    for paragraph in _PARAGRAPH.split(text.strip()):
        yield Markup("<p>{}</p>").format(typeset(paragraph, links=True))


def _anchor(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)


def _list(title: str, entries: Iterable[Entry], base: str) -> Markup:
    lines = [
        Markup("<li>{}</li>").format(_anchor(base + entry.address, entry.title))
        for entry in entries
    ]
    items = Markup("\n").join(lines)
    return Markup("<h3>{}</h3>\n<ul>\n{}\n</ul>").format(title, items)
