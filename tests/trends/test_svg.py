"""Pictures made anew: nothing is passed on that is not known."""

from __future__ import annotations

import pytest

from generator.trends.svg import Caption, rebuilt

CAPTION = Caption("a-wide", "A & B", "Says <what>.", "wide")
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 100 50.04">'
)
START = (
    '<svg class="chart chart--wide" viewBox="0 0 100 50" width="100" height="50" role="img" '
    'aria-labelledby="a-wide-title" aria-describedby="a-wide-desc">'
    '<title id="a-wide-title">A &#38; B</title><desc id="a-wide-desc">Says &#60;what&#62;.</desc>'
)


def made(inside: str, *texts: str) -> str:
    out = rebuilt(f"{HEAD}{inside}</svg>".encode(), CAPTION, texts)
    assert out.startswith(START)
    return out.removeprefix(START).removesuffix("</svg>")


DISC = """<g id="dot series-6"><defs><path id="m" d="M 0 0"/></defs>
<g clip-path="url(#c)"><use xlink:href="#m" x="4" y="5.55" style="fill: red"/></g></g>"""
MARK = """<g id="tick"><!-- 0 --><text style="font: 10px x; text-anchor: middle" x="1" y="-0.01"
transform="rotate(-0 1 2)">0</text></g>"""


@pytest.mark.parametrize(
    "inside,expected",
    [
        (
            '<g id="line"><path d="M 1.26 2&#10;L 3 -4.0" style="x: y"/></g>',
            '<g class="line"><path d="M 1.3 2 L 3 -4"/></g>',
        ),
        (DISC, '<g class="dot series-6"><circle cx="4" cy="5.5" r="3"/></g>'),
        (MARK, '<g class="tick"><text x="1" y="0" text-anchor="middle">A&#58; B</text></g>'),
        ('<metadata>x</metadata><defs><style>* {}</style></defs><path d="M 0 0"/>', ""),
        ('<g id="patch_1"><path d="M 0 0"/></g>', ""),
        ('<g id="line series-7"><path d="M 0 0"/></g>', ""),
        ('<g id="bar"><script>x</script><image href="x"/><a href="x"/></g>', '<g class="bar"></g>'),
    ],
)
def test_known_parts_are_kept_by_their_places_alone(inside: str, expected: str) -> None:
    assert made(inside, "A: B") == expected


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="line"><path d="M 0 0 &quot;/&gt;"/></g>',
        '<g id="name"><text x="a" y="0">0</text></g>',
        '<g id="name"><text x="1" y="0">words</text></g>',
    ],
)
def test_what_is_not_as_expected_is_refused(inside: str) -> None:
    with pytest.raises(ValueError, match=r"not a path|could not convert|invalid literal"):
        made(inside, "A")
