r"""Steps that begin with a backslash."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator.text import addresses
from generator.text.tex.commands import (
    ACCENTS,
    ADDRESSES,
    COLOURED,
    LOOKS,
    MATH_ENVIRONMENTS,
    NAME,
    NOTHING,
    OPEN_SWITCHES,
    QUOTES,
    SPACES,
    SWITCHES,
    TEXT_ENVIRONMENTS,
    composed,
    end_of_symbol,
    raised,
    symbol,
)
from generator.text.tex.reader import Reader
from generator.text.tex.signs import SHORT, formula, is_tie, same_address, unwrap_address

_DRIVE = re.compile(r"(?:^|\W)[A-Za-z]:$")
_PATH = re.compile(r"(?:\\+[\w.-]+){2,}")

#: `\\*[2pt]`
_BREAK = re.compile(r"\\\\\*?(?:\[-?\d[\w.]*\])?")

_ESCAPED = frozenset("%&#_$")
_IN_ADDRESS = re.compile(r"\\([~%&#_])(?:\{\})?")
_BARE_ACCENT = re.compile(r"\\([~^])\{\}|\\textasciitilde(?:\{\}| (?=\d))?")
#: `\ ` behind a word; elsewhere it may be a set without another, or a folder. `\:`, `\;` and `\!`
#: between two things or behind a number; elsewhere they may be escaped signs of a sentence.
_SPACING = re.compile(r"\\,|(?<=[^\s:])(?:\\ |\\[:;](?=[^\s\\])|(?<=\d)\\[:;])")
_HINT = re.compile(
    r"(?<=[^\W\d_])\\-(?=[^\W\d_])|\\/(?![\w/])|\\@(?!\w)|(?<=\S)\\!(?=\S)|(?<=\d)\\!"
)

_ITEM = re.compile(r"\\item(?![a-zA-Z])\s?(?:\[([^\[\]]{0,80})\]\s?)?")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s?\{([a-z]+)\*?\}(?:\[[^\[\]]{0,80}\])?\s?")
_COMMAND = re.compile(r"\\(?:[a-zA-Z]+|.)", re.DOTALL)
#: Before these a letter is a function, something with an index or an arm: `\O(n)`, `\L_1`, `\o/`.
_OPERATOR = re.compile(r"[(\[_^/]")
_SECTION = re.compile(r" ?(?:\d|\\ref)")


def before_address(reader: Reader) -> bool:
    r"""`\https://…`: the letters behind the backslash are no name."""
    is_address = addresses.match(reader.text, reader.at + 1) is not None
    return is_address and reader.keep(reader.at + 1)


def path(reader: Reader) -> bool:
    r"""`C:\new\text` is no LaTeX."""
    is_drive = reader.text.startswith(":", reader.at - 1) and _DRIVE.search(reader.tail())
    found = _PATH.match(reader.text, reader.at) if is_drive else None
    return found is not None and reader.keep(found.end())


def run(reader: Reader) -> bool:
    r"""More than one backslash: a line break, or what a program made of one."""
    last = reader.at + 1
    while reader.text.startswith("\\", last + 1):
        last += 1
    length = last - reader.at + 1
    if _is_known(reader, last):
        # `\\\%` breaks a line before a command; `\\\"o` is `\"o` in JSON.
        is_break = length % 2 and not reader.text.startswith(('"', "'"), last + 1)
        return reader.change("escaped twice", " " if is_break else "", last)
    line_end = _BREAK.match(reader.text, reader.at)
    if line_end and last == reader.at + 1 and _is_break(reader, line_end.end()):
        return reader.space("spaces", line_end.end())
    return reader.keep(last + 1)


def _is_known(reader: Reader, at: int) -> bool:
    """Whether the backslash at a place begins what a rule knows."""
    if reader.text[at + 1 : at + 2] in _ESCAPED or at in reader.escaped_marks:
        return True
    name = NAME.match(reader.text, at)
    if name and name[1] in LOOKS | ADDRESSES and reader.argument(name.end()) is not None:
        return True
    return bool(name and symbol(name[1])) or composed(reader.text, at) is not None


def _is_break(reader: Reader, end: int) -> bool:
    r"""Whether a text that goes on at ``end`` breaks off here, as `one\\two` and `one \\ two`."""
    before, behind = reader.tail()[-1:], reader.text[end : end + 1]
    return bool(before) and (
        not behind.strip() or (behind.isalpha() and before != ":" and not before.isspace())
    )


def quotes(reader: Reader) -> bool:
    r"""`\"Hello\"` and `it\'s`, as a program leaves them."""
    mark = reader.text[reader.at + 1]
    return reader.at in reader.escaped_marks and reader.change("escaped twice", mark, reader.at + 2)


def in_address(reader: Reader) -> bool:
    r"""`https://a.org/\~me`: at the end of an address an escape is the sign, and it goes on."""
    found = _IN_ADDRESS.match(reader.text, reader.at)
    if not found or reader.at != reader.address_end:
        return False
    return reader.change("escapes", found[1], found.end()) and reader.go_on()


def escape(reader: Reader) -> bool:
    """A character that LaTeX takes for a command unless it is escaped."""
    escaped, end = reader.text[reader.at + 1], reader.at + 2
    is_arm = escaped == "_" and reader.tail().endswith("¯")  # of somebody who shrugs: ¯\_(ツ)_/¯
    if is_arm or (escaped == "$" and reader.keeps_dollars):
        return reader.keep(end)
    return reader.change("escapes", escaped, end)


def tilde(reader: Reader) -> bool:
    """An accent over nothing; a bare tilde between words would be a tie the next time."""
    found = _BARE_ACCENT.match(reader.text, reader.at)
    if not found:
        return False
    tilde = "\N{TILDE OPERATOR}" if is_tie(reader, found.end()) else "~"
    return reader.change("tildes", "^" if found[1] == "^" else tilde, found.end())


def accent(reader: Reader) -> bool:
    """A letter under its accent."""
    letter = composed(reader.text, reader.at)
    return letter is not None and reader.change("accents", *letter)


def spacing(reader: Reader) -> bool:
    """Space, and hints where to hyphenate, how far words lean, where a sentence ends."""
    if found := _SPACING.match(reader.text, reader.at):
        return reader.space("spaces", found.end())
    found = _HINT.match(reader.text, reader.at) if reader.at != reader.name_end else None
    return found is not None and reader.change("setting", "", found.end())


def _item(reader: Reader) -> bool:
    """An item of a list, with its own label or a bullet."""
    found = _ITEM.match(reader.text, reader.at)
    return found is not None and reader.change("lists", f"{found[1] or '•'} ", found.end())


def _environment(reader: Reader) -> bool:
    """Lists and other environments of text are opened up; those of formulas are left alone."""
    found = _ENVIRONMENT.match(reader.text, reader.at)
    if not found:
        return False
    if found[2] in TEXT_ENVIRONMENTS:
        return reader.space("lists", found.end())
    if found[1] == "begin" and found[2] in MATH_ENVIRONMENTS:
        end = reader.find(rf"\end{{{found[2]}", found.end())
        if end > 0 and not (reader.pending and end > reader.pending[-1]):
            return reader.keep(end)
    return False


def _coloured(reader: Reader) -> bool:
    found = COLOURED.match(reader.text, reader.at)
    return (
        found is not None and found.end() in reader.braces and reader.unwrap("looks", found.end())
    )


def command(reader: Reader) -> bool:
    """A command with an argument or alone; if no rule knows it, its arguments keep their braces."""
    found = _COMMAND.match(reader.text, reader.at)
    if not found:
        return False
    name, end = found[0][1:], found.end()
    if name in _STARTS and _STARTS[name](reader):
        return True
    start = reader.argument(end)
    return (
        (start is not None and _with_argument(reader, name, start))
        or _alone(reader, name, end)
        or _foreign(reader, end)
    )


#: Commands that are more than a name and its argument.
_STARTS = {
    **dict.fromkeys(ACCENTS, accent),
    **dict.fromkeys(("textcolor", "colorbox", "foreignlanguage"), _coloured),
    **dict.fromkeys(("begin", "end"), _environment),
    "item": _item,
    "textasciitilde": tilde,
}


def _with_argument(reader: Reader, name: str, start: int) -> bool:
    if name in LOOKS or (name in SWITCHES and reader.text[start - 1] != " "):
        return reader.unwrap("looks", start)
    if name in QUOTES:
        return reader.unwrap("quotes", start, "“", "”")
    if name in ADDRESSES:
        return unwrap_address(reader, start)
    special = _SPECIAL.get(name)
    return special is not None and special(reader, name, start)


def _footnote(reader: Reader, _: str, start: int) -> bool:
    return reader.unwrap("footnotes", start, f"{reader.gap()}(", ")")


def _skip(reader: Reader, _: str, start: int) -> bool:
    """Room of a given length."""
    return reader.space("spaces", reader.braces[start] + 1)


def _either(reader: Reader, _: str, start: int) -> bool:
    """The first argument is for the page, the second one for a table of contents."""
    other = reader.argument(reader.braces[start] + 1)
    end = None if other is None else reader.braces[other] + 1
    return reader.unwrap("looks", start, end=end)


def _raised(reader: Reader, name: str, start: int) -> bool:
    close = reader.braces[start]
    content = reader.text[start + 1 : close] if close - start < SHORT else ""
    if plain := raised(content, name):
        return reader.change("raised and lowered", plain, close + 1)
    sign = "^" if name == "textsuperscript" else "_"
    return reader.unwrap("raised and lowered", start, f"{sign}{{", "}")


def _link(reader: Reader, _: str, start: int) -> bool:
    close = reader.braces[start]
    address = reader.text[start + 1 : close]
    label = reader.argument(close + 1)
    if label is None:
        return reader.unwrap("addresses", start, reader.gap())
    if same_address(reader, address, label):
        shown = address.removeprefix("mailto:")
        return reader.change("addresses", reader.gap() + shown, reader.braces[label] + 1)
    return reader.unwrap("addresses", label, "", f" ({address})")


_SPECIAL = {
    "footnote": _footnote,
    "href": _link,
    "texorpdfstring": _either,
    **dict.fromkeys(("hspace", "vspace"), _skip),
    **dict.fromkeys(("textsuperscript", "textsubscript"), _raised),
}


def _alone(reader: Reader, name: str, end: int) -> bool:
    after = reader.text[end : end + 1]
    if name in SPACES:
        return reader.space("spaces", end)
    if name in NOTHING:
        end += name != "xspace" and after == " "
        return reader.change("setting", reader.apart("", end), end)
    if name in OPEN_SWITCHES and after == " " and not reader.tail().endswith("{"):
        return reader.change("looks", reader.apart("", end + 1), end + 1)
    made = symbol(name) if name.isalpha() else None
    if made is None or (len(name) == 1 and _OPERATOR.match(after)):
        return False
    if name == "S" and not _SECTION.match(reader.text, end):
        return False
    before = reader.tail()
    end = end_of_symbol(made, before, reader.text, end)
    is_function = made.isascii() and made[0].islower() and before[-1:].isalnum()
    return reader.change("symbols", f" {made}" if is_function else reader.apart(made, end), end)


def _foreign(reader: Reader, end: int) -> bool:
    reader.name_end = at = end
    while at in reader.braces:
        reader.foreign.add(at)
        at = reader.braces[at] + 1
    return reader.keep(end)


_BY_SIGN = {
    "\\": (path, run),
    **dict.fromkeys(_ESCAPED | {"{", "}"}, (in_address, escape)),
    **dict.fromkeys("\"'", (quotes, accent, command)),
    **dict.fromkeys("~^", (in_address, tilde, accent, command)),
    **dict.fromkeys("`=.", (accent, command)),
    **dict.fromkeys(" ,:;!-/@", (spacing, command)),
    **dict.fromkeys("([", (formula, command)),
}
_BY_NAME = (before_address, path, command)


def steps(reader: Reader) -> tuple[Callable[[Reader], bool], ...]:
    """What to try at a backslash, in order, after what follows it."""
    return _BY_SIGN.get(reader.text[reader.at + 1 : reader.at + 2], _BY_NAME)
