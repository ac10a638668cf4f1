"""What cases are made of: scraps that have a meaning to something, mixed with anything at all."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.builders import page, prose
from tests.fuzz.cases import Case

#: Characters of the longest text; abstracts on arXiv have 1,920 at the most.
LONGEST = 5_000

#: Scraps that mean something to LaTeX, Markdown, HTML, YAML, templates, spreadsheets or browsers.
SCRAPS: tuple[str, ...] = (
    # LaTeX
    *("\\", "{", "}", "{}", "$", "$$", "~", "^", "_", "``", "''", "%", "&", "#", "\\\\", "\\%"),
    *("\\$", "\\{", "\\}", "\\_", "\\(", "\\)", "\\[", "\\]", "\\'e", '\\"{o}', "\\c{c}", "\\v s"),
    *(
        "\\textbf{",
        "\\emph{a}",
        "{\\it b}",
        "{\\em ",
        "\\url{",
        "\\href{",
        "\\href{https://a.org}{",
    ),
    *(
        "\\ldots",
        "\\epsilon",
        "\\o ",
        "\\model",
        "\\cite{x}",
        "\\footnote{",
        "\\verb|x|",
        "\\LaTeX",
    ),
    *("\\input{/etc/passwd}", "\\write18{ls}", "^^5c", "\\begin{itemize}", "\\item", "\\par "),
    # formulas
    *("$x_1$", "$5 and $10", "$\\textit{Labor Space}$", "$\\mathcal{O}(n^2)$", "\\(x < y\\)"),
    *("$\\frac{1}{2}$", "$$\\sum_{i=1}^n i$$", "\\[x^2\\]", "$a$$b$", "$ x $", "$\\text{<img>}$"),
    *("$\\text{<script>alert(1)</script>}$", "$\\href{javascript:alert(1)}{x}$", "$x<y>z$"),
    *("$\\class{a}{b}$", "$\\unicode{x3c}$", "$\\color{red}{x}$", "$\\begin{matrix}a&b\\\\c"),
    *(
        "\\end{matrix}$",
        "$\\left( x$",
        "$\\def\\x{y}\\x$",
        "$\\tag{1}$",
        "$\\text{$x$}$",
        "$\\&lt;$",
    ),
    # HTML
    *("<", ">", "&", '"', "'", "/", "=", "<b>", "</b>", "</p>", "</title>", "</annotation></math>"),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<style>", "<iframe src=x>", "<a href='x'>", "</h1>"),
    *("&lt;", "&amp;", "&#60;", "&#x3c", "&nbsp", "&copy;", "&#0;", '" onmouseover="', "' x='"),
    # Markdown and what extends it
    *("*", "**a**", "_a_", "`", "``c``", "#", "# a", "- ", "+ ", "1. ", "> ", "---", "===", "|"),
    *("| a | b |", "![x](y)", "[a](b)", "[a](javascript:alert(1))", "[a]: https://a.org", "[^1]"),
    *("[TOC]", "{: onclick=x }", "{++a++}", "{>>a<<}", "==a==", "~~a~~", "^a^", "++ctrl++", ":a:"),
    *("!!! note", "??? note", "/// note", '=== "a"', "--8<-- 'README.md'", ";--8<-- 'mkdocs.yml'"),
    *(
        "```python",
        "~~~",
        "    code",
        "*[HTML]: x",
        ": d",
        "<<a>>",
        "--",
        "...",
        "(c)",
        "\\*",
        "@me",
    ),
    *("klzzwxh:0001", "wzxhzdk:0", "\x02", "\x03", "<https://a.org>", "[x][y]", "\\`", "{#id .c}"),
    # YAML, templates, tables, files
    *(
        ": ",
        " #",
        "- ",
        "? ",
        "!!",
        "&x",
        "*x",
        "|",
        ">-",
        "---\n",
        "...\n",
        "%YAML",
        "null",
        "yes",
    ),
    *("1:30", "2024-01-01", "0x1f", "{{ config }}", "{% raw %}", "{# #}", "${x}", "=1+1", "@SUM"),
    *("ER  - ", "TY  - ", "\r\n", "CON", "index", "../..", "/etc/passwd", "a,b;c", "\t", "'=1"),
    # addresses
    *("https://a.org/x", "http://a.org", "https://a.org/a_b~c?d=e&f=g#h", "https://a.org/(b)"),
    *(
        "HTTPS://A.ORG",
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.org",
        "www.a.org",
        "a@b.org",
    ),
    *("https://u:p@a.org", "https://a.org\\b", "https://[::1]/", "https://a.org:x", "https://"),
    *(
        "https://a.org.",
        "(https://a.org)",
        "https://a.org'onclick='",
        "https://ä.org/ü",
        "%00",
        "%",
    ),
    # what cannot be seen, or is more than one character
    *(" ", "  ", "\n", "\n\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\xa0", "\xad", "\u2028"),
    *("\u200b", "\u200c", "\u200d", "\u202e", "\u2066", "\ufeff", "\ufe0f", "\u0301", "e\u0301"),
    *("\x00", "\x08", "\x1b[31m", "\x7f", "\ud800", "\udfff", "\ufdd0", "\ufffe", "\U0001ffff"),
    *("中文", "العربية", "한글", "😀", "👨‍👩‍👧", "🇩🇪", "ﬁ", "½", "İ", "ß", "K", "Å", "ⅷ", "٣", "𝒪"),
)

#: Words of which titles and sentences are made; plain text must come through, too.
_WORDS = ("a", "Teapots", "We study tea.", "of", "x1", "Retrieval", "speech", "is", "The end.")

#: What is put around or beside a formula (``@``), again and again: quick to draw, and balanced.
_AROUND = (
    *(
        "\\frac{@}{2}",
        "\\sqrt{@}",
        "\\text{@}",
        "\\mathbb{@}",
        "\\operatorname{@}",
        "\\hat{@}",
        "{@}",
    ),
    *("@^2", "@_{i}", "x^{@}", "\\left(@\\right)", "\\overset{@}{=}", "\\binom{n}{@}", "\\not@"),
    *("\\begin{pmatrix}@ & 1\\\\ a\\end{pmatrix}", "\\{@\\}", "\\mbox{@}", "\\boxed{@}", "|@|"),
    *("\\textcolor{red}{@}", "\\href{https://a.org}{@}", "\\url{@}", "\\class{c}{@}", "\\sum_{@}"),
    *(
        "@ < 1",
        "1 + @",
        "@, @",
        "\\alpha @",
        "@\\%",
        "@\\foo",
        "@ log n",
        "@'",
        "a & @",
        "<b>@",
        "@}",
    ),
)


def _formula(form: str, atom: str, around: list[str]) -> str:
    tex = atom
    for each in around:
        tex = each.replace("@", tex)
    return form.replace("@", tex)


_formulas = st.builds(
    _formula,
    st.sampled_from(("$@$", "$$@$$", "\\(@\\)", "\\[@\\]")),
    st.sampled_from(("x", "n", "1", "ab", "a b", "<b>", '"', "é", "")),
    st.lists(st.sampled_from(_AROUND), max_size=4),
)
_scraps = st.sampled_from(SCRAPS)
_repeated = st.builds(
    lambda scraps, times: "".join(scraps) * times,
    st.lists(_scraps, min_size=1, max_size=3),
    st.sampled_from((2, 3, 20, 200, 2000)),
)
#: One sign over and over: what nests too deep, or is read again from every place.
_runs = st.builds(
    lambda sign, times: sign * times,
    st.sampled_from("{[($\\`*_<>&\"'#~^|-=:! "),
    st.sampled_from((60, 600, LONGEST)),
)
_parts = st.one_of(_scraps, _scraps, st.sampled_from(_WORDS), st.text(max_size=10), _formulas)

#: Text of strangers, at its worst.
texts = st.lists(_parts | _repeated | _runs, max_size=8).map(lambda parts: "".join(parts)[:LONGEST])
#: The same with words, for pages on which it is the order that matters.
sentences = st.lists(_parts | _runs.map(lambda run: run[:60]), max_size=8).map(
    lambda parts: " ".join(parts)[:LONGEST]
)


def fields(*names: str, longest: int = LONGEST) -> st.SearchStrategy[Case]:
    """Cases with a few of the named texts; the simplest has none."""
    values = texts.map(lambda text: text[:longest])
    return st.dictionaries(st.sampled_from(names), values, max_size=3)


# --- listings ----------------------------------------------------------------------------------

_HEADERS = (
    "Daily Papers",
    "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers",
    "Get trending papers in your email inbox once a day!\nSubscribe",
    "by@AK and the research community\nSubscribe",
    "Daily Papers\n\nbyAK and the research community\n\nMar 11",
    "",
)
_DAYS = ("", "Mar 11", "2026-03-11", "29 February", "11 Sept. 2025", "1066-10-14", "9999-12-31")
#: Few names and fewer abstracts, so that listings have papers in common, or nearly so.
_TITLES = ("On Teapots", "On Kettles, Part I", "On Kettles, Part II", "null", "∞", "CON")
_ABSTRACTS = tuple(prose(number, 40) for number in range(4))
_titles = st.sampled_from(_TITLES) | sentences
_abstracts = st.one_of(
    st.sampled_from(_ABSTRACTS),
    st.builds("{} {}".format, st.sampled_from(_ABSTRACTS), sentences),
    st.builds("{1} {0}".format, st.sampled_from(_ABSTRACTS), sentences),
    st.builds(lambda text, end: text[:end], st.sampled_from(_ABSTRACTS), st.integers(1, 300)),
    texts,
)
_papers = st.lists(st.tuples(_titles, _abstracts), min_size=1, max_size=4)


@st.composite
def pages(draw: st.DrawFn, papers: st.SearchStrategy[list[tuple[str, str]]] = _papers) -> str:
    """Saved pages, most of them valid."""
    header, day = draw(st.sampled_from(_HEADERS)), draw(st.sampled_from(_DAYS))
    text = page(*draw(papers), blank=draw(st.booleans()), date=day or None, header=header)
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 3)))):
        text = draw(_mutated(text))
    return text


@st.composite
def _mutated(draw: st.DrawFn, text: str) -> str:
    """A text with one thing wrong."""
    lines = text.split("\n")
    place = draw(st.integers(0, len(lines) - 1))
    match draw(
        st.sampled_from(("drop", "double", "swap", "cut", "insert", "ends", "wrap", "head"))
    ):
        case "drop":
            del lines[place]
        case "double":
            lines.insert(place, lines[place])
        case "swap":
            lines[place - 1], lines[place] = lines[place], lines[place - 1]
        case "cut":
            return text[: draw(st.integers(0, len(text)))]
        case "insert":
            lines.insert(place, draw(texts))
        case "ends":
            return draw(st.sampled_from(("\r\n", "\r", "\n\n", " \n", "\n\r", "\x85"))).join(lines)
        case "wrap":
            lines[place] = lines[place].replace(" ", "\n")
        case "head":
            return text[draw(st.integers(0, len(text))) :]
    return "\n".join(lines)


def _as_text(data: bytes) -> str:
    """Bytes as a case holds them: what is not UTF-8 stands as lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


@st.composite
def _saved(draw: st.DrawFn) -> Case:
    text = draw(pages())
    encoding = draw(st.sampled_from(("utf-8", "utf-8", "utf-8-sig", "latin-1", "utf-16", "cp1252")))
    data = text.encode(encoding, "ignore")
    if draw(st.sampled_from((False, False, True))):
        place = draw(st.integers(0, len(data)))
        data = data[:place] + draw(st.binary(max_size=4)) + data[place + draw(st.integers(0, 3)) :]
    return {"bytes": _as_text(data)}


#: The bytes of a file that may be a listing.
files = _saved() | st.binary().map(lambda data: {"bytes": _as_text(data)})


@st.composite
def pairs(draw: st.DrawFn) -> Case:
    """One or two listings, the second with papers of the first, perhaps said otherwise."""
    first = draw(_papers)
    case = {"first": draw(pages(st.just(first)))}
    if draw(st.booleans()):
        again = st.sampled_from(first).map(lambda each: (each[0].upper(), each[1][:-20]))
        more = st.lists(st.sampled_from(first) | again | st.tuples(_titles, _abstracts), min_size=1)
        case["second"] = draw(pages(more.map(lambda papers: papers[:4])))
    # What a file of UTF-8 can hold.
    return {name: text.encode("utf-8", "ignore").decode() for name, text in case.items()}
