"""Taking answers out of the Markdown of an issue, and refusing what is not certain."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.suggestions.events import Issue
from generator.suggestions.faults import FormError
from generator.suggestions.forms import Kind, heading
from generator.suggestions.parsing import LONGEST, understood
from tests.forms import FORMS, filled

WHY = "\n\n### Why\n\n"


def answers(body: str, *labels: str) -> Mapping[str, str] | None:
    issue = Issue(12, body, dt.date(2026, 3, 14), labels)
    found = understood(issue, FORMS.values())
    return found and found[1]


def refused(body: str, *labels: str) -> str:
    with pytest.raises(FormError) as error:
        answers(body, *labels)
    return str(error.value)


@pytest.mark.parametrize("kind", Kind)
def test_a_form_as_github_writes_it(kind: Kind) -> None:
    said = {field.id: f"{field.id}\n\n- two" for field in FORMS[kind].fields}
    found = understood(Issue(1, filled(kind, **said), dt.date(2026, 3, 14)), FORMS.values())
    assert found == (FORMS[kind], said)
    assert set((answers(filled(kind)) or {}).values()) == {""}


#: No line of it is a heading of a form: that is looked at below.
TEXTS = st.text(st.characters(exclude_characters="#_`~", codec="utf-8"), max_size=60)


@given(st.sampled_from(Kind), st.data())
def test_every_answer_comes_back(kind: Kind, data: st.DataObject) -> None:
    said = {field.id: data.draw(TEXTS) for field in FORMS[kind].fields}
    found = answers(filled(kind, **said))
    lines = {id_: "\n".join(text.splitlines()).strip() for id_, text in said.items()}
    assert found == lines


@given(st.sampled_from(Kind), st.text(max_size=300))
def test_whatever_somebody_writes_is_read_or_refused(kind: Kind, text: str) -> None:
    body = filled(kind)
    for changed in (text, body + text, text + body, body.replace("_No response_", text, 1)):
        try:
            found = answers(changed)
        except FormError:
            continue
        assert found is None or found.keys() == {field.id for field in FORMS[kind].fields}


def test_line_ends_are_those_of_any_system() -> None:
    body = filled("wrong-topic", paper="a-paper", add="Speech\nSearch", why="So it is.")
    assert answers(body.replace("\n", "\r\n")) == answers(body)
    assert answers(body.replace("\n", "\r")) == answers(body)


def test_headings_may_be_written_otherwise() -> None:
    """Whoever edits the text by hand may touch what nobody sees."""
    body = filled("wrong-topic", paper="a-paper", why="So it is.")
    other = body.replace("### Why\n\n", "## why\u200b ##  \n").replace("### T", "###T")
    assert answers(other) == answers(body)


@pytest.mark.parametrize(
    "forged",
    [
        "### Why",
        "### why ###",
        "   ##### W\u200bhy",
        "#why",
        "####### Why",
        "Text.\n### Why\n\nforged\n\nmore",
        "Text.\r### Why",
        "```\n### Why\n```",
        "### Topics that it should not have\n\nspeech",
    ],
)
def test_an_answer_forges_no_other(forged: str) -> None:
    said = refused(filled("wrong-topic", paper="a-paper", add=forged, why="So it is."))
    assert "this heading of the form stands in the text more than once" in said


@pytest.mark.parametrize(
    "text", ["### Title", "## Abstract", "#", "###", "# Why not?", "> ### Why"]
)
def test_other_headings_are_text(text: str) -> None:
    found = answers(filled("wrong-topic", paper="a-paper", why=text))
    assert found
    assert found["why"] == text


def test_headings_that_are_missing_or_out_of_order() -> None:
    body = filled("wrong-topic", paper="a-paper", why="So it is.")
    assert refused(body.replace("### Why", "Why")) == (
        "Why: this heading of the form is missing; open a new form, which is quickest, or bring "
        "its headings back as they were"
    )
    first, rest = body.split("\n\n### Topics that it should have")
    assert "not in their order" in refused(f"### Topics that it should have{rest}\n\n{first}")
    assert "text above the form’s first heading" in refused(f"Hello!\n\n{body}")


def test_two_forms_in_one() -> None:
    both = filled("paper") + "\n\n" + filled("topic", title="x")
    assert refused(both) == "this is two forms in one; open an issue for each"


@pytest.mark.parametrize(
    "body", ["", "A question.", "### Why\n\nSo.", "### Title\n\nHello", "### Steps\n\n### Logs"]
)
def test_any_other_issue_is_left_alone(body: str) -> None:
    assert answers(body) is None
    assert answers(body, "bug") is None
    assert "the form’s headings are gone" in refused(body, "suggestion")


def test_an_answer_in_a_block_of_code() -> None:
    """GitHub puts it there where the form says ``render``; an editor may have taken it out."""
    body = filled("topic", title="x", description="y", phrases="a b*\n```\nc|d")
    found = answers(body)
    assert found
    assert found["phrases"] == "a b*\n```\nc|d"
    bare = re.sub(r"```(text)?\n?", "", body)
    assert (answers(bare) or {})["phrases"] == "a b*\nc|d"
    empty = filled("topic", phrases="x").replace("```text\nx\n```", "```text\n\n```")
    assert (answers(empty) or {})["phrases"] == ""
    assert (answers(empty.replace("```text\n\n```", "```text\n```")) or {})["phrases"] == ""


def test_more_than_github_takes() -> None:
    body = filled("wrong-topic", paper="a-paper", why="x" * LONGEST)
    assert "the form has more than 65,536 characters" in refused(body)
    assert answers("x" * 2 * LONGEST) is None


def test_many_signs_take_no_time() -> None:
    body = filled("wrong-topic", paper="a-paper", why="#" * 30_000 + "\n" + " " * 30_000 + "x")
    assert answers(body)


def test_labels_are_compared_as_they_look() -> None:
    assert heading(" Was ist’s ") == heading("WAS IST’S ##")
    assert heading("Why?") != heading("Why")


@pytest.mark.parametrize("line", ["x", "```", "`" * 15_000])
def test_an_answer_of_fences_is_read_in_one_go(line: str) -> None:
    """One expression for the whole block took hours for it."""
    text = "`" * 30_000 + f"\n{line}" * (30_000 // (len(line) + 1)) + "\nx"
    body = filled("topic", phrases="y").replace("```text\ny\n```", text)
    assert (answers(body) or {})["phrases"] == text
