"""Cards drawn once and kept by what is on them, for the next build."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

from generator import shipped
from generator.cards.design import Card
from generator.folder import Folder
from generator.overlay import FONTS, overlay
from generator.write import clear, write

#: So many bytes behind a picture are a hash of its name and of the picture.
_SUM = 32


def pictures(
    cards: Mapping[str, Card], folder: Folder
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The address of every card, and what gives its PNG.

    Those that were drawn for an earlier build lie in ``.cache/cards`` under a hash of what is on
    them and of what they are drawn with; the folder may be removed at any time. What no card
    needs any more goes.

    Raises:
        DigestError: If a font is missing, or what is kept cannot be written.
    """
    if not cards:
        return
    place = folder.cache / "cards"
    fonts = overlay(folder).files(FONTS)
    tools = _tools(fonts)
    names = {address: _name(card, tools) for address, card in cards.items()}
    clear(place, frozenset(names.values()))
    draw = _drawing(fonts)
    for address, name in names.items():
        yield address, partial(_picture, cards[address], place, name, draw)


def _picture(card: Card, place: Path, name: str, draw: Callable[[Card], bytes]) -> bytes:
    if kept := _read(place, name):
        return kept
    made = draw(card)
    write(place, name, made + _sum(name, made))
    return made


def _tools(fonts: Mapping[str, Path]) -> str:
    """What cards are drawn with, as a hash: another one draws other pictures."""
    seen = hashlib.sha256(f"{shipped.code()} {metadata.version('pillow')}".encode())
    for name, path in fonts.items():
        if name.endswith(".woff2"):
            seen.update(path.read_bytes())
    return seen.hexdigest()


def _name(card: Card, tools: str) -> str:
    said = repr((tools, astuple(card))).encode(errors="surrogatepass")
    return f"{hashlib.sha256(said).hexdigest()[:32]}.png"


def _read(place: Path, name: str) -> bytes | None:
    """A picture that is kept, if it is there, whole, and the one of this name."""
    try:
        data = (place / name).read_bytes()
    except OSError:
        return None
    picture = data[:-_SUM]
    return picture if data[-_SUM:] == _sum(name, picture) else None


def _sum(name: str, picture: bytes) -> bytes:
    return hashlib.sha256(name.encode() + picture).digest()


def _drawing(files: Mapping[str, Path]) -> Callable[[Card], bytes]:
    """What draws a card; it is imported, and reads its fonts, when there is something to draw."""
    fonts: list[Any] = []

    def draw(card: Card) -> bytes:
        from generator.cards import drawing

        if not fonts:
            fonts.append(drawing.Fonts(files, f"templates/{FONTS}"))
        return drawing.draw(card, fonts[0])

    return draw
