from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from generator.check import check
from generator.content import Content
from generator.history.changes import (
    Accepted,
    Completed,
    Declared,
    Difference,
    Edited,
    EditionChange,
    Moved,
    Retagged,
    Retitled,
    Unshown,
)
from generator.history.difference import State, difference
from generator.ingest.planning import failed
from generator.intake import Dating, LedgerEntry
from generator.model import (
    Completion,
    Curation,
    Edition,
    Paper,
    Reason,
    Rule,
    Status,
)
from generator.storage.former import former_slugs
from generator.storage.library import Library
from generator.topics.taxonomy import Rule as TopicRule
from generator.topics.taxonomy import Taxonomy, Topic
from generator.views.assemble import digest_of
from tests.builders import SITE, appearance, day, link, paper, prose

SEARCH = Topic("retrieval", "Information retrieval", "Finding.", 5, (TopicRule(("search",), 9),))
SPEECH = Topic("speech", "Speech", "Hearing.", 5, (TopicRule(("speech",), 9),))
WAITING = Curation(status=Status.CANDIDATE)
DECLINED = Curation(status=Status.DECLINED)


def state(
    *papers: Paper,
    candidates: tuple[Paper, ...] = (),
    editions: tuple[Edition, ...] = (),
    ledger: tuple[LedgerEntry, ...] = (),
    topics: tuple[Topic, ...] = (SEARCH, SPEECH),
    pages: tuple[str, ...] = ("about/",),
) -> State:
    """A digest of some papers."""
    library = Library(
        papers={each.slug: each for each in papers},
        moved=former_slugs(papers),
        candidates={each.slug: each for each in candidates},
        editions={each.date.isoformat(): each for each in editions},
        ledger={str(number): each for number, each in enumerate(ledger)},
    )
    found = Content(SITE, Taxonomy(topics), library, pages)
    return State(found, digest_of(found), check(found).notices)


def changed(before: State, after: State) -> dict[str, Any]:
    """The parts of the difference that hold anything, but for editions and warnings."""
    found = difference(before, after)
    parts = {name: getattr(found, name) for name in Difference.__slots__}
    return {
        name: value for name, value in parts.items()
        if value and name not in {"editions", "warnings"}
    }  # fmt: skip


def slugs(things: tuple[Any, ...]) -> list[str]:
    return [thing.slug for thing in things]


A, B = paper("a-search"), paper("b-birds", "2026-03-12")


def test_the_same_is_no_difference() -> None:
    assert difference(state(A, B), state(B, A)).is_empty
    assert difference(state(A, B), state(B, A)) == Difference()


def test_papers_that_are_new_and_papers_that_are_gone() -> None:
    before, after = state(A), state(A, B)
    assert changed(before, after) == {"added": (after.digest.by_slug["b-birds"],)}
    assert changed(after, before) == {
        "removed": (B,),
        "moved": (Moved("editions/2026-03-12/", None), Moved("papers/b-birds/", None)),
    }


def test_candidates_come_wait_and_are_decided_on() -> None:
    waiting = replace(A, curation=WAITING)
    raw = replace(waiting, appearances=(appearance(is_raw=True),))
    assert changed(state(), state(candidates=(waiting,))) == {"candidates": (waiting,)}
    assert changed(state(candidates=(waiting,)), state(candidates=(waiting,))) == {}
    # By the curator: with no new listing.
    after = state(A)
    entry = after.digest.by_slug["a-search"]
    assert changed(state(candidates=(waiting,)), after) == {"accepted": (Accepted(entry, None),)}
    # By a listing that chose it.
    chosen = appearance("2026-03-12", source="chosen")
    after = state(replace(A, appearances=(*raw.appearances, chosen)))
    (accepted,) = difference(state(candidates=(raw,)), after).accepted
    assert accepted.by == chosen
    # Declined, and later taken back after all.
    declined = state(candidates=(replace(A, curation=DECLINED),))
    assert slugs(changed(state(candidates=(waiting,)), declined)["declined"]) == ["a-search"]
    assert slugs(changed(declined, state(A))["shown"]) == ["a-search"]


REASON = Reason(Rule.SAME_ID, 60.0, 97.5)


def test_a_new_appearance_is_a_merge_with_its_reason() -> None:
    later = appearance("2026-03-13", reason=REASON, title="Other")
    after = state(replace(A, appearances=(*A.appearances, later)))
    (merged,) = difference(state(A), after).merged
    assert (merged.paper.slug, merged.seen, merged.reason) == ("a-search", later, REASON)
    # What is earlier than all that was there gives the reason to the one after it.
    earlier = appearance("2026-03-10")
    explained = replace(A.appearances[0], reason=REASON)
    after = state(replace(A, appearances=(earlier, explained)))
    (merged,) = difference(state(A), after).merged
    assert (merged.seen, merged.reason) == (earlier, REASON)


def test_the_curator_merges_and_the_address_leads_on() -> None:
    same = replace(B, curation=Curation(same_as="a-search"))
    found = difference(state(A, B), state(A, same))
    assert found.declared == (Declared(same, "a-search"),)
    assert found.moved == (Moved("papers/b-birds/", "papers/a-search/"),)
    assert found.unshown == ()
    # Said before, it is no news; when the paper that stays goes, the address is lost.
    assert changed(state(A, same), state(A, same)) == {}
    hidden = replace(A, curation=Curation(hidden=True))
    assert Moved("papers/b-birds/", None) in difference(state(A, same), state(hidden, same)).moved


def test_what_was_lacking_is_completed_and_what_was_there_is_edited() -> None:
    source = Completion("bibtex", "more.bib", ("authors",), REASON)
    full = replace(
        A,
        source_ids={"arxiv": "2010.00904"},
        source_authors=("Ada",),
        source_published=day("2020-10-02"),
        source_links=(link(),),
        completions=(source,),
    )
    facts = ("ids.arxiv", "authors", "published", "links.code")
    assert changed(state(A), state(full)) == {"completed": (Completed(full, facts, (source,)),)}
    other = replace(
        full,
        source_ids={"arxiv": "2010.00905"},
        source_authors=("Bob",),
        source_published=day("2020-10-03"),
    )
    assert changed(state(full), state(other)) == {
        "edited": (Edited(other, ("authors", "published", "ids.arxiv")),)
    }
    assert changed(state(full), state(A))["edited"][0].fields == (
        *("authors", "published", "ids.arxiv", "links"),
    )


@pytest.mark.parametrize(
    "curation, fields",
    [
        ({"pick": True}, ("pick",)),
        ({"note": "Why."}, ("note",)),
        ({"abstract": "Better."}, ("abstract",)),
        ({"distinct_from": ("b-birds",)}, ("distinct_from",)),
        ({"add_topics": ("retrieval",)}, ("add_topics",)),
    ],
)
def test_decisions_are_told(curation: dict[str, Any], fields: tuple[str, ...]) -> None:
    decided = replace(A, curation=Curation(**curation))
    (edited,) = difference(state(A, B), state(decided, B)).edited
    assert edited == Edited(decided, fields)


def test_an_appearance_that_is_gone_is_told() -> None:
    twice = replace(A, appearances=(*A.appearances, appearance("2026-03-13")))
    assert difference(state(twice), state(A)).edited == (Edited(A, ("appearances",)),)


def test_topics_are_compared_as_they_are_published() -> None:
    decided = replace(A, curation=Curation(topics=("speech",)))
    found = difference(state(A), state(decided))
    assert found.retagged == (Retagged(decided, ("speech",), ("retrieval",)),)
    # A rule does the same to every paper at once.
    wider = replace(SPEECH, rules=(TopicRule(("birds",), 9),))
    found = difference(state(A, B), state(A, B, topics=(SEARCH, wider)))
    assert found.retagged == (Retagged(B, ("speech",), ()),)
    assert found.topics == ("speech",)
    found = difference(state(A, B), state(A, B, topics=(SEARCH,)))
    assert found.topics == ("speech",)
    assert found.moved == (Moved("topics/speech/", None),)


def test_a_title_is_compared_as_readers_see_it() -> None:
    retitled = replace(A, curation=Curation(title="Mine"))
    assert difference(state(A), state(retitled)).retitled == (Retitled(retitled, "A search"),)
    renewed = replace(retitled, source_title="The source's new one")
    assert difference(state(retitled), state(renewed)).retitled == ()


def test_what_is_hidden_and_what_is_shown_again() -> None:
    hidden = replace(A, curation=Curation(hidden=True))
    found = difference(state(A), state(hidden))
    assert found.unshown == (Unshown(hidden, "hidden"),)
    assert Moved("papers/a-search/", None) in found.moved
    assert slugs(difference(state(hidden), state(A)).shown) == ["a-search"]
    assert difference(state(), state(hidden)).unshown == (Unshown(hidden, "hidden"),)
    assert changed(state(hidden), state(hidden)) == {}
    back = replace(A, curation=WAITING)
    assert difference(state(A), state(back)).unshown == (Unshown(back, "its status is candidate"),)


def test_editions() -> None:
    date = day("2026-03-12")
    assert difference(state(A), state(A, B)).editions == (EditionChange(date, None, 1),)
    assert difference(state(A, B), state(A)).editions == (EditionChange(date, 1, None),)
    more = paper("c-bees", "2026-03-12")
    assert difference(state(B), state(B, more)).editions == (EditionChange(date, 1, 2),)
    edited = Edition(date, "Birds", "In *one* way.", ("b-birds",))
    assert difference(state(B), state(B, editions=(edited,))).editions == (
        EditionChange(date, 1, 1, ("title", "introduction", "picks")),
    )


def test_a_renamed_paper_is_the_same_one_at_another_address() -> None:
    text = "We search and find."
    old = paper("old", source_abstract=text, curation={"note": "a"})
    alike = paper("other", source_abstract=text, source_title="Old")
    new = paper("new", source_title="Old", source_abstract=text, appearances=old.appearances)
    renamed = replace(new, curation=Curation(formerly=("old",), note="b"))
    found = changed(state(old, alike), state(renamed, alike))
    assert set(found) == {"edited", "moved"}
    assert found["edited"] == (Edited(renamed, ("note",)),)
    assert found["moved"] == (Moved("papers/old/", "papers/new/"),)


def test_a_page_that_is_gone() -> None:
    assert difference(state(), state(pages=())).moved == (Moved("about/", None),)
    assert difference(state(pages=()), state()).moved == ()


def entry(source: str = "daily", file: str = "page.txt", **kw: Any) -> LedgerEntry:
    fields: dict[str, Any] = {"dated_by": Dating.LISTING, "papers": ("a-search",), **kw}
    date = fields.pop("date", "2026-03-11")
    return LedgerEntry(source=source, date=day(date), file=file, fingerprint=file, **fields)


def test_listings_and_failures() -> None:
    failure = failed("daily", day("2026-03-12"), "x.json", "https://x.example", "is away")
    before, after = state(A, ledger=(entry(),)), state(A, ledger=(failure, entry()))
    (listing,) = difference(before, after).listings
    assert (listing.date, listing.failure) == (day("2026-03-12"), "is away")
    # The day comes after all, under the same name.
    came = entry(file="x.json", date="2026-03-12", papers=())
    (listing,) = difference(after, state(A, ledger=(failure, entry(), came))).listings
    assert listing.failure == ""
    assert difference(after, after).listings == ()


def test_duplicates_and_warnings_that_were_not_there_before() -> None:
    seen = (appearance(file=""),)
    one = paper("one", source_title="Search in Speech", source_abstract=prose(1), appearances=seen)
    two = paper("two", source_title="Search in a Speech", source_abstract="", appearances=seen)
    found = difference(state(one), state(one, two))
    assert [(each.first.slug, each.second.slug) for each in found.duplicates] == [("one", "two")]
    assert found.warnings == ()  # the duplicate has a section of its own
    assert difference(state(one, two), state(one, two)).duplicates == ()
    odd = paper("odd", source_title="Nothing", appearances=seen)
    (warning,) = difference(state(A, topics=(SEARCH,)), state(A, odd, topics=(SEARCH,))).warnings
    assert warning.startswith("no topic: odd: ")


#: One edit of a paper each; all leave it a paper of the digest.
EDITS: list[Callable[[Paper], Paper]] = [
    lambda p: replace(p, source_title="Another"),
    lambda p: replace(p, source_abstract="Another."),
    lambda p: replace(p, source_authors=("Ada",)),
    lambda p: replace(p, source_ids={"doi": "10.1000/x"}),
    lambda p: replace(p, source_published=day("2020-01-01")),
    lambda p: replace(p, source_links=(link(),)),
    lambda p: replace(p, appearances=(appearance("2026-05-05"),)),
    *(
        (lambda p, name=name, value=value: replace(p, curation=Curation(**{name: value})))
        for name, value in {
            "topics": ("speech",),
            "add_topics": ("speech",),
            "drop_topics": ("retrieval",),
            "pick": True,
            "note": "Why.",
            "status": Status.DECLINED,
            "hidden": True,
            "same_as": "b-birds",
            "distinct_from": ("b-birds",),
            "title": "Mine",
            "abstract": "Mine.",
        }.items()
    ),
]


@pytest.mark.parametrize("edit", EDITS)
def test_no_edit_goes_unseen_in_either_direction(edit: Callable[[Paper], Paper]) -> None:
    before, after = state(A, B), state(edit(A), B)
    assert changed(before, after)
    assert changed(after, before)
