"""Cards as PNG pictures; the only module with Pillow.

The look is that of the pages: paper-white ground, ink, one accent, a serif for what authors wrote
and a sans for what the site says, in the site's own fonts. 1200 by 630 pixels is the size that the
readers of Open Graph's ``og:image`` show whole.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont

from generator.cards.design import Card
from generator.errors import ContentError

#: In pixels.
WIDTH, HEIGHT = 1200, 630

_MARGIN = 84
_GROUND = "#fcfbf8"
_INK, _QUIET, _ACCENT, _EDITOR, _HAIRLINE = range(5)
_COLOURS = ("#1d1c1a", "#5d5a54", "#0b5a6b", "#9a5b00", "#e2ded5")
#: Steps from the ground to a colour, at the edges of letters.
_STEPS = 9
_SERIF = (
    "source-serif-4-latin-wght-normal.woff2",
    "source-serif-4-latin-ext-wght-normal.woff2",
    "stix-two-math-core.woff2",
)
_SANS = (
    "source-sans-3-latin-wght-normal.woff2",
    "source-sans-3-latin-ext-a-wght-normal.woff2",
    "source-sans-3-latin-ext-b-wght-normal.woff2",
)
#: Sizes that a title may have, in pixels, and how many lines of them there is room for.
_TITLES = ((76, 3), (66, 4), (58, 4), (50, 5), (44, 6))
_FOOT = HEIGHT - 96
#: A code point that no font has a sign for.
_NOBODY = "\U0010ffff"


class _Style(NamedTuple):
    """A family's files, best first, a size in pixels, and a weight."""

    files: tuple[str, ...]
    size: int
    weight: int


class Fonts:
    """The site's fonts.

    Args:
        files: Where they are, by their names.
        name: Their folder as the user would name it, for messages.
    """

    def __init__(self, files: Mapping[str, Path], name: str) -> None:
        self._files, self._name = files, name
        self._load = cache(self._loaded)
        self._writes = cache(self._can_write)

    def can_write(self, text: str, style: _Style) -> bool:
        """Whether every sign of a text is in one of the fonts."""
        return all(self._file(char, style) is not None for char in text)

    def width(self, text: str, style: _Style) -> float:
        """How wide a text is, in pixels."""
        return sum(font.getlength(run) for run, font in self.runs(text, style))

    def runs(self, text: str, style: _Style) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        """A text in stretches of one font each; signs that none has are left out."""
        found = groupby(text, key=lambda char: self._file(char, style))
        return [
            ("".join(chars), self._load(file, style.size, style.weight))
            for file, chars in found
            if file is not None
        ]

    def _file(self, char: str, style: _Style) -> str | None:
        return next((file for file in style.files if self._writes(file, char)), None)

    def _can_write(self, file: str, char: str) -> bool:
        """A sign that a font lacks looks as one that nobody has."""
        if char.isspace():
            return char == " "
        font = self._load(file, 40, 400)
        try:
            return bytes(font.getmask(char)) != bytes(font.getmask(_NOBODY))
        except RuntimeError:  # the layout engine wants nothing to do with it
            return False

    def _loaded(self, file: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
        try:
            font = ImageFont.truetype(self._files[file], size)
        except (OSError, KeyError):
            raise ContentError(
                f"{self._name}/{file}",
                "is not there, or is no font",
                "restore it, or say `cards: none` under `extra` in mkdocs.yml",
            ) from None
        if len(_axes(font)) == 1:
            font.set_variation_by_axes([weight])
        return font


def _axes(font: ImageFont.FreeTypeFont) -> list[object]:
    try:
        return list(font.get_variation_axes())
    except OSError:  # of one weight
        return []


def draw(card: Card, fonts: Fonts) -> bytes:
    """A card as PNG.

    Raises:
        ContentError: If a font is missing.
    """
    pen = _Pen(fonts)
    pen.card(card)
    file = io.BytesIO()
    pen.picture().save(file, "PNG", compress_level=6)
    return file.getvalue()


class _Pen:
    """Writes on one picture, each colour on a sheet of its own.

    So the picture needs no more colours than the steps to each, and is drawn and packed in a tenth
    of the time that reducing a full one takes.
    """

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._room = WIDTH - 2 * _MARGIN
        self._sheets: dict[int, Image.Image] = {}

    def _on(self, colour: int) -> ImageDraw.ImageDraw:
        """Where to draw in a colour."""
        sheet = self._sheets.setdefault(colour, Image.new("L", (WIDTH, HEIGHT)))
        return ImageDraw.Draw(sheet)

    def picture(self) -> Image.Image:
        """All sheets as one picture."""
        whole = Image.new("L", (WIDTH, HEIGHT))
        for colour, sheet in self._sheets.items():
            # No two colours meet on a card; should they, the lighter index is as good as the other.
            whole = ImageChops.lighter(whole, sheet.point(_indexes(colour)))
        picture = whole.convert("P")
        picture.putpalette(_palette())
        return picture

    def card(self, card: Card) -> None:
        colour = _EDITOR if card.is_pick else _ACCENT
        self._on(colour).rectangle((0, 0, 10, HEIGHT), fill=255)
        top = 76
        if card.kicker:
            self._short_line(card.kicker, _Style(_SANS, 32, 600), top, colour)
            top += 62
        top = self._title(card, top) + 22
        self._below(card.below, top, _FOOT - 30 if card.foot else HEIGHT - 60)
        if card.foot:
            self._on(_HAIRLINE).rectangle((_MARGIN, _FOOT, WIDTH - _MARGIN, _FOOT + 1), fill=255)
            self._short_line(card.foot, _Style(_SERIF, 34, 650), _FOOT + 24, _INK)

    def _title(self, card: Card, top: int) -> int:
        """Write the title as large as it fits; where it ends."""
        sample = _Style(_SERIF, 40, 620)
        title = card.title if self._fonts.can_write(card.title, sample) else card.instead
        for size, most in _TITLES:
            style = _Style(_SERIF, size, 620)
            lines = self._broken(title, style)
            if len(lines) <= most:
                break
        return self._lines(self._cut(lines, most, style), style, top, _INK)

    def _below(self, text: str, top: int, end: int) -> None:
        """Quiet lines below the title, as many as there is room for."""
        style = _Style(_SANS, 32, 400)
        room = (end - top) // _height(style)
        if room > 0 and self._fonts.can_write(text, style):
            self._lines(self._cut(self._broken(text, style), room, style), style, top, _QUIET)

    def _broken(self, text: str, style: _Style) -> list[str]:
        """A text in lines that fit; a word that does not fit has a line for itself."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._fonts.width(longer, style) <= self._room:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines

    def _cut(self, lines: list[str], most: int, style: _Style) -> list[str]:
        """At most so many lines, none wider than there is room; an ellipsis says that more came."""
        shown = [self._short(line, style) for line in lines[:most]]
        if len(lines) > most:
            shown[-1] = self._short(f"{shown[-1]} …", style, end="…")
        return shown

    def _short(self, line: str, style: _Style, end: str = "…") -> str:
        if self._fonts.width(line, style) <= self._room:
            return line
        line = line.removesuffix(f" {end}")
        while line and self._fonts.width(f"{line}{end}", style) > self._room:
            line = line[:-1].rstrip()
        return f"{line}{end}"

    def _lines(self, lines: list[str], style: _Style, top: int, colour: int) -> int:
        for line in lines:
            self._line(line, style, top, colour)
            top += _height(style)
        return top

    def _short_line(self, text: str, style: _Style, top: int, colour: int) -> None:
        self._line(self._short(text, style), style, top, colour)

    def _line(self, text: str, style: _Style, top: int, colour: int) -> None:
        """A line whose letters stand on one base, whatever fonts they are of."""
        left: float = _MARGIN
        for run, font in self._fonts.runs(text, style):
            place = (left, top + style.size)
            self._on(colour).text(place, run, fill=255, font=font, anchor="ls")
            left += font.getlength(run)


def _height(style: _Style) -> int:
    """From one line to the next."""
    return round(style.size * 1.22)


@cache
def _palette() -> bytes:
    """The ground, and then every colour in its steps from the ground."""
    ground = ImageColor.getrgb(_GROUND)
    mixed = [bytes(ground[:3])]
    for colour in map(ImageColor.getrgb, _COLOURS):
        for step in range(1, _STEPS + 1):
            parts = zip(ground[:3], colour[:3], strict=True)
            mixed.append(bytes(round(a + (b - a) * step / _STEPS) for a, b in parts))
    return b"".join(mixed)


@cache
def _indexes(colour: int) -> list[int]:
    """From how much of a sheet's colour is on a point to the point's place in the palette."""
    return [
        1 + colour * _STEPS + round(amount * _STEPS / 255) - 1 if amount >= 255 / _STEPS / 2 else 0
        for amount in range(256)
    ]
