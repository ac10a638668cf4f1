"""The output boundary: one way in which a text becomes safe inside Markdown and HTML.

Every value that a template puts on a page goes through :func:`escape`; no template author has to
think of it, or can forget it. What comes out means the same in four places at once: in running
Markdown, in a Markdown heading, in the text of raw HTML and in a quoted attribute. That is possible
because all four decode numeric character references, and a character that stands as a reference is
never taken for markup by Python-Markdown or its extensions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from json import JSONEncoder

from markupsafe import Markup

from generator.markup.plain import plain
from generator.markup.prose import html
from generator.text.cleaning import tidy

# Everything in ASCII that begins, ends or parametrises markup of HTML, Markdown, or an extension of
# Python-Markdown (emoji `:a:`, keys `++a++`, marks `==a==`, mathematics `$a$`, mentions `@a`, …).
_SPECIAL = re.compile("[" + re.escape("<>&\"'\\`*_{}[]#|~^$:=+@!") + "]")
_REFERENCES = {chr(code): f"&#{code};" for code in range(128)}

# At the beginning of a value, which may be that of a line, more counts: marks of lists (`-`, `1.`),
# of details (`???`), snippets (`;--8<--`) and blocks (`///`).
_LEADING = re.compile(r"^( ?(?:\d+(?=[.)](?: |$))|(?=[-?;/])))(.)")

# What extensions look for in plain words: dashes and ellipses to join, addresses to link.
_JOINED = re.compile(r"-(?=-)|\.(?=\.)|(?i:(?<=www)\.)")

# Outside the printable set of YAML, above what JSON escapes.
_UNPRINTABLE = re.compile("[\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")

# In a script: what begins markup, a reference, or a line, and what cannot be written.
_ACTIVE = re.compile("[<>&\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_SPACE = re.compile(r"\s+")
_JSON = JSONEncoder(ensure_ascii=False)

#: Texts as long as a title come again and again (topics, sources, days, names); and how many of
#: them are remembered.
_SHORT, _REMEMBERED = 120, 1 << 14
# White space that is more than a space between words: not a space, several, or at the beginning.
_WHITE = re.compile(r"(\s(?:(?<! )\s*|\s+|(?<=\A )))")


def escape(value: object) -> Markup:
    """A value as text that is shown exactly as it is, white space folded.

    Args:
        value: Anything; what is :class:`~markupsafe.Markup` already is passed through.
    """
    if type(value) is str:
        text = value
    elif type(value) is Markup:
        return value
    elif hasattr(value, "__html__"):
        return Markup(value.__html__())  # noqa: S704 - the value says that it is safe
    else:
        text = str(value)
    return _remembered(text) if len(text) <= _SHORT else _escaped(text)


def _escaped(text: str) -> Markup:
    # White space that is no space is not printable.
    if not text.isprintable() or "  " in text:
        text = _SPACE.sub(" ", text)
    return Markup(_begun(_safe(text)))  # noqa: S704 - this is the boundary


_remembered = lru_cache(maxsize=_REMEMBERED)(_escaped)


def _safe(text: str) -> str:
    """A text in which nothing is markup, unless it is at the beginning of a line."""
    text = _SPECIAL.sub(_reference, text)
    # Most texts have none of these, which is seen at once.
    if "--" in text or ".." in text or "w." in text or "W." in text:
        text = _JOINED.sub(_reference, text)
    return text


def _begun(text: str) -> str:
    """The same at the beginning of a line."""
    found = _LEADING.match(text)
    return f"{found[1]}{_REFERENCES[found[2]]}{text[found.end() :]}" if found else text


def _reference(found: re.Match[str]) -> str:
    return _REFERENCES[found[0]]


@lru_cache(maxsize=1 << 10)
def _white(text: str) -> str:
    return "".join(f"&#{ord(char)};" for char in text)


def yaml_scalar(value: object) -> Markup:
    """A value as a quoted scalar of YAML, for a page's front matter.

    Every JSON string is a YAML scalar (YAML 1.2, chapter 1.3), but for a pair of surrogates, which
    PyYAML does not join: so characters stand as they are, and only those that no YAML may hold as
    they are (chapter 5.1) are written as escapes.
    """
    text = _JSON.encode(" ".join(str(value).split()))
    if not text.isprintable():
        text = _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return Markup(text)  # noqa: S704 - a JSON string ends where it says


def verbatim(value: object) -> Markup:
    """A text with its line ends and spaces as they are, for what stands in ``<pre>``.

    They are references, but for single spaces, so that nobody folds them; and a blank line in the
    page's source is none.
    """
    text = _safe(str(value).replace("\r\n", "\n"))
    parts = _WHITE.split(text)  # words, white space, words, …
    shown = (_white(part) if at % 2 else _begun(part) for at, part in enumerate(parts))
    return Markup("".join(shown))  # noqa: S704 - made safe, or references


def data_block(value: object) -> Markup:
    r"""A value as JSON for a ``<script>`` of data, which it cannot leave.

    Within ``<script>`` no reference is read, and ``</script`` or ``<!--`` would end the block or
    swallow the page (HTML, "Restrictions for contents of script elements"). So what could be
    markup is written as JSON's own escapes, and so are the line ends of which JSON knows nothing.
    """
    text = _JSON.encode(value)
    text = _ACTIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return Markup(text)  # noqa: S704 - no character of it ends a script


def prose(
    value: object, resolve: Callable[[str], str] = str, styles: Mapping[str, str] | None = None
) -> Markup:
    """What an editor wrote in Markdown, as HTML on one line (:mod:`generator.markup.prose`)."""
    return Markup(html(str(value), resolve, styles))  # noqa: S704 - made without raw HTML


def line(value: object) -> Markup:
    """A value in plain text: one line, whatever was in it, and nothing that nobody can see."""
    if hasattr(value, "__html__"):
        return Markup(value.__html__())  # noqa: S704 - the value says that it is ready
    return Markup(tidy(str(value)))  # noqa: S704 - where there is no markup there is none to make


def paragraphs(value: str, resolve: Callable[[str], str] = str) -> Markup:
    """What an editor wrote in Markdown, as plain text (:mod:`generator.markup.plain`)."""
    return Markup(plain(value, resolve))  # noqa: S704 - its lines are meant
