"""``digest explain``."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from generator.commands.explain import explanation
from generator.folder import Folder
from generator.topics.taxonomy import parse_taxonomy
from tests.builders import paper
from tests.conftest import TOPICS_YML

Run = Callable[..., Result]

AGAINST = "    against:\n      - {phrases: [hate speech], weight: 5}\n"
TAXONOMY = parse_taxonomy(TOPICS_YML + AGAINST, "topics.yml")

RECORD = """\
title: Spoken search
abstract: It helps.
appearances:
  - {source: daily, date: 2026-03-11}
"""


@pytest.fixture(autouse=True)
def _record(folder: Folder) -> None:
    record = folder.papers / "2026" / "spoken-search.yml"
    record.parent.mkdir()
    record.write_text(RECORD, encoding="utf-8")


def lines(title: str, abstract: str, **curation: object) -> list[str]:
    found = paper(source_title=title, source_abstract=abstract, curation=curation)
    return list(explanation(found, TAXONOMY))


def test_the_topics_of_a_paper(run: Run) -> None:
    result = run("explain", "spoken-search")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "Spoken search",
        "",
        "Topics",
        "  Information retrieval (retrieval): 10",
        '    +10.00  title         "search"',
        "",
        "Not sure: a single topic, on little evidence",
    ]


def test_what_speaks_against_is_shown_with_near_misses() -> None:
    assert lines("Hate speech", "") == [
        "Hate speech",
        "",
        "Topics: none",
        "",
        "Nearly",
        "  Speech & audio (speech): 5, of 10 needed: below its threshold",
        '    +10.00  title         "speech"',
        '     -5.00  title         "Hate speech"  (against)',
        "",
        "Not sure: no topic has enough",
    ]


def test_the_curators_word_is_shown() -> None:
    shown = lines("Search", "", add_topics=("speech",), drop_topics=("retrieval",))
    assert shown == [
        "Search",
        "",
        "Topics",
        "  Speech & audio (speech): 0, given by the curator",
        "",
        "Taken away by the curator",
        "  Information retrieval (retrieval): 10",
        '    +10.00  title         "Search"',
        "",
        "The curator said: add_topics: [speech]; drop_topics: [retrieval]",
    ]
    assert lines("Search", "", topics=())[-1] == "The curator said: topics: []"


def test_more_topics_than_a_paper_is_given() -> None:
    one = "\n".join(TOPICS_YML.splitlines()) + "\nsettings: {most_topics: 1}\n"
    found = paper(source_title="Search of speech", source_abstract="")
    shown = list(explanation(found, parse_taxonomy(one, "topics.yml")))
    assert shown[-1] == "Not sure: more topics have enough than a paper is given"
    assert any(line.endswith("the paper has stronger topics enough") for line in shown)


@pytest.mark.parametrize(
    "written", ["papers/spoken-search/", "content/papers/2026/spoken-search.yml"]
)
def test_a_paper_by_its_address_and_by_its_file(run: Run, written: str) -> None:
    assert run("explain", written).stdout.startswith("Spoken search\n")


def test_a_misspelt_slug(run: Run) -> None:
    result = run("explain", "spoken-serch")
    assert result.exit_code == 1
    assert result.stderr == (
        "digest: spoken-serch: no paper has this slug; did you mean spoken-search?\n"
    )


def test_an_unknown_slug(run: Run) -> None:
    result = run("explain", "zzz")
    assert result.exit_code == 1
    assert "a slug is the name of a file below content/papers" in result.stderr


def test_that_the_curator_wants_no_topic_is_a_decision() -> None:
    assert lines("Of birds", "", topics=()) == [
        "Of birds",
        "",
        "Topics: none, as the curator decided",
        "",
        "The curator said: topics: []",
    ]
