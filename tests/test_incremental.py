"""A build after a change is a build from nothing, byte for byte, whatever lies there from before."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from generator import comparing, documents, parallel
from generator.build import Finished, build_site, generate
from generator.folder import Folder
from generator.parallel import Aside
from generator.topics import keeping as judgements
from generator.website import making
from generator.website.making import Made
from tests import incremental
from tests.incremental import AFTER, CHANGES

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
    known: dict[str, _Files] = field(default_factory=dict)

    def digest(self, name: str) -> Folder:
        """A digest as it begins."""
        return incremental.made(self.place / name)

    def from_nothing(self, folder: Folder) -> _Files:
        """What comes of a digest's content alone."""
        fresh = Folder(self.place / "fresh")
        unmade = shutil.ignore_patterns(*_MADE)
        shutil.copytree(folder.root, fresh.root, ignore=unmade, symlinks=True)
        try:
            key = hashlib.sha256(repr(files(fresh.root, ".")).encode()).hexdigest()
            if key not in self.known:
                build(fresh)
                self.known[key] = result(fresh)
        finally:
            shutil.rmtree(fresh.root)
        return self.known[key]

    def same(self, folder: Folder, why: str) -> None:
        """Whether what was made of a digest is what is made of it from nothing."""
        found, wanted = result(folder), self.from_nothing(folder)
        differing = {name for name in {*found, *wanted} if found.get(name) != wanted.get(name)}
        assert sorted(differing) == [], f"after {why}"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("incremental"))


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
    half = len(CHANGES) // 2
    for at in range(half):  # two at a time that have nothing to do with each other
        why = change(folder, list(CHANGES)[at::half])
        build(folder)
        bench.same(folder, why)
    assert build(folder).made == Made(0, len(files(folder.site, ".")), 0)


@pytest.mark.parametrize("order,processes", [(1, 1), (2, 3)])
def test_changes_in_any_order(
    bench: Bench, order: int, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if processes > 1:
        on_all_cores(processes, monkeypatch)
    folder = bench.digest(f"order-{order}")
    build(folder)
    for names in parts(shuffled(order), 3):
        why = change(folder, names)
        build(folder)
        bench.same(folder, why)


def shuffled(order: int) -> list[str]:
    names = list(CHANGES)
    random.Random(order).shuffle(names)  # noqa: S311 - no secret
    for later in AFTER:
        for name, before in AFTER.items():
            at, first = names.index(name), names.index(before)
            if at < first:
                names[at], names[first] = before, name
    assert all(names.index(name) > names.index(before) for name, before in AFTER.items()), later
    return names


def parts(names: list[str], number: int) -> Iterator[list[str]]:
    size = -(-len(names) // number)
    return (names[at : at + size] for at in range(0, len(names), size))


def on_all_cores(processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Share out whatever can be, but for what needs arrays: tests have threads of theirs already."""
    here = comparing.aside

    def at_home(*works: Callable[[], Any]) -> Aside:
        with monkeypatch.context() as patch:
            patch.setattr(parallel, "processes", lambda: 1)
            return here(*works)

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


SPOILT: dict[str, Callable[[list[Path]], None]] = {
    "cut off": lambda paths: spoil(paths, lambda data: data[:-7]),
    "emptied": lambda paths: spoil(paths, lambda _: b""),
    "a byte turned": lambda paths: spoil(paths, turned),
    "no text": lambda paths: spoil(paths, lambda data: b"\xff\xfe" + data),
    "mixed up": lambda paths: mix_up(paths),
    "folders in place of files": lambda paths: make_folders(paths),
}


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


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_kept_is_never_trusted(bench: Bench, built: Folder, how: str) -> None:
    """Also where nothing changed: pages are made anew of what is kept, and compared."""
    SPOILT[how](sorted(path for path in built.cache.rglob("*") if path.is_file()))
    shutil.rmtree(built.root / "build")
    build(built)
    bench.same(built, f"{how} in .cache")


@pytest.mark.parametrize("gone", KEPT)
def test_what_is_kept_can_be_deleted_in_part(bench: Bench, built: Folder, gone: str) -> None:
    shutil.rmtree(built.cache / gone)
    change(built, ["a title corrected"])
    build(built)
    bench.same(built, f"{gone} deleted")
