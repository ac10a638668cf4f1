"""The build's folder holds exactly what was rendered, and what did not change is not touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import DigestError
from generator.write import Written, clear, write_tree

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


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    write_tree(elsewhere, {"a.txt": b"mine", "in/b.txt": b"mine"})
    root = tmp_path / "docs"
    root.mkdir()
    (root / "a.txt").symlink_to(elsewhere / "a.txt")
    (root / "in").symlink_to(elsewhere / "in", target_is_directory=True)
    (root / "gone").symlink_to(elsewhere / "nowhere")
    done = write_tree(root, {"a.txt": b"ours", "in/b.txt": b"ours"})
    assert read(root) == {"a.txt": b"ours", "in/b.txt": b"ours"}
    assert not any(path.is_symlink() for path in (root / "a.txt", root / "in"))
    assert read(elsewhere) == {"a.txt": b"mine", "in/b.txt": b"mine"}
    assert done == Written(2, 0, 2)


def test_a_folder_gives_way_to_a_file_and_a_file_to_a_folder(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a/b/c.txt": b"c", "x": b"x"})
    assert write_tree(tmp_path, {"a": b"a", "x/y": b"y"}) == Written(2, 0, 2)
    assert read(tmp_path) == {"a": b"a", "x/y": b"y"}


def test_any_name_goes(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.txt": b"a"})
    for name in (b"\xff.txt", b"line\nend", b"-rf", b" "):
        (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    assert write_tree(tmp_path, {"a.txt": b"a"}) == Written(0, 1, 4)


def test_what_is_apart_is_left_alone(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.txt": b"a", "index/b.txt": b"b"})
    assert clear(tmp_path, {"c.txt"}, ["index/"]) == 1
    assert read(tmp_path) == {"index/b.txt": b"b"}


def test_nothing_at_all_leaves_no_folder(tmp_path: Path) -> None:
    write_tree(tmp_path / "docs", {"a/b.txt": b"b"})
    assert write_tree(tmp_path / "docs", {}) == Written(0, 0, 1)
    assert not (tmp_path / "docs").exists()
    assert write_tree(tmp_path / "docs", {}) == Written(0, 0, 0)


def test_an_empty_file_and_a_longer_one(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.txt": b"", "b.txt": b"ab"})
    assert write_tree(tmp_path, {"a.txt": b"", "b.txt": b"a"}) == Written(1, 1, 0)
    assert read(tmp_path) == {"a.txt": b"", "b.txt": b"a"}
