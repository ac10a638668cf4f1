"""The build's folder holds exactly what was rendered, and what did not change is not touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import DigestError
from generator.write import Written, write_tree

names = st.sampled_from(["a", "b", "c"])
paths = st.lists(names, min_size=1, max_size=3).map(lambda parts: "/".join(parts) + ".txt")
trees = st.dictionaries(paths, st.binary(max_size=3), max_size=6)


def read(root: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@given(before=trees, after=trees)
def test_the_folder_becomes_what_is_wanted(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    root = tmp_path_factory.mktemp("tree")
    write_tree(root, before)
    done = write_tree(root, after)
    assert read(root) == after
    same = {path for path in after if before.get(path) == after[path]}
    gone = set(before) - set(after)
    assert done == Written(len(after) - len(same), len(same), len(gone))
    assert not [path for path in root.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_what_did_not_change_keeps_its_time(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.txt": b"a", "b.txt": b"b"})
    for name in ("a.txt", "b.txt"):
        os.utime(tmp_path / name, (1, 1))
    write_tree(tmp_path, {"a.txt": b"a", "b.txt": b"new"})
    assert (tmp_path / "a.txt").stat().st_mtime == 1
    assert (tmp_path / "b.txt").stat().st_mtime != 1


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DigestError, match=r"file.*cannot be written"):
        write_tree(tmp_path / "file" / "docs", {"a.txt": b"a"})


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/usr/x", "..", "a\0"])
def test_nothing_is_written_outside(tmp_path: Path, path: str) -> None:
    root = tmp_path / "docs"
    with pytest.raises(DigestError, match="lies outside"):
        write_tree(root, {"a.md": b"a", path: b"b"})
    assert not root.exists()
