"""A paper's page as the template makes it: its actions, its searches, its head."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from generator.digest import Cards
from generator.markup.typeset import reading
from tests.builders import SITE, digest, entry, link
from tests.test_render import html, pages, text


def source(site: Any = SITE, **kw: Any) -> str:
    return pages(digest(entry("p", **kw), site=site))["papers/p.md"]


@pytest.mark.parametrize(
    "title",
    [
        "Plain words",
        '"Quoted" & ‘curly’: #1, 50% + more / less?',
        r"Bounds of $\mathcal{O}(n^2)$ for <EOS> \model {x} _a_",
        "Größe 中文 العربية; a=b",
    ],
)
def test_searches_ask_for_the_title_as_it_reads(title: str) -> None:
    links = [str(each["href"]) for each in html(source(title=title)).select(".searches a")]
    asked = [parse_qs(urlsplit(each).query, strict_parsing=True) for each in links]
    assert [urlsplit(each).fragment for each in links] == ["", "", ""]
    assert asked == [
        {"searchtype": ["title"], "query": [reading(title)]},
        {"q": [reading(title)]},
        {"q": [reading(title)]},
    ]


def test_searches_are_said_to_be_searches() -> None:
    found = html(source()).select(".searches a")
    assert [text(each) for each in found] == [
        "Search arXiv",
        "Search Semantic Scholar",
        "Search Google Scholar",
    ]


@pytest.mark.parametrize(
    "kw, names, plain",
    [
        ({"ids": {"arxiv": "2010.00904"}}, ["Read on arXiv"], False),
        ({"links": (link(),)}, ["Code"], True),
        ({"links": (link(), link("https://a.org/p.pdf", "paper"))}, ["Paper", "Code"], False),
        ({}, [], True),
    ],
)
def test_the_first_action_is_solid_if_it_is_the_paper(
    kw: dict[str, Any], names: list[str], plain: bool
) -> None:
    (actions,) = html(source(**kw)).select(".actions:not(.searches .actions)")
    assert [text(each) for each in actions.select("li > a")] == names
    assert ("actions--plain" in actions["class"]) is plain
    assert [text(each) for each in actions.select("summary")] == ["Cite", "Share"]
    assert actions.select("[data-save]")


def test_without_an_address_of_the_site_the_page_says_where_its_address_is() -> None:
    page = html(source(site=replace(SITE, url="")))
    assert "that your browser shows" in text(page.select(".take")[1])
    assert not page.select("[data-share]")


@pytest.mark.parametrize(
    "cards, picture",
    [(Cards.PAPER, "cards/papers/p.png"), (Cards.SITE, "cards/site.png"), (Cards.NONE, None)],
)
def test_the_front_matter_names_the_picture(cards: Cards, picture: str | None) -> None:
    front = yaml.safe_load(source(site=replace(SITE, cards=cards)).split("---\n", 2)[1])
    assert front.get("card") == picture


def test_citation_tags_are_pairs_in_the_front_matter() -> None:
    front = yaml.safe_load(source(authors=("A: #1", "B")).split("---\n", 2)[1])
    assert front["citation"] == [
        ["title", "P"],
        ["author", "A: #1"],
        ["author", "B"],
        ["abstract_html_url", "https://example.org/digest/papers/p/"],
    ]


def test_an_edition_of_one_paper_is_not_called_all() -> None:
    assert text(html(source()).select(".neighbours a")[-1]) == "The edition of 11 Mar 2026"


WITH_FORMS = replace(
    SITE, repo_url="https://github.com/ada/digest", forms=("correction", "wrong-topic")
)


def test_something_wrong_leads_to_forms_where_there_are_some() -> None:
    page = html(source(WITH_FORMS, title="Q & <A>", record="papers/2026/p.yml"))
    found = {text(each): str(each["href"]) for each in page.select("a[href^=https\\:\\/\\/github]")}
    assert list(found) == ["Wrong topic?", "Suggest a correction", "Edit its record"]
    asked = parse_qs(urlsplit(found["Suggest a correction"]).query, strict_parsing=True)
    assert asked == {
        "template": ["correction.yml"],
        "title": ["Correction: Q & <A>"],
        "paper": [f"{SITE.url}papers/p/"],
    }
    for name in found:
        (link_,) = (each for each in page.select("a") if text(each) == name)
        assert link_.find_parent(class_="unprinted")
    (about,) = page.select('a[href$="about/#an-error"]')
    assert text(about) == "What becomes of it"


def test_without_forms_it_says_how_to_report_an_error() -> None:
    page = html(source())
    (about,) = page.select('a[href$="about/#an-error"]')
    assert text(about) == "How to report an error"
    assert not page.select("a[href*=issues]")
