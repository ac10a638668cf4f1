from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ContentError
from generator.ingest.merging import add_appearance
from generator.intake import Dating, LedgerEntry
from generator.model import Appearance, Curation, Paper, SourceRecord
from generator.storage import yamlio
from generator.storage.fields import Fields
from generator.storage.ledger import read_ledger_entry
from generator.storage.modeline import modeline
from generator.storage.papers import read_paper
from generator.storage.records import decided_text, ledger_text, paper_text, updated_text
from generator.text.cleaning import tidy
from tests.builders import appearance, link, paper, prose

HOSTILE = [
    *(
        "null",
        "~",
        "yes",
        "off",
        "y",
        "true",
        "2024-01-01",
        "2024-01-01 10:00:00",
        "1:30",
        "12:30:45",
    ),
    *("0o7", "012", "0x1F", "1_000", "1e3", ".5", ".inf", ".nan", "-1", "=", "<<", "[]", "{}"),
    *("# x", ": ", "a: b", "a #b", "a:", "x: # y", "- lead", "-", "? q", "* x", "*x", "& x", "&x"),
    *("!x", "!!str x", "%x", "@x", "`x`", "[x", "]x", "{x", "}x", "|", ">", ">-", "--- x", "---"),
    *("...", "'", '"', "it's", '"quoted"', "'single' \"double\"", "\\", "\\n", "a\\", "C:\\new"),
    *("tab\tbetween", "emoji 😀", "𝒪(n)", "中文", "עברית", "a\u2028b", "é", "x" * 400, "x " * 300),
    *(
        "a\u00a0b",
        "a\ufeffb",
        "\ufffd",
        "{{ x }}",
        "${x}",
        "a\nb",
        "a\n\n b",
    ),
]


SCHEMA = modeline("paper", "content/papers/2026/a-paper.yml")


def read(text: str, slug: str = "a-paper") -> Paper:
    errors: list[ContentError] = []
    fields = Fields(yamlio.load(text, "f.yml"), "f.yml", text, errors)
    found = read_paper(fields, slug)
    fields.finish()
    assert errors == []
    return found


def full(text: str, **kw: Any) -> Paper:
    """A paper with everything, and ``text`` wherever there can be text."""
    given = {
        "source_title": text,
        "source_abstract": text,
        "authors": (text, "Ada"),
        "ids": {"arxiv": "2010.00904", "doi": text},
        "published": dt.date(2020, 10, 2),
        "links": (link(), link("https://example.org/?a=1#b:c", "data")),
        "appearances": (
            appearance("2026-01-01", source=text, file=text, title=text + "!", abstract=text + "."),
            appearance("2026-01-02", source=text, file=text),
        ),
    }
    return paper(**{**given, **kw})


@pytest.mark.parametrize("text", [text.strip() for text in HOSTILE])
def test_a_new_record_is_read_as_it_was_written(text: str) -> None:
    written = paper_text(full(text))
    assert read(written) == full(text)
    assert updated_text(written, full(text)) == written


@given(st.text(min_size=1))
def test_any_clean_text_comes_back(text: str) -> None:
    if cleaned := tidy(text):
        assert read(paper_text(full(cleaned))) == full(cleaned)


@pytest.mark.parametrize("text", [text.strip() for text in HOSTILE])
def test_a_record_does_not_tell_in_how_many_steps_it_came_about(text: str) -> None:
    for old, new in (("Plain Title", text), (text, "Plain Title")):
        first = SourceRecord(old, old + " .", 1)
        second = SourceRecord(new, new + " ..", 1, ids={"doi": new}, links=(link(),))
        seen = appearance("2026-01-02", file="b.txt")
        before = paper(
            source_title=first.title,
            source_abstract=first.abstract,
            appearances=(appearance("2026-01-01", file="a.txt"),),
        )
        after = add_appearance(before, second, seen)
        in_steps = updated_text(paper_text(before), after)
        assert in_steps == paper_text(after)
        assert read(in_steps) == after


def test_a_new_record_is_written_for_people() -> None:
    assert paper_text(full("A Title")) == (
        "# yaml-language-server: $schema=../../../schemas/paper.schema.json\n"
        "title: A Title\n"
        "abstract: |\n"
        "  A Title\n"
        "authors:\n"
        "- A Title\n"
        "- Ada\n"
        "ids: {arxiv: '2010.00904', doi: A Title}\n"
        "published: 2020-10-02\n"
        "links:\n"
        "- {kind: code, url: 'https://example.com/code'}\n"
        "- {kind: data, url: 'https://example.org/?a=1#b:c'}\n"
        "appearances:\n"
        "- source: A Title\n"
        "  date: 2026-01-01\n"
        "  file: A Title\n"
        "  title: A Title!\n"
        "  abstract: A Title.\n"
        "- {source: A Title, date: 2026-01-02, file: A Title}\n"
    )


def test_what_a_paper_lacks_is_not_written() -> None:
    text = paper_text(paper(source_title="T", source_abstract="A."))
    assert text == SCHEMA + (
        "title: T\nabstract: |\n  A.\n"
        "appearances:\n- {source: daily, date: 2026-03-11, file: page.txt}\n"
    )


def test_emoji_are_written_as_such() -> None:
    text = paper_text(paper(source_title="🐳 Whale: a song", source_abstract="Sung 🐳."))
    assert text.removeprefix(SCHEMA).startswith(
        "title: '🐳 Whale: a song'\nabstract: |\n  Sung 🐳.\n"
    )


CURATED = """\
%YAML 1.1
---
# Checked by Ada.
title:   "A  Title"  # sic
abstract: >-
    Folded by hand
    over two lines.

authors: [ Ada ]

appearances:
    # the first
    - {source: daily,  date: 2026-01-02,  file: b.txt}   # in print

# What we think of it:
curation:
      pick:   yes
      note: |
        A list:

          - one
          - two
      "topics":
        -   retrieval
...
"""


def curated(**kw: Any) -> Paper:
    return dataclasses.replace(read(CURATED), **kw)


def test_nothing_new_changes_no_byte() -> None:
    assert updated_text(CURATED, read(CURATED)) == CURATED
    assert updated_text(CURATED.rstrip(), read(CURATED)) == CURATED.rstrip()


def test_a_further_appearance_is_put_in_and_all_else_stays() -> None:
    later = curated(appearances=(*curated().appearances, appearance("2026-02-01")))
    assert updated_text(CURATED, later) == CURATED.replace(
        "# in print\n",
        "# in print\n    - {source: daily, date: 2026-02-01, file: page.txt}\n",
    )
    earlier = curated(appearances=(appearance("2026-01-01"), *curated().appearances))
    assert updated_text(CURATED, earlier) == CURATED.replace(
        "    # the first\n",
        "    - {source: daily, date: 2026-01-01, file: page.txt}\n    # the first\n",
    )


def test_new_facts_are_put_in_and_all_else_stays() -> None:
    new = curated(
        source_title="New: Title",
        source_abstract="New abstract.",
        source_ids={"doi": "10.1/x"},
        source_published=dt.date(2020, 1, 1),
        source_links=(link(),),
        appearances=(appearance("2026-01-02", file="b.txt", title="A  Title"),),
    )
    text = updated_text(CURATED, new)
    assert read(text) == new
    assert text == (
        CURATED.replace('title:   "A  Title"  #', "title: 'New: Title'  #")
        .replace(">-\n    Folded by hand\n    over two lines.\n", "|\n  New abstract.\n")
        .replace(
            "[ Ada ]\n",
            "[ Ada ]\nids: {doi: 10.1/x}\npublished: 2020-01-01\n"
            "links:\n- {kind: code, url: 'https://example.com/code'}\n",
        )
        .replace(
            "- {source: daily,  date: 2026-01-02,  file: b.txt}   #",
            "- source: daily   #",
        )
        .replace(
            "# in print\n",
            "# in print\n      date: 2026-01-02\n      file: b.txt\n      title: A  Title\n",
        )
    )


def test_what_a_source_does_not_say_is_not_taken_away() -> None:
    assert updated_text(CURATED, curated(source_authors=())) == CURATED


SEEN = "{source: s, date: 2026-01-01}"


@pytest.mark.parametrize(
    "text",
    [
        f"{{title: T, abstract: A., appearances: [{SEEN}], curation: {{pick: yes}}}}",
        f"  title: T\n  abstract: A.\n  appearances:\n  - {SEEN}\n  curation: {{pick: yes}}\n",
        f"title: &t T\nabstract: A.\nappearances:\n- {SEEN}\ncuration: {{pick: yes, note: *t}}\n",
        f"title: T\nabstract: A.\nappearances: [{SEEN}]\ncuration: {{pick: yes}}\n",
    ],
)
def test_unusual_records_are_brought_up_to_date_too(text: str) -> None:
    new = dataclasses.replace(
        read(text),
        source_title="New",
        appearances=(Appearance(dt.date(2025, 1, 1), "s", "f"), *read(text).appearances),
    )
    assert read(updated_text(text, new)) == new


@pytest.mark.parametrize("indent", ["", "  ", "    "])
@pytest.mark.parametrize("abstract", ["- begins with a hyphen", "Text.\n\n  - a list\n  - of two"])
def test_a_text_that_looks_like_a_list_changes_no_indentation(indent: str, abstract: str) -> None:
    body = abstract.replace("\n", "\n  ")
    text = f"title: T\nabstract: |\n  {body}\nappearances:\n{indent}- {SEEN}\n"
    old = read(text)
    new = dataclasses.replace(old, appearances=(*old.appearances, appearance("2026-02-02")))
    line = f"{indent}- {{source: daily, date: 2026-02-02, file: page.txt}}\n"
    assert updated_text(text, new) == text + line


def test_appearances_in_any_order_are_read_and_put_in_order() -> None:
    text = (
        "title: T\nabstract: A.\nappearances:\n"
        "# late\n- {source: s, date: 2026-03-01}\n# early\n- {source: s, date: 2026-01-01}\n"
    )
    old = read(text)
    new = dataclasses.replace(
        old, appearances=tuple(sorted((*old.appearances, appearance("2026-02-01"))))
    )
    assert updated_text(text, new) == (
        "title: T\nabstract: A.\nappearances:\n# early\n- {source: s, date: 2026-01-01}\n"
        "- {source: daily, date: 2026-02-01, file: page.txt}\n"
        "# late\n- {source: s, date: 2026-03-01}\n"
    )


def test_two_texts_of_one_listing_are_two_appearances() -> None:
    before = paper(source_title="T", source_abstract="A.", appearances=(appearance("2026-01-01"),))
    record = SourceRecord("T!", prose(1), 1)
    after = add_appearance(before, record, appearance("2026-01-01"))
    assert len(after.appearances) == 2
    text = updated_text(paper_text(before), after)
    assert read(text) == after
    assert text == paper_text(after)


def test_an_entry_of_the_ledger_is_read_as_it_was_written() -> None:
    entry = LedgerEntry(
        source="null",
        date=dt.date(2026, 1, 1),
        dated_by=Dating.FILE_NAME,
        file="2026-01-01",
        fingerprint="1234e5",
        papers=("a", "null", "b"),
    )
    text = ledger_text(entry)
    errors: list[ContentError] = []
    fields = Fields(yamlio.load(text, "f"), "f", text, errors)
    assert read_ledger_entry(fields, "f") == entry
    fields.finish()
    assert errors == []


names = st.lists(st.sampled_from(["a-b", "c", "no", "1e3"]), unique=True, max_size=3).map(tuple)
words = st.none() | st.text(alphabet="ab: #-'\"|>\n😀", max_size=20).map(
    lambda text: text.strip() or None
)
curations = st.builds(
    Curation,
    topics=st.none() | names,
    add_topics=names,
    drop_topics=names,
    pick=st.booleans(),
    note=words,
    hidden=st.booleans(),
    same_as=st.sampled_from([None, "c"]),
    distinct_from=names,
    title=words,
    abstract=words,
    authors=st.none() | st.lists(words.map(lambda word: word or "Ada"), max_size=2).map(tuple),
    ids=st.sampled_from([(), (("arxiv", "2010.00904"), ("doi", None)), (("doi", "10.1000/x:#y"),)]),
    published=st.sampled_from([None, dt.date(2020, 1, 2)]),
    links=st.sampled_from(
        [None, (), (link("https://example.org/a#b"), link("http://x.org/", "data"))]
    ),
    formerly=names,
)


@given(curations, curations, st.sampled_from(["block", "flow", "alias", "none"]))
def test_what_is_decided_is_what_is_read(before: Curation, after: Curation, style: str) -> None:
    """Whatever stood there, and however it was written; and nothing else has changed."""
    bare = paper_text(paper("p"))
    text = paper_text(paper("p", curation=before)).replace("curation:\n", "curation: # mine\n")
    if style == "flow":
        said = yaml.safe_load(text).get("curation", {})
        flow = yaml.safe_dump(said, default_flow_style=True, width=9999, allow_unicode=True)
        text = f"{bare}curation: {flow}"
    elif style == "alias":
        text = text.replace("title: P\n", "title: &t P\nauthors: [*t]\n")
    elif style == "none":
        text = f"{bare}curation:\n"
    new = decided_text(text, "p.yml", after)
    errors: list[ContentError] = []
    found = read_paper(Fields(yamlio.load(new, "p.yml"), "p.yml", new, errors), "p")
    assert errors == []
    assert found.curation == after
    if style != "alias":
        assert new.startswith(bare)
    assert decided_text(new, "p.yml", after) == new
