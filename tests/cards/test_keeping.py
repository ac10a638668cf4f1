"""Cards that are kept for the next build."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.cards import drawing, keeping
from generator.cards.design import Card
from generator.folder import Folder

ONE = Card("Topic", "One", "", "Digest", "Topic")
TWO = replace(ONE, title="Two")


def pictures(cards: dict[str, Card], folder: Folder) -> dict[str, bytes]:
    return {address: draw() for address, draw in keeping.pictures(cards, folder)}


def kept(folder: Folder) -> list[str]:
    return sorted(path.name for path in (folder.cache / "cards").iterdir())


def test_a_card_is_drawn_once(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    first = pictures({"a.png": ONE, "b.png": TWO, "c.png": ONE}, folder)
    assert first["a.png"] == first["c.png"] != first["b.png"]
    assert len(kept(folder)) == 2
    monkeypatch.setattr(drawing, "draw", None)
    assert pictures({"a.png": ONE, "b.png": TWO, "c.png": ONE}, folder) == first


def test_what_no_card_needs_goes(folder: Folder) -> None:
    pictures({"a.png": ONE, "b.png": TWO}, folder)
    pictures({"a.png": ONE}, folder)
    assert len(kept(folder)) == 1


@pytest.mark.parametrize("damage", [b"", b"\x89PNG\r\n\x1a\n", b"no picture"])
def test_what_was_not_written_whole_is_drawn_anew(folder: Folder, damage: bytes) -> None:
    drawn = pictures({"a.png": ONE}, folder)
    (name,) = kept(folder)
    (folder.cache / "cards" / name).write_bytes(damage)
    assert pictures({"a.png": ONE}, folder) == drawn


def test_no_card_leaves_nothing_behind(folder: Folder) -> None:
    assert pictures({}, folder) == {}
    assert not folder.cache.exists()
