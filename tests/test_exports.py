from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from generator.exports import FORMATS, ExportRecord, export, records
from generator.exports.latex import latex
from generator.model import (
    Appearance,
    Completion,
    Curation,
    Link,
    LinkKind,
    Paper,
    Reason,
    Rule,
    Status,
)
from generator.text.cleaning import tidy
from tests import goldens
from tests.builders import FULL_PAPER, SITE, digest, entry, link, paper, topic

KEYS = (
    *("id", "title", "abstract", "topics", "date", "url"),
    *("authors", "ids", "links", "appearances", "pick", "note"),
)
ENDINGS = {"jsonl": "jsonl", "json": "json", "bibtex": "bib", "ris": "ris", "csv": "csv"}

hostile_text = st.lists(
    st.one_of(
        st.text(),
        st.sampled_from(["\\", "{", "}", "$", "$x_1$", "%", "@", '"', "--", "\ud800", "\n", "\r"]),
        st.sampled_from(["ER  - ", "; ", ",", "=1+1", "\u2028", "\x85", r"\{", r"\input{x}"]),
    )
).map("".join)


def of(*papers: Any, **kw: Any) -> list[ExportRecord]:
    return records(digest(*papers, **kw))


def lines(found: list[ExportRecord]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export("jsonl", found).splitlines()]


def bib_entries(text: str) -> list[Any]:
    library = parse_string(text)
    assert not library.failed_blocks
    return library.entries


def bib(one: Any) -> dict[str, str]:
    (found,) = bib_entries(export("bibtex", of(one)))
    return {name: field.value for name, field in found.fields_dict.items()}


def ris(one: Any) -> dict[str, Any]:
    (found,) = rispy.loads(export("ris", of(one)))
    return dict(found)


def cells(found: list[ExportRecord]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export("csv", found), newline="")))


def full() -> tuple[Any, ...]:
    """A paper with everything that one can have, and one with nothing."""
    return (
        entry(
            "full-paper",
            date="2026-03-12",
            title=r"<EOS> & a_b: Bounds of $\mathcal{O}(n^2)$, 50% for “Größe” 中文",
            abstract='A {brace}, a \\model, #1 ~ ^ | "q" -- and\na line.',
            authors=("Ada Lovelace", "Research and Sons", "King, Jr.", "José Ñandú"),
            published=dt.date(2020, 10, 2),
            topics=("retrieval", "long-context"),
            ids={"doi": "10.1000/x_(y)", "arxiv": "2010.00904"},
            links=(link("https://example.com/c?a=1&b=2", "code"),),
            appearances=(
                Appearance(dt.date(2026, 3, 12), "daily", "one.txt"),
                Appearance(dt.date(2026, 3, 14), "weekly", "two.txt", title="Old title"),
            ),
            pick=True,
            note="Read *this*.",
        ),
        entry("empty-paper", date="2026-03-11", abstract=""),
    )


@pytest.mark.parametrize("format_", FORMATS)
def test_golden(format_: str) -> None:
    goldens.check(f"exports/papers.{ENDINGS[format_]}", export(format_, of(*full())))


@pytest.mark.parametrize(
    "format_, nothing",
    [
        ("jsonl", ""),
        ("json", "[]\n"),
        ("bibtex", ""),
        ("ris", ""),
        ("csv", ",".join(KEYS) + "\r\n"),
    ],
)
def test_nothing(format_: str, nothing: str) -> None:
    assert export(format_, []) == nothing


def test_a_line_has_exactly_the_promised_keys_in_order() -> None:
    for line in lines(of(*full())):
        assert tuple(line) == KEYS


def test_the_values_of_a_line() -> None:
    line = lines(of(*full()))[0]
    assert line["id"] == "full-paper"
    assert line["url"] == "https://example.org/digest/papers/full-paper/"
    assert line["topics"] == ["retrieval", "long-context"]
    assert line["ids"] == {"arxiv": "2010.00904", "doi": "10.1000/x_(y)"}
    assert line["links"] == [{"kind": "code", "url": "https://example.com/c?a=1&b=2"}]
    assert line["appearances"] == [
        {"source": "daily", "date": "2026-03-12", "file": "one.txt"},
        {"source": "weekly", "date": "2026-03-14", "file": "two.txt", "title": "Old title"},
    ]
    assert (line["date"], line["pick"], line["note"]) == ("2026-03-12", True, "Read *this*.")


def test_json_is_an_array_of_the_same() -> None:
    assert json.loads(export("json", of(*full()))) == lines(of(*full()))


@given(title=hostile_text, abstract=hostile_text, note=hostile_text)
def test_json_keeps_every_character(title: str, abstract: str, note: str) -> None:
    found = of(entry(title=title, abstract=abstract, note=note))
    text = export("jsonl", found)
    text.encode()
    assert len(text.splitlines()) == 1
    line = json.loads(text)
    assert (line["title"], line["abstract"], line["note"]) == (title, abstract, note)


def reason(match: dict[str, Any]) -> Reason:
    return Reason(Rule(match["rule"]), match["title"], match.get("abstract"))


def seen(one: dict[str, Any]) -> Appearance:
    given = {
        **one,
        "date": dt.date.fromisoformat(one["date"]),
        "ids": tuple(one.get("ids", {}).items()),
        "reason": reason(one["match"]) if "match" in one else None,
        "is_raw": one.get("raw", False),
    }
    return Appearance(**{key: given[key] for key in given if key not in {"match", "raw"}})


def completion(one: dict[str, Any]) -> Completion:
    fields = tuple(one["fields"])
    return Completion(one["source"], one["file"], fields, reason(one["match"]), one.get("note"))


def rebuilt(line: dict[str, Any]) -> Paper:
    """A paper of the library, from what the complete export says of it."""

    def day(text: str | None) -> dt.date | None:
        return dt.date.fromisoformat(text) if text else None

    def linked(links: list[dict[str, str]]) -> tuple[Link, ...]:
        return tuple(Link(LinkKind(one["kind"]), one["url"]) for one in links)

    source, curation = line["source"], dict(line["curation"])
    for name in ("topics", "add_topics", "drop_topics", "distinct_from", "authors", "formerly"):
        if name in curation:
            curation[name] = tuple(curation[name])
    if "ids" in curation:
        curation["ids"] = tuple(curation["ids"].items())
    if "links" in curation:
        curation["links"] = linked(curation["links"])
    published = curation["published"] = day(curation.get("published"))
    said = line if published is None else {**line, "published": None}
    said = {**said, **source}
    return Paper(
        slug=line["id"],
        source_title=source.get("title", line["title"]),
        source_abstract=source.get("abstract", line["abstract"]),
        appearances=tuple(map(seen, line["appearances"])),
        source_authors=tuple(said["authors"]),
        source_ids=said["ids"],
        source_published=day(said["published"]),
        source_links=linked(said["links"]),
        completions=tuple(map(completion, line["completed"])),
        merged_into=line["merged_into"],
        curation=Curation(
            **curation,
            note=line["note"],
            status=Status(line["status"]),
            hidden=line["hidden"],
            title=line["title"] if "title" in source else None,
            abstract=line["abstract"] if "abstract" in source else None,
        ),
    )


def everything(one: Paper) -> list[ExportRecord]:
    """The complete export of one paper, which is a pick of an edition too."""
    shown = entry(
        one.slug,
        date=one.date,
        title=one.title,
        abstract=one.abstract,
        authors=one.authors,
        published=one.published,
        ids=one.ids,
        links=one.links,
        appearances=one.appearances,
        pick=True,
        note=one.curation.note,
    )
    return records(digest(shown), {one.slug: one})


@pytest.mark.parametrize("one", [FULL_PAPER, paper()], ids=["full", "plain"])
def test_with_the_library_nothing_is_lost(one: Paper) -> None:
    (line,) = lines(everything(one))
    assert rebuilt(line) == one


def test_with_the_library_every_line_has_the_same_keys() -> None:
    found = [lines(everything(one))[0] for one in (FULL_PAPER, paper())]
    more = (
        *("published", "completed", "status", "hidden", "source", "curation"),
        "merged_into",
    )
    assert [tuple(line) for line in found] == [KEYS + more] * 2
    assert (found[1]["status"], found[1]["hidden"], found[1]["published"]) == (
        "accepted",
        False,
        None,
    )


# --- CSV


@given(title=hostile_text, note=hostile_text)
def test_csv_keeps_text_and_runs_nothing(title: str, note: str) -> None:
    (row,) = cells(of(entry(title=title, note=note)))
    for name, text in (("title", title), ("note", note)):
        cell = row[name]
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        undone = cell[1:] if re.match(r"'+[=+@\t\r-]", cell) else cell
        assert undone == re.sub("[\ud800-\udfff]", "", text)


def test_csv_has_a_header_crlf_and_readable_lists() -> None:
    text = export("csv", of(*full()))
    assert text.startswith(",".join(KEYS) + "\r\n")
    row, empty = cells(of(*full()))
    assert row["topics"] == "retrieval; long-context"
    assert row["authors"] == "Ada Lovelace; Research and Sons; King, Jr.; José Ñandú"
    assert row["ids"] == "arxiv:2010.00904; doi:10.1000/x_(y)"
    assert row["links"] == "code: https://example.com/c?a=1&b=2"
    assert row["appearances"] == "2026-03-12 daily one.txt; 2026-03-14 weekly two.txt"
    assert (row["pick"], empty["pick"], empty["note"]) == ("true", "false", "")


def test_csv_of_everything_has_the_curators_columns() -> None:
    (row,) = cells(everything(FULL_PAPER))
    assert list(row) == [*KEYS, "published", "status", "hidden"]
    assert (row["published"], row["status"], row["hidden"]) == ("2020-10-03", "declined", "true")


# --- BibTeX

READER = LatexNodes2Text(math_mode="verbatim")

# What pylatexenc's reader does not know, or typesets.
UNREAD = {
    r"{\textbraceleft}": "｛",
    r"{\textbraceright}": "｝",
    r"{\textasciicircum}": "＾",
    r"{\textbar}": "｜",
    r"{\textless}": "＜",
    r"{\textgreater}": "＞",
    '"': "＂",
}
READ = str.maketrans("｛｝＾｜＜＞＂", '{}^|<>"')


def read_back(field: str) -> str:
    """What LaTeX shows of a field, white space folded."""
    for code, mark in UNREAD.items():
        field = field.replace(code, mark)
    return " ".join(READER.latex_to_text(field).translate(READ).split())


ascii_text = st.text(st.characters(min_codepoint=32, max_codepoint=126)).map(tidy)


@given(ascii_text.filter(lambda text: not re.search(r"[`']", text)))
def test_latex_shows_the_text_as_written(text: str) -> None:
    assert read_back(latex(text)) == text


@pytest.mark.parametrize(
    "text, code",
    [
        ("<EOS> & a_b 5% #1", r"{\textless}EOS{\textgreater} \& a\_b 5\% \#1"),
        ("{a} \\model", r"{\textbraceleft}a{\textbraceright} {\textbackslash}model"),
        ("~ ^ |", r"{\textasciitilde} {\textasciicircum} {\textbar}"),
        ("é Ñ ß λ ≤ 中文", r"{\'e} {\~N} {\ss} {\ensuremath{\lambda}} {\ensuremath{\leq}} 中文"),
        ("a--b --- c ''d'' ?` ,,", "a-{}-b -{}-{}- c '{}'d'{}' ?{}` ,{},"),
        ("soft\u2011hyphen", r"soft{\mbox{-}}hyphen"),
    ],
)
def test_characters_in_latex(text: str, code: str) -> None:
    assert latex(text) == code


@pytest.mark.parametrize(
    "formula",
    [
        r"$x_1$",
        r"$\mathcal{O}(n^2)$",
        r"$$\frac{1}{2}$$",
        r"\(\alpha + \beta\)",
        r"\[x \le 2\]",
        r"$\left(\text{for all } x\right)$",
        r"100$\%$",
        r"$a\,b\;c$",
    ],
)
def test_math_stays_math(formula: str) -> None:
    assert latex(f"A {formula} b") == f"A {formula} b"


def test_math_is_adapted_to_bibtex() -> None:
    assert latex(r"$\{x\}$ $λ$") == r"$\lbrace x\rbrace $ $\ensuremath{\lambda}$"


@pytest.mark.parametrize(
    "text",
    [
        r"$\input{/etc/passwd}$",
        r"$\write18{rm}$",
        r"\(\def\x{y}\)",
        r"$^^5cinput x$",
        r"$a % b$",
        r"$a\\% b$",
        r"$a & b$",
        r"$}x{$",
        r"$\left( x$",
        r"$\foo$",
        r"\(a $ b\)",
        "from $10 million to 20$ more",
        "costs $5 and $10 each",
    ],
)
def test_what_is_no_harmless_formula_is_shown_as_its_source(text: str) -> None:
    code = latex(text)
    assert not re.search(r"(?<!\\)\$", code)
    assert read_back(code) == text


@given(title=hostile_text, abstract=hostile_text, author=hostile_text, note=hostile_text)
def test_no_text_breaks_a_bibtex_file(title: str, abstract: str, author: str, note: str) -> None:
    hostile = entry(
        "a",
        title=title,
        abstract=abstract,
        authors=(author,),
        note=note,
        ids={"doi": title},
        links=(link(abstract, "paper"),),
    )
    text = export("bibtex", of(hostile, entry("b")))
    text.encode()
    assert [found.key for found in bib_entries(text)] == ["a", "b"]
    assert text.count("{") == text.count("}")


def test_bibtex_fields() -> None:
    fields = bib(full()[0])
    assert [*fields][:6] == ["title", "author", "year", "month", "eprint", "archivePrefix"]
    assert [*fields][6:] == ["doi", "url", "abstract", "keywords", "note", "annote"]

    assert fields["title"].startswith("{")
    assert fields["title"].endswith("}")
    assert fields["author"] == (
        r"Ada Lovelace and {Research and Sons} and {King, Jr.} and Jos{\'e} {\~N}and{\'u}"
    )
    assert (fields["year"], fields["eprint"]) == ("2020", "2010.00904")
    assert fields["doi"] == "10.1000/x_(y)"
    assert fields["url"] == "https://arxiv.org/abs/2010.00904"


def test_the_month_is_a_macro_and_an_undated_paper_has_no_year() -> None:
    assert "  month = oct,\n" in export("bibtex", of(full()[0]))
    fields = bib(full()[1])
    assert fields["note"] == "Listed on 2026-03-11"
    assert not {"year", "month"} & set(fields)
    assert not {"year", "date"} & set(ris(full()[1]))


@pytest.mark.parametrize(
    "name, written",
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Lovelace, Ada", "Lovelace, Ada"),
        ("Research and Sons", "{Research and Sons}"),
        ("Martin Luther King, Jr.", "{Martin Luther King, Jr.}"),
        ("One, Two, Three", "{One, Two, Three}"),
        ("others", "{others}"),
        ("Anderson", "Anderson"),
    ],
)
def test_a_name_is_one_name(name: str, written: str) -> None:
    assert bib(entry(authors=(name,)))["author"].strip() == written


def test_bibtex_keys_are_the_slugs_and_unique() -> None:
    found = of(entry("a b"), entry("a,b"), entry("A-b"), entry("plain-slug_1"))
    keys = [one.key for one in bib_entries(export("bibtex", found))]
    assert sorted(keys) == ["A-b", "a-b-2", "a-b-3", "plain-slug_1"]


@pytest.mark.parametrize(
    "fields, url",
    [
        (
            {"links": (link("https://p.example/", "paper"),), "ids": {"arxiv": "1"}},
            "https://p.example/",
        ),
        (
            {"ids": {"arxiv": "solv-int/9901001", "doi": "10.1/x"}},
            "https://arxiv.org/abs/solv-int/9901001",
        ),
        ({"ids": {"doi": "10.1/x"}}, "https://doi.org/10.1/x"),
        (
            {"ids": {"acl": "2020.acl-main.1", "x": "1"}},
            "https://aclanthology.org/2020.acl-main.1/",
        ),
        ({"ids": {"acl": "2020.acl-main.1", "doi": "10.1/x"}}, "https://doi.org/10.1/x"),
        ({"ids": {"isbn": "1"}}, f"{SITE.url}papers/a-paper/"),
        ({}, f"{SITE.url}papers/a-paper/"),
    ],
)
def test_what_is_cited_is_the_paper_itself(fields: dict[str, Any], url: str) -> None:
    assert bib(entry(**fields))["url"] == url
    assert ris(entry(**fields))["urls"] == [url]


# --- RIS


def test_ris_fields() -> None:
    found = ris(full()[0])
    assert found["type_of_reference"] == "GEN"
    assert found["title"] == full()[0].title
    assert found["authors"] == list(full()[0].authors)
    assert (found["year"], found["date"]) == ("2020", "2020/10/02")
    assert found["doi"] == "10.1000/x_(y)"
    assert found["accession_number"] == "arXiv:2010.00904"
    assert found["keywords"] == [topic("retrieval").title, topic("long-context").title]
    assert found["notes"] == ["Listed on 2026-03-12", "Read *this*."]


@given(title=hostile_text, abstract=hostile_text)
def test_no_text_breaks_a_ris_file(title: str, abstract: str) -> None:
    text = export("ris", of(entry("a", title=title, abstract=abstract), entry("b")))
    text.encode()
    first, second = rispy.loads(text)
    assert first.get("title", "") == tidy(title)
    assert first.get("abstract", "") == tidy(abstract)
    assert second["id"] == "b"


@pytest.mark.parametrize(
    "title,cell",
    [
        ("=1", "'=1"),
        ("'=1", "''=1"),
        ("''-x", "'''-x"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
        ("@", "'@"),
    ],
)
def test_what_guards_a_cell_can_be_taken_away_again(title: str, cell: str) -> None:
    (row,) = cells(of(entry("p", title=title)))
    assert row["title"] == cell
    assert re.sub(r"^'(?='*[=+@\t\r-])", "", cell) == title
