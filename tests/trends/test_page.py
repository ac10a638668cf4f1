"""The page of trends and the charts of the home page, for digests of every size."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from markdown import markdown

from generator.digest import Digest, Entry
from generator.folder import Folder
from generator.render import Renderer
from generator.trends.finding import trends, with_trends
from generator.trends.views import Standing, Trends
from tests.builders import day, digest, entry, topic
from tests.conftest import ROOT
from tests.markup.test_escape import HOSTILE, folded


def pages(shown: Digest) -> tuple[BeautifulSoup, BeautifulSoup]:
    """The home page and that of trends, as Markdown makes them."""
    whole = with_trends(shown)
    renderer = Renderer(Folder(ROOT), whole)
    made = renderer._page("home", "", edition=whole.latest), renderer._page("trends", "trends/")
    home, page = (page.make().split("---\n", 2) for page in made)
    assert "trends.css" in yaml.safe_load(page[1])["styles"]
    is_styled = "trends.css" in yaml.safe_load(home[1]).get("styles", [])
    assert is_styled == ('class="chart' in home[2])
    first, second = (
        BeautifulSoup(markdown(text[2], extensions=["attr_list"]), "html5lib")
        for text in (home, page)
    )
    return first, second


def papers(editions: int, size: int, grow: int = 0) -> list[Entry]:
    """So many papers a day, of which a growing number is about graphs, with one about speech."""
    start = day("2026-01-01")
    return [
        entry(
            f"p-{at}-{n}",
            start + dt.timedelta(days=at),
            ["graphs", "speech"] if n < 2 + at * grow else ["trees"],
            title=f"Word{chr(97 + at)}" if n < 3 else "Graphs",
        )
        for at in range(editions)
        for n in range(size)
    ]


def said(page: BeautifulSoup, name: str) -> str:
    """What the section below a heading says."""
    heading = page.find(id=name)
    assert isinstance(heading, Tag)
    assert isinstance(heading.parent, Tag)
    return folded(heading.parent.get_text(" ", strip=True))


def test_a_digest_without_papers_has_nothing_to_draw() -> None:
    home, page = pages(digest())
    assert "Nothing to draw yet: there is no edition." in folded(page.get_text())
    assert not page.find("svg")
    assert not home.select(".at-a-glance")


def test_papers_without_topics_are_nothing_to_draw() -> None:
    home, page = pages(digest(entry("one"), entry("two", "2026-03-12")))
    assert "no paper of this digest has a topic" in folded(page.get_text())
    assert not home.select(".at-a-glance")


def test_one_edition_has_shares_and_no_chart() -> None:
    home, page = pages(digest(*papers(1, 4)))
    assert not page.find("svg")
    assert not home.select(".at-a-glance")
    assert "There is one edition so far." in said(page, "largest")
    assert "50 % (2)" in said(page, "largest")
    assert "only one edition" in said(page, "rise-and-fall")
    assert "there are 4" in said(page, "together")
    assert "every word is new" in said(page, "words")


def test_few_papers_are_too_few_to_compare() -> None:
    _, page = pages(digest(*papers(3, 4)))
    assert "there are 4 and 8" in said(page, "rise-and-fall")


def test_few_editions_are_no_trend() -> None:
    _, page = pages(digest(*papers(4, 60, grow=8)))
    shown = said(page, "rise-and-fall")
    assert "It is too early to speak of trends" in shown
    assert "there is 1 and 3" in shown
    assert "Rising" not in shown


def test_a_trend_is_said_with_numbers() -> None:
    _, page = pages(digest(*papers(16, 40, grow=2)))
    shown = said(page, "rise-and-fall")
    assert "The newest 4 editions (160 papers) against the 12 before them" in shown
    assert "Rising Graphs : from 32 % to 72 % of the papers (156 of 480, then 116 of 160)" in shown
    assert "Falling Trees : from 68 % to 28 %" in shown


def test_pairs_and_new_words_are_told() -> None:
    _, page = pages(digest(*papers(4, 30)))
    assert "Graphs , Speech 8 0.5 15.0" in said(page, "together")
    assert "Wordd 3" in said(page, "words")
    assert "2 January 2026 Wordb 3" in said(page, "words")


def test_every_chart_has_a_table_with_its_numbers() -> None:
    _, page = pages(digest(*papers(4, 30)))
    for name in ("largest", "topics", "together"):
        section = page.find(id=name).parent  # type: ignore[union-attr]
        assert section
        assert section.find("svg")
        assert section.select("details table")
    rows = page.select("#largest ~ details tbody tr")
    assert folded(rows[0].get_text(" ", strip=True)).startswith("Trees 93 % (28)")


def test_home_has_the_largest_topics_and_leads_to_all() -> None:
    home, _ = pages(digest(*papers(4, 30)))
    names = [each.get_text() for each in home.select(".facts .at-a-glance a")]
    assert names == ["Trees", "Graphs", "Speech"]
    assert len(home.select(".at-a-glance svg")) == 3
    assert home.select_one('.facts a[href="./trends/"], .facts a[href="trends/"]')


@pytest.mark.parametrize("number,unit", [(24, "edition"), (60, "week"), (400, "month")])
def test_many_editions_are_put_together(number: int, unit: str) -> None:
    shown = digest(*papers(number, 1))
    assert trends(shown).lines.unit == unit
    _, page = pages(shown)
    assert f"Every point is a{'n' if unit == 'edition' else ''} {unit}" in said(page, "largest")


def test_identifiers_are_there_once() -> None:
    for page in pages(digest(*papers(4, 30))):
        ids = [each["id"] for each in page.find_all(id=True)]
        assert len(set(ids)) == len(ids)


def test_hostile_words_do_nothing() -> None:
    title = "Parsing <script>x</script> " + HOSTILE[0]
    shown = [
        entry(f"p-{at}-{n}", f"2026-03-1{at}", ["graphs"], title=title if at else "Graphs")
        for at in range(3)
        for n in range(4)
    ]
    hostile = topic("graphs", title="<img src=x onerror=y> & *Graphs*")
    found = digest(*shown)
    tagged = [
        replace(each, topics=tuple(replace(tag, topic=hostile) for tag in each.topics))
        for each in found.entries
    ]
    for page in pages(digest(*tagged)):
        assert not page.find_all(["script", "img", "style", "em"])
        assert not [a for each in page.find_all() for a in each.attrs if a[:2] == "on"]
        assert not page.find_all(style=True)
        assert hostile.title in folded(page.get_text())


def test_who_asks_for_no_trends_has_none() -> None:
    assert digest(*papers(4, 30)).trends == Trends()
    assert Trends().movement.standing is Standing.NOTHING
