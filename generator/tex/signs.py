"""Steps that begin with a brace, a dollar, a quotation mark, a tilde or an address."""

from __future__ import annotations

import re

from generator import addresses, formulas
from generator.tex.commands import COLOUR, NAME, SWITCHES, character
from generator.tex.reader import Reader
from generator.tex.words import words_of

#: An address ends in front of these only for want of a space, or goes on behind a brace.
_TOUCHED = re.compile(r"[\w/]")

_SWITCH = re.compile(r"\\([a-zA-Z]+)\s*")
#: A sign whose braces keep it from being spaced as in a formula, or changed in a bibliography.
_KEPT_SIGN = re.compile(r"[-,:;=<>+/'.&%#]|\\[%&#$]|--")
_PROTECTED = re.compile(r"[\w+-]*[A-Z][\w+-]*")
#: No accented letter, symbol or protected word is longer; nor are two spellings of one address.
SHORT = 32

_OPENS_QUOTE = re.compile(r"(?<!`)``(?!`)")
_CLOSES_QUOTE = re.compile(r"''|\"|(?<=\S)(?<!`)``(?![`\w])")

#: After these a tilde before a number means about; after a number with its unit, up to.
_ABOUT = re.compile(r"(?:\S[=<>≤≥–—-]|[\"'“‘])$")
_UP_TO = re.compile(r"\d(?:[%xX×kKMBTG°+]|[mnµ]?s)?$")


def close(reader: Reader) -> bool:
    """Where an argument closes that was unwrapped."""
    if reader.at not in reader.closing:
        return False
    while reader.pending and reader.pending[-1] <= reader.at:
        reader.pending.pop()
    return reader.change(*reader.closing[reader.at])


def formula(reader: Reader) -> bool:
    """A formula is left alone, unless it holds only words."""
    found = formulas.match(reader.text, reader.at)
    if not found or (reader.pending and found.end > reader.pending[-1]):
        return False
    end = found.end
    words = words_of(found.tex, reader.tail(), reader.text[end : end + 2])
    return reader.keep(end) if words is None else reader.change("words in formulas", words, end)


def group(reader: Reader) -> bool:
    """A group around a switch, a symbol, a sign or a protected word; others are somebody's own."""
    at, text = reader.at, reader.text
    end = reader.braces.get(at)
    if end is None or at in reader.foreign or reader.tail()[-1:] in {"_", "^"}:
        return False
    if start := _behind_switches(text, at + 1):
        return _switched(reader, start, end)
    if text.startswith("http", at + 1) and _wrapped_address(reader, at):
        return True
    content = text[at + 1 : end] if end - at < SHORT else ""
    made = character(content) if content.startswith("\\") else None
    if made is not None:
        return reader.change("symbols", made, end + 1)
    glued = reader.tail()[-1:].isalnum() or text[end + 1 : end + 2].isalnum()
    if (glued and _KEPT_SIGN.fullmatch(content)) or (
        reader.is_bibliography and _PROTECTED.fullmatch(content)
    ):
        return reader.change("braces", content, end + 1)
    return False


def _behind_switches(text: str, at: int) -> int:
    """Behind the switches with which a group begins; 0 if it begins with none."""
    end = 0
    while found := COLOUR.match(text, at) or _SWITCH.match(text, at):
        if found.re is _SWITCH and found[1] not in SWITCHES:
            break
        at = end = found.end()
    return end


def _switched(reader: Reader, start: int, end: int) -> bool:
    is_wrapped_twice = reader.braces.get(start) == end - 1
    reader.until(end - is_wrapped_twice, "looks", "", end + 1)
    return reader.change("looks", "", start + is_wrapped_twice)


def address(reader: Reader) -> bool:
    """An address is left alone; its own text in braces behind it is none, other text is."""
    start = reader.at
    reader.address_end = label = _end_of_address(reader)
    reader.keep(label)
    end = reader.braces.get(label)
    if end is None or _TOUCHED.match(reader.text, end + 1):
        return True
    if same_address(reader, reader.text[start:label], label):
        return reader.change("addresses", "", end + 1)
    return reader.unwrap("addresses", label, " (", ")")


def _end_of_address(reader: Reader) -> int:
    """Where the address here ends; what only looks like one ends before what may be a formula."""
    if found := addresses.match(reader.text, reader.at):
        return found.end
    alike = addresses.ADDRESS.match(reader.text, reader.at)
    return reader.at + len(alike[0].split("$")[0]) if alike else reader.at + 1


def lost_command(reader: Reader) -> bool:
    r"""`url{https://…}`: some pages drop backslashes."""
    return _wrapped_address(reader, reader.at + len("url"))


def _wrapped_address(reader: Reader, start: int) -> bool:
    end = reader.braces.get(start)
    if end is None or not addresses.ADDRESS.fullmatch(reader.text, start + 1, end):
        return False
    return unwrap_address(reader, start)


def unwrap_address(reader: Reader, start: int) -> bool:
    """Take an address out of its braces, with room where it would touch words."""
    touched = _TOUCHED.match(reader.text, reader.braces[start] + 1)
    return reader.unwrap("addresses", start, reader.gap(), " " if touched else "")


def same_address(reader: Reader, written: str, label: int) -> bool:
    """Whether the braces that open at ``label`` hold no more than the address ``written``."""
    end = reader.braces[label]
    if end - label > 2 * len(written) + SHORT:
        return False
    shown, bare = _bare(reader.text[label + 1 : end]), _bare(written)
    return shown == bare or ("." in shown and bare.startswith(shown))


def _bare(written: str) -> str:
    """An address without what may differ when it is written twice."""
    bare = re.sub(r"[{}\\]", "", NAME.sub("", written.strip().casefold()))
    return re.sub(r"^(?:https?://(?:www\.)?|mailto:)|/+$", "", bare)


def quote(reader: Reader) -> bool:
    """A quotation mark that is typed as two accents or apostrophes."""
    closes = _CLOSES_QUOTE.match(reader.text, reader.at) if reader.quoted else None
    opens = _OPENS_QUOTE.match(reader.text, reader.at)
    found = closes or opens
    if not found:
        return False
    reader.quoted = not closes
    return reader.change("quotes", "”" if closes else "“", found.end())


def tie(reader: Reader) -> bool:
    """A tilde between words."""
    end = reader.at + 1
    return is_tie(reader, end) and reader.change("ties", " ", end)


def is_tie(reader: Reader, end: int) -> bool:
    """Whether a tilde here, with the text going on at ``end``, is a space between words."""
    before, behind = reader.tail(), reader.text[end : end + 1]
    if not before or not behind or before[-1] in " ~([{/" or behind in " ~":
        return False
    return not (behind.isdigit() and (_ABOUT.search(before) or _UP_TO.search(before)))
