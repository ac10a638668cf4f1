"""From the digest to Markdown: templates in, ``{path: text}`` out. The only module with Jinja2.

Every ``{{ value }}`` is escaped by :func:`generator.markup.escape.escape` unless it is marked as
safe, and a name that does not exist is an error, not an empty string.
"""

from __future__ import annotations

import datetime as dt
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache, partial
from itertools import groupby
from pathlib import Path
from types import FunctionType
from typing import Any, NamedTuple, TypeVar

import jinja2
import jinja2.compiler
from markupsafe import Markup

from generator.api.manual import manual
from generator.atlas.files import strokes
from generator.cards import card_of_paper, card_of_topic
from generator.digest import Digest, EditionView, Entry, TopicView
from generator.errors import ContentError
from generator.exports.citation import Form
from generator.exports.metadata import citation_tags, linked_data
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
from generator.markup.linking import absolute, href, linker
from generator.markup.typeset import reading, typeset
from generator.overlay import Overlay, overlay
from generator.text.identifiers import label_of
from generator.text.links import name_of, numbered
from generator.topics.findings import findings, weighed
from generator.trends.drawing import drawn
from generator.views.paging import page_address
from generator.views.reporting import Reporting
from generator.views.titles import title_pages

#: One blank line says as much as three, and macros leave some.
_BLANK_LINES = re.compile(r"\n{3,}")
#: How many texts of papers are remembered as they are set: each stands on several pages.
_REMEMBERED = 1 << 12

_T = TypeVar("_T")


class Page(NamedTuple):
    """A page: its path below ``docs_dir``, and what makes its text.

    ``date`` is that of the newest paper of which it shows the abstract, if it shows any;
    ``has_charts`` says that something is drawn for it.
    """

    path: str
    make: Callable[[], str]
    date: dt.date | None = None
    has_charts: bool = False


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

    def pages(self) -> Iterator[Page]:
        """Every page but those of papers and those that lead on."""
        digest = self._digest
        yield self._page("home", "", edition=digest.latest)._replace(has_charts=True)
        yield self._page("trends", "trends/")._replace(has_charts=True)
        yield Page(markdown_path("map/"), self._map)
        yield self._page("topics", "topics/")
        for topic in digest.topics:
            yield from self._topic(topic)
        yield self._page("unsorted", "topics/unsorted/", entries=digest.unsorted)
        yield self._page("editions", "editions/")
        yield from self._editions()
        yield self._page("search", "search/")
        yield self._page("feeds", "feeds/")
        yield Page(markdown_path("api/"), self._api)
        yield self._page("reading-list", "reading-list/")
        yield self._page("status", "status/")

    def paper(self, entry: Entry, forms: tuple[Form, ...]) -> str:
        """The page of a paper; ``forms`` are those in which it is cited."""
        digest = self._digest
        edition = self._editions_of.get(entry.date)
        before, after = self._beside.get(entry.slug, (None, None))
        context = {
            "paper": entry,
            "card": card_of_paper(digest, entry),
            "forms": forms,
            "tags": tuple(citation_tags(entry, digest.site)),
            "linked": linked_data(entry, edition, digest.site),
            "edition": edition,
            "previous": before,
            "next": after,
        }
        return self._render("paper.md.j2", entry.address, context)

    def titles(self) -> Iterator[str]:
        """The pages of the index of titles, whose number is :func:`pages_of_titles`."""
        pages = title_pages(self._digest.entries)
        addresses = [page_address("titles/", number) for number in range(1, len(pages) + 1)]
        places: dict[str, str] = {}  # where each letter begins
        for address, letters in zip(addresses, pages, strict=True):
            for letter, _ in letters:
                places.setdefault(letter, address)
        for number, (address, letters) in enumerate(zip(addresses, pages, strict=True), start=1):
            context = {"letters": letters, "places": places, "number": number, "pages": len(pages)}
            yield self._render("titles.md.j2", address, context)

    def redirect(self, address: str, kind: str, target: str, title: str) -> str:
        """A page at an address that something had before."""
        context = {"kind": kind, "target": target, "title": title}
        return self._render("redirect.html.j2", address, context)

    def letter(self, letter: Letter) -> Texts:
        """A letter as HTML and as plain text, its addresses those of the site."""
        context = {"letter": letter, "url": absolute(self._digest.site.url)}
        plain = self._render("email.txt.j2", "", context, finalize=line)
        return Texts(
            html=self._render("email.html.j2", "", context),
            plain=_BLANK_LINES.sub("\n\n", plain).strip("\n") + "\n",
        )

    @cached_property
    def _editions_of(self) -> Mapping[dt.date, EditionView]:
        return {edition.date: edition for edition in self._digest.editions}

    @cached_property
    def _beside(self) -> Mapping[str, tuple[Entry | None, Entry | None]]:
        """The papers before and after each one, in the edition in which it is new."""
        beside = {}
        for edition in self._digest.editions:
            shown = [*edition.picks, *(e for s in edition.sections for e in s.entries)]
            for before, entry, after in _with_neighbours(shown):
                if entry.date == edition.date:
                    beside[entry.slug] = (before, after)
        return beside

    def _topic(self, topic: TopicView) -> Iterator[Page]:
        pages = topic.pages
        for number, entries in enumerate(pages, start=1):
            yield self._page(
                "topic",
                page_address(topic.ref.address, number),
                entries[0].date if entries else None,
                topic=topic,
                number=number,
                entries=entries,
                pages=len(pages),
                card=card_of_topic(self._digest, topic.ref),
            )

    def _editions(self) -> Iterator[Page]:
        """Editions know the one before, in time, and the one after."""
        editions = self._digest.editions
        for after, edition, before in _with_neighbours(editions):
            pages = edition.pages
            for number, page in enumerate(pages, start=1):
                yield self._page(
                    "edition",
                    page.address,
                    edition.date,
                    edition=edition,
                    page=page,
                    number=number,
                    pages=len(pages),
                    previous=before,
                    next=after,
                )

    def _map(self) -> str:
        return self._render("map.md.j2", "map/", {"picture": strokes(self._digest.atlas.points)})

    def _api(self) -> str:
        return self._render("api.md.j2", "api/", {"manual": manual(self._digest)})

    def _page(
        self, template: str, address: str, date: dt.date | None = None, **context: object
    ) -> Page:
        """One page of Markdown, with its path."""
        make = partial(self._render, f"{template}.md.j2", address, context)
        return Page(markdown_path(address), make, date)

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
            "url": linker(address),
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


class _Generator(jinja2.compiler.CodeGenerator):
    """Makes a value safe once, by ``finalize``: Jinja2 would put its own escaping around that.

    It would find nothing to do, two hundred times a page.
    """

    def _output_child_pre(self, *_: object) -> None:
        self.write("environment.finalize(")

    def _output_child_post(self, *_: object) -> None:
        self.write(")")


class _Context(jinja2.runtime.Context):
    """Calls a plain function without asking first what else it might be: most are ``url``."""

    def call(self, function: Callable[..., Any], /, *args: Any, **named: Any) -> Any:
        """What a template's call gives."""
        if type(function) is not FunctionType or function.__dict__:
            return super().call(function, *args, **named)
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return function(*args, **named)


class _Environment(jinja2.Environment):
    code_generator_class = _Generator
    context_class = _Context


@cache
def _environment(templates: Overlay, finalize: Callable[[object], Markup]) -> jinja2.Environment:
    """The templates of a digest, compiled once; one that is edited is compiled anew."""
    environment = _Environment(
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


def _with_neighbours(items: Sequence[_T]) -> Iterator[tuple[_T | None, _T, _T | None]]:
    return zip([None, *items], items, [*items[1:], None], strict=False)


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


@lru_cache(maxsize=_REMEMBERED)
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
    "weighed": weighed,
    "numbered": numbered,
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
    "href": href,
    "typeset": _typeset,
    "reading": reading,
    "name": name_of,
    "number": lambda value: f"{value:,}",
}
