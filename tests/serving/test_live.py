"""The digest as it is now: every edit shows, and a mistake changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.build import build_site, generate
from generator.errors import DigestError
from generator.folder import Folder
from generator.serving.live import Live
from generator.website.frame import Unfit
from tests.builders import prose, write_whole
from tests.conftest import ROOT


def record(folder: Folder, slug: str, title: str, day: str = "2026-03-11", more: str = "") -> None:
    write_whole(
        folder.papers / day[:4] / f"{slug}.yml",
        f"title: {title}\nabstract: We search. {prose(slug)}\n"
        f"appearances:\n- {{source: daily, date: {day}, file: a.txt}}\n{more}",
    )


@pytest.fixture
def small(folder: Folder) -> Folder:
    """Four papers on two days, two of them alike, with the project's whole configuration."""
    shutil.copy(ROOT / "mkdocs.yml", folder.root)
    shutil.copytree(ROOT / "content" / "pages", folder.pages)
    (folder.root / "templates").unlink()
    shutil.copytree(ROOT / "templates", folder.root / "templates")
    record(folder, "one", "Teapots that search")
    record(folder, "two", "Kettles that listen to speech", "2026-03-12")
    same = prose("same")
    for number, slug in enumerate(("three", "four")):
        record(folder, slug, f"Spoons in a tempest of audio, part {number}")
        path = folder.papers / "2026" / f"{slug}.yml"
        text = path.read_text(encoding="utf-8").replace(prose(slug), same)
        write_whole(path, text)
    return folder


def everything(live: Live) -> None:
    """Take all that is found elsewhere."""
    while live.waiting():
        live.come()


def page(live: Live, path: str) -> str:
    return (live.file(f"{path}index.html") or b"").decode()


def test_it_is_the_site_that_a_build_makes(small: Folder) -> None:
    said: list[str] = []
    live = Live(small, said.append)
    assert live.refresh() == "4 papers"
    everything(live)
    build_site(small, generate(small).digest.updated)
    for path in small.site.rglob("*"):
        if path.is_file() and path.name != "sitemap.xml.gz":
            name = path.relative_to(small.site).as_posix()
            assert live.file(name) == path.read_bytes(), name
    assert live.mount() == "/paper-digest/"
    assert said == []


def test_an_edit_shows_at_once_and_what_it_means_for_others_too(small: Folder) -> None:
    live = Live(small, print)
    live.refresh()
    everything(live)
    assert "Teapots that search" in page(live, "titles/")
    record(small, "one", "Teapots that sing", more="curation:\n  note: Look at this.\n")
    record(small, "five", "Pots on speech", "2026-03-13")
    (small.papers / "2026" / "two.yml").unlink()

    assert live.refresh() == "4 papers"

    assert "Look at this." in page(live, "papers/one/")
    assert "Teapots that sing" in page(live, "editions/2026-03-11/")
    assert "Pots on speech" in page(live, "papers/five/")
    assert live.file("papers/two/index.html") is None
    assert "Kettles" not in page(live, "titles/")
    everything(live)
    assert "possible-duplicates" in page(live, "status/")
    assert b"Teapots that sing" in (live.file("map.json") or page(live, "map/").encode())


MISTAKES = {
    "content/papers/2026/two.yml": r"two\.yml",
    "templates/paper.md.j2": r"paper\.md\.j2",
    "templates/overrides/main.html": r"index\.html: UndefinedError: 'no' is undefined",
}


@pytest.mark.parametrize("file, said", MISTAKES.items(), ids=MISTAKES)
def test_a_mistake_is_said_and_changes_nothing(small: Folder, file: str, said: str) -> None:
    live = Live(small, print)
    live.refresh()
    everything(live)
    before = page(live, "papers/one/")
    broken = small.root / file
    text = broken.read_text(encoding="utf-8")
    write_whole(broken, text + "{{ no.such }}\n  : -")
    with pytest.raises(DigestError, match=said):
        live.refresh()
    write_whole(broken, text)
    live.refresh()
    assert page(live, "papers/one/") == before


def test_the_dress_of_pages_and_the_configuration_are_followed(small: Folder) -> None:
    live = Live(small, print)
    live.refresh()
    footer = small.root / "templates" / "overrides" / "partials" / "footer.html"
    write_whole(footer, "<footer>My own</footer>")
    live.refresh()
    assert "My own" in page(live, "about/")
    text = small.mkdocs_yml.read_text(encoding="utf-8")
    write_whole(small.mkdocs_yml, text.replace("site_name: The Paper", "site_name: Another"))
    live.refresh()
    assert "<title>Another Digest</title>" in page(live, "")


def test_what_mkdocs_finds_wrong_is_told(small: Folder) -> None:
    said: list[str] = []
    live = Live(small, said.append)
    write_whole(small.pages / "mine.md", "# Mine\n\n[gone](nowhere.md)\n")
    live.refresh()
    assert "gone" in page(live, "mine/")
    assert any("nowhere.md" in each for each in said)


def test_a_site_that_only_mkdocs_can_make_is_left_to_it(small: Folder) -> None:
    text = small.mkdocs_yml.read_text(encoding="utf-8")
    write_whole(small.mkdocs_yml, text.replace("plugins: []", "plugins: [search]"))
    with pytest.raises(Unfit, match="plugins"):
        Live(small, print).refresh()


def test_a_digest_without_papers_is_shown(small: Folder) -> None:
    shutil.rmtree(small.papers)
    live = Live(small, print)
    assert live.refresh() == "0 papers"
    everything(live)
    assert "<h1" in page(live, "")
    assert live.file("pagefind/pagefind.js") is None
    assert not Path(small.site).exists()
