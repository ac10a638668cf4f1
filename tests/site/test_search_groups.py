"""An index in several groups answers as one index of the same papers does."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from generator.folder import Folder
from generator.search import division
from tests.builders import prose, write_whole
from tests.site.conftest import Site, built, serving
from tests.site.test_browser import visit
from tests.site.test_policy import small_digest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.browser

#: Words that stand in one paper, in some, in old ones or in new ones.
SAID = {
    1: "Telescopes and mambas.",
    2: "A mamba once.",
    5: "Naïve faïence.",
    **dict.fromkeys(range(60, 75), "Mambas, a mamba, mamba of mambas."),
    70: "A naive mamba model. Tele words. Mamb.",
    77: "Speech in C++.",
}
#: How many have the word that old and new ones have.
ALL = "17 papers"
FIRST = dt.date(2025, 11, 3)


def written(folder: Folder) -> Folder:
    """Eighty papers, three a day; the first ones have words that the last ones lack, and back."""
    for number in range(80):
        day = FIRST + dt.timedelta(days=number // 3)
        title = f"{prose(f'title {number}', 4).rstrip('.')} {'mamba' if number == 66 else number}"
        curation = "curation: {pick: true}\n" if number % 9 == 0 else ""
        write_whole(
            folder.papers / str(day.year) / f"p{number:02}.yml",
            f"title: {title}\nabstract: {prose(number, 40 + number)} {SAID.get(number, '')}\n"
            f"appearances:\n- {{source: daily, date: {day}, file: a.txt}}\n{curation}",
        )
    return folder


def made(root: Path, most: int, newest: int) -> Site:
    """The digest with groups of so many papers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(division, "MOST", most)
        patch.setattr(division, "MOST_NEW", newest)
        return built(written(small_digest(root)))


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(made(tmp_path_factory.mktemp("one"), 1000, 1000)) as address:
        yield address


@pytest.fixture(scope="module")
def groups(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = made(tmp_path_factory.mktemp("groups"), 30, 10)
    assert len(list((site.root / "pagefind").glob("*/fragment"))) > 3
    with serving(site) as address:
        yield address


#: What is found: papers with their scores, and how many papers each value of a filter has.
_ASK = """async ([typed, filters]) => {
  await digestSearch.allFilters();
  const { results, counts, unfiltered } = await digestSearch.search(typed, filters);
  const found = await Promise.all(results.map(async ({ score, data }) => {
    const { raw_url, locations } = await data();
    return [raw_url, score, locations];
  }));
  return { found, counts, unfiltered };
}"""


def asked(page: Page, typed: str, filters: dict[str, list[str]]) -> Any:
    """An answer, with papers of one score in the order of their names."""
    answer = page.evaluate(_ASK, [typed, filters])
    scores = [score for _, score, _ in answer["found"]]
    assert scores == sorted(scores, reverse=True)
    answer["found"].sort(key=lambda each: (-round(each[1], 3), each[0]))
    return answer


def counted(answer: Any) -> dict[tuple[str, str], int]:
    """How many papers values of filters have that have any."""
    return {
        (name, value): number
        for name, values in answer["counts"].items()
        for value, number in values.items()
        if number
    }


QUERIES = [
    "mamba",
    "mambas",
    "mamba model",
    "telescope",
    "telescope speech",
    "telescopes mamba",
    "language model",
    "learning language network training",
    "speech",
    "naïve",
    "naive",
    "naive mamba",
    "C++",
    "mambalike",
    "Kept",
    "we listen to audio",
    '"a mamba"',
    '"mamba of mambas"',
    '"telescopes zzzz"',
    "the of",
    "",
]


@pytest.mark.parametrize("filters", [{}, {"pick": ["1"]}, {"topic": ["speech"]}], ids=str)
def test_groups_answer_as_one_index_does(
    browser: Browser, one: str, groups: str, filters: dict[str, list[str]]
) -> None:
    with visit(browser, one) as alone, visit(browser, groups) as together:
        alone.page.goto(f"{one}search/")
        together.page.goto(f"{groups}search/")
        for query in QUERIES:
            wanted = asked(alone.page, query, filters)
            found = asked(together.page, query, filters)
            slugs = [[each[0] for each in answer["found"]] for answer in (wanted, found)]
            assert slugs[0] == slugs[1], query
            assert [each[1] for each in found["found"]] == pytest.approx(
                [each[1] for each in wanted["found"]], rel=1e-3
            ), query
            assert [each[2] for each in found["found"]] == [each[2] for each in wanted["found"]]
            if wanted["found"]:
                assert counted(found) == counted(wanted), query
            elif filters:
                assert found["unfiltered"] == wanted["unfiltered"], query
        assert (alone.errors, together.errors, together.foreign) == ([], [], [])


def test_a_filter_alone_fetches_no_words(browser: Browser, groups: str) -> None:
    with visit(browser, groups) as seen:
        seen.page.goto(f"{groups}search/?pick=1", wait_until="networkidle")
        expect(seen.page.locator("[data-count]")).to_have_text("9 papers")
        assert not any("/index/" in each for each in seen.requests)
        assert any("/filter/" in each for each in seen.requests)


def test_what_a_page_shows_is_the_same(browser: Browser, one: str, groups: str) -> None:
    shown = []
    for base in (one, groups):
        with visit(browser, base) as seen:
            seen.page.goto(f"{base}search/?q=mamba+model&year=2025")
            seen.page.get_by_text("Edition", exact=True).click()
            expect(seen.page.locator("[data-menu=edition] li").first).to_be_visible()
            seen.page.wait_for_load_state("networkidle")
            shown.append(seen.page.locator("main").inner_text())
            assert seen.errors == []
    assert shown[0] == shown[1]


def gone(route: Route) -> None:
    route.fulfill(status=404)


@pytest.mark.parametrize(
    "what", [r"pagefind/2025-10-[^/]*/pagefind\.", r"pagefind/2025-10-[^/]*/index/"]
)
def test_a_group_that_does_not_load_leaves_the_others(
    browser: Browser, groups: str, what: str
) -> None:
    with visit(browser, groups) as seen:
        seen.page.route(re.compile(what), gone)
        seen.page.goto(f"{groups}search/?q=mamba")
        said = seen.page.locator("[data-count]")
        expect(said).to_have_text(re.compile(r"^1\d papers \(\d+ papers were not searched"))
        seen.page.unroute_all()
        seen.page.locator("#query").press("Enter")
        seen.page.goto(f"{groups}search/?q=mamba")
        expect(said).to_have_text(ALL)


def test_a_group_that_does_not_load_is_tried_again(browser: Browser, groups: str) -> None:
    with visit(browser, groups) as seen:
        seen.page.route(re.compile(r"pagefind/2025-10-[^/]*/pagefind\."), gone)
        seen.page.goto(groups)
        seen.page.locator("#find").press_sequentially("mamba")
        said = seen.page.locator(".find__said")
        expect(said).to_have_text(re.compile("papers were not searched"))
        seen.page.unroute_all()
        seen.page.locator("#find").press("s")
        expect(seen.page.locator(".find [role=option]").last).to_have_text(f"All {ALL}")


def test_without_any_group_the_search_does_not_load(browser: Browser, groups: str) -> None:
    with visit(browser, groups) as seen:
        seen.page.route("**/*.pf_meta", gone)
        seen.page.goto(f"{groups}search/?q=mamba")
        seen.page.locator(".results .empty", has_text="The search does not load").wait_for()
        seen.page.unroute_all()
        seen.page.get_by_role("button", name="Try again").click()
        expect(seen.page.locator("[data-count]")).to_have_text(ALL)


@pytest.mark.parametrize("what", ["groups.js", "wasm."])
def test_a_part_of_the_program_that_does_not_load_is_said(
    browser: Browser, groups: str, what: str
) -> None:
    with visit(browser, groups) as seen:
        seen.page.route(re.compile(re.escape(what)), gone)
        seen.page.goto(f"{groups}search/?q=mamba")
        seen.page.locator(".results .empty", has_text="The search does not load").wait_for()
        seen.page.unroute_all()
        if what == "wasm.":
            seen.page.get_by_role("button", name="Try again").click()
            expect(seen.page.locator("[data-count]")).to_have_text(ALL)
