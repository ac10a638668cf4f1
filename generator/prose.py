"""What editors write in Markdown (notes, introductions), as HTML that is safe anywhere.

Editors are trusted with words, not with what runs: a digest's content comes in by pull requests. So
there is no raw HTML, no picture (it would be fetched from elsewhere), and no link but to the web.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Headings of a note begin below those of the page around it (`h1`, `h2`).
_LOWERED = 2
_LOWEST = 6

#: Links to the web, to a mailbox, or relative: everything else (`javascript:`, `data:`) stays text.
_SAFE = re.compile(r"(?:https?:|mailto:)|(?![a-z][a-z0-9+.-]*:)", re.IGNORECASE)


def _renderer() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.disable(["html_inline", "html_block", "image"])
    markdown.validateLink = _is_safe  # type: ignore[method-assign]
    return markdown


def _is_safe(url: str) -> bool:
    return _SAFE.match(url) is not None


_MARKDOWN = _renderer()


def html(text: str, page: str = "") -> str:
    """Render an editor's Markdown.

    Args:
        text: CommonMark. HTML in it is shown as text.
        page: The address to which relative links belong, where they must become absolute.

    Returns:
        HTML on a single line, so that a page's own Markdown takes it for one block and passes it
        over.
    """
    tokens = _MARKDOWN.parse(text)
    for block in tokens:
        _lower_heading(block)
        for token in block.children or ():
            _adapt(token, page)
    made = str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    # Line ends are left only in code, where a reference keeps them.
    return re.sub(r"\n(?=<|$)", "", made).replace("\n", "&#10;").replace("`", "&#96;")


def _lower_heading(token: Token) -> None:
    if token.type in {"heading_open", "heading_close"}:
        token.tag = f"h{min(int(token.tag[1]) + _LOWERED, _LOWEST)}"


def _adapt(token: Token, page: str) -> None:
    if token.type == "softbreak":
        token.type, token.tag, token.content = "text", "", " "
    if page and "href" in token.attrs:
        token.attrs["href"] = urljoin(page, str(token.attrs["href"]))
