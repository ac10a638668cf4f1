"""Charts, as they stand in a page."""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib as mpl
import pytest
from bs4 import BeautifulSoup, Tag

from generator.trends.drawing import drawn
from generator.trends.views import Lines, Pair, Pairs, Period, Row, Series, Share
from tests.builders import day
from tests.conftest import ROOT

#: All that a chart may be made of.
PARTS = {"svg", "title", "desc", "g", "path", "circle", "text"}
ATTRIBUTES = {
    "class", "viewBox", "width", "height", "role", "aria-labelledby", "aria-describedby", "id",
    "d", "cx", "cy", "r", "x", "y", "text-anchor",
}  # fmt: skip
#: A title that is markup, mathematics of the plotting library, and letters that its font lacks.
HOSTILE = "</svg><script>x</script> $\\frac{1}{2}$ 图 “quoted”"


def lines(number: int = 2, title: str = "Graphs", columns: int = 4) -> Lines:
    periods = tuple(
        Period(f"{at} March", f"{at} Mar", day("2026-03-11"), 50, 1, f"editions/{at}/")
        for at in range(columns)
    )
    series = tuple(
        Series(
            f"t-{n}", title, "topics/t/", 9, tuple(Share((n + at) % 9, 50) for at in range(columns))
        )
        for n in range(number)
    )
    return Lines(periods=periods, series=series, top=0.2)


def row(*shares: Share | None) -> Row:
    whole = lines(1, columns=len(shares))
    return Row(Series("t", "Graphs", "topics/t/", 9, shares), whole.periods, 0.2)


PAIRS = Pairs(
    100,
    3,
    (Pair(("Graphs", HOSTILE), ("a/", "b/"), 7, 2.0), Pair(("A", "B"), ("a/", "b/"), 5, 0.5)),
)


def parsed(view: Lines | Row | Pairs) -> list[Tag]:
    page = BeautifulSoup(f"<body>{drawn(view, 'it')}</body>", "html5lib")
    assert page.body
    return [each for each in page.body.children if isinstance(each, Tag)]


@pytest.mark.parametrize("view", [lines(6, HOSTILE), row(Share(1, 50), None), PAIRS])
def test_a_chart_is_made_of_known_parts(view: Lines | Row | Pairs) -> None:
    for chart in parsed(view):
        assert chart.name == "svg"
        for part in [chart, *chart.find_all()]:
            assert part.name in PARTS
            assert set(part.attrs) <= ATTRIBUTES


@pytest.mark.parametrize("view", [lines(6, HOSTILE), row(Share(1, 50), None), PAIRS])
def test_a_chart_has_a_title_and_a_description(view: Lines | Row | Pairs) -> None:
    charts = parsed(view)
    ids = [part["id"] for chart in charts for part in chart.find_all(id=True)]
    assert len(set(ids)) == len(ids) == 2 * len(charts)
    for chart in charts:
        assert chart["role"] == "img"
        title = chart.find(id=str(chart["aria-labelledby"]))
        description = chart.find(id=str(chart["aria-describedby"]))
        assert title
        assert description
        assert title.get_text()
        assert re.search(r"\d", description.get_text())


def test_words_are_shown_as_they_are_written() -> None:
    for chart, per_line in zip(parsed(lines(1, HOSTILE)), (29, 18), strict=True):
        name = chart.select_one("g.name")
        assert name
        shown = "".join(each.get_text() for each in chart.select("g.name text"))
        assert shown.replace(" ", "").startswith(HOSTILE.replace(" ", "")[:per_line])


def test_a_chart_with_words_has_a_wide_and_a_narrow_form() -> None:
    for view in (lines(), PAIRS):
        wide, narrow = parsed(view)
        assert (wide["width"], narrow["width"]) == ("740", "354")
        for chart in (wide, narrow):
            width, height = map(float, str(chart["viewBox"]).split()[2:])
            for part in chart.select("path, text, circle"):
                numbers = [float(n) for n in re.findall(r"-?[\d.]+", str(part.get("d", "")))]
                x, y = numbers[::2] or [0.0], numbers[1::2] or [0.0]
                assert 0 <= min(x) <= max(x) <= width
                assert 0 <= min(y) <= max(y) <= height


def test_every_series_has_its_own_colour_and_its_name_at_its_end() -> None:
    for chart in parsed(lines(6)):
        for number in range(1, 7):
            assert chart.select_one(f"g.line.series-{number} path")
            assert chart.select_one(f"g.name.series-{number} text")
        names = list(chart.select("g.name text"))
        assert len({(each["x"], each["y"]) for each in names}) == len(names)


def test_a_line_breaks_where_there_is_no_share() -> None:
    share = Share(5, 50)
    (chart,) = parsed(row(share, share, None, share, share))
    (path,) = chart.select("g.line path")
    assert str(path["d"]).count("M") == 2


def test_a_share_between_gaps_is_seen() -> None:
    share = Share(5, 50)
    (chart,) = parsed(row(*[share] * 8, None, share, None, *[share] * 8))
    assert len(chart.select("g.dot circle")) == 2


def test_one_share_is_a_dot() -> None:
    (chart,) = parsed(row(Share(5, 50)))
    assert len(chart.select("g.dot circle")) == 1


def test_the_same_numbers_give_the_same_picture() -> None:
    assert drawn(lines(6), "a") == drawn(lines(6), "a")


def test_a_configuration_of_somebodys_own_changes_nothing() -> None:
    usual = drawn(lines(2), "a")
    own: dict[str, object] = {"savefig.bbox": "tight", "path.sketch": (1, 100, 2), "font.size": 30}
    with mpl.rc_context(own):  # type: ignore[arg-type]
        assert drawn(lines(2), "a") == usual


def test_the_stylesheet_knows_every_class() -> None:
    path = Path(ROOT, "templates/overrides/assets/stylesheets/trends.css")
    styles = path.read_text(encoding="utf-8")
    made = "".join(drawn(view, "a") for view in (lines(6), row(Share(1, 50)), PAIRS))
    names = {name for each in re.findall(r'class="([^"]*)"', made) for name in each.split()}
    # These two need no rule of their own.
    assert {name for name in names if f".{name}" not in styles} == {"chart--row"}
