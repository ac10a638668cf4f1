"""The file of an edition: written for an editor, changed without losing what is theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import DigestError
from generator.folder import Folder
from generator.model import Edition
from generator.storage.editions import (
    Pick,
    check_words,
    checked,
    edition_path,
    edition_text,
    one_line,
    with_picks,
    with_words,
)
from generator.storage.papers import SLUG
from tests.builders import day

DAY = day("2026-03-11")
NAME = "content/editions/2026-03-11.yml"

#: Signs with which a text might break out of a comment, or out of YAML.
SIGNS = "\n\r\t\v\f\x00\x1b\x85\u2028\u2029\ufeff\u202e\ud800\ufffe:#-'\"|>&*!%@`[]{},? aé☕"
HOSTILE = st.text(SIGNS, max_size=60) | st.text(max_size=300)
SLUGS = st.from_regex(SLUG, fullmatch=True) | st.sampled_from(
    ["1", "007", "1e5", "0x1f", "2026-03-11", "null", "true", "no", "on", "y", "1-2"]
)
PICKS = st.lists(st.tuples(SLUGS, HOSTILE, HOSTILE), max_size=4, unique_by=lambda each: each[0])


def picks(some: Sequence[tuple[str, str, str]]) -> list[Pick]:
    return [Pick(slug, comments) for slug, *comments in some]  # type: ignore[arg-type]


def words(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


@given(HOSTILE, PICKS, PICKS)
def test_a_new_file_is_read_back_as_what_was_proposed(
    about: str, some: list[tuple[str, str, str]], more: list[tuple[str, str, str]]
) -> None:
    text = edition_text(Edition(DAY), about, picks(some), picks(more))
    assert checked(text, NAME, DAY) == Edition(DAY, picks=tuple(slug for slug, *_ in some))
    # Nothing but the list stands outside of comments, and every line is one to all who read it.
    assert text.splitlines() == text.removesuffix("\n").split("\n")
    assert [line for line in text.split("\n") if words(line)][1:] == [
        f"  - {yaml.safe_dump([slug])[2:].strip()}" for slug, *_ in some
    ]
    assert max(map(len, text.split("\n"))) <= 210
    assert not re.search(r"[ \t]$", text, re.MULTILINE)


@given(PICKS, PICKS)
def test_a_sign_taken_away_makes_a_pick_of_a_proposal(
    some: list[tuple[str, str, str]], more: list[tuple[str, str, str]]
) -> None:
    text = edition_text(Edition(DAY), "", picks(some), picks(more))
    changed = re.sub("^  #- ", "  - ", text, flags=re.MULTILINE)
    wanted = tuple(slug for slug, *_ in [*some, *more])
    assert checked(changed, NAME, DAY).picks == wanted


def test_signs_taken_away_make_fields() -> None:
    text = edition_text(Edition(DAY), "", [Pick("a")])
    changed = text.replace("#title", "title").replace("#introduction", "introduction")
    changed = changed.replace("#  A paragraph", "  A paragraph")
    edition = checked(changed, NAME, DAY)
    assert edition.title == "In a few words"
    assert (edition.introduction or "").startswith("A paragraph")


@given(HOSTILE.filter(lambda text: text.strip()), HOSTILE.filter(lambda text: text.strip()))
def test_a_title_and_an_introduction_are_read_back(title: str, introduction: str) -> None:
    title, introduction = " ".join(title.split()), introduction.strip()
    words = {"title": title or None, "introduction": introduction}
    if re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", title + introduction):
        with pytest.raises(DigestError, match=f"{NAME}: .*: holds a character that no page can"):
            check_words(words, NAME)
        return
    check_words(words, NAME)
    wanted = Edition(DAY, title or None, introduction, ("a",))
    text = edition_text(Edition(DAY, title, introduction), "", [Pick("a")])
    assert checked(text, NAME, DAY) == wanted
    changed = with_words("# mine\npicks: [a]  # theirs\n", NAME, words)
    assert checked(changed, NAME, DAY) == wanted
    assert changed.startswith("# mine\n")
    assert changed.endswith("picks: [a]  # theirs\n")


FILE = """\
# mine

title: 'A  day'   # quoted

picks:
    # the first
    - one   # really
    # the second
    - "two"

    # not this one
    #- three

# the end
"""


def test_picks_are_added_behind_those_that_are_there() -> None:
    new = with_picks(FILE, NAME, [Pick("four", ("Four", "why\nnot")), Pick("5")])
    added = "    # Four\n    # why not\n    - four\n    - '5'\n"
    assert new == FILE.replace('    - "two"\n', f'    - "two"\n{added}')
    assert checked(new, NAME, DAY).picks == ("one", "two", "four", "5")


@pytest.mark.parametrize(
    "old, new",
    [
        ("picks: [a, b]  # his\n", "picks: [a, b, c, '1']  # his\n"),
        (
            "picks: [\n  a,  # why\n  b  # because\n]\n",
            "picks: [\n  a,  # why\n  b, c, '1'  # because\n]\n",
        ),
        ("picks: [a, b,]\n", "picks: [a, b, c, '1',]\n"),
        ("picks: ['a']\n", "picks: ['a', c, '1']\n"),
        ("picks: []  # none\n", "picks:  # none\n  # C\n  - c\n  - '1'\n"),
        ("picks:\n  #- x\ntitle: T\n", "picks:\n  # C\n  - c\n  - '1'\n  #- x\ntitle: T\n"),
        ("title: T # t\n# end", "title: T # t\npicks:\n  # C\n  - c\n  - '1'\n# end\n"),
        ("picks:\n- a", "picks:\n- a\n# C\n- c\n- '1'\n"),
        ("{title: T, picks: [a]}\n", "title: T\npicks:\n- a\n- c\n- '1'\n"),
        ("{}\n", "picks:\n- c\n- '1'\n"),
    ],
)
def test_a_list_of_picks_however_it_is_written(old: str, new: str) -> None:
    assert with_picks(old, NAME, [Pick("c", ("C",)), Pick("1")]) == new
    before = (yaml.safe_load(old).get("picks")) or []
    assert yaml.safe_load(new)["picks"] == [*before, "c", "1"]


@pytest.mark.parametrize(
    "old",
    [
        "{title: T} # mine\n",
        "# mine\n{}\n",
        "  title: T # mine\n",
        "title: &a T\nintroduction: *a #\n",
    ],
)
def test_what_could_not_be_kept_is_left_alone(old: str) -> None:
    with pytest.raises(DigestError, match=r"its comments could not be kept.* Nothing has changed"):
        with_picks(old, NAME, [Pick("c")])
    with pytest.raises(DigestError, match="write each field at the beginning of a line"):
        with_words(old, NAME, {"title": "New"})


@pytest.mark.parametrize(
    "old, title, new",
    [
        (FILE, "A: #1", FILE.replace("'A  day'", "'A: #1'")),
        (FILE, None, FILE.replace("title: 'A  day'   # quoted\n", "")),
        (FILE, "A  day", FILE),
        ("title: T\n", None, "picks: []\n"),
        ("# mine\ntitle: T\n", None, "# mine\npicks: []\n"),
        ("picks: [a]\n", "T", "title: T\npicks: [a]\n"),
        ("{picks: [a]}\n", "T", "picks:\n- a\ntitle: T\n"),
        ("picks: [a]\n", None, "picks: [a]\n"),
    ],
)
def test_a_title_changes_its_line_alone(old: str, title: str | None, new: str) -> None:
    assert with_words(old, NAME, {"title": title}) == new
    assert checked(new, NAME, DAY).title == title


def test_an_introduction_of_several_lines() -> None:
    new = with_words(FILE, NAME, {"introduction": "One.\n\n# Two: #3\n\n  - x"})
    said = "introduction: |-\n  One.\n\n  # Two: #3\n\n    - x\n"
    assert new == FILE.replace("\n\npicks:\n", f"\n{said}\npicks:\n")
    again = with_words(new, NAME, {"introduction": "One."})
    assert again == FILE.replace("\n\npicks:\n", "\nintroduction: One.\n\npicks:\n")
    assert with_words(again, NAME, {"introduction": None}) == FILE


def test_what_no_page_can_show_is_refused() -> None:
    text = edition_text(Edition(DAY, "A\x07B"))
    with pytest.raises(DigestError, match=r"title: holds a character .*U\+0007; nothing has"):
        checked(text, NAME, DAY)


@pytest.mark.parametrize(
    "text, line",
    [
        ("  a \n b\u2028c\x85d\x00e ", "a b c d e"),
        ("a\u202eb", "a b"),
        ("x" * 101, "x" * 99 + "…"),
        ("x" * 90 + " " + "y" * 20, "x" * 90 + " …"),
        ("x" * 100, "x" * 100),
        ("", ""),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@given(HOSTILE)
def test_one_line_is_short_and_can_be_seen(text: str) -> None:
    assert one_line(text).isprintable()
    assert len(one_line(text)) <= 100


def test_where_the_file_of_an_edition_is(folder: Folder) -> None:
    assert edition_path(DAY, folder) == folder.editions / "2026-03-11.yml"
    elsewhere = folder.editions / "2026" / "2026-03-11.yml"
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_text("title: T\n", encoding="utf-8")
    assert edition_path(DAY, folder) == elsewhere
