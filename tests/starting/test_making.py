"""A digest's folder is made whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.starting import making
from generator.starting.making import make
from generator.starting.parts import Wishes
from generator.starting.places import Place

PLACE = Place("git+https://example.org/x@v1")


def everything(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*")}


@pytest.mark.parametrize("where", ["new", "a/b/new", "empty", "with spaces & ümlaut"])
def test_it_is_made_where_nothing_is(tmp_path: Path, where: str) -> None:
    (tmp_path / "empty").mkdir()
    root = tmp_path / where
    files = make(root, Wishes("A"), PLACE)
    assert {name for name in everything(root) if (root / name).is_file()} == set(files)
    assert all((root / name).read_bytes() == data for name, data in files.items())
    assert not [name for name in everything(tmp_path) if ".digest-new" in name]
    assert os.access(root / ".github" / "scripts" / "ingest.sh", os.X_OK)
    beside = tmp_path / "beside"
    beside.mkdir()
    assert root.stat().st_mode == beside.stat().st_mode


def test_a_clone_of_nothing_is_as_good_as_empty(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    make(tmp_path, Wishes("A"), PLACE)
    assert (tmp_path / ".git").is_dir()
    assert (tmp_path / "mkdocs.yml").is_file()


@pytest.mark.parametrize("name", ["README.md", ".hidden", "folder/"])
def test_where_something_is_nothing_is_made(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.mkdir() if name.endswith("/") else path.write_text("mine")
    before = everything(tmp_path)
    with pytest.raises(UsageError, match=r"is not empty \('.*' is in it\); name another folder"):
        make(tmp_path, Wishes("A"), PLACE)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("kind", ["file", "dangling"])
def test_what_is_no_folder_is_left_alone(tmp_path: Path, kind: str) -> None:
    root = tmp_path / "x"
    root.write_text("mine") if kind == "file" else root.symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="is there and is no folder"):
        make(root, Wishes("A"), PLACE)
    assert everything(tmp_path) == {"x"}


@pytest.mark.parametrize("where", ["new", "a/b/new", "empty"])
@pytest.mark.parametrize("after", [0, 3, 8])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_leaves_nothing(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    where: str,
    after: int,
    error: BaseException,
) -> None:
    (tmp_path / "empty").mkdir()
    written: list[Path] = []
    put: Callable[[Path, bytes], None] = making.put

    def failing(path: Path, data: bytes) -> None:
        if len(written) == after:
            raise error
        written.append(path)
        put(path, data)

    monkeypatch.setattr(making, "put", failing)
    with pytest.raises(type(error)):
        make(tmp_path / where, Wishes("A"), PLACE)
    assert len(written) == after
    assert everything(tmp_path) == {"empty"}


def test_a_move_that_fails_half_way_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "content" and ".digest-new" not in str(target):
            raise OSError(5, "Input/output error", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="Input/output error"):
        make(tmp_path, Wishes("A"), PLACE)
    assert everything(tmp_path) == set()
