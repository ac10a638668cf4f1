"""Texts whose white space counts, and data within a page."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from generator.markup.escape import data_block, verbatim
from tests.markup.test_escape import CONTROLS, HOSTILE, texts

#: What browsers fold or drop even in `<pre>`, and what HTML has no character for.
PRINTABLE = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
lines = st.lists(st.text(PRINTABLE) | st.sampled_from([*HOSTILE, "  a", "a  b", "\t", "a "]))


def read(source: str, tag: str) -> str:
    (found,) = BeautifulSoup(markdown(source), "html5lib").find_all(tag)
    return found.get_text()


@given(lines.map("\n".join))
def test_a_text_in_pre_is_shown_with_every_space(text: str) -> None:
    text = CONTROLS.sub("", f"first {text}")
    assert read(f"<div>\n<pre>{verbatim(text)}</pre>\n</div>", "pre") == text


@pytest.mark.parametrize("text", ["a\r\nb", "TY  - GEN\r\n\r\nER  - ", "  two\n\n\n  lines"])
def test_lines_end_as_html_ends_them(text: str) -> None:
    shown = read(f"<div>\n<pre>|{verbatim(text)}|</pre>\n</div>", "pre")
    assert shown == f"|{text}|".replace("\r\n", "\n")


def test_words_are_readable_in_the_source() -> None:
    assert verbatim("plain words, one line") == "plain words, one line"


@given(st.dictionaries(texts | st.sampled_from(HOSTILE), texts | st.sampled_from(HOSTILE)))
def test_data_is_read_as_it_was_given_and_ends_where_it_should(value: dict[str, str]) -> None:
    source = f'<script type="application/ld+json">{data_block(value)}</script>\n\n<p>after</p>'
    page = BeautifulSoup(markdown(source), "html5lib")
    (block,) = page.find_all("script")
    assert json.loads(str(block.string)) == value
    assert [each.get_text() for each in page.find_all("p")] == ["after"]


@pytest.mark.parametrize(
    "text", ["</script>", "<!--", "<script>", "]]>", "&lt;", "\u2028", "\u2029", "\x85", "\ud800"]
)
def test_nothing_that_means_something_stands_in_data(text: str) -> None:
    made = data_block([text])
    assert not set(made) & set("<>&\u2028\u2029\x85\ud800")
    assert json.loads(made) == [text]
    made.encode()
