"""The index is made when papers change, is the same each time, and fails with a message."""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from generator.digest import Digest
from generator.errors import SiteError
from generator.folder import Folder
from generator.search.indexing import indexing
from tests.builders import digest, entry, prose


def papers(*slugs: str) -> Digest:
    return digest(*(entry(slug, abstract=prose(slug), topics=["retrieval"]) for slug in slugs))


def indexed(folder: Folder, shown: Digest) -> dict[str, bytes]:
    with indexing(folder, shown) as index:
        return index.files()


def fragments(files: dict[str, bytes]) -> set[str]:
    """The addresses of the papers in an index."""
    found = (data for path, data in files.items() if path.startswith("pagefind/fragment/"))
    return {
        json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))["url"] for data in found
    }


def test_every_paper_is_in_it(folder: Folder) -> None:
    made = indexed(folder, papers("one", "two"))
    assert fragments(made) == {"/one.html", "/two.html"}
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"} <= set(made)
    assert not any("ui" in path or "worker" in path for path in made)


def test_two_runs_give_the_same_bytes(folder: Folder, tmp_path: Path) -> None:
    shown = digest(
        *(
            entry(f"p{n}", date=f"2026-03-{n + 1:02}", topics=[f"t{n % 7}", "all"])
            for n in range(25)
        )
    )
    assert indexed(folder, shown) == indexed(Folder(tmp_path / "another"), shown)


def test_nothing_is_indexed_anew_if_no_paper_has_changed(folder: Folder) -> None:
    made = indexed(folder, papers("one"))
    with indexing(folder, papers("one")) as index:
        assert index.process is None
        assert index.files() == made


def test_a_change_is_indexed_and_what_is_gone_is_gone(folder: Folder) -> None:
    indexed(folder, papers("one", "two"))
    assert fragments(indexed(folder, papers("two", "three"))) == {"/two.html", "/three.html"}
    assert fragments(indexed(folder, papers("two"))) == {"/two.html"}


def test_a_run_that_was_broken_off_leaves_nothing_that_counts(folder: Folder) -> None:
    def broken_off() -> None:
        with indexing(folder, papers("one")) as index:
            assert index.process is not None
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    with indexing(folder, papers("one")) as index:
        assert index.process is not None
        assert fragments(index.files()) == {"/one.html"}


def test_without_papers_there_is_no_index(folder: Folder) -> None:
    with indexing(folder, digest()) as index:
        assert index.process is None
        assert index.files() == {}


def test_files_of_words_are_small(folder: Folder) -> None:
    """An option that Pagefind does not promise; without it, a query fetches far more."""
    shown = digest(*(entry(f"p{n}", abstract=prose(n, words=300)) for n in range(60)))
    made = indexed(folder, shown)
    sizes = [len(data) for path, data in made.items() if path.startswith("pagefind/index/")]
    assert len(sizes) > 4
    assert max(sizes) < 8_000


def test_a_program_that_is_not_there_is_named(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    with pytest.raises(SiteError, match="pagefind is not installed; run `make install`"):
        indexed(folder, papers("one"))


def test_a_program_that_fails_is_quoted(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho it hurts >&2\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with pytest.raises(SiteError, match=r"could not index the papers:\nit hurts"):
        indexed(folder, papers("one"))


def test_an_index_that_has_been_spoilt_is_a_message(folder: Folder) -> None:
    indexed(folder, papers("one"))
    (folder.root / "build" / "search" / "made" / "pagefind-entry.json").write_text("{")
    with pytest.raises(SiteError, match=r"cannot be read .* delete .*search"):
        indexed(folder, papers("one"))


def test_papers_that_are_missing_are_counted(folder: Folder) -> None:
    indexed(folder, papers("one", "two"))
    with (
        indexing(folder, papers("one", "two")) as made,
        pytest.raises(SiteError, match="indexed 2 of 3 papers"),
    ):
        replace(made, size=3).files()


def test_a_file_that_is_missing_is_a_message(folder: Folder) -> None:
    indexed(folder, papers("one", "two"))
    next((folder.root / "build" / "search" / "made" / "fragment").iterdir()).unlink()
    with pytest.raises(SiteError, match=r"cannot be read .*fragment/"):
        indexed(folder, papers("one", "two"))
