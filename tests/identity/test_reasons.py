"""Why each appearance of a paper is of the same work as the others."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from generator.identity import Index, reasons
from generator.model import Appearance, Completion, Paper, Reason, Rule, SourceRecord
from tests.builders import appearance, paper, prose

ABSTRACT = prose("an abstract")
SAME = Reason(Rule.SAME_TEXT, 100.0, 100.0)
ARXIV, OTHER = (("arxiv", "1"),), (("arxiv", "2"),)


def shown(*appearances: Appearance, ids: tuple[tuple[str, str], ...] = ()) -> Paper:
    return paper(
        source_title="On Kettles", source_abstract=ABSTRACT, appearances=appearances, ids=dict(ids)
    )


def test_the_first_appearance_needs_no_reason() -> None:
    assert reasons(shown(appearance())) == (None,)


def test_the_same_text_twice() -> None:
    assert reasons(shown(appearance(), appearance("2026-03-12"), appearance("2026-03-13"))) == (
        None,
        SAME,
        SAME,
    )


def test_the_surest_rule_tells() -> None:
    first = appearance(ids=ARXIV, title="Old", abstract=prose(1))
    same = appearance("2026-03-12", ids=ARXIV)
    text = appearance("2026-03-13")
    cut = appearance("2026-03-14", abstract=ABSTRACT[:150])
    found = reasons(shown(first, same, text, cut))
    assert [each and each.rule for each in found] == [
        None,
        Rule.SAME_ID,
        Rule.SAME_TEXT,
        Rule.CUT_TEXT,
    ]
    assert found[2] == SAME
    assert found[1] is not None
    assert found[1].abstract_score is not None
    assert found[1].abstract_score < 75


def test_the_best_scores_under_the_rule_are_kept_to_a_tenth() -> None:
    seen = [
        appearance(title="On the Kettle of a Pot", abstract=prose(1), ids=ARXIV),
        appearance("2026-03-12", title="On Kettle", ids=ARXIV),
        appearance("2026-03-13", ids=ARXIV),
    ]
    assert reasons(shown(*seen))[2] == Reason(Rule.SAME_ID, 94.7, 100.0)


def test_an_identifier_that_completed_the_paper_joins_too() -> None:
    seen = (appearance(), appearance("2026-03-12", title="New", abstract=prose(2), ids=ARXIV))
    completion = Completion("facts", "facts.jsonl", ("authors", "ids.arxiv"), SAME)
    whole = paper(
        source_title="On Kettles",
        source_abstract=ABSTRACT,
        appearances=seen,
        ids={"arxiv": "1"},
        completions=(completion,),
    )
    first, second = reasons(whole)
    assert first is None
    assert second is not None
    assert second.rule is Rule.SAME_ID


def test_what_somebody_joined_by_hand() -> None:
    """An identifier of the paper is a reason; without one there is none."""
    strange = appearance("2026-03-12", title="Another", abstract=prose(3))
    assert reasons(shown(appearance(), strange)) == (None, None)
    named = appearance("2026-03-12", title="Another", abstract=prose(3), ids=ARXIV)
    found = reasons(shown(appearance(), named, ids=ARXIV))[1]
    assert found is not None
    assert found.rule is Rule.SAME_ID


def test_two_identifiers_of_one_kind_are_no_reason() -> None:
    seen = (appearance(ids=ARXIV), appearance("2026-03-12", ids=OTHER))
    assert reasons(shown(*seen)) == (None, None)


APPEARANCES = st.builds(
    lambda day, title, abstract, ids: appearance(
        f"2026-03-{day:02}", title=title, abstract=abstract, ids=ids
    ),
    st.integers(1, 28),
    st.sampled_from([None, "On Kettle", "On Pots"]),
    st.sampled_from([None, ABSTRACT[:150], prose(1)]),
    st.sampled_from([(), ARXIV, OTHER]),
)


def joined(one: Appearance, other: Appearance) -> Rule | None:
    """The rule that joins two appearances, as the index finds it."""
    both = [
        paper("a", source_title=x.title or "On Kettles", source_abstract=x.abstract or ABSTRACT)
        for x in (one, other)
    ]
    wanted = SourceRecord(both[0].source_title, both[0].source_abstract, 1, ids=dict(one.ids))
    matches = Index([replace(both[1], source_ids=dict(other.ids))]).same_work(wanted)
    return matches[0].rule if matches else None


@given(st.lists(APPEARANCES, min_size=1, max_size=5))
def test_the_surest_rule_that_joins_an_earlier_one_tells_else_a_later_one(
    seen: list[Appearance],
) -> None:
    for place, reason in enumerate(reasons(shown(*seen))):
        parts = (seen[:place], seen[place + 1 :]) if place else ()
        rules = [{joined(seen[place], each) for each in part} - {None} for part in parts]
        wanted = next((rule for found in rules for rule in Rule if rule in found), None)
        assert (reason and reason.rule) is wanted


def test_what_was_said_of_the_reasons_before_does_not_count() -> None:
    seen = (appearance(reason=SAME), appearance("2026-03-12", reason=None))
    assert reasons(shown(*seen)) == (None, SAME)
