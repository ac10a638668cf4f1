"""``digest build`` says what it made, and what is missing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable

from click.testing import Result

from generator.folder import Folder
from tests.builders import write_whole
from tests.conftest import ROOT

Run = Callable[..., Result]


def test_it_counts_what_it_wrote(run: Run, folder: Folder) -> None:
    write_whole(
        folder.papers / "2026" / "a-paper.yml",
        "title: A paper\nabstract: On speech.\n"
        "appearances:\n- {source: daily, date: 2026-03-11, file: a.txt}\n",
    )
    first, second = run("build", "--docs-only"), run("build", "--docs-only")
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout.startswith("build/docs/: 1 paper, 2 topics, 1 edition; ")
    assert "; 0 of " in second.stdout
    assert re.search(r" files changed; \d+\.\d s( \(.*\))?\n$", second.stdout)
    assert not folder.site.exists()


def test_it_builds_the_site(run: Run, folder: Folder) -> None:
    result = run("build")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        "site/index.html: 0 papers, 2 topics, 0 editions; made by mkdocs"
    )
    assert "itself (mkdocs.yml has " in result.stdout
    assert (folder.site / "index.html").is_file()


def test_it_says_what_changed_how_large_it_is_and_how_long_it_took(
    run: Run, folder: Folder
) -> None:
    shutil.copy(ROOT / "mkdocs.yml", folder.root)
    shutil.copytree(ROOT / "content" / "pages", folder.pages)
    first = run("build")
    assert (first.exit_code, first.stderr) == (0, "")
    counted = r"site/index\.html: 0 papers, .*; (\d+) of (\d+) files changed"
    found = re.fullmatch(counted + r", \d\.\d MB; \d+\.\d s \(.*\)\n", first.stdout)
    assert found is not None
    assert found[1] == found[2]
    assert len([path for path in folder.site.rglob("*") if path.is_file()]) == int(found[2])
    write_whole(folder.pages / "mine.md", "# Mine\n")
    assert "; 3 of " in run("build").stdout  # and the two lists of pages
    (folder.pages / "mine.md").unlink()
    assert " files changed, 1 removed, " in run("build").stdout


def test_a_site_without_an_address_is_a_warning(run: Run, folder: Folder) -> None:
    folder.mkdocs_yml.write_text("site_name: A\ndocs_dir: build/docs\n", encoding="utf-8")
    result = run("build", "--docs-only")
    assert result.exit_code == 0
    assert result.stderr.startswith("digest: mkdocs.yml: site_url: not set")


def test_a_site_that_cannot_be_built_is_a_message(run: Run, folder: Folder) -> None:
    folder.mkdocs_yml.write_text(
        "site_name: A\nsite_url: https://example.org/\ndocs_dir: build/docs\ntheme: {name: none}\n",
        encoding="utf-8",
    )
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr.startswith("digest: mkdocs could not build the site:")
    assert "none" in result.stderr
    assert "Traceback" not in result.stderr


def test_wrong_content_builds_nothing(run: Run, folder: Folder) -> None:
    write_whole(folder.papers / "2026" / "a-paper.yml", "titel: A paper\n")
    result = run("build")
    assert result.exit_code == 1
    assert "content/papers/2026/a-paper.yml:1: titel: is not a known field" in result.stderr
    assert not folder.docs.exists()


def test_an_unknown_builder_is_wrong_usage(run: Run) -> None:
    assert run("build", "--builder", "hugo").exit_code == 2
