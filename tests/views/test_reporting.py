"""Links to forms, read back as GitHub reads them."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.digest import Entry, Site
from generator.suggestions.answers import slug_in
from generator.suggestions.forms import FIELDS, Kind
from generator.views.reporting import LONGEST, Reporting, repository_of
from tests.builders import SITE, entry

REPOSITORY = "https://github.com/ada/digest"
WHOLE = replace(SITE, repo_url=REPOSITORY, forms=tuple(kind.value for kind in Kind))


def asked(address: str) -> dict[str, str]:
    """What a link fills in."""
    assert len(address) <= LONGEST
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{REPOSITORY}/issues/new"
    assert parts.fragment == ""
    found = parse_qs(parts.query, strict_parsing=True, keep_blank_values=True, errors="strict")
    assert all(len(values) == 1 for values in found.values())
    return {name: value for name, (value,) in found.items()}


def links(of: Entry, site: Site = WHOLE) -> dict[Kind, str]:
    report = Reporting(site)
    return {
        Kind.CORRECTION: report.correction(of),
        Kind.WRONG_TOPIC: report.wrong_topic(of),
        Kind.PAPER: report.paper,
        Kind.TOPIC: report.topic,
    }


def test_what_is_filled_in() -> None:
    page = "https://example.org/digest/papers/a-paper/"
    found = {kind: asked(link) for kind, link in links(entry("a-paper", title="A paper")).items()}
    assert found == {
        Kind.CORRECTION: {
            "template": "correction.yml",
            "title": "Correction: A paper",
            "paper": page,
        },
        Kind.WRONG_TOPIC: {
            "template": "wrong-topic.yml",
            "title": "Topics: A paper",
            "paper": page,
        },
        Kind.PAPER: {"template": "paper.yml"},
        Kind.TOPIC: {"template": "topic.yml"},
    }


@given(st.text(st.characters(codec="utf-8"), max_size=700), st.sampled_from(["", SITE.url]))
def test_any_title_is_a_title_and_nothing_else(title: str, url: str) -> None:
    shown = entry("a-paper", title=title)
    for kind, link in links(shown, replace(WHOLE, url=url)).items():
        assert link.isascii()
        assert not set(link) & set(" \"'<>`{}|\\^#\n")
        found = asked(link)
        needed, optional = FIELDS[kind]
        assert found.keys() <= {"template", "title", *needed, *optional}
        assert found["template"] == f"{kind}.yml"
        if kind in (Kind.CORRECTION, Kind.WRONG_TOPIC):
            assert slug_in(found["paper"]) == "a-paper"
            said = found.get("title", "").partition(": ")[2]
            assert title.startswith(said.removesuffix("…")) or said == title


@pytest.mark.parametrize("char", ["a", "&", "é", "中", "😀", "\ud800"])
def test_long_titles_make_no_long_addresses(char: str) -> None:
    for link in links(entry("a" * 80, title=char * 5_000)).values():
        assert "title" in asked(link) or "paper" not in asked(link)
    site = replace(WHOLE, url=f"https://example.org/{'d' * 3_000}/")
    for link in links(entry("a-paper", title=char), site).values():
        assert asked(link).keys() == {"template"}


@pytest.mark.parametrize(
    "url, repository",
    [
        (REPOSITORY, REPOSITORY),
        (f"{REPOSITORY}/", REPOSITORY),
        ("https://github.com/Ada-L/my.digest_2", "https://github.com/Ada-L/my.digest_2"),
        ("", None),
        ("http://github.com/ada/digest", None),
        ("https://github.com/ada", None),
        ("https://github.com/ada/digest/tree/main", None),
        ("https://github.com/ada/..", None),
        ("https://github.com/ada/digest?x=1", None),
        ("https://github.com/ada/digest\n", None),
        ("https://github.com.example.org/ada/digest", None),
        ("https://ada@github.com/ada/digest", None),
        ("https://gitlab.com/ada/digest", None),
        ("https://github.com/ädä/digest", None),
    ],
)
def test_repositories(url: str, repository: str | None) -> None:
    assert repository_of(url) == repository
    found = links(entry(), replace(WHOLE, repo_url=url))
    assert [bool(link) for link in found.values()] == [repository is not None] * 4


def test_only_forms_that_are_there_are_linked() -> None:
    found = links(entry(), replace(WHOLE, forms=("topic",)))
    assert [kind for kind, link in found.items() if link] == [Kind.TOPIC]
    assert not any(links(entry(), replace(WHOLE, forms=())).values())


def test_the_record_of_a_paper() -> None:
    shown = entry("a-paper", record="papers/2026/a-paper.yml")
    address = f"{REPOSITORY}/edit/main/content/papers/2026/a-paper.yml"
    assert Reporting(WHOLE).record(shown) == address
    assert Reporting(WHOLE).record(entry("a-paper")) == ""
    assert Reporting(replace(WHOLE, repo_url="")).record(shown) == ""
    assert Reporting(replace(WHOLE, forms=())).record(shown) == ""
