"""HTML in Markdown is what Python-Markdown would make of it, or is left to it."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.website.ready import ready

EXTENSIONS = [
    *("abbr", "admonition", "attr_list", "def_list", "fenced_code", "footnotes", "meta"),
    *("sane_lists", "tables", "toc"),
]

#: Whatever could mean something to Python-Markdown, and what looks like it.
#: A dot stands for a space.
PIECES = """
<p> </p> <div.class="a"> </div> <ul> </ul> <li> </li> <a.href="x?a=1&amp;b"> </a> <br> <br/> <hr>
<hr/> <script.type="x">{"a":."b.&.c.>.d"}</script> <script> </script> <pre> </pre> <style> </style>
<title> </title> <textarea> </textarea> <details.open> </details> <math.display="block"> </math>
<table> </table> <td> </td> <h1.id="x"> </h1> <img.src="x"> <p/> <P> <x-y> </x-y> <input.checked/>
</ /> <b < > & &amp; &lt; &#38; &#x26; &copy=1 &amp ` ``` ~~~ *a* _b_ [x](y) [^1] [^1]: {:.#id.} #.h
|.a.|.b.| |---|---| !!!.note 1..a -.b <!--.c.--> <!-- --> <?php ?> <![CDATA[ ]]> <!doctype.html>
text "\' = abbr *[a]:.b .... .. .
"""
SPACE = ["\n", "\n\n", "\n\n\n", "\n \n", " ", "\t", "\r", "\f", "\xa0", "\u2028", "\x02", "\x03"]
SIGNS = [*(piece.replace(".", " ") for piece in PIECES.split()), *SPACE]
SOUP = st.lists(st.sampled_from(SIGNS)).map("".join)
NAMES = ("p", "div", "ul", "pre", "table", "details", "h1", "section")


@st.composite
def elements(draw: st.DrawFn) -> str:
    """Elements of block level, one after the other, with something in them."""
    found = ""
    for name in draw(
        st.lists(st.sampled_from(["p", "div", "ul", "pre", "table", "details", "h1", "section"]))
    ):
        end = draw(st.sampled_from(["\n\n", "\n\n", "\n", "\n\n\n", "", " \n", "\n \n"]))
        found += f"<{name}>{draw(SOUP)}</{name}>{end}"
    return found


def converted(text: str) -> str:
    return markdown.Markdown(extensions=EXTENSIONS).convert(text)


def is_block_level(name: str) -> bool:
    return markdown.Markdown().is_block_level(name)


@settings(max_examples=1500)
@given(SOUP | elements())
@example('<p\nid="x">a</p>')
@example("<p>a</p>\n\n\n\n<p>b</p>\n<p>c</p>")
@example("</p>\n<p>a</p>")
@example("<p>a</p> b\n\n<p>c</p>")
@example("<p>a &copy=1</p>")
@example("<ul>\n```\n<p>a</p>\n```\n</ul>")
def test_it_is_what_python_markdown_makes_of_it_or_nothing(text: str) -> None:
    found = ready(text, is_block_level)

    assert found is None or found == converted(text)


@pytest.mark.parametrize(
    "text",
    [
        '<p class="a">One &amp; <a href="b/?c&amp;d">two</a><br>three</p>',
        "<ul>\n<li>one\n\n<li>two\n</ul>\n\n<p>three</p>\n<p>four</p>",
        '<p>a</p>\n\n<script type="application/ld+json">{"a": "b & c"}</script>',
        '<p><math display="block"><mi>x</mi><mo>&lt;</mo><mn>1</mn></math></p>',
        '<div>\n\n\n<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>\n    four spaces\n</div>',
    ],
)
def test_html_is_ready(text: str) -> None:
    assert ready(text, is_block_level) == converted(text) == text


@pytest.mark.parametrize(
    "text",
    [
        *("# A heading", "Words", "<p>a</p> b", "<span>a</span>", "<p>a", "<p>a & b</p>", "a <b"),
        *("<p>a\tb</p>", "<!-- a -->\n\n<p>b</p>", "<p>a</p><p>b</p>", "<hr>", "<p>a</p>\n\n</p>"),
    ],
)
def test_anything_else_is_left_to_python_markdown(text: str) -> None:
    assert ready(text, is_block_level) is None
