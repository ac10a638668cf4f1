"""Every kind of page is valid HTML, as far as :mod:`tests.site.validity` knows it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.site.conftest import Site
from tests.site.kinds import kinds
from tests.site.validity import mistakes

#: A page without a mistake, and what may be put where the dots are.
PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title></head>{}</html>'


def found(paths: Iterable[Path], *, strange: bool = False) -> str:
    """The mistakes of pages, a line each."""
    return "\n".join(
        f"{path.parent.name}/{path.name}: {each}"
        for path in paths
        for each in mistakes(path.read_text(encoding="utf-8"), strange=strange)
    )


def test_every_kind_of_page_is_valid(site: Site) -> None:
    assert not found(kind.path for kind in kinds(site))


def test_every_page_is_valid_that_shows_one_of_everything(showcase: Site) -> None:
    assert not found(showcase.pages)


def test_no_text_makes_a_page_invalid(hostile: Site) -> None:
    assert not found(hostile.pages, strange=True)


@pytest.mark.parametrize(
    "body",
    [
        "<h1>x</h1><p>a <b>c</b> <a href='x'>d</a></p><ul><li><p>x</p></ul>",
        "<details><summary>x</summary><p>y</p></details><label for=a>b</label><input id=a>",
        "<a href=x><div>a block in a link in a block</div></a><math id=c><mi>x</mi></math>",
        "<table><thead><tr><th scope=col>x</th></tr></thead><tbody><tr><td>y</table>",
        "<script type='application/ld+json'>{}</script><time datetime='2026-11-20'>x</time>",
    ],
)
def test_what_is_allowed_is_no_mistake(body: str) -> None:
    assert mistakes(PAGE.format(f"<body>{body}</body>")) == []


@pytest.mark.parametrize(
    "body, said",
    [
        ("</p>", "line 1: "),
        ("<p><div>x</div></p>", "line 1: "),
        ("<b><p>x</p></b>", "<p> is a block in <b>"),
        ("<span><a href=x><div>y</div></a></span>", "<div> is a block in <span>"),
        ("<i id=a></i><i id=a></i>", "the id 'a' stands 2 times"),
        ("<math id=a></math><i id=a></i>", "the id 'a' stands 2 times"),
        ("<label for=b>x</label>", "names the id 'b', which is not there"),
        ("<p aria-labelledby='b'>x</p>", "names the id 'b', which is not there"),
        ("<button type=button popovertarget=b>x</button>", "names the id 'b'"),
        ("<a href=x><button type=button>y</button></a>", "can be acted on"),
        ("<button type=button><i tabindex=0>y</i></button>", "can be acted on"),
        ("<label>a<label>b</label></label>", "stands in another <label>"),
        ("<ul><p>x</p></ul>", "<ul> holds <p>"),
        ("<ul>x<li>y</ul>", "<ul> holds bare text"),
        ("<div><li>y</li></div>", "<li> stands in <div>"),
        ("<summary>x</summary>", "<summary> stands in <body>"),
        ("<details>x</details>", "has not one <summary>"),
        ("<font>x</font>", "is obsolete"),
        ("<td align=left>x</td>", "line 1: "),
        ("<p align=left>x</p>", "has the attribute align"),
        ("<img src=x>", "has no alt"),
        ("<a href='a b'>x</a>", "has no address in href"),
        ("<a href=''>x</a>", "has no address in href"),
        ("<time datetime=today>x</time>", "has no date"),
        ("<p dir=up>x</p>", "has the direction 'up'"),
        ("<button>x</button>", "has no type"),
        ("<input type=checkbox autocomplete=off>", "has autocomplete"),
        ("<script type='application/json'>{</script>", "holds no JSON"),
        ("<main></main><main></main>", "more than one <main>"),
        ("<nav><main></main></nav>", "stands in a part of the page"),
    ],
)
def test_a_mistake_is_told(body: str, said: str) -> None:
    assert said in "\n".join(mistakes(PAGE.format(f"<body>{body}</body>")))


def test_the_head_is_looked_at() -> None:
    twice = '<meta name="description" content="a"><meta name="description" content="b">'
    canonical = '<link rel="canonical" href="a"><link rel="canonical" href="b">'
    told = "\n".join(mistakes(f"<!doctype html><html><head>{twice}{canonical}</head></html>"))
    for said in ("the titles are []", "stands 2 times", "several canonical", "language"):
        assert said in told
