"""Identifiers in every form in which people and programs write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.identifiers import KINDS, Identifier, label_of, page_of, parse

ARXIV_FORMS = [
    "{}",
    "arXiv:{}",
    "arxiv: {}",
    "ARXIV {}",
    "oai:arXiv.org:{}",
    "https://arxiv.org/abs/{}",
    "http://arxiv.org/abs/{}",
    "arxiv.org/abs/{}",
    "https://www.arxiv.org/abs/{}",
    "https://export.arxiv.org/abs/{}",
    "https://arxiv.org/pdf/{}",
    "https://arxiv.org/pdf/{}.pdf",
    "https://arxiv.org/html/{}",
    "https://arxiv.org/abs/{}?context=cs",
    "https://arxiv.org/abs/{}#section",
    "https://arxiv.org/abs/{}/",
    "https://doi.org/10.48550/arXiv.{}",
    "10.48550/ARXIV.{}",
    "doi:10.48550/arxiv.{}",
    "https://huggingface.co/papers/{}",
    "https://www.alphaxiv.org/abs/{}",
    "https://www.arxiv.org/html/{}",
    "https://ar5iv.labs.arxiv.org/html/{}",
    "https://ar5iv.org/abs/{}",
    "ar5iv.org/{}",
    " {}  ",
    "arXiv:{} [cs.CL]",
]


@pytest.mark.parametrize("form", ARXIV_FORMS)
@pytest.mark.parametrize("version", [None, "v1", "v12"])
@pytest.mark.parametrize(
    "value", ["2010.00904", "0704.0001", "astro-ph/0601001", "solv-int/9901001", "hep-th/9711200"]
)
def test_arxiv(form: str, version: str | None, value: str) -> None:
    assert parse(form.format(value + (version or ""))) == Identifier("arxiv", value, version)


@pytest.mark.parametrize(
    "text,value",
    [
        ("math.GT/0309136", "math/0309136"),
        ("https://arxiv.org/abs/cs.CL/0601001v2", "cs/0601001"),
        ("cond-mat.str-el/0601001", None),
    ],
)
def test_a_subject_class_is_no_part_of_an_old_one(text: str, value: str | None) -> None:
    found = parse(text)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    "text,value",
    [
        ("10.1162/COLI_a_00354", "10.1162/coli_a_00354"),
        ("https://doi.org/10.1162/coli_a_00354", "10.1162/coli_a_00354"),
        ("http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("doi:10.1000/182", "10.1000/182"),
        ("DOI 10.1000/182.", "10.1000/182"),
        ("10.1000/x(1)", "10.1000/x(1)"),
        ("https://doi.org/10.1000/a%2Fb", "10.1000/a/b"),
        ("10.1002/(SICI)1097<693::A>3.CO;2-O", "10.1002/(sici)1097<693::a>3.co;2-o"),
    ],
)
def test_doi(text: str, value: str | None) -> None:
    found = parse(text)
    assert found == (Identifier("doi", value) if value else None)


@pytest.mark.parametrize(
    "text,value",
    [
        ("https://aclanthology.org/2020.acl-main.1/", "2020.acl-main.1"),
        ("https://aclanthology.org/P19-1001.pdf", "P19-1001"),
        ("https://www.aclweb.org/anthology/P19-1001", "P19-1001"),
        ("2024.findings-emnlp.7", "2024.findings-emnlp.7"),
    ],
)
def test_acl_anthology(text: str, value: str) -> None:
    assert parse(text) == Identifier("acl", value)


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "2010", "2013.00904", "1234.5678", "2010.009045", "2010.00904 and more", "v1"),
        *("https://a.org/2010.00904", "https://arxiv.org/list/cs.CL/new", "10.1/x", "11.1000/182"),
        *("astro-ph/06010011", "3.1415", "arXiv:", "https://arxiv.org/a/doe_j_1", "2010.00904x"),
    ],
)
def test_no_identifier(text: str) -> None:
    assert parse(text) is None


def test_only_of_the_kind_that_is_asked_for() -> None:
    assert parse("2010.00904", "doi") is None
    assert parse("10.1000/182", "arxiv") is None
    assert parse("10.1000/182", "doi") == Identifier("doi", "10.1000/182")


@pytest.mark.parametrize(
    "kind,value,page,label",
    [
        ("arxiv", "astro-ph/0601001", "https://arxiv.org/abs/astro-ph/0601001", "arXiv"),
        ("doi", "10.1000/a#b?c", "https://doi.org/10.1000/a%23b%3Fc", "DOI"),
        ("acl", "P19-1001", "https://aclanthology.org/P19-1001/", "ACL Anthology"),
        ("isbn", "1", None, "isbn"),
    ],
)
def test_where_it_leads(kind: str, value: str, page: str | None, label: str) -> None:
    assert page_of(kind, value) == page
    assert label_of(kind) == label


DIGITS = st.integers(1, 12).map("{:02}".format)
VALUES = st.one_of(
    st.builds("{:02}{}.{:05}".format, st.integers(15, 99), DIGITS, st.integers(0, 99999)).map(
        lambda value: ("arxiv", value)
    ),
    st.builds(
        "{}/{:02}{}{:03}".format,
        st.sampled_from(["cs", "astro-ph", "q-bio", "solv-int"]),
        st.integers(0, 99),
        DIGITS,
        st.integers(0, 999),
    ).map(lambda value: ("arxiv", value)),
    st.from_regex(r"\A10\.[0-9]{4,9}/[a-z0-9()_:/-]*[a-z0-9)]\Z").map(lambda value: ("doi", value)),
)


@given(VALUES)
def test_what_is_written_is_read_back(given_: tuple[str, str]) -> None:
    kind, value = given_
    page = page_of(kind, value)
    assert page is not None
    for text in (page, value, f"{kind}:{value}"):
        assert parse(text, kind) == Identifier(kind, value)


@given(st.text())
def test_any_text_is_an_identifier_or_none(text: str) -> None:
    found = parse(text)
    assert found is None or found.kind in {kind.name for kind in KINDS}
