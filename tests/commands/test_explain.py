"""``digest explain``."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from generator.commands.explain import explanation
from generator.folder import Folder
from generator.taxonomy import parse_taxonomy
from tests.builders import paper
from tests.conftest import TOPICS_YML

Run = Callable[..., Result]

AGAINST = "    against:\n      - {phrases: [hate speech], weight: 5}\n"
TAXONOMY = parse_taxonomy(TOPICS_YML + AGAINST, "topics.yml")

RECORD = """\
title: Spoken search
abstract: It helps.
appearances:
  - {source: daily, date: 2026-03-11, file: page.txt}
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
    ]


def test_the_curators_word_is_shown() -> None:
    shown = lines("Search", "", add_topics=("speech",), drop_topics=("retrieval",))
    assert "  Speech & audio (speech): 0, given by the curator" in shown
    assert "Dropped by the curator: retrieval" in shown
    assert not any("Information retrieval" in line for line in shown)


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
