"""The page of the map, as far as it is Markdown."""

from __future__ import annotations

from dataclasses import replace

from bs4 import BeautifulSoup

from generator.atlas.charting import atlas
from generator.digest import Entry
from tests.builders import digest, entry
from tests.rendered import Rendered


def page(*entries: Entry) -> BeautifulSoup:
    """The page of some papers, which stand beside each other."""
    shown = digest(*entries)
    places = {one.slug: (100 * at, 200) for at, one in enumerate(entries)}
    shown = replace(shown, atlas=atlas(shown, places))
    source = Rendered(shown)["map.md"]
    return BeautifulSoup(source.split("---\n", 2)[2], "html5lib")


def test_an_empty_digest_says_so() -> None:
    shown = page()
    assert "No paper yet" in shown.get_text()
    assert shown.find("svg") is None
    assert shown.find("form") is None


def test_papers_without_topics() -> None:
    shown = page(entry("one"), entry("two"))
    assert "None of the papers has a topic" in shown.get_text()
    assert shown.select_one(".map__key") is None
    assert [each["href"] for each in shown.select(".map__pairs a")] == [
        "../papers/one/",
        "../papers/two/",
    ]


def test_one_paper() -> None:
    shown = page(entry("one", topics=["speech"]))
    assert "Map of 1 paper" in str(shown.find("title"))
    assert shown.select_one(".map__pairs") is None
    (region,) = shown.select(".map__topics li")
    assert "In its middle: One" in region.get_text()
    assert "Beside" not in region.get_text()


def test_titles_are_text() -> None:
    title = "<script>alert(1)</script> & *x*"
    shown = page(entry("one", title=title, topics=["speech"]), entry("two", topics=["graphs"]))
    assert shown.find("script") is None
    said = [each.get_text() for each in shown.select(".map__topics .title, .map__pairs a")]
    assert said.count(title) == 2


def test_topics_can_be_chosen_by_those_that_have_papers() -> None:
    shown = page(entry("one", topics=["speech", "graphs"]), entry("two", topics=["speech"]))
    options = [each.get_text() for each in shown.select("#map-topic option")]
    assert options == ["All topics", "Graphs (1)", "Speech (2)"]
    assert [each.get_text() for each in shown.select("#map-edition option")][1:] == ["11 Mar 2026"]
