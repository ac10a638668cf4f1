"""Steps that begin with a brace, a dollar, a quotation mark, a tilde or an address."""

from __future__ import annotations

import re

from generator.text import addresses, formulas
from generator.text.tex.commands import COLOUR, LOOKS, NAME, SWITCHES, character, end_of_symbol
from generator.text.tex.reader import Reader
from generator.text.tex.words import words_of

#: An address ends in front of these only for want of a space, or goes on behind a brace.
_TOUCHED = re.compile(r"[\w/$]")

_SWITCH = re.compile(r"\\([a-zA-Z]+)\s*")
#: A sign whose braces keep it from being spaced as in a formula, or changed in a bibliography.
_KEPT_SIGN = re.compile(r"[-,:;=<>+/'.&%#]")
#: Escapes, dashes and quotation marks, which have no other use for braces.
_MARK = re.compile(r"\\[%&#$_]|-{2,3}|``|''")
#: What a bibliography protects: a word, or any letter or sign but those that would be LaTeX.
_PROTECTED = re.compile(r"[\w+-]*[A-Z][\w+-]*|[^\s\\~$]")
_TILDE = re.compile(r"\\?~")
#: Single quotation marks in braces, which keep them from being read as double ones.
_SINGLE = {"`": "‘", "'": "’"}
#: Commands whose argument stands in the text without them.
_PLAIN = LOOKS | {"textsuperscript", "textsubscript"}
#: No accented letter, symbol or protected word is longer; nor are two spellings of one address.
SHORT = 32

_OPENS_QUOTE = re.compile(r"(?<!`)``(?!`)")
_CLOSES_QUOTE = re.compile(r"''|\"|(?<=\S)(?<!`)``(?![`\w])")

#: After these a tilde before a number means about; after a number with its unit, up to.
_ABOUT = re.compile(r"(?:\S[=<>≤≥–—-]|[\"'“‘])$")
_UP_TO = re.compile(r"\d(?:[%xX×kKMBTG°+]|[mnµ]?s)?$")
#: Between a letter and a name it is a relation (`x~N(0,1)`), which a space would lose.
_VARIABLE = re.compile(r"(?:^|[\W_])[^\W\d_]$")

_CIRCLE = re.compile(r"\^(?:\{\\circ\}|\\circ(?![a-zA-Z]))")


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
    """A group around a command, a symbol, a sign or a protected word; others are somebody's own."""
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
    if _holds_command(reader, end):
        reader.until(end, "braces", "", end + 1)
        return reader.change("braces", "", at + 1)
    bare = _bare_sign(reader, content, end + 1)
    return bare is not None and reader.change("braces", bare, end + 1)


def _holds_command(reader: Reader, end: int) -> bool:
    r"""`{\textsubscript{1}}`: braces around a command that has its own."""
    name = NAME.match(reader.text, reader.at + 1)
    return bool(name and name[1] in _PLAIN and reader.braces.get(name.end()) == end - 1)


def _bare_sign(reader: Reader, content: str, end: int) -> str | None:
    """What a group that ends at a place holds, if its braces have nothing to do in a text."""
    is_behind = reader.tail()[-1:].isalnum()
    if content in _SINGLE:
        is_within = is_behind and reader.text[end : end + 1].isalnum()
        return "'" if is_within and content == "'" else _SINGLE[content]
    glued = is_behind or reader.text[end : end + 1].isalnum()
    is_argument = reader.text.startswith("]", max(reader.at - 1, 0))  # `\sqrt[3]{n}`
    is_bare = (
        _MARK.fullmatch(content)
        or (glued and _KEPT_SIGN.fullmatch(content))
        or (reader.at == reader.address_end and _TILDE.fullmatch(content))
        or (reader.is_bibliography and not is_argument and _PROTECTED.fullmatch(content))
    )
    return content if is_bare else None


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
    if end is None or _TOUCHED.match(reader.text, end + 1) or _holds_sign(reader.text, label, end):
        return True
    if same_address(reader, reader.text[start:label], label):
        return reader.change("addresses", "", end + 1)
    return reader.unwrap("addresses", label, " (", ")")


def _holds_sign(text: str, label: int, end: int) -> bool:
    content = text[label + 1 : end] if end - label < SHORT else ""
    return bool(_MARK.fullmatch(content) or _TILDE.fullmatch(content))


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
    if behind.isalpha() and _VARIABLE.search(before):
        return False
    return not (behind.isdigit() and (_ABOUT.search(before) or _UP_TO.search(before)))


def degree(reader: Reader) -> bool:
    r"""`30^\circ`: a raised circle is how degrees are written in formulas."""
    found = _CIRCLE.match(reader.text, reader.at)
    if not found:
        return False
    end = end_of_symbol("°", reader.tail(), reader.text, found.end())
    return reader.change("symbols", "°", found.end() if found[0].endswith("}") else end)
