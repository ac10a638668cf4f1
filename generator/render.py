"""From the digest to Markdown: templates in, ``{path: text}`` out. The only module with Jinja2.

Every ``{{ value }}`` is escaped by :func:`generator.markup.escape.escape` unless it is marked as
safe, and a name that does not exist is an error, not an empty string.
"""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup
from markupsafe import escape as escape_html

from generator.api.manual import manual
from generator.atlas.files import strokes
from generator.cards import card_of_paper, card_of_topic
from generator.digest import Digest, EditionView, TopicView
from generator.errors import ContentError
from generator.exports.citation import Form, citations
from generator.exports.metadata import citation_tags, linked_data
from generator.feeds.address import uri
from generator.folder import Folder
from generator.mail.letter import Letter
from generator.mail.message import Texts
from generator.markup.escape import (
    data_block,
    escape,
    line,
    paragraphs,
    prose,
    verbatim,
    yaml_scalar,
)
from generator.markup.typeset import reading, typeset
from generator.overlay import Overlay, overlay
from generator.text.identifiers import label_of
from generator.text.links import name_of
from generator.topics.findings import findings
from generator.trends.drawing import drawn
from generator.views.paging import page_address
from generator.views.reporting import Reporting
from generator.views.titles import title_pages

#: One blank line says as much as three, and macros leave some.
_BLANK_LINES = re.compile(r"\n{3,}")


class Renderer:
    """The templates of a digest, ready to render.

    Args:
        folder: The digest, whose own templates come before the generator's.
        digest: What there is to show.
    """

    def __init__(self, folder: Folder, digest: Digest) -> None:
        self._folder = folder
        self._digest = digest
        self._templates = overlay(folder)

    @cached_property
    def cited(self) -> Mapping[str, tuple[Form, ...]]:
        """How every paper is cited, by slug: on its page, and in files beside it."""
        return citations(self._digest)

    def pages(self) -> Iterator[tuple[str, str]]:
        """Every page: its path below ``docs_dir``, and its Markdown."""
        digest = self._digest
        yield self._page("home", "", edition=digest.latest)
        yield from self._papers()
        yield self._page("topics", "topics/")
        for topic in digest.topics:
            yield from self._topic(topic)
        yield self._page("unsorted", "topics/unsorted/", entries=digest.unsorted)
        yield self._page("editions", "editions/")
        yield from self._editions()
        yield self._page("trends", "trends/")
        yield self._page("map", "map/", picture=strokes(digest.atlas.points))
        yield self._page("search", "search/")
        yield from self._titles()
        yield self._page("feeds", "feeds/")
        yield self._page("api", "api/", manual=manual(digest))
        yield self._page("reading-list", "reading-list/")
        yield self._page("status", "status/")
        yield from self._redirects()

    def letter(self, letter: Letter) -> Texts:
        """A letter as HTML and as plain text, its addresses those of the site."""
        context = {"letter": letter, "url": _absolute(self._digest.site.url)}
        plain = self._render("email.txt.j2", "", context, finalize=line)
        return Texts(
            html=self._render("email.html.j2", "", context),
            plain=_BLANK_LINES.sub("\n\n", plain).strip("\n") + "\n",
        )

    def _redirects(self) -> Iterator[tuple[str, str]]:
        """A page at every address that a page had before."""
        for old, new in self._digest.redirects.items():
            paper = self._digest.by_slug[new]
            yield self._redirect(f"papers/{old}/", "paper", paper.address, paper.title)
        pages = {topic.ref.id: len(topic.pages) for topic in self._digest.topics}
        for old, ref in self._digest.topics_moved.items():
            for number in range(1, pages[ref.id] + 1):
                address = page_address(f"topics/{old}/", number)
                target = page_address(ref.address, number)
                yield self._redirect(address, "topic", target, ref.title)
        for old, target in self._digest.pages_moved.items():
            yield self._redirect(old, "page", target, self._digest.site.name)

    def _redirect(self, address: str, kind: str, target: str, title: str) -> tuple[str, str]:
        context = {"kind": kind, "target": target, "title": title}
        return f"{address}index.html", self._render("redirect.html.j2", address, context)

    def _papers(self) -> Iterator[tuple[str, str]]:
        neighbours = {}
        editions = {edition.date: edition for edition in self._digest.editions}
        for edition in self._digest.editions:
            shown = [*edition.picks, *(e for s in edition.sections for e in s.entries)]
            for before, entry, after in zip(
                [None, *shown], shown, [*shown[1:], None], strict=False
            ):
                if entry.date == edition.date:
                    neighbours[entry.slug] = (before, after)
        for entry in self._digest.entries:
            before, after = neighbours.get(entry.slug, (None, None))
            yield self._page(
                "paper",
                entry.address,
                paper=entry,
                card=card_of_paper(self._digest, entry),
                forms=self.cited[entry.slug],
                tags=tuple(citation_tags(entry, self._digest.site)),
                linked=linked_data(entry, editions.get(entry.date), self._digest.site),
                edition=editions.get(entry.date),
                previous=before,
                next=after,
            )

    def _topic(self, topic: TopicView) -> Iterator[tuple[str, str]]:
        pages = topic.pages
        for number, entries in enumerate(pages, start=1):
            yield self._page(
                "topic",
                page_address(topic.ref.address, number),
                topic=topic,
                number=number,
                entries=entries,
                pages=len(pages),
                card=card_of_topic(self._digest, topic.ref),
            )

    def _titles(self) -> Iterator[tuple[str, str]]:
        pages = title_pages(self._digest.entries)
        addresses = [page_address("titles/", number) for number in range(1, len(pages) + 1)]
        places: dict[str, str] = {}  # where each letter begins
        for address, letters in zip(addresses, pages, strict=True):
            for letter, _ in letters:
                places.setdefault(letter, address)
        for number, (address, letters) in enumerate(zip(addresses, pages, strict=True), start=1):
            yield self._page(
                "titles",
                address,
                letters=letters,
                places=places,
                number=number,
                pages=len(pages),
            )

    def _editions(self) -> Iterator[tuple[str, str]]:
        """Editions know the one before, in time, and the one after."""
        editions = self._digest.editions
        for after, edition, before in _with_neighbours(editions):
            pages = edition.pages
            for number, page in enumerate(pages, start=1):
                yield self._page(
                    "edition",
                    page.address,
                    edition=edition,
                    page=page,
                    number=number,
                    pages=len(pages),
                    previous=before,
                    next=after,
                )

    def _page(self, template: str, address: str, **context: object) -> tuple[str, str]:
        """One page of Markdown, with its path."""
        return markdown_path(address), self._render(f"{template}.md.j2", address, context)

    def _render(
        self,
        template: str,
        address: str,
        context: Mapping[str, object],
        finalize: Callable[[object], Markup] = escape,
    ) -> str:
        """Render one template; ``finalize`` makes values safe where they are to stand.

        Raises:
            ContentError: If the template is missing or mistaken; with its line.
        """
        shared = {
            "digest": self._digest,
            "site": self._digest.site,
            "address": address,
            "url": _linker(address),
            "report": Reporting(self._digest.site),
        }
        try:
            environment = _environment(self._templates, finalize)
            return environment.get_template(template).render({**shared, **context})
        except jinja2.TemplateSyntaxError as error:
            path = Path(error.filename or str(error.name))
            raise self._fault(path, str(error.message), error.lineno) from None
        except jinja2.TemplateNotFound as error:
            name = self._folder.name(self._folder.templates / str(error.name))
            raise ContentError(name, "is not there", "write it, or take out its mention") from None
        except Exception as error:
            # Whatever a template does wrong, Jinja2 names its file and line in the traceback.
            frames = traceback.extract_tb(error.__traceback__)
            ours = [frame for frame in frames if frame.filename.endswith(".j2")]
            if not ours and not isinstance(error, UnicodeDecodeError):
                raise
            path = Path(ours[-1].filename) if ours else self._templates.find(template)
            raise self._fault(path, str(error), ours[-1].lineno if ours else None) from None

    def _fault(self, path: Path, problem: str, line: int | None) -> ContentError:
        name = self._folder.name(path)
        return ContentError(name, problem, "mend the template", line=line)


class _Loader(jinja2.FileSystemLoader):
    """Finds a template in the first folder that has it, also when that is another one now."""

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """A template's text, its file, and whether that is still what it was."""
        text, name, unchanged = super().get_source(environment, template)
        before = [Path(place, template) for place in self.searchpath]
        before = before[: before.index(Path(name))]
        return text, name, lambda: unchanged() and not any(path.is_file() for path in before)


@cache
def _environment(templates: Overlay, finalize: Callable[[object], Markup]) -> jinja2.Environment:
    """The templates of a digest, compiled once; one that is edited is compiled anew."""
    environment = jinja2.Environment(
        loader=_Loader(templates.places),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(_FILTERS)
    return environment


def _with_neighbours(
    editions: tuple[EditionView, ...],
) -> Iterator[tuple[EditionView | None, EditionView, EditionView | None]]:
    return zip([None, *editions], editions, [*editions[1:], None], strict=False)


def markdown_path(address: str) -> str:
    """Where MkDocs wants the Markdown of the page at ``address``.

    Folders with pages below them have an ``index.md``; the others are files of their own.
    """
    if not address:
        return "index.md"
    parts = address.strip("/").split("/")
    has_children = len(parts) == 1 and parts[0] in {"topics", "editions"}
    has_pages = len(parts) == 2 and parts[0] in {"topics", "editions"} and parts[1] != "unsorted"  # noqa: PLR2004
    return "/".join(parts) + ("/index.md" if has_children or has_pages else ".md")


def _linker(address: str) -> Callable[[str], Markup]:
    """A function from an address below the site's root to one relative to this page.

    Relative addresses work wherever the site is put: under a path, on a stick, in a pull request.
    """

    def url(target: str) -> Markup:
        path, mark, anchor = target.partition("#")
        relative = posixpath.relpath(f"/{path}", f"/{address}")
        slash = "/" if path.endswith("/") or not path else ""
        return Markup(quote(f"{relative}{slash}{mark}{anchor}", safe="/#-._~"))  # noqa: S704 - quoted

    return url


def _href(value: object) -> Markup:
    """An address in an attribute of HTML, with no more references than must be.

    In a letter it is read by more than browsers: mail services look for addresses in the source.
    """
    return escape_html(uri(str(value)).replace("{", "%7B").replace("}", "%7D"))


def _absolute(base: str) -> Callable[[str], Markup]:
    """A function from an address below the site's root to one that leads there from anywhere."""

    def url(target: str) -> Markup:
        return _href(base + quote(target, safe="/#-._~"))

    return url


def _signed(value: float) -> str:
    """A weight as readers meet it: with its sign, and one decimal where it has one."""
    text = f"{abs(value):.1f}".removesuffix(".0")
    return f"{'−' if value < 0 else '+'}{text}"


def _long_date(value: dt.date) -> str:
    return f"{value.day} {value:%B} {value.year}"


def _short_date(value: dt.date) -> str:
    return f"{value.day} {value:%b} {value.year}"


def _by_month(items: Iterable[Any]) -> list[tuple[dt.date, list[Any]]]:
    """Things that have a ``date``, newest or oldest first, in their months."""
    return [
        (first, list(group))
        for first, group in groupby(items, key=lambda item: item.date.replace(day=1))
    ]


def _capitalise(value: str) -> str:
    """A text with a capital letter at its beginning, and nothing else changed."""
    return value[:1].upper() + value[1:]


def _fact(name: str) -> str:
    """How readers call a field of a record, such as ``ids.arxiv``."""
    part, _, kind = name.partition(".")
    if part == "ids" and kind:
        return label_of(kind) if kind == "doi" else f"{label_of(kind)} identifier"
    return {"published": "day of publication"}.get(name, name.replace(".", " "))


@jinja2.pass_context
def _prose(
    context: jinja2.runtime.Context, value: object, styles: Mapping[str, str] | None = None
) -> Markup:
    """An editor's Markdown, its links into the site made relative to the page."""
    return prose(value, context["url"], styles)


@jinja2.pass_context
def _paragraphs(context: jinja2.runtime.Context, value: str) -> Markup:
    """An editor's Markdown in plain text, for a template of plain text."""
    return paragraphs(value, context["url"])


def _typeset(value: str, *, links: bool = False) -> Markup:
    """A paper's title or abstract, its formulas set, and its addresses linked if asked for."""
    return typeset(value, formulas=True, links=links, escape=escape)


_FILTERS: Mapping[str, Callable[..., Any]] = {
    "long_date": _long_date,
    "short_date": _short_date,
    "month": lambda value: f"{value:%B} {value.year}",
    "by_month": _by_month,
    "capitalise": _capitalise,
    "fact": _fact,
    "findings": findings,
    "page": page_address,
    "drawn": drawn,
    "signed": _signed,
    "weekday": lambda value: f"{value:%A}",
    "iso": lambda value: value.isoformat(),
    "yaml": yaml_scalar,
    "verbatim": verbatim,
    "data": data_block,
    "prose": _prose,
    "paragraphs": _paragraphs,
    "href": _href,
    "typeset": _typeset,
    "reading": reading,
    "name": name_of,
    "number": lambda value: f"{value:,}",
}
