"""Writing XML: elements from plain text, and no byte that a parser could refuse.

Names are written with their prefixes (``dc:creator``), which the root element declares. ElementTree
escapes; it does not refuse the characters that XML 1.0 forbids, so they are taken out here.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

# XML 1.0, section 2.2, production [2] Char. What it leaves out is invisible: control characters,
# surrogates (which no UTF-8 file can hold either) and two non-characters. The controls from U+007F
# it only discourages, but feed readers take them for letters of Windows-1252.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEXT_LINE = "\x85"

Element = ET.Element


def root(tag: str, **attributes: str) -> Element:
    """The element that holds all others; ``xmlns_dc`` stands for ``xmlns:dc``."""
    return Element(tag, _attributes(attributes))


def add(parent: Element, tag: str, text: str | None = None, /, **attributes: str) -> Element:
    """Append an element that holds ``text`` to ``parent``, and return it."""
    child = ET.SubElement(parent, tag, _attributes(attributes))
    child.text = None if text is None else legal(text)
    return child


def document(top: Element) -> str:
    """The file: declaration, indented elements, final newline."""
    ET.indent(top)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(top, encoding="unicode")}\n'


def legal(text: str) -> str:
    """``text`` without the characters that XML forbids or discourages."""
    return _FORBIDDEN.sub("", text.replace(_NEXT_LINE, "\n"))


def _attributes(attributes: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", ":"): legal(value) for name, value in attributes.items()}
