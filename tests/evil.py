"""What acts in a shell, a workflow, a template, YAML, JSON, HTML, Markdown or a file system."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from tests.history.test_github import HOSTILE, LOOKED_FOR

EVIL = [
    "$(touch hacked) `touch hacked`; touch hacked && touch hacked | touch hacked",
    "'; touch hacked #",
    '"; touch hacked; "',
    "${{ github.token }} ${{ toJSON(secrets) }} {{ config }} {% include 'x' %}",
    "::set-output name=answered::false",
    "::error::x %0A::add-mask::x",
    "::stop-commands::x",
    "answered=false",
    "--- # a: [b, {c: d}] !!python/object/apply:os.system [touch hacked] &a *a",
    '{"a": "b\\u0000", \\" }',
    "<script>alert(1)</script><img src=x onerror=alert(1)><!-- --> </code></details>",
    "![x](https://evil.example/x.png) [x](javascript:alert(1))",
    "null ~ yes 2026-02-30 .inf",
    "a\u202eb\u2066c\u200bd\x00e\x1bf\ud800g",
    "../../x /etc/passwd ..\\..\\x C:\\con",
    "-F body=@/etc/passwd --help -rf",
    "fixes #1, closes ada/digest#2, GH-3, @octocat, deadbeef",
    *HOSTILE,
]
ALL = "\n".join(EVIL)


def looked_for(source: str) -> list[str]:
    """What GitHub would find and act on in a text of ours, our links aside."""
    reader = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    page = BeautifulSoup(reader.render(source), "html.parser")
    assert not page.find(["script", "img", "iframe", "form", "input", "style"])
    for each in page.find_all("a"):
        href = str(each["href"])
        assert href.startswith(("https://example.org/digest/", "https://github.example/ada/")), href
        each.decompose()
    for each in page.find_all("code"):
        each.decompose()
    text = page.get_text()
    return [name for name, form in LOOKED_FOR.items() if re.search(form, text, re.IGNORECASE)]
