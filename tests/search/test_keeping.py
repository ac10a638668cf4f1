"""What is kept comes back as it was, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import DigestError
from generator.search.keeping import forget, keep, kept

FILES = {"a/one.pf_index": b"\x00\n\xff", "empty": b"", "two": b"\n" * 5}


@given(st.dictionaries(st.text(), st.binary()))
def test_files_come_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    place = tmp_path_factory.mktemp("kept")
    keep(place, "key", files)
    assert kept(place, "key") == files
    assert kept(place, "another") is None


@pytest.mark.parametrize(
    "broken",
    [
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data.replace(b"\xff", b"\xfe"),
        lambda _: b"",
        lambda data: b"[]\n" + data.partition(b"\n")[2],
        lambda data: b"{\n" + data.partition(b"\n")[2],
        lambda data: data.replace(b'"files"', b'"filed"'),
        lambda data: data.replace(b"one", b"own"),
        lambda data: data.replace(b"3]", b"2]"),
    ],
)
def test_what_was_changed_is_not_taken(tmp_path: Path, broken: object) -> None:
    keep(tmp_path, "key", FILES)
    data = (tmp_path / "key").read_bytes()
    (tmp_path / "key").write_bytes(broken(data))  # type: ignore[operator]
    assert kept(tmp_path, "key") is None


def test_other_keys_are_forgotten(tmp_path: Path) -> None:
    for key in ("one", "two", "three"):
        keep(tmp_path, key, FILES)
    (tmp_path / "folder").mkdir()
    forget(tmp_path, {"two"})
    assert [kept(tmp_path, key) for key in ("one", "two", "three")] == [None, FILES, None]
    forget(tmp_path / "nowhere", ())


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DigestError, match=r"file/key: cannot be written: .*check the disk"):
        keep(tmp_path / "file", "key", FILES)


def test_what_is_kept_under_another_key_is_not_taken(tmp_path: Path) -> None:
    keep(tmp_path, "one", FILES)
    (tmp_path / "one").rename(tmp_path / "two")
    assert kept(tmp_path, "two") is None


def test_a_folder_in_the_place_of_a_file_goes(tmp_path: Path) -> None:
    (tmp_path / "one" / "more").mkdir(parents=True)
    (tmp_path / "one" / "more" / "file").write_bytes(b"")
    forget(tmp_path, {"one"})
    keep(tmp_path, "one", FILES)
    assert kept(tmp_path, "one") == FILES
