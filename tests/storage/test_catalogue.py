from __future__ import annotations

import datetime as dt

import pytest

from generator.errors import ContentError
from generator.folder import Folder
from generator.intake import Fetching, Service, Source, SourceKind
from generator.storage.catalogue import Catalogue, is_category, read_catalogue, source_of


def read(folder: Folder, text: str) -> tuple[Catalogue, list[str]]:
    folder.sources_yml.write_text(text, encoding="utf-8")
    errors: list[ContentError] = []
    return read_catalogue(folder, errors), [str(error) for error in errors]


def test_a_digest_need_not_have_it(folder: Folder) -> None:
    assert read_catalogue(folder, []) == Catalogue()


def test_everything_that_can_be_said(folder: Folder) -> None:
    text = """
follow: [retrieval]
sources:
  arxiv-nlp:
    title: arXiv, language
    home: https://arxiv.org/list/cs.CL/new
    rests: [Saturday, sunday]
    holidays: [2026-12-25]
    limits: [2000]
    fetch: {service: arxiv, categories: [cs.CL], query: 'ti:x', url: https://mirror.example/}
"""
    found, errors = read(folder, text)
    assert errors == []
    assert found.follow == ("retrieval",)
    assert found.sources["arxiv-nlp"] == Source(
        id="arxiv-nlp",
        title="arXiv, language",
        kind=SourceKind.RAW,
        home="https://arxiv.org/list/cs.CL/new",
        rests=frozenset({5, 6}),
        holidays=frozenset({dt.date(2026, 12, 25)}),
        limits=(2000,),
        fetch=Fetching(Service.ARXIV, ("cs.CL",), "ti:x", "https://mirror.example"),
    )


def test_what_is_not_said_is_as_it_is_known(folder: Folder) -> None:
    found, errors = read(folder, "sources: {hf-daily-papers: {title: HF}, mine: {kind: raw}}\n")
    assert errors == []
    known = found.sources["hf-daily-papers"]
    assert (known.title, known.kind, known.limits) == ("HF", SourceKind.CURATED, (50, 100))
    assert known.fetch is None, "a source that is not to be fetched is not"
    assert found.sources["mine"].title == "mine"


def test_a_source_that_nobody_named_is_known_or_called_by_its_name() -> None:
    assert source_of({}, "hf-daily-papers").fetch == Fetching(Service.HUGGING_FACE)
    assert source_of({}, "arxiv-announcements").kind is SourceKind.RAW
    assert source_of({}, "arxiv").kind is SourceKind.CURATED
    assert source_of({}, "anything") == Source("anything", "anything")


@pytest.mark.parametrize("category", ["cs.CL", "hep-ph", "q-bio.NC", "cs.*", "math", "stat.ML"])
def test_categories_of_arxiv(category: str) -> None:
    assert is_category(category)


@pytest.mark.parametrize("text", ["", "cs CL", "cs.CL OR x", "CS.cl", "cs.", "cs.CL ", "1"])
def test_other_texts_are_none(text: str) -> None:
    assert not is_category(text)


def test_a_file_with_nothing_in_it_says_nothing(folder: Folder) -> None:
    assert read(folder, "# nothing yet\n") == (Catalogue(), [])


def test_days_of_rest() -> None:
    source = Source("x", "X", rests=frozenset({6}), holidays=frozenset({dt.date(2026, 12, 25)}))
    assert source.is_at_rest(dt.date(2026, 11, 22))
    assert source.is_at_rest(dt.date(2026, 12, 25))
    assert not source.is_at_rest(dt.date(2026, 11, 21))


@pytest.mark.parametrize(
    "text, told",
    [
        ("sources: {' a': {}}", "' a' is no id; write it as it stands with the papers"),
        ("sources: {a: {fetch: {service: arxiv, categories: [cs CL]}}}", "'cs CL' is none of"),
        ("sources: {a: {kind: wild}}", "sources.a.kind: 'wild' is not one of them; write one of:"),
        ("sources: {a: {rests: [today]}}", "'today' is no day of the week; write days of the"),
        ("sources: {a: {home: 'javascript:x'}}", "is not a web address; write it with https://"),
        ("sources: {a: {holidays: [Christmas]}}", "'Christmas' is not a date; write days as"),
        ("sources: {a: {limits: [none]}}", "has what is no count: ['none']; write whole numbers"),
        ("sources: {a: {fetch: {}}}", "sources.a.fetch: has no 'service'"),
        ("sources: {a: {fetch: {service: arxiv}}}", "asks arXiv for everything; say `categories"),
        (
            "sources: {a: {fetch: {service: hugging-face, query: x}}}",
            "Hugging Face knows no `categories` and no `query`; take them out",
        ),
        (
            "sources: {a: {titel: A}}",
            "sources.a.titel: is not a known field; did you mean 'title'?",
        ),
        ("source: {}", "source: is not a known field; did you mean 'sources'?"),
        ("[]", "is a list; write fields and values"),
        ("a: [", "content/sources.yml:2: not YAML"),
    ],
)
def test_mistakes_are_named(folder: Folder, text: str, told: str) -> None:
    _, errors = read(folder, text)
    assert any(told in error for error in errors), errors
    assert all(error.startswith("content/sources.yml") for error in errors)
