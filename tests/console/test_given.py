from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from generator.console.given import read_file
from generator.errors import ListingError

TODAY = dt.date(2026, 8, 18)


def test_a_file_is_read_and_named_as_records_name_it(tmp_path: Path) -> None:
    path = tmp_path / "a\u200b  list.csv"
    path.write_text("title,doi\nOn tea,10.1000/1\n", encoding="utf-8")
    listing = read_file(path, TODAY, partial=True)
    assert (listing.file, [each.title for each in listing.records]) == ("a list.csv", ["On tea"])


def test_what_cannot_be_read_is_named_as_the_user_named_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,doi\nOn tea,10.1000/1\n", encoding="utf-8")
    for bad, problem in (
        (path, "has no column of abstracts"),
        (tmp_path / "none.csv", "cannot be read: No such file"),
        (tmp_path, "cannot be read: Is a directory; name the files in it"),
    ):
        with pytest.raises(ListingError) as caught:
            read_file(bad, TODAY)
        assert str(caught.value).startswith(str(bad))
        assert problem in str(caught.value)


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate((256 << 20) + 1)
    with pytest.raises(ListingError, match="is larger than 256 MB"):
        read_file(path, TODAY)
