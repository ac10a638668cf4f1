"""The index is made when papers change, is the same each time, and fails with a message."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import shutil
import sys
import time
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from subprocess import Popen

import pytest

from generator import parallel
from generator.digest import Digest
from generator.errors import SiteError
from generator.folder import Folder
from generator.search import division
from generator.search import indexing as running
from generator.search.canonical import canonical
from generator.search.indexing import indexing
from tests.builders import digest, entry, prose


def papers(*slugs: str) -> Digest:
    return digest(*(entry(slug, abstract=prose(slug), topics=["retrieval"]) for slug in slugs))


def indexed(folder: Folder, shown: Digest) -> dict[str, bytes]:
    with indexing(folder, shown) as index:
        return index.files()


def fragments(files: dict[str, bytes]) -> set[str]:
    """The addresses of the papers in an index."""
    found = (data for path, data in files.items() if "/fragment/" in path)
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


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many papers each run of Pagefind gets."""
    made: list[int] = []

    def counted(place: Path, group: running._Group, language: str) -> Popen[str]:
        made.append(len(group.pages))
        return started(place, group, language)

    started = running._started
    monkeypatch.setattr(running, "_started", counted)
    monkeypatch.setattr(parallel, "processes", lambda: 1)  # another process would count for itself
    return made


def test_nothing_is_indexed_anew_if_no_paper_has_changed(folder: Folder, runs: list[int]) -> None:
    made = indexed(folder, papers("one"))
    shutil.rmtree(folder.root / "build", ignore_errors=True)
    assert indexed(folder, papers("one")) == made
    assert runs == [1]


@pytest.fixture
def _groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups of a few papers."""
    monkeypatch.setattr(division, "MOST", 9)
    monkeypatch.setattr(division, "MOST_NEW", 4)


def daily(numbers: Iterable[int], **changed: str) -> Digest:
    """A digest of two papers a day; some of them with a note."""
    first = dt.date(2026, 1, 1)
    return digest(
        *(
            entry(
                f"p{number:02}",
                first + dt.timedelta(days=number // 2),
                ["retrieval"] if number % 3 else ["speech"],
                abstract=prose(number),
                note=changed.get(f"p{number:02}"),
            )
            for number in numbers
        )
    )


#: What may become of forty papers, and of how many papers groups may be indexed anew for it.
CHANGES = {
    "a note in an old paper": (daily(range(40), p03="Mended."), 9),
    "a note in a new paper": (daily(range(40), p38="Mended."), 4),
    "a day more": (daily(range(42)), 9 + 4),
    "many days more": (daily(range(70)), 70),
    "an old paper less": (daily(n for n in range(40) if n != 5), 9),
    "a day less": (daily(range(38)), 9 + 4),
    "hardly any left": (daily(range(8)), 8),
}


@pytest.mark.usefixtures("_groups")
@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change_the_index_is_that_of_a_build_from_nothing(
    folder: Folder, tmp_path: Path, runs: list[int], change: str
) -> None:
    shown, most = CHANGES[change]
    before = indexed(folder, daily(range(40)))
    assert len(runs) > 4
    runs.clear()
    after = indexed(folder, shown)
    assert 0 < sum(runs) <= most
    assert after != before
    assert fragments(after) == {f"/{each.slug}.html" for each in shown.entries}
    assert after == indexed(Folder(tmp_path / "another"), shown)
    runs.clear()
    assert indexed(folder, shown) == after
    assert runs == []
    assert indexed(folder, daily(range(40))) == before


@pytest.mark.usefixtures("_groups")
def test_groups_lie_beside_each_other(folder: Folder) -> None:
    made = indexed(folder, daily(range(40)))
    told = json.loads(made["pagefind/pagefind-entry.json"])
    assert sum(each["page_count"] for each in told["groups"]) == 40
    for each in told["groups"]:
        below = f"pagefind/{each['place']}/"
        assert (
            len(fragments({p: d for p, d in made.items() if p.startswith(below)}))
            == (each["page_count"])
        )
    assert [path for path in made if path.endswith("/pagefind.js")] == ["pagefind/pagefind.js"]


@pytest.mark.usefixtures("_groups")
def test_what_no_group_needs_any_more_is_not_kept(folder: Folder) -> None:
    indexed(folder, daily(range(40)))
    some = {path.name for path in (folder.cache / "search").iterdir()}
    indexed(folder, papers("one"))
    (one,) = (folder.cache / "search").iterdir()
    assert one.name not in some
    assert not (folder.root / "build" / "search").exists()


def test_what_is_kept_and_was_spoilt_is_made_anew(folder: Folder, runs: list[int]) -> None:
    made = indexed(folder, papers("one"))
    (kept,) = (folder.cache / "search").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert indexed(folder, papers("one")) == made
    assert runs == [1, 1]


def test_what_is_spoilt_while_a_build_runs_is_a_message(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "kept", lambda *_: None)
    with pytest.raises(SiteError, match="was changed meanwhile; build again"):
        indexed(folder, papers("one"))


def test_a_change_is_indexed_and_what_is_gone_is_gone(folder: Folder) -> None:
    indexed(folder, papers("one", "two"))
    assert fragments(indexed(folder, papers("two", "three"))) == {"/two.html", "/three.html"}
    assert fragments(indexed(folder, papers("two"))) == {"/two.html"}


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("processes", [1, 2])
def test_a_run_that_was_broken_off_leaves_nothing_that_counts(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, processes: int
) -> None:
    monkeypatch.setattr(parallel, "processes", lambda: processes)

    def broken_off() -> None:
        with indexing(folder, papers("one")):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert fragments(indexed(folder, papers("one"))) == {"/one.html"}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are not told here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_pagefind_ends_with_the_build(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    program = tmp_path / "python"
    program.write_text(
        f"#!/bin/sh\necho $$ > {said}.new\nmv {said}.new {said}\nexec sleep 600\n", encoding="utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setattr(parallel, "processes", lambda: 2)
    with indexing(folder, papers("one")):
        while not said.exists():
            time.sleep(0.01)
        number = int(said.read_text(encoding="utf-8"))
        assert is_at_work(number)
    while is_at_work(number):
        time.sleep(0.01)


def is_at_work(number: int) -> bool:
    """Whether there is such a process, and it has not ended without anybody asking how."""
    try:
        said = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return said.rpartition(")")[2].split()[0] not in "ZX"


def test_without_papers_there_is_no_index(folder: Folder) -> None:
    assert indexed(folder, digest()) == {}


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


def test_an_index_that_is_written_otherwise_is_a_message(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: Mapping[str, bytes]) -> dict[str, bytes]:
        raise ValueError("no list where one should be")

    monkeypatch.setattr(running, "canonical", broken)
    with pytest.raises(SiteError, match=r"cannot be read .*no list.* run `make install`"):
        indexed(folder, papers("one"))


def test_papers_that_are_missing_are_counted(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def less(files: Mapping[str, bytes]) -> dict[str, bytes]:
        made = canonical(files)
        del made[next(path for path in made if path.startswith("fragment/"))]
        return made

    monkeypatch.setattr(running, "canonical", less)
    with pytest.raises(SiteError, match="indexed 1 of 2 papers"):
        indexed(folder, papers("one", "two"))
