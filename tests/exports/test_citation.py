"""What readers take away, read by parsers that are not ours: bibtexparser, rispy, jsonschema."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.digest import Entry
from generator.exports.citation import Form, bibliography, forms
from generator.exports.dating import year_of
from generator.exports.names import Name, parts_of
from generator.exports.record import records
from generator.exports.reference import MOST_AUTHORS
from generator.text.cleaning import tidy
from tests.builders import digest, entry, link
from tests.rendered import Rendered
from tests.test_exports import hostile_text

#: The part of CSL 1.0.2's ``csl-data.json`` that is about what we say, strict as that is.
_NAME = {
    "type": "object",
    "properties": {
        part: {"type": "string", "minLength": 1}
        for part in ("family", "given", "non-dropping-particle", "literal")
    },
    "oneOf": [{"required": ["family"]}, {"required": ["literal"]}],
    "additionalProperties": False,
}
_TEXTS = ("id", "title", "publisher", "number", "archive", "archive_location", "DOI", "URL")
CSL = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                **{name: {"type": "string", "minLength": 1} for name in _TEXTS},
                "type": {"enum": ["article", "document"]},
                "author": {"type": "array", "minItems": 1, "items": _NAME},
                "issued": {
                    "type": "object",
                    "properties": {
                        "date-parts": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": 1,
                            "items": {
                                "type": "array",
                                "items": {"type": "integer"},
                                "minItems": 1,
                                "maxItems": 3,
                            },
                        }
                    },
                    "required": ["date-parts"],
                    "additionalProperties": False,
                },
            },
            "required": ["type", "id"],
            "additionalProperties": False,
        },
    }
)


def form(one: Entry, name: str) -> str:
    """A paper in a form, as text."""
    (found,) = (each for each in forms(*records(digest(one))) if each.name == name)
    return found.text


def bib(one: Entry) -> tuple[str, str, dict[str, str]]:
    library = parse_string(form(one, "BibTeX"))
    assert not library.failed_blocks
    (found,) = library.entries
    return (
        found.entry_type,
        found.key,
        {name: field.value for name, field in found.fields_dict.items()},
    )


def ris(one: Entry) -> dict[str, Any]:
    (found,) = rispy.loads(form(one, "RIS"))
    return dict(found)


def csl(one: Entry) -> dict[str, Any]:
    items = json.loads(form(one, "CSL-JSON"))
    CSL.validate(items)
    (found,) = items
    assert isinstance(found, dict)
    return found


def preprint(**kw: Any) -> Entry:
    given_ = {
        "title": "Autoregressive Entity Retrieval",
        "authors": ("Nicola De Cao", "Gautier Izacard"),
        "ids": {"arxiv": "2010.00904"},
        "published": dt.date(2020, 10, 2),
        "note": "An editor’s word.",
    }
    return entry("a-paper", **{**given_, **kw})


def test_a_preprint_in_bibtex_has_the_fields_that_arxiv_asks_for() -> None:
    assert bib(preprint()) == (
        "misc",
        "a-paper",
        {
            "title": "{Autoregressive Entity Retrieval}",
            "author": "Nicola De Cao and Gautier Izacard",
            "year": "2020",
            "month": "oct",
            "eprint": "2010.00904",
            "archivePrefix": "arXiv",
            "url": "https://arxiv.org/abs/2010.00904",
        },
    )


def test_a_preprint_in_ris() -> None:
    assert ris(preprint()) == {
        "type_of_reference": "GEN",
        "id": "a-paper",
        "title": "Autoregressive Entity Retrieval",
        "authors": ["Nicola De Cao", "Gautier Izacard"],
        "year": "2020",
        "date": "2020/10/02",
        "name_of_database": "arXiv",
        "accession_number": "arXiv:2010.00904",
        "urls": ["https://arxiv.org/abs/2010.00904"],
    }


def test_a_preprint_in_csl_is_an_article_as_csl_means_it() -> None:
    assert csl(preprint()) == {
        "id": "a-paper",
        "type": "article",
        "title": "Autoregressive Entity Retrieval",
        "author": [
            {"family": "Cao", "given": "Nicola De"},
            {"family": "Izacard", "given": "Gautier"},
        ],
        "issued": {"date-parts": [[2020, 10, 2]]},
        "publisher": "arXiv",
        "number": "arXiv:2010.00904",
        "URL": "https://arxiv.org/abs/2010.00904",
    }


def test_a_preprint_in_words() -> None:
    assert form(preprint(), "Plain text") == (
        "Nicola De Cao and Gautier Izacard. 2020. Autoregressive Entity Retrieval. "
        "arXiv:2010.00904. https://arxiv.org/abs/2010.00904"
    )


def test_no_venue_is_invented() -> None:
    """Of a paper in the Anthology, or with a DOI, only that is known."""
    one = preprint(ids={"acl": "2021.acl-long.5", "doi": "10.1000/x_(y)"}, published=None)
    kind, _, fields = bib(one)
    assert kind == "misc"
    assert not {"booktitle", "journal", "eprint", "archivePrefix"} & set(fields)
    assert (fields["doi"], fields["year"]) == ("10.1000/x_(y)", "2021")
    assert csl(one) == {
        "id": "a-paper",
        "type": "document",
        "title": "Autoregressive Entity Retrieval",
        "author": csl(preprint())["author"],
        "issued": {"date-parts": [[2021]]},
        "archive": "ACL Anthology",
        "archive_location": "2021.acl-long.5",
        "DOI": "10.1000/x_(y)",
        "URL": "https://doi.org/10.1000/x_%28y%29",
    } | {"URL": fields["url"]}
    found = ris(one)
    assert (found["type_of_reference"], found["doi"]) == ("GEN", "10.1000/x_(y)")
    assert (found["name_of_database"], found["accession_number"]) == (
        "ACL Anthology",
        "2021.acl-long.5",
    )


def test_what_is_not_known_is_left_out() -> None:
    one = entry("a-paper")
    page = "https://example.org/digest/papers/a-paper/"
    assert bib(one) == ("misc", "a-paper", {"title": "{A paper}", "url": page})
    assert ris(one) == {
        "type_of_reference": "GEN",
        "id": "a-paper",
        "title": "A paper",
        "urls": [page],
    }
    assert csl(one) == {"id": "a-paper", "type": "document", "title": "A paper", "URL": page}
    assert form(one, "Plain text") == f"A paper. {page}"


def test_a_link_to_the_paper_itself_is_cited_first() -> None:
    one = preprint(links=(link("https://example.com/paper", "paper"),))
    assert bib(one)[2]["url"] == csl(one)["URL"] == "https://example.com/paper"


def test_a_long_list_of_authors_is_cut_in_words_alone() -> None:
    names = tuple(f"Ada Number{chr(97 + number)}" for number in range(MOST_AUTHORS + 1))
    one = preprint(authors=names)
    assert ", et al. 2020. " in form(one, "Plain text")
    assert len(csl(one)["author"]) == len(ris(one)["authors"]) == len(names)
    assert bib(one)[2]["author"] == " and ".join(names)


@pytest.mark.parametrize(
    "names, said",
    [
        (("Ada Lovelace",), "Ada Lovelace. "),
        (("A. B.", "C. D."), "A. B. and C. D. "),
        (("A", "B", "C"), "A, B, and C. "),
        (("Gemma Team et al.",), "Gemma Team et al. "),
    ],
)
def test_authors_in_words(names: tuple[str, ...], said: str) -> None:
    assert form(preprint(authors=names), "Plain text").startswith(f"{said}2020. ")


@pytest.mark.parametrize("title", ["Do they?", "They do!", "They do."])
def test_a_title_that_ends_a_sentence_gets_no_second_stop(title: str) -> None:
    assert f"2020. {title} arXiv:" in form(preprint(title=title), "Plain text")


@pytest.mark.parametrize(
    "ids, year",
    [
        ({"arxiv": "2010.00904"}, 2020),
        ({"arxiv": "0704.0001"}, 2007),
        ({"arxiv": "hep-th/9901001"}, 1999),
        ({"arxiv": "cs/0701001"}, 2007),
        ({"arxiv": "math.GT/0309136"}, 2003),
        ({"acl": "2021.acl-long.5"}, 2021),
        ({"acl": "P18-1001"}, 2018),
        ({"acl": "C65-1001"}, 1965),
        ({"acl": "2021.acl-long.5", "arxiv": "2012.05628"}, 2020),
        ({"doi": "10.1000/2021.5"}, None),
        ({"zbl": "0123.456"}, None),
        ({}, None),
    ],
)
def test_the_year_that_an_identifier_says(ids: dict[str, str], year: int | None) -> None:
    assert year_of(entry(ids=ids)) == year
    assert year_of(entry(ids=ids, published=dt.date(1999, 1, 1))) == 1999


@pytest.mark.parametrize(
    "name, parts",
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("Lovelace, Ada", Name("Lovelace", "Ada")),
        ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van")),
        ("van Beethoven, Ludwig", Name("Beethoven", "Ludwig", "van")),
        ("Charles Louis de la Vallée Poussin", Name("Vallée Poussin", "Charles Louis", "de la")),
        ("de la Fontaine", Name("Fontaine", "", "de la")),
        ("J. J. O’Donnell", Name("O’Donnell", "J. J.")),
        ("Plato", Name("Plato")),
        ("bell hooks", Name("hooks", "", "bell")),
        ("李飞飞", Name("李飞飞")),
        ("King, Jr.", Name("King, Jr.")),
        ("Research and Sons", Name("Research and Sons")),
        ("Acme, Inc.", Name("Acme, Inc.")),
        ("", Name("")),
    ],
)
def test_names_in_parts(name: str, parts: Name) -> None:
    assert parts_of(name) == parts


@pytest.mark.parametrize("name", ["Plato", "李飞飞", "Research and Sons", "King, Jr."])
def test_names_that_cannot_be_parted_stay_whole_in_csl(name: str) -> None:
    assert csl(preprint(authors=(name,)))["author"] == [{"literal": name}]


names = hostile_text.filter(lambda name: bool(tidy(name)))


@given(title=hostile_text, authors=st.lists(names, max_size=3))
def test_text_is_the_records_in_every_form(title: str, authors: list[str]) -> None:
    one = entry("a-paper", title=title or "x", authors=tuple(authors))
    kind, key, _ = bib(one)
    assert (kind, key) == ("misc", "a-paper")
    found = csl(one)
    assert found.get("title", "") == tidy(title or "x")
    assert len(found.get("author", [])) == len(authors)
    read = ris(one)
    assert read.get("title", "") == tidy(title or "x")
    assert read.get("authors", []) == [tidy(name) for name in authors]
    for each in forms(*records(digest(one))):
        each.text.encode()
    assert "\n" not in form(one, "Plain text")


def test_files_lie_beside_the_pages() -> None:
    one, two = entry("one"), entry("two")
    shown = digest(one, two, redirects={"gone": "two"})
    made = {
        path: text
        for path, text in Rendered(shown).below("papers").items()
        if not path.endswith((".md", ".html"))
    }
    endings = (".bib", ".ris", ".csl.json")
    assert set(made) == {
        "papers.bib",
        *(f"papers/{slug}{ending}" for slug in ("one", "two", "gone") for ending in endings),
    }
    assert made["papers/gone.bib"] == made["papers/two.bib"] == form(two, "BibTeX")
    library = parse_string(made["papers.bib"])
    assert not library.failed_blocks
    assert [each.key for each in library.entries] == ["one", "two"]


def test_all_of_nothing_is_nothing() -> None:
    assert bibliography(digest()) == ""


def test_a_form_is_shown_without_the_lines_that_a_file_needs() -> None:
    assert Form("RIS", ".ris", "TY  - GEN\r\nER  - \r\n\r\n").shown == "TY  - GEN\r\nER  - "
