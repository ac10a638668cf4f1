"""From bytes to text, or to a message that says why not."""

from __future__ import annotations

import codecs
import re

from generator.errors import ListingError

# Control characters that no saved text has: all of C0 but tab, line feed, vertical tab, form feed
# and carriage return.
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")

#: Bytes of UTF-16 and UTF-32, by their byte-order marks.
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)

#: Comments are taken whole (``?>``): a page full of them is not read again and again.
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|meta|title|link|script|style|body|main|header|nav|div|p|h1)\b",
    re.IGNORECASE | re.DOTALL,
)


def decode(data: bytes, file: str) -> tuple[str, bool]:
    r"""The text of a file.

    Args:
        data: Its bytes: UTF-8, with or without a byte-order mark, any line ends.
        file: Its name, for messages.

    Returns:
        The text with ``\n`` line ends, and whether the bytes break off within a character.

    Raises:
        ListingError: If the file is empty, binary or not UTF-8.
    """
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise ListingError(file, "the file is empty", "save the page again")
    if data.startswith(_WIDE):
        raise ListingError(file, "is UTF-16 or UTF-32, not UTF-8", "save it again as UTF-8", line=1)
    if found := _BINARY.search(data):
        raise ListingError(
            file,
            f"is not text: byte 0x{data[found.start()]:02x} at position {found.start()}",
            "save the page as plain text",
            line=_line_at(data, found.start()),
        )
    text, cut = _decode_utf8(data, file)
    if not text.strip():
        raise ListingError(file, "the file has nothing but white space", "save the page again")
    return re.sub(r"\r\n?", "\n", text), cut


def _decode_utf8(data: bytes, file: str) -> tuple[str, bool]:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(data) - error.start < 4:  # noqa: PLR2004
            return data[: error.start].decode("utf-8"), True
        line = _line_at(data, error.start)
        raise ListingError(
            file,
            f"is not UTF-8: byte 0x{data[error.start]:02x}",
            "save it again as UTF-8 (it may be Latin-1 or Windows-1252)",
            line=line,
        ) from None


def refuse_html(text: str, file: str) -> None:
    """Raise a message of its own for a page saved as HTML.

    Raises:
        ListingError: If ``text`` is an HTML document.
    """
    if _HTML.match(text):
        raise ListingError(
            file,
            "is an HTML page, not its text",
            "in the browser select all, copy, and paste into a text file; or save as plain text",
            line=1,
        )


def _line_at(data: bytes, position: int) -> int:
    head = data[:position]
    return head.count(b"\n") + (0 if b"\n" in head else head.count(b"\r")) + 1
