"""What editors write is shown as they mean it, and nothing in it acts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from generator.markup.escape import prose
from generator.markup.prose import html, site_links
from tests.markup.test_escape import rendered, texts


@given(texts)
def test_prose_holds_nothing_that_acts(text: str) -> None:
    page = rendered(f'<div class="note">{prose(text)}</div>')
    for tag in page.find_all():
        assert tag.name not in {"script", "style", "iframe", "img", "svg", "form", "input"}
        assert {name for name in tag.attrs if name.startswith("on")} == set()
        link = str(tag.get("href", "https://"))
        assert not re.match(r"\s*(javascript|data|vbscript):", link, re.IGNORECASE)


@pytest.mark.parametrize(
    "source,html",
    [
        ("Why *this* matters", "<p>Why <em>this</em> matters</p>"),
        ("[code](https://a.org)", '<p><a href="https://a.org">code</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](//a.org/b)", "<p>[x](//a.org/b)</p>"),
        ("a\nb", "<p>a b</p>"),
        ("# Head", "<h3>Head</h3>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("![x](https://a.org/p.png)", '<p>!<a href="https://a.org/p.png">x</a></p>'),
        ("    code\n    more", "<pre><code>code&#10;more</code></pre>"),
    ],
)
def test_prose_is_what_the_curator_meant(source: str, html: str) -> None:
    assert prose(source) == html


def test_links_into_the_site_lead_there_from_everywhere() -> None:
    links = "[a](papers/a/) [b](/topics/b/) [c](https://c.org/) [d](#d) [e](mailto:e@e.org)"
    assert html(links, lambda address: f"../../{address}") == (
        '<p><a href="../../papers/a/">a</a> <a href="../../topics/b/">b</a> '
        '<a href="https://c.org/">c</a> <a href="#d">d</a> <a href="mailto:e@e.org">e</a></p>'
    )
    assert list(site_links(links)) == ["papers/a/", "topics/b/"]


def test_it_is_one_line() -> None:
    assert "\n" not in html("# a\n\nb\nc\n\n- d\n- e\n\n```\nf\ng\n```\n")
