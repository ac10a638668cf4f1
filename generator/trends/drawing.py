"""Charts as SVG within a page. The only module with Matplotlib, and only when something is drawn.

Matplotlib (PSF-like licence) writes SVG without a browser, sets names wherever they belong and has
been maintained for twenty years. Altair needs a browser engine of 33 MB to write SVG; plotnine is
Matplotlib with pandas on top; pygal (LGPL) names lines in a box and writes scripts and styles into
its pictures.

It is given scales, lines and places; what it writes is made anew (:mod:`generator.trends.svg`) with
classes for which the stylesheet has colours and fonts: so a chart is as light or dark as its page.
A chart with words in it is drawn twice, wide and narrow, for words do not shrink with a screen.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Literal

from markupsafe import Markup

from generator.trends.layout import chosen, marks, spread, wrapped
from generator.trends.saying import description_of, title_of
from generator.trends.svg import Caption, rebuilt
from generator.trends.views import Lines, Pairs, Row, Share

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_Side = Literal["left", "center", "right"]

#: Columns of which each has a disc, in a large chart and in a small one; more would hide the line.
_DISCS, _SMALL_DISCS = 12, 6
#: From the middle of a line of text down to where its letters stand, and one line to the next.
_DOWN, _LINE = 4.5, 16
#: How wide a letter of an axis is, a generous mean.
_LETTER = 7

#: What a configuration of somebody's own would change.
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "trends",
    "font.family": ["DejaVu Sans"],
    "text.usetex": False,
    "text.parse_math": False,
    "path.simplify": False,
    "path.sketch": None,
    "path.effects": [],
    "savefig.bbox": None,
    "figure.autolayout": False,
    "figure.constrained_layout.use": False,
}


@dataclass(frozen=True, slots=True)
class _Size:
    """A picture's measures: its own, its margins (left, top, right, bottom), letters in a name.

    The height of pairs is that of one, without its name.
    """

    kind: str
    width: float
    height: float
    margins: tuple[float, float, float, float]
    letters: int


_WIDE = _Size("wide", 740, 340, (44, 14, 200, 30), 29)
_NARROW = _Size("narrow", 354, 330, (38, 14, 124, 30), 18)
_ROW = _Size("row", 200, 56, (4, 4, 4, 4), 0)
_PAIRS = (
    _Size("wide", 740, 34, (0, 4, 150, 4), 100),
    _Size("narrow", 354, 34, (0, 4, 110, 4), 48),
)


def drawn(view: Lines | Row | Pairs, name: str) -> Markup:
    """A chart, ready to stand in a page.

    Args:
        view: What it shows; it has a value at least.
        name: What it is called on its page, where no other has that name.
    """
    match view:
        case Lines():
            pictures = [_lines(view, size) for size in (_WIDE, _NARROW)]
        case Row():
            pictures = [_row(view)]
        case Pairs():
            pictures = [_pairs(view, size) for size in _PAIRS]
    title, description = title_of(view), description_of(view)
    parts = [
        rebuilt(each.written, Caption(f"{name}-{kind}", title, description, kind), each.texts)
        for kind, each in pictures
    ]
    return Markup("".join(parts))  # noqa: S704 - made anew from known parts, its words escaped


@dataclass(slots=True)
class _Picture:
    """A picture while it is drawn, and the words for which numbers stand in it."""

    written: bytes = b""
    texts: list[str] = field(default_factory=list)

    def text(
        self, axes: Axes, at: tuple[float, float], text: str, gid: str, ha: _Side = "left"
    ) -> None:
        """Words whose letters stand at a place, in the units of the axes."""
        axes.text(*at, str(len(self.texts)), ha=ha, va="baseline", gid=gid)
        self.texts.append(text)


@contextmanager
def _axes(
    size: _Size, height: float, x: tuple[float, float], y: tuple[float, float]
) -> Iterator[tuple[_Picture, Axes]]:
    """Axes without marks of their own, from ``x`` to ``y``; what is drawn on them is written."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    left, top, right, bottom = size.margins
    with mpl.rc_context(_SETTINGS):
        figure = Figure(figsize=(size.width / 72, height / 72), dpi=72)
        inside = size.width - left - right, height - top - bottom
        at = left / size.width, bottom / height, inside[0] / size.width, inside[1] / height
        axes = figure.add_axes(at, xlim=x, ylim=y)
        axes.set_axis_off()
        picture = _Picture()
        yield picture, axes
        out = io.BytesIO()
        FigureCanvasSVG(figure).print_figure(out, format="svg", metadata={"Date": None})
        picture.written = out.getvalue()


def _lines(view: Lines, size: _Size) -> tuple[str, _Picture]:
    last = max(len(view.periods) - 1, 1)
    left, top, right, bottom = size.margins
    inside = size.width - left - right, size.height - top - bottom
    # One unit of the axes in units of the picture.
    across, up = inside[0] / last, inside[1] / view.top
    with _axes(size, size.height, (0, last), (0, view.top)) as (picture, axes):
        for mark in marks(view.top):
            axes.plot([0, last], [mark, mark], gid="grid" if mark else "axis", clip_on=False)
            text = f"{100 * mark:.0f}\N{NO-BREAK SPACE}%"
            picture.text(axes, (-8 / across, mark - _DOWN / up), text, "tick", "right")
        room = max(len(period.label) for period in view.periods) * _LETTER + 12
        for at in chosen(len(view.periods), int(inside[0] / room) + 1):
            picture.text(axes, (at, -20 / up), view.periods[at].label, "tick", "center")
        _named(view, size, picture, axes, (last, across, up))
        for number, series in reversed(list(enumerate(view.series, start=1))):
            _line(axes, series.shares, _DISCS, f"series-{number}")
    return size.kind, picture


def _named(
    view: Lines, size: _Size, picture: _Picture, axes: Axes, scale: tuple[float, float, float]
) -> None:
    """The name of each series and its last share at the end of its line."""
    last, across, up = scale
    ends = [each.latest.value if each.latest else 0.0 for each in view.series]
    names = [wrapped(f"{each.title} {each.latest}", size.letters) for each in view.series]
    sizes = [(_LINE * len(lines) + 4) / up for lines in names]
    places = spread(ends, sizes, -10 / up, view.top + 10 / up)
    for number, (end, lines, place) in enumerate(zip(ends, names, places, strict=True), start=1):
        series = f" series-{number}"
        leader = [last, last + 8 / across, last + 16 / across, last + 20 / across]
        axes.plot(leader, [end, end, place, place], gid=f"leader{series}", clip_on=False)
        for row, text in enumerate(lines):
            down = (row - (len(lines) - 1) / 2) * _LINE + _DOWN
            picture.text(axes, (last + 24 / across, place - down / up), text, f"name{series}")


def _line(axes: Axes, shares: tuple[Share | None, ...], discs: int, series: str = "") -> None:
    """A line through shares, broken where there is none, with at most so many discs.

    If there are more shares, the last one has a disc, and those that no line reaches.
    """
    values = [share.value if share else math.nan for share in shares]
    kind = f" {series}" if series else ""
    axes.plot(values, gid=f"line{kind}", clip_on=False)
    last = len(shares) - 1
    at = [
        place
        for place in range(len(shares))
        if last < discs or place == last or _is_alone(shares, place)
    ]
    axes.plot(at, [values[place] for place in at], "o", gid=f"dot{kind}", clip_on=False)


def _is_alone(shares: tuple[Share | None, ...], at: int) -> bool:
    return not any(shares[max(at - 1, 0) : at] + shares[at + 1 : at + 2])


def _row(view: Row) -> tuple[str, _Picture]:
    shares = view.series.shares
    last = max(len(shares) - 1, 1)
    with _axes(_ROW, _ROW.height, (0, last), (0, view.top)) as (picture, axes):
        axes.plot([0, last], [0, 0], gid="axis", clip_on=False)
        known = [share is not None for share in shares]
        low, high = (
            [min(getattr(share, end), view.top) if share else math.nan for share in shares]
            for end in ("low", "high")
        )
        axes.fill_between(range(len(shares)), low, high, where=known, gid="band", clip_on=False)
        _line(axes, shares, _SMALL_DISCS)
    return _ROW.kind, picture


def _pairs(view: Pairs, size: _Size) -> tuple[str, _Picture]:
    most = max(pair.together for pair in view.found)
    names = [wrapped(" + ".join(pair.titles), size.letters) for pair in view.found]
    feet = list(accumulate(size.height + _LINE * len(lines) for lines in names))
    left, top, right, bottom = size.margins
    across = (size.width - left - right) / most
    with _axes(size, feet[-1] + top + bottom, (0, most), (feet[-1], 0)) as (picture, axes):
        for pair, lines, foot in zip(view.found, names, feet, strict=True):
            middle = foot - 8
            for row, text in enumerate(lines):
                line = middle - 12 - (len(lines) - 1 - row) * _LINE
                picture.text(axes, (0, line), text, "name")
            axes.barh(middle, pair.together, height=10, gid="bar")
            axes.plot([pair.expected] * 2, [middle - 7, middle + 7], gid="chance", clip_on=False)
            value = f"{pair.together} papers, {pair.lift:.1f} ×"
            at = pair.together + 8 / across, middle + _DOWN
            picture.text(axes, at, value, "value")
    return size.kind, picture
