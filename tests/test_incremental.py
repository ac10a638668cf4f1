"""A build after a change is one from nothing, byte for byte, whatever is there from before."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from importlib import metadata
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.structure.files import File

from generator import comparing, documents, parallel, shipped, write
from generator.atlas import layout, placing
from generator.build import Finished, build_site, generate
from generator.cards import drawing
from generator.errors import DigestError
from generator.folder import Folder
from generator.parallel import Aside, aside
from generator.related import likeness
from generator.search import division, indexing
from generator.search.canonical import canonical
from generator.topics import keeping as judgements
from generator.topics.judging import judge
from generator.website import kept, making
from generator.website.dressed import Dressed, dressed
from generator.website.frame import Frame
from generator.website.making import Made
from tests import incremental
from tests.builders import write_whole
from tests.conftest import ROOT
from tests.incremental import AFTER, CHANGES, template

#: What a build makes, and what it leaves for the next one.
_MADE = ("build", "site", ".cache")

#: Files by their paths.
_Files = dict[str, bytes]


def build(folder: Folder) -> Finished:
    finished = build_site(folder, generate(folder).digest.updated)
    assert finished.made is not None, finished.why
    return finished


def files(root: Path, *below: str) -> _Files:
    found = (path for name in below for path in (root / name).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(found)}


def result(folder: Folder) -> _Files:
    return files(folder.root, "build/docs", "site")


@dataclass
class Bench:
    """A digest that is built again and again, and builds of the same content from nothing.

    These are remembered: content that was there before is not built a second time.
    """

    place: Path
    known: dict[str, _Files] = field(default_factory=dict, repr=False)

    def digest(self, name: str) -> Folder:
        """A digest as it begins."""
        return incremental.made(self.place / name)

    def from_nothing(self, folder: Folder, program: str = "") -> _Files:
        """What comes of a digest's content alone, by a program that may be another one."""
        fresh = Folder(self.place / "fresh")
        unmade = shutil.ignore_patterns(*_MADE)
        shutil.copytree(folder.root, fresh.root, ignore=unmade, symlinks=True)
        try:
            key = program + hashlib.sha256(repr(files(fresh.root, ".")).encode()).hexdigest()
            if key not in self.known:
                build(fresh)
                self.known[key] = result(fresh)
        finally:
            shutil.rmtree(fresh.root)
        return self.known[key]

    def same(self, folder: Folder, why: str, program: str = "") -> None:
        """Whether what was made of a digest is what is made of it from nothing."""
        found, wanted = result(folder), self.from_nothing(folder, program)
        differing = {name for name in {*found, *wanted} if found.get(name) != wanted.get(name)}
        assert sorted(differing) == [], f"after {why}"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("incremental"))


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have everything done here, where what takes a second to be imported is once imported."""
    monkeypatch.setattr(parallel, "processes", lambda: 1)


@pytest.fixture
def built(bench: Bench, tmp_path: Path) -> Folder:
    """A digest that was built before."""
    pattern = Folder(bench.place / "pattern")
    if not pattern.root.exists():
        bench.digest("pattern")
        build(pattern)
        bench.same(pattern, "nothing")
    return Folder(shutil.copytree(pattern.root, tmp_path / "digest", symlinks=True))


def change(folder: Folder, names: Iterable[str]) -> str:
    for name in names:
        CHANGES[name](folder)
    return " and ".join(names)


def test_one_change_after_the_other(bench: Bench) -> None:
    folder = bench.digest("walk")
    build(folder)
    steps = -(-len(CHANGES) // 4)
    for at in range(steps):  # four at a time that have nothing to do with each other
        why = change(folder, list(CHANGES)[at::steps])
        build(folder)
        bench.same(folder, why)
    assert build(folder).made == Made(0, len(files(folder.site, ".")), 0)


@pytest.mark.parametrize("order,processes", [(1, 1), (2, 3)])
def test_changes_in_any_order(
    bench: Bench, order: int, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_all_cores(processes, monkeypatch)
    folder = bench.digest(f"order-{order}")
    build(folder)
    for names in halves(shuffled(order)):
        why = change(folder, names)
        build(folder)
        bench.same(folder, why)


def shuffled(order: int) -> list[str]:
    names = list(CHANGES)
    random.Random(order).shuffle(names)  # noqa: S311 - no secret
    for later, before in AFTER.items():
        names.remove(later)
        names.insert(random.Random(order).randint(names.index(before) + 1, len(names)), later)  # noqa: S311
    return names


def halves(names: list[str]) -> tuple[list[str], list[str]]:
    return names[: len(names) // 2], names[len(names) // 2 :]


def on_all_cores(processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Share out whatever can be, but for what needs arrays: their threads are there already."""

    def at_home(*works: Callable[[], Any]) -> Aside:
        with monkeypatch.context() as patch:
            patch.setattr(parallel, "processes", lambda: 1)
            return aside(*works)

    monkeypatch.setattr(comparing, "aside", at_home)
    monkeypatch.setattr(parallel, "processes", lambda: processes)
    for module, name in ((documents, "_LEAST"), (making, "_LEAST"), (judgements, "_WORTH_SHARING")):
        monkeypatch.setattr(module, name, 1)


def test_little_is_made_anew(bench: Bench, built: Folder) -> None:
    """Else the other tests here would say nothing of what is kept."""
    change(built, ["another note"])
    made = build(built).made
    assert made is not None
    assert made.unchanged > 3 * made.written > 0
    bench.same(built, "a note")


KEPT = ("cards", "map", "search", "site", "topics")


def test_what_is_kept_is_known(built: Folder) -> None:
    assert sorted(path.name for path in built.cache.iterdir()) == sorted(KEPT)


def turned(data: bytes) -> bytes:
    """One byte in the middle is another."""
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def spoil(paths: list[Path], how: Callable[[bytes], bytes]) -> None:
    for path in paths:
        path.write_bytes(how(path.read_bytes()))


def mix_up(paths: list[Path]) -> None:
    """Each file has the content of another one of its folder."""
    for place in {path.parent for path in paths}:
        names = sorted(place.iterdir())
        held = [path.read_bytes() for path in names]
        for path, data in zip(names, held[1:] + held[:1], strict=True):
            path.write_bytes(data)


def make_folders(paths: list[Path]) -> None:
    for path in paths:
        path.unlink()
        path.mkdir()


SPOILT: dict[str, Callable[[list[Path]], None]] = {
    "cut off": lambda paths: spoil(paths, lambda data: data[:-7]),
    "emptied": lambda paths: spoil(paths, lambda _: b""),
    "a byte turned": lambda paths: spoil(paths, turned),
    "no text": lambda paths: spoil(paths, lambda data: b"\xff\xfe" + data),
    "mixed up": mix_up,
    "folders in place of files": make_folders,
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_kept_is_never_trusted(bench: Bench, built: Folder, how: str) -> None:
    """Also where nothing changed: pages are made anew of what is kept, and compared."""
    SPOILT[how](sorted(path for path in built.cache.rglob("*") if path.is_file()))
    shutil.rmtree(built.root / "build")
    build(built)
    bench.same(built, f"{how} in .cache")


@pytest.mark.parametrize("gone", [("cards", "site"), ("map", "topics"), ("search",)])
def test_what_is_kept_can_be_deleted_in_part(
    bench: Bench, built: Folder, gone: tuple[str, ...]
) -> None:
    for name in gone:
        shutil.rmtree(built.cache / name)
    change(built, ["a title corrected"])
    build(built)
    bench.same(built, f"{gone} deleted")


def another_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = drawing.draw
    monkeypatch.setattr(drawing, "draw", lambda card, fonts: draw(card, fonts) + b"more")


def another_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    find = layout.layout
    other = lambda subjects: {name: (y, x) for name, (x, y) in find(subjects).items()}  # noqa: E731
    monkeypatch.setattr(layout, "layout", other)


def another_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "canonical", lambda made: canonical(made) | {"more.txt": b"more"})


def another_dress(monkeypatch: pytest.MonkeyPatch) -> None:
    def other(site: Frame, file: File) -> Dressed:
        found = dressed(site, file)
        return found._replace(data=found.data + b"<!-- more -->")

    monkeypatch.setattr(making, "dressed", other)


def another_judgement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgements, "judge", lambda *given: replace(judge(*given), given=()))


#: Programs of which another version makes something else, and what may go on to be kept.
PROGRAMS = {
    "pillow": another_drawing,
    "scikit-learn": another_layout,
    "pagefind_bin": another_index,
    "markdown": another_dress,
    "python": another_judgement,
    "generator": another_layout,
}


def renewed(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have another version of a program."""
    version = metadata.version
    if program == "python":
        monkeypatch.setattr(sys, "version", f"{sys.version} more")
    elif program == "generator":
        monkeypatch.setattr(shipped, "code", lambda: "other code")
    else:
        other = lambda name: "0.more" if name == program else version(name)  # noqa: E731
        monkeypatch.setattr(metadata, "version", other)


@pytest.mark.parametrize("program", PROGRAMS)
def test_another_version_of_a_program_makes_everything_anew(
    bench: Bench, built: Folder, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = result(built)
    renewed(program, monkeypatch)
    PROGRAMS[program](monkeypatch)
    build(built)
    bench.same(built, f"another {program}", program)
    assert result(built) != before


def broken_template(folder: Folder) -> None:
    template("paper.md.j2", "is_found", "if %} is_found")(folder)


def missing_topic(folder: Folder) -> None:
    incremental.decided("paper-0", topics=["nowhere"])(folder)


def missing_page(folder: Folder) -> None:
    incremental.page("mine.md", "# Mine\n\n[Nothing](nowhere.md)\n")(folder)


@pytest.mark.parametrize("fault", [broken_template, missing_topic, missing_page])
def test_a_build_that_failed_leaves_no_trace(
    bench: Bench, built: Folder, tmp_path: Path, fault: incremental.Change
) -> None:
    change(built, ["the site's name", "a title corrected"])
    right = shutil.copytree(built.root, tmp_path / "right", symlinks=True)
    fault(built)
    with pytest.raises(DigestError):
        build(built)
    for name in ("content", "templates", "mkdocs.yml"):
        remove(built.root / name)
        (right / name).rename(built.root / name)
    build(built)
    bench.same(built, fault.__name__)


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


@pytest.mark.parametrize("left", [2, 60])
@pytest.mark.parametrize("place", ["docs", "site"])
def test_a_build_that_was_broken_off_leaves_no_trace(
    bench: Bench, built: Folder, place: str, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of a file."""
    change(built, ["the site's name", "a title corrected"])
    with monkeypatch.context() as patch:
        below = str(built.docs if place == "docs" else built.site)
        patch.setattr(write, "_write", breaking_off(write._write, below, left))
        with pytest.raises(KeyboardInterrupt):
            build(built)
    build(built)
    bench.same(built, f"the {left}th file of {place}")


def breaking_off(
    put: Callable[[str, bytes], None], below: str, left: int
) -> Callable[[str, bytes], None]:
    """A function that is interrupted at so many files of a folder, with half of one written."""
    calls = count(1)

    def half(path: str, data: bytes) -> None:
        if not path.startswith(f"{below}/") or next(calls) < left:
            return put(path, data)
        put(path, data[: len(data) // 2])
        raise KeyboardInterrupt

    return half


def quietly(path: Path) -> None:
    """Change a file so that its size and its time are as they were."""
    seen = path.stat()
    path.write_bytes(turned(path.read_bytes()))
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))


def in_its_place(make: Callable[[Path], None]) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        path.unlink()
        make(path)

    return change


def folder_with_file(path: Path) -> None:
    path.mkdir()
    (path / "file").write_bytes(b"mine")


#: What somebody may do to a file in ``build/docs`` or ``site/``.
BY_HAND: dict[str, Callable[[Path], None]] = {
    "changed": quietly,
    "emptied": lambda path: spoil([path], lambda _: b""),
    "removed": Path.unlink,
    "another": lambda path: write_whole(path.with_name("more.html"), "more"),
    "a folder": in_its_place(folder_with_file),
    "a link": in_its_place(lambda path: path.symlink_to("/etc/hostname")),
}


@pytest.mark.parametrize("below", ["build/docs", "site"])
def test_what_somebody_changed_is_made_right_again(
    bench: Bench, built: Folder, below: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where nothing but what the system says of a file can tell."""
    build(built)
    monkeypatch.setattr(kept, "_TICK", -(10**12))
    place = built.root / below
    of_papers = sorted(path for path in (place / "papers").rglob("*") if path.is_file())
    at_top = sorted(path for path in place.glob("*.*") if path.suffix in {".xml", ".bib", ".md"})
    of_search = sorted((place / "pagefind" / "fragment").iterdir())
    for number, change_file in enumerate(BY_HAND.values()):
        change_file(of_papers[7 * number])
        change_file(of_search[number])
    quietly(at_top[0])
    build(built)
    bench.same(built, f"changes in {below}")


def test_what_publishing_keeps_makes_the_same_site(bench: Bench, built: Folder) -> None:
    """A run has what earlier ones knew of papers: no site, and of the search nothing."""
    text = (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
    (step,) = (
        each
        for each in yaml.safe_load(text)["jobs"]["build"]["steps"]
        if each.get("uses", "").startswith("actions/cache@")
    )
    names = {Path(line).name for line in step["with"]["path"].split()}
    assert set(KEPT) - names == {"search", "site"}
    for path in (built.root / "build", built.site, *(built.cache / name for name in KEPT)):
        if path.name not in names:
            shutil.rmtree(path)
    change(built, ["a title corrected"])
    build(built)
    bench.same(built, "a run that publishes")


def test_ways_of_many_papers(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are thousands, papers are laid out around landmarks and indexed in groups."""
    for module, name, few in (
        *((placing, "ALL", 8), (placing, "LANDMARKS", 6), (likeness, "ALL", 8)),
        *((division, "MOST", 6), (division, "MOST_NEW", 4)),
    ):
        monkeypatch.setattr(module, name, few)
    folder = bench.digest("many")
    build(folder)
    assert (folder.cache / "landmarks").is_dir()
    assert len(list((folder.cache / "search").iterdir())) > 1
    for names in (
        ["a new edition", "a title corrected"],
        ["a paper removed", "a paper renamed", "two papers made one"],
        ["a topic removed", "a note"],
    ):
        why = change(folder, names)
        build(folder)
        bench.same(folder, why, "many")
