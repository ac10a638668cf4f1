"""The build: pages, feeds and hand-written pages together, by MkDocs and by what may follow it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from generator.build import BUILDERS, build_site, generate
from generator.errors import ContentErrors, SiteError
from generator.folder import Folder
from tests.builders import write_whole
from tests.conftest import ROOT
from tests.markup.test_escape import HOSTILE


def add_paper(folder: Folder, slug: str, title: str, abstract: str, day: str) -> None:
    """A record as an editor could write it."""
    write_whole(
        folder.papers / day[:4] / f"{slug}.yml",
        f"title: {title!r}\nabstract: {abstract!r}\n"
        f"appearances:\n- {{source: daily, date: {day}, file: a.txt}}\n",
    )


@pytest.fixture
def small(folder: Folder) -> Folder:
    """Three papers on two days, hostile text among them, with the project's whole configuration."""
    shutil.copy(ROOT / "mkdocs.yml", folder.root)
    (folder.content / "pages").symlink_to(ROOT / "content" / "pages", target_is_directory=True)
    add_paper(folder, "one", "Dense retrieval", "We search.", "2026-03-11")
    add_paper(folder, "two", "Speech", "We listen.", "2026-03-12")
    hostile = " ".join("".join(c for c in text if c.isprintable()) for text in HOSTILE)
    add_paper(folder, "three", hostile.replace("'", "’"), hostile.replace("'", "’"), "2026-03-12")
    return folder


def files(root: Path) -> dict[str, bytes]:
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_pages_feeds_and_hand_written_pages_are_written(small: Folder) -> None:
    built = generate(small)
    made = files(small.docs)
    assert built.written.written == len(made)
    assert {"index.md", "papers/one.md", "feed.xml", "feeds.opml", "about.md"} <= set(made)
    assert generate(small).written.written == 0


def test_what_is_gone_from_content_is_gone_from_the_site(small: Folder) -> None:
    generate(small)
    (small.papers / "2026" / "one.yml").unlink()
    assert generate(small).written.removed > 0
    assert "papers/one.md" not in files(small.docs)


@pytest.mark.parametrize(
    "name",
    [
        *("feeds.md", "index.md", "README.md", "status/index.md", "feeds/readme.md"),
        *("papers/one/index.md", "topics/retrieval.md", "editions/2026-03-11.md"),
    ],
)
def test_a_hand_written_page_cannot_replace_a_generated_one(folder: Folder, name: str) -> None:
    write_whole(folder.pages / name, "# Mine\n")
    with pytest.raises(ContentErrors, match=r"is made by the generator; rename the file"):
        generate(folder)


def test_two_pages_of_one_address_are_named(folder: Folder) -> None:
    write_whole(folder.pages / "about.md", "# Mine\n")
    write_whole(folder.pages / "about" / "index.md", "# Mine too\n")
    with pytest.raises(ContentErrors, match=r"about/index\.md: is the page of|about\.md: is the"):
        generate(folder)


def test_a_page_that_is_no_text_is_named(folder: Folder) -> None:
    folder.pages.mkdir()
    (folder.pages / "mine.md").write_bytes(b"# H\xe9\n")
    (folder.pages / "folder.md").mkdir()
    with pytest.raises(ContentErrors) as caught:
        generate(folder)
    said = str(caught.value).splitlines()
    assert said[0].startswith("content/pages/folder.md: cannot be read")
    assert said[1].startswith("content/pages/mine.md: is not UTF-8")


@pytest.mark.parametrize("builder", BUILDERS)
def test_the_same_configuration_builds_with(small: Folder, builder: str) -> None:
    build_site(small, generate(small).digest.updated, builder)
    made = files(small.site)
    wanted = {
        "index.html",
        "404.html",
        "about/index.html",
        "papers/one/index.html",
        "topics/retrieval/index.html",
        "editions/2026-03-12/index.html",
        "feed.xml",
        "topics/speech/feed.xml",
        "assets/stylesheets/digest.css",
        "search/index.html",
        "titles/index.html",
        "pagefind/pagefind.js",
        "pagefind/pagefind-entry.json",
    }
    assert wanted <= set(made)
    assert b"Dense retrieval" in made["papers/one/index.html"]
    assert b'class="paper-abstract"' in made["papers/one/index.html"]


def test_a_digest_without_papers_builds_without_a_warning(small: Folder) -> None:
    shutil.rmtree(small.papers)
    build_site(small, generate(small).digest.updated)
    made = files(small.site)
    assert "index.html" in made
    assert not any(path.startswith("pagefind/") for path in made)
    assert b"nothing to search yet" in made["search/index.html"]


def test_two_builds_of_one_content_are_identical(small: Folder) -> None:
    """Whatever the clock says: the sitemap, also packed, takes its date from the content."""
    build_site(small, generate(small).digest.updated)
    first = files(small.site)
    assert b"<lastmod>2026-03-12</lastmod>" in first["sitemap.xml"]
    shutil.rmtree(small.root / "build")
    shutil.rmtree(small.site)
    build_site(small, generate(small).digest.updated)
    second = files(small.site)
    assert {name: data for name, data in first.items() if second.get(name) != data} == {}
    assert set(first) == set(second)


def test_a_warning_of_mkdocs_is_a_failure_and_is_shown(small: Folder) -> None:
    shutil.rmtree(small.root / "templates", ignore_errors=True)
    (small.content / "pages").unlink()
    write_whole(small.content / "pages" / "about.md", "# About\n\n[gone](nowhere.md)\n")
    generate(small)
    with pytest.raises(SiteError, match=r"nowhere\.md"):
        build_site(small, None)


def test_a_builder_that_is_not_installed_is_named(
    small: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with pytest.raises(SiteError, match=r"zensical is not installed"):
        build_site(small, None, "zensical")
