"""What stands on a page: its Markdown as HTML, converted by MkDocs where that is needed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import markdown
from mkdocs.structure.toc import get_toc

from generator.website.ready import ready

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

#: Extensions of which it is known that they pass over HTML of block level.
_EXTENSIONS = frozenset(
    "abbr admonition attr_list def_list fenced_code footnotes meta sane_lists tables toc".split()  # noqa: SIM905
)
#: A heading of the first level, with what is given to it, and in it no link, picture or HTML.
_HEADING = re.compile(r"# [^\[\]<>!\n]+\n(?:\n|$)")


class Reader:
    """Reads pages of a site, and converts what has to be converted."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config, self._files = config, files
        self._is_plain = _EXTENSIONS.issuperset(config.markdown_extensions)
        self._markdown = markdown.Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs or {}
        )

    def read(self, page: Page) -> bool:
        """Read a page and convert it; whether it is HTML already, and so depends on nothing else.

        The result is that of ``Page.read_source`` and ``Page.render``, but that the names of places
        on a page are not collected that is ready.
        """
        self._config._current_page = page  # noqa: SLF001 - as MkDocs does, for its messages
        page.read_source(self._config)
        text = page.markdown or ""
        heading = _HEADING.match(text)
        if not self._is_plain or not heading or "title" not in page.meta:
            html = None
        else:
            html = ready(text[heading.end() :], self._markdown.is_block_level)
        if html is None or heading is None:
            page.render(self._config, self._files)
            return False
        self._markdown.reset()
        page.content = f"{self._markdown.convert(heading[0])}\n{html}".strip()
        page.toc = get_toc(getattr(self._markdown, "toc_tokens", []))
        return True
