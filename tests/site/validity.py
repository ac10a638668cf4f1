"""What is wrong with a page of HTML, without a validator that would need Java or a network.

The text is read by html5lib, which knows every error of syntax (a stray end tag, an element that is
moved). What the tree may hold is the rules of https://html.spec.whatwg.org/ that templates can
break: which elements stand in which, what references refer to, what is obsolete.
Elements of SVG and MathML are left to those who make them, but for their ids.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as ERRORS

HTML = "{http://www.w3.org/1999/xhtml}"

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
#: Elements that are a block in the flow of a page, and not a piece of a line.
BLOCKS = HEADINGS | {
    *("address", "article", "aside", "blockquote", "center", "details", "dialog", "div", "dl"),
    *("dt", "dd", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr"),
    *("li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "ul"),
    *("caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
}
#: Elements in which there are only pieces of a line.
LINES = HEADINGS | {
    *("abbr", "b", "bdi", "bdo", "button", "cite", "code", "data", "dfn", "em", "i", "kbd"),
    *("label", "legend", "mark", "meter", "output", "p", "pre", "progress", "q", "s", "samp"),
    *("small", "span", "strong", "sub", "summary", "sup", "time", "u", "var"),
}
#: Elements of a line that a block may not stand in, unless what they stand in may hold one.
TRANSPARENT = frozenset({"a", "ins", "del"})
#: What readers act on; nothing of it stands in another one.
INTERACTIVE = frozenset({"button", "details", "embed", "iframe", "input", "label", "select"}) | {
    *("textarea", "summary"),
}
NAMED = frozenset({"button", "input", "meter", "output", "progress", "select", "textarea"})
#: What may stand directly in an element that does not hold just anything.
CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "menu": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup", "hr", "button"},
    "datalist": {"option"},
}
#: Where elements belong that stand nowhere else.
PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "summary": {"details"},
    "figcaption": {"figure"},
    "legend": {"fieldset"},
    "caption": {"table"},
    "option": {"select", "optgroup", "datalist"},
    "source": {"picture", "audio", "video"},
}
OBSOLETE = frozenset(
    {
        *("acronym", "applet", "basefont", "big", "blink", "center", "dir", "font", "frame"),
        *("frameset", "isindex", "listing", "marquee", "nobr", "noembed", "noframes", "param"),
        *("plaintext", "rb", "rtc", "spacer", "strike", "tt", "xmp"),
    }
)
#: Attributes that any element may have, beside ``data-*`` and ``aria-*``.
GLOBAL = frozenset(
    {
        *("accesskey", "autocapitalize", "autocorrect", "autofocus", "class", "contenteditable"),
        *("dir", "draggable", "enterkeyhint", "hidden", "id", "inert", "inputmode", "itemid"),
        *("itemprop", "itemref", "itemscope", "itemtype", "lang", "popover", "role", "slot"),
        *("spellcheck", "tabindex", "title", "translate", "writingsuggestions"),
    }
)
OWN = {
    "a": {"href", "target", "download", "rel", "hreflang", "type", "referrerpolicy", "ping"},
    "blockquote": {"cite"},
    "button": {"type", "name", "value", "disabled", "form", "popovertarget"}
    | {"popovertargetaction", "command", "commandfor", "formaction", "formmethod"},
    "canvas": {"width", "height"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "details": {"open", "name"},
    "dialog": {"open", "closedby"},
    "fieldset": {"disabled", "form", "name"},
    "form": {"action", "method", "name", "autocomplete", "novalidate", "target", "enctype", "rel"}
    | {"accept-charset"},
    "html": {"xmlns"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"}
    | {"fetchpriority", "crossorigin", "referrerpolicy", "usemap", "ismap"},
    "input": {"type", "name", "value", "placeholder", "required", "disabled", "readonly", "min"}
    | {"max", "step", "list", "maxlength", "minlength", "pattern", "size", "checked", "form"}
    | {"multiple", "accept", "autocomplete", "formaction", "popovertarget"},
    "label": {"for"},
    "li": {"value"},
    "link": {"rel", "href", "type", "title", "as", "crossorigin", "media", "hreflang", "sizes"}
    | {"integrity", "imagesizes", "imagesrcset", "fetchpriority", "referrerpolicy", "color"},
    "meta": {"name", "content", "charset", "http-equiv", "property", "media"},
    "meter": {"value", "min", "max", "low", "high", "optimum"},
    "object": {"data", "type", "name", "form", "width", "height"},
    "ol": {"start", "reversed", "type"},
    "optgroup": {"label", "disabled"},
    "option": {"value", "selected", "disabled", "label"},
    "output": {"for", "form", "name"},
    "progress": {"value", "max"},
    "q": {"cite"},
    "script": {"src", "type", "defer", "async", "nomodule", "crossorigin", "integrity"}
    | {"fetchpriority", "referrerpolicy", "blocking"},
    "select": {"name", "multiple", "size", "required", "disabled", "form", "autocomplete"},
    "source": {"src", "srcset", "type", "media", "sizes", "width", "height"},
    "style": {"media", "blocking"},
    "td": {"colspan", "rowspan", "headers"},
    "textarea": {"name", "rows", "cols", "placeholder", "required", "disabled", "readonly", "form"}
    | {"maxlength", "minlength", "wrap", "autocomplete"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
}
#: Attributes that name other elements by their ids.
REFERENCES = (
    *("for", "form", "list", "headers", "popovertarget", "commandfor"),
    *("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details"),
    *("aria-flowto", "aria-activedescendant", "aria-errormessage"),
)
DATES = re.compile(
    r"\d{4}(-\d\d){0,2}|\d{4}-W\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?"
)


@dataclass
class _Page:
    """A page while it is looked at: the way to the element, and what was found."""

    strange: bool = False
    ids: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    wanted: list[tuple[str, str]] = field(default_factory=list)


def mistakes(html: str, *, strange: bool = False) -> list[str]:
    """Everything that is wrong with a page, in words.

    Text may be ``strange``: it may hold code points that are no characters, which is an error of
    syntax that no browser minds; and addresses are shown as a listing gave them, also where they
    are no sound ones.
    """
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    root = parser.parse(html)
    page = _Page(strange)
    page.wrong += [
        _error(line, code, values)
        for (line, _), code, values in parser.errors
        if not (strange and code == "invalid-codepoint")
    ]
    _walk(page, root, ())
    page.wrong += [f"the id {each!r} stands {n} times" for each, n in page.ids.items() if n > 1]
    page.wrong += [
        f"{what} names the id {each!r}, which is not there"
        for what, each in page.wanted
        if each not in page.ids
    ]
    return [*page.wrong, *_of_the_whole(root)]


def _tag(element: Element) -> str:
    """An element's name; nothing, if it is a comment, which has a function there."""
    tag: object = element.tag
    return tag if isinstance(tag, str) else ""


def _error(line: int, code: str, values: dict[str, str] | None) -> str:
    return f"line {line}: {ERRORS.get(code, code) % (values or {})}"


def _walk(page: _Page, element: Element, above: tuple[str, ...]) -> None:
    """Look at an element and all in it; ``above`` are the names of what it stands in."""
    if not _tag(element):
        return
    if id_ := element.get("id"):
        page.ids[id_] += 1
        if re.search(r"\s", id_):
            page.wrong.append(f"the id {id_!r} has a space in it")
    if not element.tag.startswith(HTML):
        for child in element:
            _walk(page, child, (*above, element.tag))
        return
    name = element.tag.removeprefix(HTML)
    page.wrong += [f"{_shown(element)} {each}" for each in _placed(name, element, above)]
    page.wrong += [f"{_shown(element)} {each}" for each in _attributes(name, element, strange=page.strange)]
    page.wanted += [
        (f"{attribute} of {_shown(element)}", each)
        for attribute in REFERENCES
        for each in element.get(attribute, "").split()
    ]
    for child in element:
        _walk(page, child, (*above, name))


def _shown(element: Element) -> str:
    """An element's start tag, as far as it tells which one it is."""
    telling = [f' {key}="{value[:40]}"' for key, value in element.attrib.items() if key in _TELLING]
    return f"<{element.tag.rpartition('}')[2]}{''.join(telling)}>"


_TELLING = ("id", "class", "href", "src", "name", "type", "for", "role")


def _placed(name: str, element: Element, above: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with where an element stands, and with what stands directly in it."""
    parent = above[-1] if above else ""
    if name in OBSOLETE:
        yield "is obsolete"
    if name in PARENTS and parent not in PARENTS[name]:
        yield f"stands in <{parent}>"
    if name in CHILDREN:
        inside = {_tag(child).removeprefix(HTML) for child in element} - {""}
        yield from (f"holds <{each}>" for each in sorted(inside - CHILDREN[name]))
        if any((text or "").strip() for text in (element.text, *(c.tail for c in element))):
            yield "holds bare text"
    if name == "details" and [c.tag for c in element].count(f"{HTML}summary") != 1:
        yield "has not one <summary>"
    if name == "details" and len(element) and element[0].tag != f"{HTML}summary":
        yield "does not begin with its <summary>"
    yield from _nested(name, element, above)


def _nested(name: str, element: Element, above: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with an element and those that it stands in at any depth."""
    holder = next((each for each in reversed(above) if each not in TRANSPARENT), "")
    if name in BLOCKS and holder in LINES and not (holder == "summary" and name in HEADINGS):
        yield f"is a block in <{holder}>"
    acts = name in INTERACTIVE or (name == "a" and "href" in element.attrib)
    acts = acts and not (name == "input" and element.get("type") == "hidden")
    if (acts or "tabindex" in element.attrib) and {"a", "button"} & set(above):
        yield "can be acted on, in what can be acted on"
    if name in {"a", "label", "form", "button", "summary"} and name in above:
        yield f"stands in another <{name}>"
    if name in {"header", "footer"} and {"header", "footer"} & set(above):
        yield "stands in a header or footer"
    if name == "main" and {"article", "aside", "footer", "header", "nav"} & set(above):
        yield "stands in a part of the page"


def _attributes(name: str, element: Element, *, strange: bool) -> Iterator[str]:
    """What is wrong with an element's attributes."""
    allowed = GLOBAL | OWN.get(name, set())
    for key, value in element.attrib.items():
        if key not in allowed and not key.startswith(("data-", "aria-")):
            yield f"has the attribute {key}, which there is none of"
        is_odd = re.search(r"[\s<>]", value) and not (strange and key == "href")
        if key in {"href", "src"} and (is_odd or not value.strip()):
            yield f"has no address in {key}: {value!r}"
    if name in _CHECKS:
        yield from _CHECKS[name](element)
    if element.get("dir", "auto") not in {"auto", "ltr", "rtl"}:
        yield f"has the direction {element.get('dir')!r}"
    if not element.get("tabindex", "0").lstrip("-").isdigit():
        yield f"has the tabindex {element.get('tabindex')!r}"


def _img(element: Element) -> Iterator[str]:
    if "alt" not in element.attrib:
        yield "has no alt"


def _time(element: Element) -> Iterator[str]:
    if not DATES.fullmatch(element.get("datetime", "")):
        yield f"has no date: {element.get('datetime')!r}"


def _button(element: Element) -> Iterator[str]:
    if element.get("type") not in {"button", "submit", "reset"}:
        yield "has no type"


def _input(element: Element) -> Iterator[str]:
    forbidden = {"autocomplete", "placeholder", "size"} & set(element.attrib)
    if element.get("type") in {"checkbox", "radio"}:
        yield from (f"has {each}" for each in sorted(forbidden))


def _label(element: Element) -> Iterator[str]:
    if sum(_tag(each).removeprefix(HTML) in NAMED for each in element.iter()) > 1:
        yield "names more than one field"


def _script(element: Element) -> Iterator[str]:
    if element.get("type", "").endswith("json"):
        yield from _json(element.text or "")


def _json(text: str) -> Iterator[str]:
    try:
        json.loads(text)
    except ValueError as error:
        yield f"holds no JSON: {error}"


#: What is looked at in single elements only.
_CHECKS: dict[str, Callable[[Element], Iterator[str]]] = {
    "button": _button,
    "img": _img,
    "input": _input,
    "label": _label,
    "script": _script,
    "time": _time,
}


def _of_the_whole(root: Element) -> Iterator[str]:
    """What a page must have once."""
    titles = [each.text for each in root.iter(f"{HTML}title")]
    if len(titles) != 1 or not (titles[0] or "").strip():
        yield f"the titles are {titles!r}"
    named = Counter(
        each.get("name") for each in root.iter(f"{HTML}meta") if each.get("name") in _ONCE
    )
    yield from (f"<meta name={name}> stands {n} times" for name, n in named.items() if n > 1)
    relations = Counter(each.get("rel") for each in root.iter(f"{HTML}link"))
    if relations["canonical"] > 1:
        yield "there are several canonical addresses"
    if sum(1 for _ in root.iter(f"{HTML}main")) > 1:
        yield "there is more than one <main>"
    if not root.get("lang"):
        yield "the language is not named"


_ONCE = frozenset({"description", "viewport", "color-scheme", "robots", "citation_title"})
