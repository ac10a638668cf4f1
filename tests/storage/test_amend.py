from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.storage.amend import (
    Item,
    has_fields,
    has_items,
    is_laid_out,
    remove_inner,
    set_field,
    set_inner,
    set_items,
)

FILE = """\
# A file that people write.
title:   'A  title'   # quoted

abstract: |
  # not a comment
  - not a list

# above the list
seen:
  # first
  - {day: 1}   # one
  # second
  - day: 2
    note: |
      two

# above the last
curation:
    note: >-
        folded
        text
    pick:   yes
...
"""


def test_a_field_is_replaced_where_it_stands() -> None:
    new = set_field(FILE, "title", "title: New\n")
    assert new == FILE.replace("title:   'A  title'   # quoted", "title: New   # quoted")


def test_a_text_below_its_field_is_replaced_with_all_its_lines() -> None:
    new = set_field(FILE, "abstract", "abstract: |\n  # new\n")
    assert new == FILE.replace("  # not a comment\n  - not a list\n", "  # new\n")


def test_a_comment_stays_above_a_text_that_takes_many_lines() -> None:
    new = set_field("a: b # c\nd: 1\n", "a", "a: |\n  x\n")
    assert new == "a: | # c\n  x\nd: 1\n"
    assert yaml.safe_load(new) == {"a": "x\n", "d": 1}


def test_a_field_that_is_not_there_goes_before_those_that_follow_it() -> None:
    new = set_field(FILE, "ids", "ids: {a: b}\n", before=("seen", "curation"))
    assert new == FILE.replace("\n\n# above the list", "\nids: {a: b}\n\n# above the list")
    assert set_field("# top\na: 1", "b", "b: 2\n", ["a"]) == "# top\nb: 2\na: 1\n"
    assert set_field("a: 1 # c", "b", "b: 2\n") == "a: 1 # c\nb: 2\n"


def test_an_empty_field_is_filled() -> None:
    assert set_field("a:\nb: 1\n", "a", "a: x\n") == "a: x\nb: 1\n"


def test_members_of_a_list_come_go_and_change_with_their_comments() -> None:
    items = [Item(None, "- {day: 0}\n"), Item(1, None), Item(0, "- {day: 11}\n")]
    assert set_items(FILE, "seen", items) == FILE.replace(
        FILE[FILE.index("  # first") : FILE.index("\n# above the last")],
        "  - {day: 0}\n"
        "  # second\n  - day: 2\n    note: |\n      two\n"
        "  # first\n  - {day: 11}   # one\n",
    )


def test_the_same_members_change_nothing() -> None:
    assert set_items(FILE, "seen", [Item(0, None), Item(1, None)]) == FILE


@pytest.mark.parametrize(
    "text", ["a:\n- 1\n-   2\n", "a:\n    - 1\n    -\n      2\n", "a:\n- 1\n- 2"]
)
def test_lists_in_other_styles(text: str) -> None:
    new = set_items(text, "a", [Item(0, None), Item(None, "- 9\n"), Item(1, None)])
    assert yaml.safe_load(new) == {"a": [1, 9, 2]}
    assert set_items(text, "a", [Item(0, None), Item(1, None)]).rstrip() == text.rstrip()


def test_which_lists_have_members() -> None:
    text = "a: [1]\nb:\n- 1\nc: []\nd: 1\ne:\n"
    assert [field for field in "abcde" if has_items(text, field)] == ["b"]


def test_a_field_of_a_mapping_is_replaced_added_and_removed() -> None:
    new = set_inner(FILE, "curation", "pick", "pick: no\n")
    assert new == FILE.replace("pick:   yes", "pick: no")
    new = set_inner(FILE, "curation", "note", "note: |\n  a\n\n  b\n")
    old = "note: >-\n        folded\n        text\n"
    assert new == FILE.replace(old, "note: |\n      a\n\n      b\n")
    new = set_inner(FILE, "curation", "topics", "topics: [a]\n", before=["pick"])
    assert new == FILE.replace("    pick:", "    topics: [a]\n    pick:")
    assert remove_inner(FILE, "curation", "pick") == FILE.replace("    pick:   yes\n", "")
    assert remove_inner(FILE, "curation", "title") == FILE


def test_a_mapping_goes_with_its_last_field() -> None:
    assert remove_inner("a: 1\nb:\n  c: 2\nd: 3", "b", "c") == "a: 1\nd: 3\n"


def test_a_comment_stays_with_the_field_below_it() -> None:
    text = "a:\n  # on b\n  b: 1\n"
    assert set_inner(text, "a", "c", "c: 2\n", ["b"]) == "a:\n  c: 2\n  # on b\n  b: 1\n"


def test_which_mappings_have_fields_on_lines_of_their_own() -> None:
    text = "a: {b: 1}\nc:\n  d: 1\ne: 1\nf:\n"
    assert [field for field in "acefz" if has_fields(text, field)] == ["c"]


@pytest.mark.parametrize(
    "text, laid_out",
    [
        (FILE, True),
        ("---\na: 1\n", True),
        ("%YAML 1.1\n---\na: 1\n", True),
        ("{a: 1}", False),
        ("{}", False),
        ("  a: 1\n  b: 2\n", False),
        ("? a\n: 1\n", False),
        ("a: &x 1\nb: *x\n", False),
        ("a: &x 1\n", True),
        ("- a\n", False),
        ("", False),
    ],
)
def test_which_files_can_be_changed_field_by_field(text: str, laid_out: bool) -> None:
    assert is_laid_out(text) is laid_out


values = st.one_of(
    st.text(alphabet="ab: #-'\"|\n😀", max_size=20),
    st.lists(st.sampled_from(["x", "- y", "# z"]), max_size=3),
    st.dictionaries(st.sampled_from("xyz"), st.sampled_from(["1", "a b"]), max_size=2),
    st.none(),
)


@given(
    st.dictionaries(st.sampled_from("abcd"), values, min_size=1),
    st.sampled_from("abcde"),
    values,
    st.sampled_from([None, "'", '"', "|", ">"]),
    st.sampled_from([True, False, None]),
)
def test_one_field_changes_and_the_others_do_not(
    fields: dict[str, object], field: str, value: object, style: str | None, flow: bool | None
) -> None:
    text = yaml.safe_dump(
        fields, default_style=style, default_flow_style=flow, allow_unicode=True, sort_keys=False
    )
    text = "# top\n" + text + "# end\n"
    if flow is not True:
        written = yaml.safe_dump({field: value}, allow_unicode=True)
        before = yaml.safe_load(text)
        new = set_field(text, field, written)
        assert yaml.safe_load(new) == {**before, field: value}
        assert new.startswith("# top\n")
        assert new.endswith(("# end\n", written))


@given(
    st.dictionaries(st.sampled_from("abcd"), values, min_size=1),
    st.sampled_from("abcde"),
    values,
    st.sampled_from([None, "'", '"', "|", ">"]),
)
def test_one_field_of_a_mapping_changes_and_the_others_do_not(
    fields: dict[str, object], field: str, value: object, style: str | None
) -> None:
    inner = yaml.safe_dump(fields, default_style=style, default_flow_style=False, sort_keys=False)
    inner = inner.removesuffix("...\n")  # behind blank lines a document ends; a mapping does not
    indented = "".join(f"   {line}" for line in inner.splitlines(keepends=True))
    text = f"top: 1\nin:\n{indented}# between\nend: 2\n"
    before = yaml.safe_load(text)
    new = set_inner(text, "in", field, yaml.safe_dump({field: value}, allow_unicode=True))
    assert yaml.safe_load(new) == {**before, "in": {**before["in"], field: value}}
    assert new.startswith("top: 1\nin:\n")
    assert new.endswith("# between\nend: 2\n")
    left = {key: each for key, each in before["in"].items() if key != field}
    found = yaml.safe_load(remove_inner(text, "in", field))
    assert found == ({**before, "in": left} if left else {"top": 1, "end": 2})
