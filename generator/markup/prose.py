"""What editors write in Markdown (notes, introductions), as HTML that is safe anywhere.

Editors are trusted with words, not with what runs: a digest's content comes in by pull requests. So
there is no raw HTML, no picture (it would be fetched from elsewhere), and no link but to the web.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: Headings of a note begin below those of the page around it (`h1`, `h2`).
_LOWERED = 2
_LOWEST = 6

#: Links to the web, to a mailbox, or into the site: everything else (`javascript:`, `data:`) stays
#: text, also an address of another host that does not say how (`//host`): a letter cannot know.
_SAFE = re.compile(r"(?:https?:|mailto:)|(?![a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#", re.IGNORECASE)


def _renderer() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.disable(["html_inline", "html_block", "image"])
    markdown.validateLink = _is_safe  # type: ignore[method-assign]
    return markdown


def _is_safe(url: str) -> bool:
    return _SAFE.match(url) is not None


_MARKDOWN = _renderer()

#: What the page's own Markdown, or an extension of it, would see even within a block of HTML.
_REFERENCES = {ord(char): f"&#{ord(char)};" for char in "\n`{"}


def html(
    text: str, resolve: Callable[[str], str] = str, styles: Mapping[str, str] | None = None
) -> str:
    """Render an editor's Markdown.

    Args:
        text: CommonMark. HTML in it is shown as text.
        resolve: Makes an address below the site's root (``papers/x/``) one that leads there from
            where the text is shown. A note stands on many pages and in feeds, so its links into
            the site are written from the root, with or without a slash before them.
        styles: The attribute ``style`` of elements, by their names, where there is no stylesheet.

    Returns:
        HTML on a single line, so that a page's own Markdown takes it for one block and passes it
        over.
    """
    tokens = parsed(text, resolve)
    for block in tokens:
        for token in (block, *(block.children or ())):
            _dress(token, styles or {})
    made = str(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    # Line ends are left only in code, where a reference keeps them.
    return re.sub(r"\n(?=<|$)", "", made).translate(_REFERENCES)


def parsed(text: str, resolve: Callable[[str], str] = str) -> list[Token]:
    """An editor's Markdown in its blocks, its links led to where they are from here."""
    tokens = _MARKDOWN.parse(text)
    for block in tokens:
        _lower_heading(block)
        for token in block.children or ():
            _adapt(token, resolve)
    return tokens


def _lower_heading(token: Token) -> None:
    if token.type in {"heading_open", "heading_close"}:
        token.tag = f"h{min(int(token.tag[1]) + _LOWERED, _LOWEST)}"


def _dress(token: Token, styles: Mapping[str, str]) -> None:
    if token.tag in styles and token.nesting >= 0:
        token.attrs["style"] = styles[token.tag]


def _adapt(token: Token, resolve: Callable[[str], str]) -> None:
    if token.type == "softbreak":
        token.type, token.tag, token.content = "text", "", " "
    link = str(token.attrs.get("href", ""))
    if link and not _ELSEWHERE.match(link):
        token.attrs["href"] = resolve(link.lstrip("/"))


#: What looks as if it were to act, and does not: an element of HTML, or a link that is none.
_INERT = re.compile(r"</?[a-z][^<>]{0,40}>|\[[^\[\]]{0,80}\]\(", re.IGNORECASE)


def left_as_text(text: str) -> str | None:
    """The first sign in an editor's Markdown that readers are shown as it is written."""
    for block in _MARKDOWN.parse(text):
        before = ""
        for token in block.children or ():
            if token.type == "text" and (found := _INERT.search(token.content)):
                return found[0]
            if token.type == "link_open" and before.endswith("!"):
                return "!["
            before = token.content if token.type == "text" else ""
    return None


def site_links(text: str) -> Iterator[str]:
    """The links of an editor's Markdown that lead into the site, from its root."""
    for block in _MARKDOWN.parse(text):
        for token in block.children or ():
            link = str(token.attrs.get("href", ""))
            if link and not _ELSEWHERE.match(link):
                yield link.lstrip("/")
