from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.exports import export, records
from generator.model import Link, LinkKind, Listing, SourceRecord
from generator.sources.bibtex import BibTeX
from generator.sources.gathering import MOST_WARNINGS
from generator.text.cleaning import clean
from tests.builders import digest, entry, link

TODAY = dt.date(2026, 8, 20)


def read(text: str, *, partial: bool = False) -> Listing:
    return BibTeX().read(text, "a.bib", "f" * 64, TODAY, partial=partial)


def one(fields: str) -> SourceRecord:
    """The record of an entry that has some fields more than it must."""
    (record,) = read(
        f"@misc{{key, title = {{A Title}}, abstract = {{We boil.}},\n{fields}}}"
    ).records
    return record


ARXIV = r"""
@misc{kettle2021boiling,
      title={Boiling Water: A {K}ettle-Based Approach},
      author={Ada de la Cruz and {\'E}tienne M{\"u}ller and Łukasz Kowalski},
      year={2021},
      eprint={2101.00001},
      archivePrefix={arXiv},
      primaryClass={cs.CL},
      url={https://arxiv.org/abs/2101.00001v2},
      abstract={We boil $O(n^2)$ kettles at 100\% power, {\em fast}.}
}
"""
DBLP = """
@article{DBLP:journals/corr/abs-2101-00002,
  author       = {Ada Cruz and
                  Max Muster},
  title        = {{DRY:} Drying {C}lothes with {GPT-4}o},
  journal      = {CoRR},
  volume       = {abs/2101.00002},
  year         = {2021},
  url          = {https://doi.org/10.48550/arXiv.2101.00002},
  eprinttype   = {arXiv},
  eprint       = {2101.00002},
  timestamp    = {Thu, 21 Jan 2021 00:00:00 +0100},
  biburl       = {https://dblp.org/rec/journals/corr/abs-2101-00002.bib}
}
"""
ANTHOLOGY = r"""
@inproceedings{muster-etal-2020-washing,
    title = "{W}ashing {BERT}: A {\textquotedblleft}Clean{\textquotedblright} Model",
    author = "Muster, Max  and
      de la Cruz, Ada  and
      {The Laundry and Ironing Team}",
    editor = "Else, Someone",
    booktitle = "Proceedings of Laundry",
    month = jul,
    year = "2020",
    url = "https://aclanthology.org/2020.acl-main.99999/",
    doi = "10.18653/v1/2020.acl-main.99999",
    abstract = "We wash. It is 5{\%} better, says Fran{\c{c}}ois.",
}
"""
BIBLATEX = r"""
@online{roe,
	title = {Folding at Scale},
	url = {http://www.example.org/fold_a%20b},
	author = {Roe, Richard},
	date = {2020-10-02},
	abstract = {We fold.},
	code = {https://github.com/example/fold},
	keywords = {a, b},
}
"""


def test_an_entry_of_arxiv() -> None:
    assert read(ARXIV).records == (
        SourceRecord(
            "Boiling Water: A Kettle-Based Approach",
            "We boil $O(n^2)$ kettles at 100% power, fast.",
            2,
            authors=("Ada de la Cruz", "Étienne Müller", "Łukasz Kowalski"),
            ids={"arxiv": "2101.00001"},
        ),
    )


def test_an_entry_of_dblp_has_no_abstract_and_facts() -> None:
    assert read(DBLP).records == ()
    (rejected,) = read(DBLP).rejected
    assert (rejected.line, rejected.title) == (2, "DRY: Drying Clothes with GPT-4o")
    assert "no abstract" in rejected.reason
    assert read(DBLP, partial=True).records == (
        SourceRecord(
            "DRY: Drying Clothes with GPT-4o",
            "",
            2,
            authors=("Ada Cruz", "Max Muster"),
            ids={"arxiv": "2101.00002"},
        ),
    )


def test_an_entry_of_the_anthology() -> None:
    assert read(ANTHOLOGY).records == (
        SourceRecord(
            "Washing BERT: A “Clean” Model",
            "We wash. It is 5% better, says François.",
            2,
            authors=("Max Muster", "Ada de la Cruz", "The Laundry and Ironing Team"),
            ids={"doi": "10.18653/v1/2020.acl-main.99999", "acl": "2020.acl-main.99999"},
        ),
    )


def test_an_entry_of_biblatex() -> None:
    (record,) = read(BIBLATEX).records
    assert record.published == dt.date(2020, 10, 2)
    assert record.links == (
        Link(LinkKind.PAPER, "http://www.example.org/fold_a%20b"),
        Link(LinkKind.CODE, "https://github.com/example/fold"),
    )


@pytest.mark.parametrize(
    "fields, published",
    [
        ("date = {2020-10-02}", "2020-10-02"),
        ("date = {2020-10-02/2020-10-05}", "2020-10-02"),
        ("date = {2020-10}", None),
        ("year = 2020", None),
        ("year = 2020, month = oct", None),
        ("year = 2020, day = 2", None),
        ("year = 2020, month = oct, day = 2", "2020-10-02"),
        ('year = "2020", month = OCT # "~2"', "2020-10-02"),
        ("year = {2020}, month = {October}, day = {2}", "2020-10-02"),
        ("year = {2020}, month = 10, day = {02}", "2020-10-02"),
        ("year = {in press}", None),
    ],
)
def test_a_day_is_taken_where_it_is_whole(fields: str, published: str | None) -> None:
    assert one(fields).published == (dt.date.fromisoformat(published) if published else None)


def test_a_day_that_does_not_exist_is_left_out_and_told() -> None:
    listing = read("@misc{k, title={A}, abstract={We boil.},\n date = {2020-02-31}}")
    assert [record.published for record in listing.records] == [None]
    assert listing.warnings == ("line 1: no calendar has the day '2020-02-31'; left out",)


@pytest.mark.parametrize(
    "fields, ids",
    [
        ("eprint = {2101.00001v3}", {"arxiv": "2101.00001"}),
        ("eprint = {astro-ph/0601001}, archiveprefix = {arXiv}", {"arxiv": "astro-ph/0601001"}),
        ("eprint = {12345}, eprinttype = {jstor}", {}),
        ("eprint = {12345}", {}),
        ("arxiv = {arXiv:2101.00001}", {"arxiv": "2101.00001"}),
        ("journal = {arXiv preprint arXiv:2101.00001}", {"arxiv": "2101.00001"}),
        ("journal = {ArXiv}, volume = {abs/2101.00001}", {"arxiv": "2101.00001"}),
        ("note = {Published as arXiv:2101.00001, see there}", {"arxiv": "2101.00001"}),
        ("note = {arXiv: see there}", {}),
        (
            "eprint = {2101.00001}, note = {compare arXiv:2101.00009}, archiveprefix = {arXiv}",
            {"arxiv": "2101.00001"},
        ),
        (r"doi = {10.1000/A\_B}", {"doi": "10.1000/a_b"}),
        ("doi = {https://doi.org/10.48550/arXiv.2101.00001}", {"arxiv": "2101.00001"}),
        (r"howpublished = {\url{https://arxiv.org/abs/2101.00001}}", {"arxiv": "2101.00001"}),
        ("url = {https://aclanthology.org/P19-1001.pdf}", {"acl": "P19-1001"}),
    ],
)
def test_identifiers(fields: str, ids: dict[str, str]) -> None:
    record = one(fields)
    assert record.ids == ids
    assert record.links == ()


def test_what_is_no_identifier_or_address_is_left_out_and_told() -> None:
    listing = read(
        "@misc{k, title={A}, abstract={We boil.}, doi = {none}, url = {javascript:alert(1)},"
        " code = {github.com/x}, eprint = {x}, archiveprefix = {arXiv}}"
    )
    assert (listing.records[0].ids, listing.records[0].links) == ({}, ())
    assert listing.warnings == (
        "line 1: 'x' is no identifier; left out",
        "line 1: 'none' is no identifier; left out",
        "line 1: 'javascript:alert(1)' is no web address; left out",
        "line 1: 'github.com/x' is no web address; left out",
    )


def test_many_warnings_are_counted() -> None:
    bad = "@misc{k%d, title={A}, abstract={We boil.}, doi={none}}\n"
    warnings = read("".join(bad % number for number in range(50))).warnings
    assert len(warnings) == MOST_WARNINGS + 1
    assert warnings[-1] == "and 30 more"


def test_abbreviations() -> None:
    text = (
        '@string{we = "We " # {boil}}\n@STRING(it = we # " it")\n'
        "@misc{a, title = we # { now}, abstract = IT # {. And }#it#{.}}"
    )
    (record,) = read(text).records
    assert (record.title, record.abstract) == ("We boil now", "We boil it. And We boil it.")


def test_an_abbreviation_without_a_meaning_is_told() -> None:
    listing = read("@misc{a, title = {A},\n abstract = foo}\n@string{bar = foo}")
    assert [rejected.line for rejected in listing.rejected] == [1]
    assert listing.warnings == (
        "line 2: abstract: 'foo' is no abbreviation that is defined; put it in braces",
        "line 3: @string 'bar': 'foo' is no abbreviation that is defined; put it in braces",
    )


def test_abbreviations_of_abbreviations_end() -> None:
    text = '@string{a0 = "We boil a kettle. "}\n' + "".join(
        f"@string{{a{n + 1} = a{n} # a{n}}}\n" for n in range(64)
    )
    with pytest.raises(ListingError, match=r"a\.bib:1\d: abbreviations \(@string\) stand for"):
        read(text + "@misc{k, title={A}, abstract = a64}")


def test_other_blocks_and_prose_are_no_records() -> None:
    text = 'My papers, 2020.\n@comment{jabref-meta: x;}\n@preamble{ "\\newcommand{\\x}{}" }\n'
    assert len(read(text + ARXIV + "And that is all, foo@example.org.").records) == 1
    with pytest.raises(ListingError, match=r"a\.bib: has no entry"):
        read(text)


def test_entries_of_one_key_are_two_papers_and_of_two_fields_the_first_counts() -> None:
    listing = read(
        "@misc{k, title={One}, abstract={We boil.}}\n"
        "@misc{k, title={Two}, abstract={We fry.}, title={Three}}"
    )
    assert [record.title for record in listing.records] == ["One", "Two"]
    assert listing.warnings == ("line 2: stands twice in 'k': title; the first counts",)


BROKEN = {
    "brace": "@misc{bad, title = {No end, abstract = {x}\n",
    "quotation mark": '@misc{bad, title = "No end, abstract = {x}}\n',
    "equals sign": "@misc{bad, title {No sign}, abstract = {x}}\n",
    "comma": "@misc{bad, title = {No comma} abstract = {x}}\n",
    "end": "@misc{bad, title = {No end}, abstract = {x},\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_entry_is_rejected_and_the_others_go_in(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    listing = read(ARXIV + BROKEN[name] + BIBLATEX)
    titles = [record.title for record in listing.records]
    lines = [(rejected.line, rejected.title) for rejected in listing.rejected]
    if name == "comma":
        # bibtexparser takes the rest for a part of the value.
        assert listing.warnings == (
            "line 12: title: 'abstract = {x}' stands behind the value; join it with #",
        )
    else:
        assert "cannot be read as BibTeX" in listing.rejected[0].reason
    assert titles == ["Boiling Water: A Kettle-Based Approach", "Folding at Scale"]
    assert lines == [(12, "bad")]
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("placeholder", ["", " ", "N/A", "No abstract available.", "{}", "TBA"])
def test_a_placeholder_is_no_abstract(placeholder: str) -> None:
    text = f"@misc{{k, title = {{A}}, abstract = {{{placeholder}}}}}"
    assert "abstract: the library needs one; add it" in read(text).rejected[0].reason
    assert read(text, partial=True).records[0].abstract == ""


def test_without_a_title_there_is_no_record() -> None:
    text = "@misc{k, abstract = {We boil.}}\n@misc{l, title = { }, abstract = {We fry.}}"
    for partial in (True, False):
        listing = read(text, partial=partial)
        assert [(each.line, each.title) for each in listing.rejected] == [(1, "k"), (2, "l")]


@pytest.mark.parametrize(
    "text, known",
    [
        (ARXIV, True),
        ("A list\n\n  @Article (key,\n title = {A})", True),
        ("@comment{x}", True),
        ("@string{a = {b}}", True),
        ("@article{cut", True),
        ("Write to foo@example.org", False),
        ("Use @article{key} there? See @misc{x, y} too", False),
        ('{"a": "\n@misc{k, "}', False),
        ("<a>\n@misc{k, </a>", False),
        ("", False),
    ],
)
def test_it_is_known_by_its_blocks(text: str, known: bool) -> None:
    assert BibTeX().recognises(text) is known


def test_the_project_s_own_export_comes_back() -> None:
    shown = entry(
        "full-paper",
        date="2026-03-12",
        title=r"<EOS> & a_b: Bounds of $\mathcal{O}(n^2)$, 50% for “Größe” 中文",
        abstract=r"A #1 ~ ^ | -- and a \model line, λ ≤ 2.",
        authors=("Ada Lovelace", "Research and Sons", "King, Jr.", "José Ñandú"),
        ids={"doi": "10.1000/x_(y)", "arxiv": "2010.00904"},
        links=(link("https://example.com/p?a=1&b=2%20c", "paper"),),
    )
    (record,) = read(export("bibtex", records(digest(shown)))).records
    assert record == SourceRecord(
        shown.title,
        shown.abstract,
        1,
        authors=shown.authors,
        ids=shown.ids,
        links=shown.links,
        date=shown.date,
    )


def test_the_page_in_the_digest_is_no_address_of_the_paper() -> None:
    text = export("bibtex", records(digest(entry("a-paper"))))
    assert "digest/papers/a-paper/" in text
    (record,) = read(text).records
    assert (record.links, record.date) == ((), dt.date(2026, 3, 11))


words = st.text("abcXYZ019éüñçßøŁλ中&%#_<>", min_size=1, max_size=8).map(clean)
texts = st.lists(words.filter(bool), min_size=2, max_size=6).map(" ".join)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4))
def test_what_is_written_is_read(papers: list[tuple[str, str]]) -> None:
    papers = [(title, f"We {text}") for title, text in papers]
    shown = [entry(f"a-{n}", title=title, abstract=text) for n, (title, text) in enumerate(papers)]
    listing = read(export("bibtex", records(digest(*shown))))
    assert [(each.title, each.abstract) for each in listing.records] == papers


NOISE = st.sampled_from([*'{}"@,=#\\$\n', "@misc{", "@string{a=a#a}", "title=", "\ud800", "\x85"])


@given(st.data())
def test_no_text_makes_a_traceback(data: st.DataObject) -> None:
    text = ARXIV + ANTHOLOGY
    at = data.draw(st.integers(0, len(text)))
    until = data.draw(st.integers(at, min(len(text), at + 30)))
    noise = "".join(data.draw(st.lists(NOISE, max_size=8)))
    with contextlib.suppress(ListingError):
        listing = read(text[:at] + noise + text[until:], partial=data.draw(st.booleans()))
        assert all(record.title and record.line > 0 for record in listing.records)


@pytest.mark.parametrize(
    "text",
    [
        "@a{b, c=" + "{" * 200_000,
        "\n@a{b,c={" * 5_000,
        "@a{b" + ",c=d" * 20_000 + "}",
        "@a{b,title={x},abstract={" + "\\" * 100_000 + "}}",
        "@a{b,title={x},abstract={" + "{" * 50_000 + "}" * 50_000 + "}}",
        "@a{b,title={x},abstract={y},author={" + "a and " * 20_000 + "}}",
        "@a{b,title={x},abstract={y},author={" + "{" * 20_000 + "}" * 20_000 + "}}",
        "@a{b,title={x},abstract=" + "{a}#" * 20_000 + "{a}}",
    ],
    ids=range(8),
)
def test_hostile_files_end(text: str) -> None:
    assert BibTeX().recognises(text)
    with contextlib.suppress(ListingError):
        read(text)
