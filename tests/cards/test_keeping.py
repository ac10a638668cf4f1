"""Cards that are kept for the next build."""

from __future__ import annotations

from collections.abc import Callable
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


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda data: data[:8],
        lambda data: data[:-1],
        lambda data: data[:500] + b"\0" + data[501:],
        lambda _: b"no picture",
    ],
)
def test_what_is_not_as_it_was_drawn_is_drawn_anew(
    folder: Folder, damage: Callable[[bytes], bytes]
) -> None:
    drawn = pictures({"a.png": ONE}, folder)
    (name,) = kept(folder)
    place = folder.cache / "cards" / name
    place.write_bytes(damage(place.read_bytes()))
    assert pictures({"a.png": ONE}, folder) == drawn


def test_the_picture_of_another_card_is_not_taken(folder: Folder) -> None:
    cards = {"a.png": ONE, "b.png": TWO}
    drawn = pictures(cards, folder)
    one, two = (folder.cache / "cards" / name for name in kept(folder))
    one.write_bytes(two.read_bytes())
    assert pictures(cards, folder) == drawn


def test_no_card_leaves_nothing_behind(folder: Folder) -> None:
    assert pictures({}, folder) == {}
    assert not folder.cache.exists()
