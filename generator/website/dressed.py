"""Files of the site that are made: pages in the theme, and what the theme has for the site."""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from mkdocs import utils
from mkdocs.commands.build import _build_template as rendered
from mkdocs.commands.build import get_context

from generator.website.frame import Frame, Unfit

if TYPE_CHECKING:
    from mkdocs.structure.files import File
    from mkdocs.structure.pages import Page

_SITEMAP = "sitemap.xml"


class Dressed(NamedTuple):
    """A page as readers get it.

    ``is_ready`` says that it follows from its own text alone, ``has_links`` that it leads to places
    on pages, which must be there.
    """

    data: bytes
    is_ready: bool
    has_links: bool


def dressed(site: Frame, file: File) -> Dressed:
    """Read a page, convert it, and put it into the theme, as MkDocs does.

    Raises:
        Unfit: If nothing comes of it.
    """
    page = cast("Page", file.page)
    is_ready = site.reader.read(page)
    data = _whole(site, page).encode("utf-8", errors="xmlcharrefreplace")
    page.markdown = page.content = None  # thousands of them would fill the memory
    return Dressed(data, is_ready, not is_ready and bool(page.links_to_anchors))


def _whole(site: Frame, page: Page) -> str:
    page.active = True
    try:
        context = get_context(site.nav, site.pages, site.config, page)
        template = site.env.get_template(page.meta.get("template", "main.html"))
        text: str = template.render(context)
    finally:
        page.active = False
    if not text.strip():
        raise Unfit(f"{page.file.src_uri} has nothing in it")
    return text


def of_theme(site: Frame) -> Iterator[tuple[str, bytes]]:
    """Files that the theme has for each site, such as the list of all pages, by their addresses.

    Raises:
        Unfit: If nothing comes of one.
    """
    for name in site.config.theme.static_templates:
        text = rendered(name, site.env.get_template(name), site.files, site.config, site.nav)
        if not text.strip():
            raise Unfit(f"{name} has nothing in it")
        yield name, text.encode()
        if name == _SITEMAP:
            yield f"{name}.gz", _packed(name, text.encode(), site)


def _packed(name: str, data: bytes, site: Frame) -> bytes:
    """A file packed as MkDocs packs it, at the day of the newest page."""
    path = os.path.join(site.config.site_dir, f"{name}.gz")  # noqa: PTH118
    time = utils.get_build_timestamp(pages=[file.page for file in site.pages if file.page])
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, filename=path, mode="wb", mtime=time) as file:
        file.write(data)
    return packed.getvalue()
