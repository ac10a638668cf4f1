"""A paper's page in the finished site: what programs read in it, and what readers take away."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from generator.build import BUILDERS
from generator.digest import Digest
from generator.exports.citation import Form, forms
from generator.exports.record import record_of
from generator.folder import Folder
from tests.api.test_documents import check
from tests.builders import write_whole
from tests.site.conftest import Site, serving
from tests.site.test_browser import visit
from tests.site.test_policy import built_with, complaints, small_digest, watching

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TITLE = 'A “title” with "quotes", <b>tags</b>, &amp; $x_1^2$ #1 {{ braces }} 100% \\model'
RECORD = f"""\
title: {json.dumps(TITLE)}
abstract: |
  We break out: </script><script>alert(1)</script> <!-- and {{% raw %}} speech.
authors: [Ada "A." Example, Bo Öman & Sons]
ids: {{arxiv: "2010.00904", doi: 10.1000/x_y}}
published: 2020-10-02
appearances:
- {{source: daily, date: 2026-03-11, file: a.txt}}
"""


def digest_with_a_paper(root: Path) -> Folder:
    folder = small_digest(root)
    write_whole(folder.papers / "2026" / "a-paper.yml", RECORD)
    return folder


@pytest.fixture(scope="module", params=BUILDERS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A digest with that paper as each of the builders makes it."""
    return built_with(digest_with_a_paper(tmp_path_factory.mktemp("paper")), request.param)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """The site of the default builder, and where it is."""
    site = built_with(digest_with_a_paper(tmp_path_factory.mktemp("one")), BUILDERS[0])
    with serving(site) as address:
        yield site, address


def head(site: Site, slug: str) -> BeautifulSoup:
    return BeautifulSoup(site.page(f"papers/{slug}"), "html5lib")


def tags(site: Site, slug: str) -> list[tuple[str, str]]:
    found = head(site, slug).head.select('meta[name^="citation_"]')  # type: ignore[union-attr]
    return [(str(each["name"]), str(each["content"])) for each in found]


def test_reference_managers_find_every_author_and_the_exact_title(made: Site) -> None:
    page = f"{made.digest.site.url}papers/a-paper/"
    assert tags(made, "a-paper") == [
        ("citation_title", TITLE),
        ("citation_author", 'Ada "A." Example'),
        ("citation_author", "Bo Öman & Sons"),
        ("citation_publication_date", "2020/10/02"),
        ("citation_online_date", "2020/10/02"),
        ("citation_doi", "10.1000/x_y"),
        ("citation_arxiv_id", "2010.00904"),
        ("citation_pdf_url", "https://arxiv.org/pdf/2010.00904"),
        ("citation_abstract_html_url", page),
    ]
    assert 'name="citation_arxiv_id"' in made.page("papers/a-paper")


def test_no_other_page_has_citation_tags(made: Site) -> None:
    for path in made.pages:
        if path.parent.parent.name != "papers":
            assert "citation_" not in path.read_text(encoding="utf-8"), path


def test_linked_data_is_whole_whatever_the_text(made: Site) -> None:
    (block,) = head(made, "a-paper").select('script[type="application/ld+json"]')
    said = json.loads(str(block.string))
    assert said["headline"] == TITLE
    assert said["abstract"] == (
        "We break out: </script><script>alert(1)</script> <!-- and {% raw %} speech."
    )
    assert [each["name"] for each in said["author"]] == ['Ada "A." Example', "Bo Öman & Sons"]


def test_cards_name_a_picture_by_its_whole_address(made: Site) -> None:
    page = head(made, "a-paper")
    found = {
        str(each.get("property") or each["name"]): str(each["content"])
        for each in page.select('meta[property^="og:"], meta[name^="twitter:"]')
    }
    assert found["og:title"] == TITLE
    if picture := found.get("og:image"):
        assert picture.startswith(made.digest.site.url)
        assert (made.root / picture.removeprefix(made.digest.site.url)).is_file()
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
        assert found["twitter:image"] == picture
        assert found["og:image:alt"]
    assert found["twitter:card"] == ("summary_large_image" if picture else "summary")


def _cited(shown: Digest) -> tuple[Form, ...]:
    return forms(record_of(shown, shown.by_slug["a-paper"]))


def test_what_is_shown_to_cite_is_what_the_files_hold(made: Site) -> None:
    page = head(made, "a-paper")
    shown = {
        str(each.select_one("[data-ways]")["data-ways"]): each.pre.get_text()  # type: ignore[index,union-attr]
        for each in page.select("figure.takeaway")
    }
    address = f"{made.digest.site.url}papers/a-paper/"
    lines = {form.name: form.shown.replace("\r\n", "\n") for form in _cited(made.digest)}
    assert shown == {**lines, "the address": address}
    for form in _cited(made.digest):
        if form.suffix:
            path = made.root / "papers" / f"a-paper{form.suffix}"
            assert path.read_bytes() == form.text.encode()


def test_the_api_is_part_of_the_site(made: Site) -> None:
    paths = sorted((made.root / "api" / "v1").rglob("*.json"))
    values = {
        path.relative_to(made.root).as_posix(): json.loads(path.read_text(encoding="utf-8"))
        for path in paths
    }
    # Index, two papers and one that moved, two topics, one edition.
    assert check(values) == 7
    assert values["api/v1/papers/gone.json"]["moved_to"] == "kept"
    assert values["api/v1/papers/a-paper.json"]["title"] == TITLE


def test_every_document_of_the_projects_own_site_is_as_its_schema_says(site: Site) -> None:
    paths = sorted((site.root / "api" / "v1").rglob("*.json"))
    values = {
        path.relative_to(site.root).as_posix(): json.loads(path.read_text(encoding="utf-8"))
        for path in paths
    }
    assert check(values) > len(site.digest.entries)


def opened(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}papers/a-paper/", wait_until="networkidle")
    page.locator(".take__fold > summary", has_text=name).click()


@pytest.mark.browser
def test_a_reference_is_copied(browser: Browser, one: tuple[Site, str]) -> None:
    site, address = one
    with watching(browser, address) as seen:
        seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        opened(seen.page, address, "Cite")
        seen.page.get_by_role("button", name="Copy BibTeX").click()
        seen.page.get_by_role("status").get_by_text("Copied.").wait_for(state="attached")
        copied = seen.page.evaluate("navigator.clipboard.readText()")
        assert copied == _cited(site.digest)[0].shown
        assert complaints(seen) == []


@pytest.mark.browser
def test_where_nothing_can_be_copied_the_text_is_selected(
    browser: Browser, one: tuple[Site, str]
) -> None:
    site, address = one
    with watching(browser, address) as seen:
        seen.page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
        )
        opened(seen.page, address, "Cite")
        seen.page.get_by_role("button", name="Copy Plain text").click()
        text = seen.page.evaluate("getSelection().toString()")
        assert text == _cited(site.digest)[1].text
        assert seen.page.locator("p[role=status]", has_text="Ctrl+C").count() == 1


@pytest.mark.browser
def test_the_device_shares_if_it_can(browser: Browser, one: tuple[Site, str]) -> None:
    site, address = one
    with watching(browser, address) as seen:
        seen.page.add_init_script(
            "navigator.share = async (data) => { window.shared = data; };"
            "navigator.canShare = () => true;"
        )
        opened(seen.page, address, "Share")
        seen.page.get_by_role("button", name="Share…").click()
        assert seen.page.evaluate("window.shared") == {
            "title": TITLE,
            "url": f"{site.digest.site.url}papers/a-paper/",
        }


@pytest.mark.browser
def test_where_it_cannot_there_is_no_such_button(browser: Browser, one: tuple[Site, str]) -> None:
    _, address = one
    with watching(browser, address) as seen:
        seen.page.add_init_script("Object.defineProperty(navigator, 'share', { value: undefined })")
        opened(seen.page, address, "Share")
        assert seen.page.get_by_role("button", name="Copy the address").is_visible()
        assert seen.page.get_by_role("button", name="Share…").count() == 0


@pytest.mark.browser
def test_an_open_fold_moves_none_of_the_actions(browser: Browser, one: tuple[Site, str]) -> None:
    """Also the other fold closes: there is one at a time."""
    _, address = one
    with visit(browser, address) as seen:
        seen.page.goto(f"{address}papers/a-paper/", wait_until="networkidle")
        names = seen.page.locator(".take__fold > summary")
        before = [names.nth(place).bounding_box() for place in range(2)]
        names.nth(0).click()
        assert [names.nth(place).bounding_box() for place in range(2)] == before
        names.nth(1).click()
        assert seen.page.locator(".take__fold[open]").count() == 1
        assert [names.nth(place).bounding_box() for place in range(2)] == before


@pytest.mark.browser
def test_without_a_script_the_texts_are_there_to_be_selected(
    browser: Browser, one: tuple[Site, str]
) -> None:
    _, address = one
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    try:
        opened(page, address, "Cite")
        assert page.get_by_role("button", name="Copy").count() == 0
        assert page.get_by_text("@misc{a-paper,").is_visible()
        with page.expect_download() as download:
            page.get_by_role("link", name="File of RIS").click()
        assert download.value.suggested_filename == "a-paper.ris"
    finally:
        context.close()
