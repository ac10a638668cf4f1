from __future__ import annotations

from pathlib import Path

import pytest

from generator.folder import Folder

ROOT = Path("/some/digest")


@pytest.mark.parametrize(
    "part, path",
    [
        ("mkdocs_yml", "mkdocs.yml"),
        ("content", "content"),
        ("papers", "content/papers"),
        ("editions", "content/editions"),
        ("ledger", "content/ledger"),
        ("pages", "content/pages"),
        ("topics_yml", "content/topics.yml"),
        ("templates", "templates"),
        ("docs", "build/docs"),
        ("site", "site"),
    ],
)
def test_the_parts_of_a_digest(part: str, path: str) -> None:
    folder = Folder(ROOT)
    assert getattr(folder, part) == ROOT / path
    assert folder.name(getattr(folder, part)) == path


def test_what_lies_elsewhere_is_named_in_full() -> None:
    assert Folder(ROOT).name(Path("/other/x.yml")) == "/other/x.yml"
    assert Folder(ROOT).name(Path("/some/digest-2/x.yml")) == "/some/digest-2/x.yml"
