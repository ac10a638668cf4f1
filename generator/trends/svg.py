"""Pictures of a plotting library made anew from a list of known parts.

What a library writes has identifiers, styles, metadata and references, which a page must not have:
its policy allows no style within it, and identifiers of two pictures may be the same. So nothing is
passed on. A picture is read with a parser of XML; of its groups those are kept that were given one
of the known names, which becomes their class, and of what is in them only lines, discs and text, by
their places alone. How they look is said by the site's stylesheet. Text is not read from the
picture at all: the library is given numbers, and the words for them stand there in the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from generator.markup.escape import escape

_SVG = "{http://www.w3.org/2000/svg}"
#: Names of groups. A series has a number, which stands for a colour.
_NAME = re.compile(
    r"(?:grid|axis|leader|band|line|dot|bar|chance|name|value|tick)(?: series-[1-6])?"
)
_PATH = re.compile(r"[MLCQZmlcqz\d\s.+e-]*")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_ANCHOR = re.compile(r"text-anchor: (middle|end)")
#: The radius of a disc, in the units of the picture.
_RADIUS = 3


@dataclass(frozen=True, slots=True)
class Caption:
    """What a picture is called and tells; ``name`` is its own on the page, for identifiers."""

    name: str
    title: str
    description: str
    kind: str


def rebuilt(picture: bytes, caption: Caption, texts: Sequence[str]) -> str:
    """A picture as an element that a page can hold, on one line.

    Args:
        picture: What the plotting library wrote.
        caption: Its words, for those who do not see it.
        texts: The words for which the numbers in the picture stand.

    Raises:
        ValueError: If the picture is none, or a part of it is not as expected.
    """
    root = ET.fromstring(picture)  # noqa: S314 - our own plotting library wrote it
    width, height = (_number(each) for each in root.get("viewBox", "").split()[2:])
    parts = "".join(_group(group, texts) for group in root.iter(f"{_SVG}g"))
    name = escape(caption.name)
    return (
        f'<svg class="chart chart--{escape(caption.kind)}" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-labelledby="{name}-title" '
        f'aria-describedby="{name}-desc"><title id="{name}-title">{escape(caption.title)}</title>'
        f'<desc id="{name}-desc">{escape(caption.description)}</desc>{parts}</svg>'
    )


def _group(group: ET.Element, texts: Sequence[str]) -> str:
    name = group.get("id", "")
    if not _NAME.fullmatch(name):
        return ""
    return f'<g class="{name}">{"".join(_parts(group, texts))}</g>'


def _parts(group: ET.Element, texts: Sequence[str]) -> Iterator[str]:
    shapes = {id(each) for defs in group.iter(f"{_SVG}defs") for each in defs.iter()}
    for part in group.iter():
        if id(part) in shapes:
            continue
        if part.tag == f"{_SVG}path":
            yield f'<path d="{_path(part.get("d", ""))}"/>'
        elif part.tag == f"{_SVG}use":
            x, y = _number(part.get("x", "")), _number(part.get("y", ""))
            yield f'<circle cx="{x}" cy="{y}" r="{_RADIUS}"/>'
        elif part.tag == f"{_SVG}text":
            anchor = _ANCHOR.search(part.get("style", ""))
            end = f' text-anchor="{anchor[1]}"' if anchor else ""
            x, y = _number(part.get("x", "")), _number(part.get("y", ""))
            yield f'<text x="{x}" y="{y}"{end}>{escape(texts[int(part.text or "")])}</text>'


def _path(data: str) -> str:
    if not _PATH.fullmatch(data):
        raise ValueError(f"not a path: {data!r}")
    return " ".join(_NUMBER.sub(lambda found: _number(found[0]), data).split())


def _number(value: str) -> str:
    """A number with one decimal: more is not seen, and computers differ in it."""
    return f"{round(float(value), 1) + 0.0:g}"
