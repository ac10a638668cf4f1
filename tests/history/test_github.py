from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.history.github import UNSEEN, code, said

#: What GitHub looks for in the text of a rendered page: the patterns of its library html-pipeline,
#: and those that its documentation ("Autolinked references and URLs") describes.
LOOKED_FOR = {
    "mention": r"(?:^|\W)@[a-z0-9][a-z0-9-]*",
    "issue": r"#\d+",
    "tracker": r"\b[a-z]+-\d+",
    "advisory": r"\bghsa-\w",
    "commit": r"\b[0-9a-f]{7,40}\b",
    "address": r"\bhttps?://|\bwww\.\w|\w@\w",
    "emoji": r":[a-z0-9_+-]+:",
}

HOSTILE = [
    "@octocat, look",
    "all of (@github/security)",
    "mail a@example.com",
    "fixes #1",
    "Closes octo/repo#12 and GH-3, gh-4",
    "GHSA-jfh8-c2jp-5v3q",
    "https://github.com/octo/repo/issues/1",
    "www.example.com",
    "a5c3785ed8d6a35868bc169f07e40e889087fd2e",
    "1234567 deadbee",
    ":tada:",
    "![x](https://evil.example/x.png)",
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "</code></details><!-- x",
    "`code` **bold** ~~gone~~ $x$",
    "# heading",
    "- [ ] task",
    "1. item",
    "> [!NOTE] a",
    "| a | b |",
    "a\n\n# b\n\n![c](d)",
    "&#64;octocat &commat;octocat \\@octocat",
]


def shown(text: str) -> BeautifulSoup:
    """What a browser would be given of an item of a list."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return BeautifulSoup(markdown.render(f"- {text}\n"), "html.parser")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_a_text(text: str) -> None:
    page = shown(said(text))
    assert {tag.name for tag in page.find_all()} == {"ul", "li"}
    seen = page.get_text().strip()
    assert seen.replace(UNSEEN, "") == " ".join(text.split())
    for name, pattern in LOOKED_FOR.items():
        assert not re.search(pattern, seen, re.IGNORECASE), name


LETTERS = "@#:-$[]()<>&*_`~|!\\./ \naGghHSw019abcdef+={}\"'"


@given(st.text(st.sampled_from(LETTERS), min_size=1))
def test_whatever_it_is(text: str) -> None:
    page = shown(f"x {said(text)} x")
    seen = page.get_text()
    assert {tag.name for tag in page.find_all()} == {"ul", "li"}
    assert " ".join(seen.replace(UNSEEN, "").split()) == " ".join(f"x {text} x".split())
    for name, pattern in LOOKED_FOR.items():
        assert not re.search(pattern, seen, re.IGNORECASE), name


def test_a_name_can_be_copied() -> None:
    assert code("gpt-4-and-more_of.it/") == "<code>gpt-4-and-more_of.it/</code>"
    page = shown(code("</code> @octocat"))
    assert page.code
    assert page.code.get_text().replace(UNSEEN, "") == "</code> @octocat"
