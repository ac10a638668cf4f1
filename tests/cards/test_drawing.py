"""Cards as pictures, looked at point by point."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.cards.design import Card
from generator.cards.drawing import HEIGHT, WIDTH, Fonts, draw
from generator.errors import ContentError
from tests.conftest import ROOT

PLACE = ROOT / "templates" / "overrides" / "assets" / "fonts"
FILES = {path.name: path for path in PLACE.iterdir()}
FONTS = Fonts(FILES, "fonts")


def card(title: str, below: str = "", **kw: str | bool) -> Card:
    words = {"kicker": "Topic", "foot": "Digest", "instead": "Instead", **kw}
    return Card(title=title, below=below, **words)  # type: ignore[arg-type]


def picture(drawn: bytes) -> Image.Image:
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def test_a_card_has_the_size_that_is_shown_whole() -> None:
    drawn = draw(card("A title"), FONTS)
    assert picture(drawn).size == (WIDTH, HEIGHT) == (1200, 630)
    assert len(drawn) < 25_000
    assert draw(card("A title"), Fonts(FILES, "fonts")) == drawn


def test_a_pick_has_the_editors_colour() -> None:
    plain = picture(draw(card("A title"), FONTS)).getpixel((3, 300))
    pick = picture(draw(card("A title", is_pick=True), FONTS)).getpixel((3, 300))
    assert (plain, pick) == ((0x0B, 0x5A, 0x6B), (0x9A, 0x5B, 0x00))


@pytest.mark.parametrize(
    "title", ["検索のための埋め込み", "Поиск 検索", "a\u0007b", "𝒳𝒴 \U0010ffff"]
)
def test_a_title_that_no_font_can_write_gives_way_to_the_topic(title: str) -> None:
    assert draw(card(title), FONTS) == draw(card("Instead"), FONTS)


def test_letters_of_other_fonts_stand_in_the_line() -> None:
    assert draw(card("Łódź"), FONTS) != draw(card("Instead"), FONTS)
    assert draw(card("α-decay ≤ β"), FONTS) != draw(card("Instead"), FONTS)


@given(
    title=st.text(st.characters(codec="utf-8"), max_size=400),
    below=st.text(st.characters(codec="utf-8"), max_size=400),
)
def test_nothing_is_written_beyond_the_margins(title: str, below: str) -> None:
    shown = picture(draw(card(title, below), FONTS))
    ground = shown.getpixel((600, 2))
    for edge in (
        (WIDTH - 40, 0, WIDTH, HEIGHT),
        (12, 0, 60, HEIGHT),
        (12, HEIGHT - 8, 1200, HEIGHT),
    ):
        assert shown.crop(edge).getcolors() == [((edge[2] - edge[0]) * (edge[3] - edge[1]), ground)]


@pytest.mark.parametrize("title", ["long " * 200, "W" * 900])
def test_a_long_title_is_cut_above_the_foot(title: str) -> None:
    long = picture(draw(card(title), FONTS))
    short = picture(draw(card("A"), FONTS))
    foot = (0, HEIGHT - 96, WIDTH, HEIGHT)
    assert long.crop(foot).tobytes() == short.crop(foot).tobytes()


def test_a_font_that_is_missing_is_named() -> None:
    with pytest.raises(ContentError) as info:
        draw(card("A"), Fonts({}, "templates/overrides/assets/fonts"))
    assert str(info.value).startswith("templates/overrides/assets/fonts/source-")
    assert "say `cards: none` under `extra` in mkdocs.yml" in str(info.value)
