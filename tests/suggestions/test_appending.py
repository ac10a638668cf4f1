"""A topic more at the end of topics.yml, and nothing else changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.suggestions.appending import appended
from generator.text.cleaning import tidy
from generator.topics.taxonomy import parse_taxonomy
from tests.conftest import ROOT, TOPICS_YML

NEW = {
    "id": "old-hands",
    "title": "Old hands: reading",
    "description": "# What was written.",
    "rules": [{"weight": 7, "phrases": ["palaeograph*", "-BERT", "yes", "charter|deed reading"]}],
}
ENTRY = """\
- id: old-hands
  title: 'Old hands: reading'
  description: '# What was written.'
  rules:
    - weight: 7
      phrases:
        - palaeograph*
        - -BERT
        - 'yes'
        - charter|deed reading
"""
ONE = "- {id: a, title: A, description: A.}"
LINES = "- id: a\n  title: A\n  description: |\n    x\n\n    y\n"
BLOCK = "- id: a\n  title: A\n  description: >-\n    Several\n    words.\n"


def indented(text: str, by: int) -> str:
    return "".join(" " * by + line for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    "before, after",
    [
        (f"topics:\n{BLOCK}", f"topics:\n{BLOCK}\n{ENTRY}"),
        (f"topics:\n{BLOCK}\n\n\n", f"topics:\n{BLOCK}\n{ENTRY}\n\n\n"),
        (f"topics:\n{BLOCK}".rstrip(), f"topics:\n{BLOCK}\n{ENTRY}"),
        (f"topics:\n  {ONE}", f"topics:\n  {ONE}\n\n{indented(ENTRY, 2)}"),
        (
            f"# top\ntopics:\n    {ONE} # one\n# between\nsettings: {{threshold: 7}}\n",
            (
                f"# top\ntopics:\n    {ONE} # one\n\n{indented(ENTRY, 4)}"
                "# between\nsettings: {threshold: 7}\n"
            ),
        ),
        (
            f"topics:\n{BLOCK}\n# below\nsettings:\n  threshold: 7\n",
            f"topics:\n{BLOCK}\n{ENTRY}\n# below\nsettings:\n  threshold: 7\n",
        ),
        ("topics: []\n", f"topics:\n{indented(ENTRY, 2)}"),
        ("topics: [ ] # none\n", f"topics: # none\n{indented(ENTRY, 2)}"),
        ("topics:\n", f"topics:\n{indented(ENTRY, 2)}"),
        (f"topics:\n{LINES}", f"topics:\n{LINES}\n{ENTRY}"),
    ],
)
def test_where_it_goes(before: str, after: str) -> None:
    assert appended(before, NEW) == after
    topics = parse_taxonomy(after, "topics.yml").topics
    assert (topics[-1].title, topics[-1].description) == (NEW["title"], NEW["description"])


@pytest.mark.parametrize("before", [f"topics: [{ONE[2:]}]\n", "settings: {}\n", ""])
def test_a_layout_that_leaves_no_place(before: str) -> None:
    assert appended(before, NEW) == before


@pytest.mark.parametrize(
    "text", [TOPICS_YML, (ROOT / "content" / "topics.yml").read_text(encoding="utf-8")]
)
def test_every_line_that_was_there_stays(text: str) -> None:
    after = appended(text, NEW)
    assert after.startswith(text.rstrip("\n"))
    assert parse_taxonomy(after, "x").topics[:-1] == parse_taxonomy(text, "x").topics


@given(st.text(max_size=80).map(tidy).filter(bool), st.text(max_size=80).map(tidy).filter(bool))
def test_what_a_stranger_writes_stays_a_text(title: str, sentence: str) -> None:
    after = appended(TOPICS_YML, {**NEW, "title": title, "description": sentence})
    before = parse_taxonomy(TOPICS_YML, "x").topics
    *kept, new = parse_taxonomy(after, "x").topics
    assert (tuple(kept), new.title, new.description) == (before, title, sentence)
