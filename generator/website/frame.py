"""What all pages of a site have in common: MkDocs' configuration, files, navigation, theme."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page

from generator.errors import DigestError
from generator.website.reading import Reader

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

#: The MkDocs whose inside this package knows; there will be no other of its line.
_MKDOCS = "1.6.1"
#: What a page follows from, beside the digest's own files.
_PROGRAMS = ("mkdocs", "mkdocs-material", "markdown", "jinja2", "markupsafe", "pyyaml")
#: Files of a theme from which pages are made.
_TEMPLATES = frozenset({".html", ".svg", ".xml", ".yml"})
#: What makes a page depend on other pages, and on the day of the build.
_OTHERS = re.compile(
    r"\{[{%][^}]*(?:(?<![.\w])pages\b|\b(?:nav|homepage|item)\.(?:content|markdown))"
)
_DATED = re.compile(r"\b(?:build_date_utc|update_date)\b")


class Unfit(Exception):  # noqa: N818 - no error: MkDocs itself is asked then
    """A site that has to be built by MkDocs itself; the message says why."""


@contextmanager
def left_to_mkdocs() -> Iterator[None]:
    """Leave what fails in the block to MkDocs, which knows how to say it.

    Raises:
        Unfit: In place of everything but a mistake that the generator itself has words for.
    """
    try:
        yield
    except (Unfit, DigestError):
        raise
    except Exception as error:
        raise Unfit(f"{type(error).__name__}: {error}") from error


@dataclass(frozen=True, slots=True)
class Frame:
    """A site before its first page.

    ``pages`` are all that are made of Markdown, ``reader`` reads them, and ``key`` stands for what
    they follow from beside their own text.
    """

    config: MkDocsConfig
    files: Files
    pages: list[File]
    nav: Navigation
    env: Any
    reader: Reader
    key: str


def frame(mkdocs_yml: Path, found: Callable[[MkDocsConfig], Files] | None = None) -> Frame:
    """Read a site's configuration and find its files.

    Args:
        mkdocs_yml: The configuration.
        found: Finds what the site is made of; without it, all of it is in the folder that the
            configuration names.

    Raises:
        Unfit: If the site has something that only MkDocs itself knows how to do.
        mkdocs.exceptions.MkDocsException: If it is mistaken.
    """
    if (version := metadata.version("mkdocs")) != _MKDOCS:
        raise Unfit(f"it is MkDocs {version}, not {_MKDOCS}")
    config = load_config(str(mkdocs_yml), strict=True)
    if config.plugins or config.extra_templates:
        raise Unfit("mkdocs.yml has plugins or hooks, or extra_templates")
    if not config.nav:
        raise Unfit("mkdocs.yml has no nav")
    sources = list(_sources(config))
    once = config.theme.static_templates
    if named := next((path for path, text in sources if _is_of_all(path, text, once)), None):
        raise Unfit(f"{named} makes something of other pages")
    files = (found or get_files)(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    set_exclusions(files, config)
    nav = get_navigation(files, config)
    pages = list(files.documentation_pages())
    for file in pages:
        if file.page is None:
            Page(None, file, config)
    reader = Reader(config, files)
    for page in nav.pages:
        # Every page has their titles in its head; who makes single pages reads no more than that.
        if found is None or page.title is None:
            reader.read(page)
    return Frame(config, files, pages, nav, env, reader, _key(config, nav, sources))


def _is_of_all(path: str, text: str, once: Container[str]) -> bool:
    """Whether a page may show more of other pages than their titles.

    A template that is rendered ``once`` for the site is no page.
    """
    return Path(path).name not in once and _OTHERS.search(text) is not None


def _sources(config: MkDocsConfig) -> Iterator[tuple[str, str]]:
    """The templates of the theme, with the places where they lie."""
    for root in config.theme.dirs:
        for folder, below, names in os.walk(root):
            below.sort()
            if "material" in Path(folder).parts and ".icons" in below:
                below.remove(".icons")  # some ten thousand, and those of the theme's version
            for path in (Path(folder, name) for name in sorted(names)):
                if path.suffix in _TEMPLATES:
                    yield str(path), path.read_text(encoding="utf-8", errors="replace")


def _key(config: MkDocsConfig, nav: Navigation, sources: list[tuple[str, str]]) -> str:
    """A hash of all that a page follows from, but its own text."""
    theme = config.theme
    own = sorted(Path(__file__).parent.glob("*.py"))
    is_dated = any(_DATED.search(text) for _, text in sources)
    said = {
        "programs": [sys.version, *(metadata.version(name) for name in _PROGRAMS)],
        "code": [path.read_text(encoding="utf-8") for path in own],
        "config": sorted(item for item in config.items() if item[0] != "theme"),
        "theme": [
            theme.dirs,
            sorted(theme.static_templates),
            [(name, theme[name]) for name in theme],
        ],
        "templates": sources,
        "nav": [str(nav), *(page.meta for page in nav.pages)],
        "day": nav.pages[0].update_date if is_dated and nav.pages else "",
    }
    return hashlib.sha256(json.dumps(said, default=repr).encode()).hexdigest()
