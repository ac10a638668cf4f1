"""A digest of papers that try to be more than text: markup, links that run something, inclusions.

Everything here is data. A text that got its way would set ``window.__acted`` or open a dialog, ask
another host for something, or change what a page says; :mod:`tests.site.test_hostile` looks for all
of that on every page. Half of the digest comes in as a curator's pull request does (records, an
edition, topics), the other half as a listing does (``digest ingest``).
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.folder import Folder
from generator.model import Appearance, Link, LinkKind, Paper
from generator.storage.records import paper_text
from tests.builders import page, prose
from tests.conftest import ROOT

#: What a script of a paper would do, if one ran.
ACT = "window.__acted=1;alert(1);confirm(1);prompt(1)"
#: What stands in the file that inclusions ask for. No page may show it.
SECRET = "a word that stands in one file alone: unspoken-7f3a"  # noqa: S105 - it opens nothing
#: Another host, to which no request may go.
ELSEWHERE = "https://elsewhere.invalid"

MARKUP = (
    f"<script>{ACT}</script>",
    f"</title></script></style></textarea><script>{ACT}</script>",
    f"</h1></p></div></article></main><script>{ACT}</script>",
    f'<img src=x onerror="{ACT}">',
    f"<img/src=x/onerror={ACT}//",
    f"<svg onload={ACT}><animate onbegin={ACT} attributeName=x dur=1s>",
    f'"><img src={ELSEWHERE}/a.png onerror={ACT}><"',
    f"' onmouseover='{ACT}' style='position:fixed;inset:0' autofocus onfocus='{ACT}",
    f'<iframe srcdoc="<script>parent.{ACT}</script>"></iframe>',
    f'<base href="{ELSEWHERE}/"><meta http-equiv="refresh" content="0;url={ELSEWHERE}/">',
    f'<link rel=stylesheet href={ELSEWHERE}/a.css><style>@import "{ELSEWHERE}/b.css";</style>',
    f'<form action="javascript:{ACT}"><button formaction="javascript:{ACT}">x</button></form>',
    f"<math><mtext><table><mglyph><style><img src=x onerror={ACT}></style></mtext></math>",
    f'<math><maction actiontype="statusline" xlink:href="javascript:{ACT}">x</maction></math>',
    f"<template><script>{ACT}</script></template><noscript><p title='</noscript><img src=x>'>",
    f"<!-- --!> --> <!-- more --> <![CDATA[ ]]> ]]]]><![CDATA[> <?php {ACT} ?> <!doctype x>",
    f"&lt;script&gt;{ACT}&lt;/script&gt; &#60;script&#62; &#x3c;b&#x3e; &amp;lt;i&amp;gt;",
    "a &colon; b &NewLine; c &Tab; d &lbrace; e &nbsp; f &copy g &notit; h &#0; i &#xD800; j &#38;",
    f"<a id=__config name=forms href=javascript:{ACT}>x</a><form name=search><input name=query>",
    "<" * 200 + ">" * 200,
)

LINKS = (
    f"[click](javascript:{ACT}) [click](  JaVaScRiPt:{ACT}) [click](java\tscript:{ACT})",
    f"[click](data:text/html,<script>{ACT}</script>) ![x](data:image/svg+xml,<svg/onload={ACT}>)",
    f"[click](vbscript:{ACT}) ![pixel]({ELSEWHERE}/pixel.png) [![x]({ELSEWHERE}/y.png)](x)",
    f"<javascript:{ACT}> <data:text/html,x> <https://a.org/x> <me@example.org>",
    f"[click](&#106;avascript:{ACT}) [click](javascript&colon;{ACT}) [click](\\javascript:{ACT})",
    f"[x]: javascript:{ACT} and [x] and [x][] and [click][x]",
    f'[click](https://a.org/ "a"onmouseover="{ACT}") <a href="javascript:{ACT}">x</a>',
    f'https://a.org/"onmouseover="{ACT} is an address with a tail',
    f"https://a.org/<script>{ACT}</script> and https://a.org/'onclick='{ACT}",
    f"https://a.org/x)](javascript:{ACT}) and [https://a.org/y](javascript:{ACT})",
    "https://a.org/\u202egpj.exe and https://a.org\u2044b.org/ and https://аpple.com/",
    "https://user:pw@a.org/ and https://a.org@b.org/ and https://a.org\\@b.org/ and https://:@/",
    f"javascript:{ACT} and data:text/html,x and vbscript:x and file:///etc/passwd and //a.org/x",
    "http://a.org/?a=1&b=2&lt;3&amp;c=%22%3E%3Cscript%3E#x=[1](2){3}|4 and ftp://a.org/",
    "https://[::1]/x and https://[::1 and https://a.org:99999/ and http://a b and https://.. /",
    "See https://a.org/paper_(v2), (https://a.org/b), “https://a.org/c”; https://a.org/d… Or e.",
    "https://github.com/a/b.git's HTTPS://A.ORG/X hhttps://a.org/x xhttps://a.org http:/a.org",
)

MARKDOWN = (
    f"{{: onclick=\"{ACT}\" }} {{#id .class onclick=x}} {{ .a }} **b**{{: style='color:red' }}",
    '--8<-- "secret.txt"',
    ';--8<-- "secret.txt" --8<-- "/etc/passwd" {!secret.txt!} {% include "secret.txt" %}',
    "[^1]: A footnote[^1] and [^1] again ^[inline]",
    "*[HTML]: a hover text *[the]: an abbreviation",
    '!!! danger "x"\n    y',
    '??? note "x"\n=== "tab"\n/// admonition | a\n:::python x',
    "# a heading # {#id}",
    "a setext heading\n====== ------",
    "[TOC]",
    "```python x = 1 ``` ~~~ y ~~~ `z` ``",
    "- a list\n* and another\n1. one\n: a definition",
    "> a quotation",
    "| a | b | |---|---| | c | d |",
    ":smile: :material-home: ++ctrl+a++ ^^a^^ ~~b~~ ==c== H~2~O x^2^ {++d++} {--e--} {~~f~>g~~}",
    "*a* **b** _c_ __d__ ***e*** a*b*c a_b_c \\*f\\* `g` !\\[h\\] \\\\ \\",
    "* * * --- ___ *** === ... -- (c) (tm) 1/2 +/- --> <- @me #1 me@example.org www.example.org",
    "  two spaces  \\",
)

FRONT_MATTER = (
    "---",
    "--- title: another template: ../../secret.txt ---",
    'a: "b": c, [d], {e: f} # g',
    "'single' and \"double\" and “both” ''",
    "!!python/object/apply:os.system ['true']",
    "&anchor *anchor <<: *anchor",
    "%YAML 1.2",
    "? key |- >- @x `y`",
    "hide: [] search: {exclude: true}",
)

TEMPLATES = (
    "{{ 7*7 }} and ${7*7} and #{7*7} and <%= 7*7 %> and {{{ 7*7 }}}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %} {# gone #}",
    "{{ config }} {{ page.url }} {{ digest }} {%- raw -%} {{- x -}} {% endraw %}",
    "$site_name %s %(x)s {0} {x!r} \\1 \\g<0> \\u0041 \\x41 %41 $1 $& $`",
)

FORMULAS = (
    f"$\\href{{javascript:{ACT}}}{{x}}$ and $\\url{{javascript:{ACT}}}$",
    f"$\\text{{<img src=x onerror={ACT}>}}$ and $\\mbox{{<script>{ACT}</script>}}$",
    "$\\class{x}{y}$ and $\\cssId{__config}{y}$ and $\\style{position:fixed}{x}$ and $\\data{a}$",
    f"$\\html{{<img src=x onerror={ACT}>}}$ and $\\htmlData{{onclick={ACT}}}{{x}}$",
    f"$\\includegraphics{{{ELSEWHERE}/a.png}}$ and $\\input{{secret.txt}}$ and $\\require{{html}}$",
    "$\\def\\x{\\x\\x}\\x$ and $\\newcommand{\\y}{\\y}\\y$ and $\\let\\a=\\b$ and $\\catcode`\\%$",
    "$\\unicode{x3c}script$ and $\\char60$ and $\\symbol{60}$ and $\\lt b\\gt$ and $a<b>c&lt;d$",
    "${{$ and $}}$ and $\\left($ and $\\frac{$ and $x^$ and $_$ and $\\$ and $\\begin{a}$ and $$",
    f"\\(x</math><img src=x onerror={ACT}>\\) and \\[</annotation></semantics><script>{ACT}\\]",
    f"$x</annotation-xml></mstyle><svg/onload={ACT}>$ and $\\mathtt{{\"'<>&}}$",
    "$" + "{a" * 400 + "x" + "}" * 400 + "$",
    "$" + "\\sqrt{" * 120 + "x" + "}" * 120 + "$",
    "$" + "x_{" * 300 + "y" + "}" * 300 + "$ and $" + "\\left(" * 150 + "\\right)" * 150 + "$",
    "$"
    + "a+" * 600
    + "b$ and $\\rule{9999px}{9999px}$ and $\\hspace{9999em}x$ and $\\kern{-99em}x$",
    '$\\color{red;background:url(//elsewhere.invalid/)}{x}$ and $\\textcolor{"onclick=x}{y}$',
    "$x^2 \\le \\frac{1}{n}$ and $$\\sum_{i=1}^n i = \\frac{n(n+1)}{2}$$ are formulas",
    "$" + " + ".join(f"x_{{{number}}}^2" for number in range(30)) + " = 0$ is wide, but a formula",
    "$O(n \\log n)$, \\(\\mathbb{R}^d\\) and \\[e^{i\\pi} = -1\\] are, but $5 and $10 are not",
    "$\u202ex\u202c$ and $中文$ and $\\text{עברית}$ and $😀$ and $x\u0301\u0302\u0303$",
)

CHARACTERS = (
    "\u202eright to left\u202c and \u2066isolated\u2069 and \u200fmark\u200e",
    "a\u2028b\u2029c\u00a0d\u3000e\u200bf\u00adg\ufeffh\u2060i",
    "tags \U000e0041\U000e0042\U000e007f and \ufe0f\u20e3 and \U0001f3f4\U000e0067\U000e007f",
    "".join(letter + "".join(map(chr, range(0x300, 0x308))) for letter in "Zalgo comes"),
    "العربية والعبرية עברית with Latin 123 (and brackets) [x]",
    "深度学习的一种新方法：关于“引号”、书名号《》与全角（括号）",
    "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 \u1112\u1161\u11ab ﷽ ﬃ Ǆ ß İ ı \u0130",
    "\ufffd \U0010ffff \ufdd0 private \ue000 \U000f0000",
    "W" * 300,
    " ".join(["four", "hundred", "characters"] * 18)[:400],
    "a/" * 150 + "b",
    "\u0e49" * 6 + "\u0f0b" * 30 + "ก" * 120,
)

#: Controls, which no record may hold: what Markdown keeps its own places with is among them.
CONTROLS = (
    "\x02wzxhzdk:0\x03 and \x02klzzwxh:0000\x03 and \x02amp\x03 and STX",
    "null \x00 bell \x07 escape \x1b[31m delete \x7f next line \x85 unit \x1f end",
)

TEXTS = (
    *MARKUP,
    *LINKS,
    *MARKDOWN,
    *FRONT_MATTER,
    *TEMPLATES,
    *FORMULAS,
    *CHARACTERS,
)

#: Titles that are something else elsewhere: a path, a reserved word, the name of an element.
NAMES = (
    "../../etc/passwd",
    "con",
    "..",
    ".",
    "-",
    "#",
    "<",
    "C:\\con",
    "index",
    "feed",
    "2026-11-20",
    "null: true",
    "~ 1e3",
    "😀",
    "深度学习",
    "العربية",
    "__proto__",
    "constructor",
    "__config",
    "__search",
    "__md_scope",
    "search_index.json",
    "A title that differs only in case",
    "A TITLE THAT DIFFERS ONLY IN CASE",
    "W" * 290,
)

#: Texts that ingestion changes: as a page has them, and as the record must.
CLEANED = (
    ("A title\u202e with\u202c a\u200b direction\ufeff", "A title with a direction"),
    ("Delete\x7f and\x80 C1\x9f gone", "Delete and C1 gone"),
    ("Lines\u2028and\u2029paragraphs\u00a0and\u3000spaces", "Lines and paragraphs and spaces"),
    ("Internal \ufdd0\U0010ffff\ufffe use", "Internal use"),
)

#: Days of the listings, and of the records.
DAYS = (dt.date(2026, 11, 18), dt.date(2026, 11, 19), dt.date(2026, 11, 20))
#: The name of a listing's file, and of its source.
FILE = f"<img src=x onerror=alert(1)> {{{{ 7*7 }}}} {DAYS[0]}.txt"
SOURCE = "<svg onload=alert(1)>'\"&{{ 7*7 }}[x](javascript:alert(1))"

TOPICS = (
    (
        "hostile-markup",
        f"<script>{ACT}</script> & \"'> {{{{ 7*7 }}}}",
        "<img src=x onerror=alert(1)>",
    ),
    ("hostile-links", "[a](javascript:alert(1)) | # b", '</p></div> --8<-- "secret.txt" ]]>'),
    ("hostile-words", "$x$ :smile: *a* `b` {: onclick=c }", "--- title: x\n\n- &lt;b&gt;"),
    ("plain", "__search", "What means no harm."),
)

#: Links that a record may have: the web's, however odd.
ADDRESSES = (
    'https://a.org/"onmouseover="alert(1)',
    "https://a.org/'><script>alert(1)</script>",
    "https://a.org/\u202egpj.exe",
    "https://user:pw@a.org/",
    "https://a.org/x)](javascript:alert(1))",
    "https://a.org/{{7*7}}?a=1&amp;b=&lt;#javascript:alert(1)",
    "HTTPS://A.ORG/&#106;",
)

#: Links that no record may have; ``digest check`` names each with file and line.
REFUSED = (
    f"javascript:{ACT}",
    f"JaVaScRiPt:{ACT}//https://a.org",
    f"java\nscript:{ACT}",
    f"\x01javascript:{ACT}",
    f"javascript&colon;{ACT}",
    f"data:text/html,<script>{ACT}</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://a.org/x",
    "view-source:https://a.org/",
    "mailto:me@example.org",
    "//a.org/x",
    "/x",
    "x",
    "https:a.org",
    "https:///x",
    "https://",
    "https://a.org/ x",
    "https://a.org/\tx",
    "https://a.org/\x85x",
    "ht\ttps://a.org/",
    "https://[::1",
)

NOTE = f"""\
# A note

<script>{ACT}</script> <img src=x onerror={ACT}> [a](javascript:{ACT}) ![b]({ELSEWHERE}/b.png)
[c](https://a.org/"onclick="{ACT}) [d](data:text/html,x) <javascript:{ACT}> <https://a.org/<b>>
[e](JAVASCRIPT&colon;{ACT}) [f](&#106;avascript:{ACT}) {{: onclick={ACT} }} &lt;b&gt;

[g]: javascript:{ACT}
[g] [h](topics/) `<b>` *i* {{{{ 7*7 }}}} --8<-- "secret.txt"

    <script>{ACT}</script>

```html
</code></pre></div><script>{ACT}</script>
```

--8<-- "secret.txt"

<div markdown="1" onclick="{ACT}">

- </div></div></div>
"""


@dataclass(frozen=True)
class Record:
    """A paper with the curator's decisions about it."""

    paper: Paper
    curation: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The file, as a pull request would bring it."""
        return paper_text(self.paper) + yaml.safe_dump({"curation": dict(self.curation)})


def records() -> Iterator[Record]:
    """Every text as a title and three times in an abstract; then what else a record may say."""
    topics = [id_ for id_, _, _ in TOPICS]
    for number, text in enumerate(TEXTS):
        abstract = (
            f"{text} begins it.\n{text}\n\n{prose(number, 20)} It says {text} and ends: {text}"
        )
        yield Record(
            _paper(f"text-{number:03}", text, abstract), {"topics": [topics[number % len(topics)]]}
        )
    yield from _odd_records()


def _odd_records() -> Iterator[Record]:
    everything = " ".join(text for text in TEXTS if len(text) < 200)
    seen = (
        Appearance(DAYS[2], SOURCE, FILE, title=MARKUP[3], abstract=MARKUP[0]),
        Appearance(DAYS[2], "--8<-- 'secret.txt'", "../../etc/passwd", title="{{ 7*7 }} [TOC]"),
        Appearance(DAYS[2], "[x]: javascript:alert(1)", "# x", title=LINKS[0]),
    )
    yield Record(
        _paper(
            "everything",
            "Everything at once, with all that a record may say",
            everything,
            appearances=seen,
            source_authors=tuple(TEXTS[:40]),
            source_ids={
                "arxiv": f'"><script>{ACT}</script>',
                "doi": f"10.1/'onclick='{ACT}",
                f"<img src=x onerror={ACT}>": "javascript:alert(1)",
            },
            source_links=tuple(Link(kind, url) for kind in LinkKind for url in ADDRESSES),
            source_published=DAYS[0],
        ),
        {"topics": [id_ for id_, _, _ in TOPICS[:3]], "pick": True, "note": NOTE},
    )
    yield Record(
        _paper("corrected", "Before the correction", prose("corrected")),
        {"title": MARKUP[1], "abstract": f"{MARKUP[0]}\n\n{LINKS[0]}\n", "note": NOTE},
    )
    # Two that look alike stand on the page of possible duplicates.
    for slug, sign in (("alike", "<b>"), ("alike-too", "<i>")):
        title = f"Looking {sign} alike <script>{ACT}</script> {{{{ 7*7 }}}}"
        yield Record(_paper(slug, title, prose(slug)), {"drop_topics": ["plain"]})
    yield Record(_paper("left", MARKUP[1], prose("left")), {"same_as": "corrected"})
    yield Record(_paper("merged", MARKUP[4], prose("proto")), {"same_as": "everything"})
    yield Record(_paper("hidden", "A hidden paper", prose("hidden")), {"hidden": True})


def _paper(slug: str, title: str, abstract: str, **more: Any) -> Paper:
    given = {"appearances": (Appearance(DAYS[2], "hostile", ""),), **more}
    return Paper(slug=slug, source_title=title, source_abstract=abstract, **given)


def harmless(slug: str) -> Paper:
    """A paper that means nothing but what it says."""
    return _paper(slug, "A harmless title", prose(slug))


def pages() -> Iterator[tuple[str, str]]:
    """Listings in the two layouts: names of files and their texts."""
    titles = [*NAMES, *(written for written, _ in CLEANED)]
    pairs = [(title, _abstract(title)) for title in titles]
    yield FILE, page(*pairs[::2])
    yield f"--8<-- {DAYS[1]}.html.txt", page(*pairs[1::2], blank=False)


def _abstract(title: str) -> str:
    """An abstract that can only be one, with markup at its start and the title in it."""
    return f"<b>We</b> {{{{ 7*7 }}}} show {title} {prose(title)} It ends. {'Truly so.' * 20}"


def write(root: Path) -> Folder:
    """A digest's folder with all of it, and the project's own configuration and templates."""
    folder = _empty(root)
    (root / "secret.txt").write_text(SECRET, encoding="utf-8")
    _ingest(folder)
    for record in records():
        path = folder.papers / "2026" / f"{record.paper.slug}.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(record.text, encoding="utf-8")
    folder.editions.mkdir()
    picks = ["everything", "text-003"]
    for day, title, named in zip(
        DAYS, ("---", "__config", MARKUP[1]), ([], [], picks), strict=True
    ):
        edition = {"title": title, "introduction": NOTE, "picks": named}
        path = folder.editions / f"{day}.yml"
        path.write_text(yaml.safe_dump(edition), encoding="utf-8")
    return folder


def _empty(root: Path) -> Folder:
    folder = Folder(root)
    folder.papers.mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", root)
    folder.templates.symlink_to(ROOT / "templates", target_is_directory=True)
    folder.pages.symlink_to(ROOT / "content" / "pages", target_is_directory=True)
    folder.topics_yml.write_text(_topics(), encoding="utf-8")
    return folder


def _topics() -> str:
    rules = [{"phrases": ["script", "alert", "javascript"], "weight": 20}]
    topics = [
        {"id": id_, "title": title, "description": description, "rules": rules}
        for id_, title, description in TOPICS
    ]
    return yaml.safe_dump({"topics": topics})


def _ingest(folder: Folder) -> None:
    """Let the command line take the pages in, as a curator would."""
    pages_folder = folder.root / "listings"
    pages_folder.mkdir()
    for name, text in pages():
        path = pages_folder / name
        path.write_text(text, encoding="utf-8", newline="")
        done = CliRunner().invoke(
            main, ["-C", str(folder.root), "ingest", "--source", SOURCE, str(path)]
        )
        assert done.exit_code == 0, done.output


def write_harmless(root: Path) -> Folder:
    """A folder with two papers that mean no harm, and everything else that pages are made of.

    What its pages load and run is what any page may: the theme's. Its words need both parts of each
    font (Latin, and Latin extended).
    """
    folder = _empty(root)
    records = folder.papers / "2026"
    records.mkdir(parents=True)
    words = "Plain words of Łódź and Győr"
    one = _paper("one", words, prose("one") + f" {words}, $x^2$.", source_authors=(words,))
    two = _paper("two", "Two", prose("two"), source_links=(Link(LinkKind.CODE, "https://a.org/"),))
    note = {"note": f"*{words}* **{words}**\n\n- `{words}`"}
    (records / "one.yml").write_text(Record(one, {**note, "pick": True}).text, encoding="utf-8")
    (records / "two.yml").write_text(Record(two, note).text, encoding="utf-8")
    return folder
