"""A value shows as it is wherever a template puts it, whatever extension Markdown has."""

from __future__ import annotations

import re

import markdown
import yaml
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from generator.markup.escape import escape, verbatim, yaml_scalar

#: Far more than mkdocs.yml enables: a digest of one's own may enable any of them.
EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "smarty",
    "tables",
    "toc",
    "pymdownx.arithmatex",
    "pymdownx.betterem",
    "pymdownx.blocks.admonition",
    "pymdownx.caret",
    "pymdownx.critic",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.escapeall",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.magiclink",
    "pymdownx.mark",
    "pymdownx.progressbar",
    "pymdownx.smartsymbols",
    "pymdownx.snippets",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
]
MARKDOWN = markdown.Markdown(
    extensions=EXTENSIONS,
    extension_configs={
        # Symbols made of letters and digits alone (`1st`, `(c)`) are no markup that escaping could
        # take away; such an extension changes text on purpose, and ours are checked below.
        "pymdownx.smartsymbols": dict.fromkeys(
            ["trademark", "copyright", "care_of", "ordinal_numbers", "fractions", "plusminus"],
            False,
        ),
        "pymdownx.snippets": {"base_path": ["."], "check_paths": True},
    },
)

HOSTILE = [
    "<script>alert(1)</script>",
    "*a* **b** _c_ __d__ `e` ~~f~~ ~g~ ^h^ ==i== ++ctrl++ :smile:",
    "[link](javascript:alert(1)) ![picture](x) <https://example.org> [^1] [TOC]",
    "{: onclick=alert(1) } {++a++} {--b--} {>>c<<} $x^2$ \\(y\\) \\textit{z}",
    "--8<-- 'README.md'",
    ";--8<-- 'README.md'",
    "!!! danger",
    "??? note",
    '=== "tab"',
    "/// admonition | a",
    "- item",
    "+ item",
    "1. item",
    "1) item",
    "# heading #",
    "> quote",
    ": definition",
    "| a | b |",
    "---",
    "***",
    "```python",
    "~~~",
    "    code",
    "*[HTML]: nothing",
    "[x]: https://example.org",
    "[^1]: note",
    "---\ntitle: x\n---",
    "https://example.org/a_b_c www.example.org me@example.org @me user/repo#1",
    "&lt;b&gt; &amp;amp; &#60; &copy;",
    "\"quoted\" 'single' -- --- ... <<guillemets>>",
    "]]> --> <!-- x -->",
    "中文 \u202e العربية 😀 null 2026-01-01",
    "\x00\x01\x1f",
]
#: What no page can show: HTML has no control characters; ingestion removes them.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
texts = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(),
    st.lists(st.sampled_from([*HOSTILE, " ", "\n", "\n\n", "a"])).map("".join),
    st.text(alphabet="<>&\"'\\`*_{}[]()#|~^$:=+@!-.?%;/ \n1aX"),
).map(lambda text: CONTROLS.sub("", text))


def folded(text: str) -> str:
    """What counts when a browser shows a text: runs of white space are one space."""
    return " ".join(text.split())


def rendered(source: str) -> BeautifulSoup:
    """A page of Markdown as HTML."""
    return BeautifulSoup(MARKDOWN.reset().convert(source), "html5lib")


# Markdown's own placeholders (STX, ETX) are control characters, which ingestion removes.
@given(texts)
@example(CONTROLS.sub("", "".join(HOSTILE)))
def test_it_is_text_in_a_paragraph(text: str) -> None:
    page = rendered(f"Before.\n\n{escape(text)}\n\nAfter.")
    assert folded(page.get_text(" ")) == folded(f"Before. {text} After.")
    assert {tag.name for tag in page.find_all()} <= {"html", "head", "body", "p"}


@given(texts)
def test_it_is_text_in_a_heading(text: str) -> None:
    page = rendered(f"# {escape(text)}\n\nAfter.")
    assert {tag.name for tag in page.find_all()} <= {"html", "head", "body", "h1", "p"}
    heading = page.h1.get_text() if page.h1 else "#"
    assert folded(heading) in {folded(text), folded(text) or "#"}  # without a word: no heading


@given(texts)
def test_it_is_text_and_attribute_in_html(text: str) -> None:
    value = escape(text)
    page = rendered(f'<p class="a" title="{value}" lang=\'{value}\'>{value}</p>')
    (paragraph,) = page.find_all("p")
    assert folded(paragraph.get_text()) == folded(text)
    assert folded(str(paragraph["title"])) == folded(str(paragraph["lang"])) == folded(text)
    assert set(paragraph.attrs) == {"class", "title", "lang"}


@given(texts)
def test_it_is_text_inside_a_line_of_markdown(text: str) -> None:
    page = rendered(f"- a {escape(text)} z\n")
    assert folded(page.get_text()) == folded(f"a {text} z")


def test_what_is_safe_already_is_passed_through() -> None:
    assert escape(Markup("<b>x</b>")) == "<b>x</b>"


def test_ordinary_text_stays_readable() -> None:
    assert escape("A paper (2026), in 3 parts; 4.5 % better.") == (
        "A paper (2026), in 3 parts; 4.5 % better."
    )


@given(texts)
def test_a_value_of_front_matter_stays_one_value(text: str) -> None:
    front = yaml.safe_load(f"title: {yaml_scalar(text)}\nnext: 1")
    assert front["next"] == 1
    assert folded(front["title"]) == folded(text)


#: Signs of every kind that the boundary looks for, alone, in rows, and at the beginning.
signs = st.text(
    st.sampled_from("<>&\"'\\`*_{}[]#|~^$:=+@!-.wW1)(?;/a é\n\t\xa0\u2028"), max_size=12
)


@given(text=st.one_of(texts, signs, st.builds(str.__mul__, signs, st.integers(10, 20))))
def test_looking_first_changes_nothing(text: str) -> None:
    """The boundary in the plainest words, of which the quick ways are short cuts."""
    special = {ord(sign): f"&#{ord(sign)};" for sign in "<>&\"'\\`*_{}[]#|~^$:=+@!"}

    def reference(found: re.Match[str]) -> str:
        return f"{found[1]}&#{ord(found[2])};"

    plainly = re.sub(r"\s+", " ", text).translate(special)
    plainly = re.sub(r"()(-(?=-)|\.(?=\.)|(?<=[wW]{3})\.)", reference, plainly)
    plainly = re.sub(r"\A( ?(?:\d+(?=[.)](?: |$))|(?=[-?;/])))(.)", reference, plainly)
    assert escape(text) == plainly
    assert verbatim(" ".join(text.split())) == escape(" ".join(text.split()))
