"""Topics that were renamed, merged and put under others."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from generator import content
from generator.folder import Folder
from generator.model import Curation
from generator.topics.lineage import current, faults, parents, renamed, with_current_topics
from generator.topics.taxonomy import Topic as PlainTopic
from generator.views.assemble import digest_of
from tests.builders import paper, write_whole
from tests.conftest import TOPICS_YML

FORMER = {"search": "retrieval", "ranking": "retrieval"}


@dataclass(frozen=True)
class Topic:
    """What is looked at of a topic."""

    id: str
    formerly: tuple[str, ...] = ()
    parent: str | None = None


def test_ids_that_topics_had() -> None:
    topics = [Topic("retrieval", ("search", "ranking")), Topic("speech")]
    assert renamed(topics) == FORMER
    assert renamed([PlainTopic("speech", "Speech", "…", 10)]) == {}


def test_topics_that_are_part_of_others() -> None:
    topics = [Topic("retrieval"), Topic("rag", parent="retrieval")]
    assert parents(topics) == {"rag": "retrieval"}
    assert list(faults(topics)) == []


@pytest.mark.parametrize(
    "topics, expected",
    [
        ([Topic("a", ("b",)), Topic("b")], [(0, "formerly", '"b" is also an id of "b"')]),
        ([Topic("a", ("a",))], [(0, "formerly", '"a" is also an id of "a"')]),
        (
            [Topic("a", ("x",)), Topic("b", ("x",))],
            [(1, "formerly", '"x" is also a former id of "a"')],
        ),
        ([Topic("a", parent="x")], [(0, "parent", 'there is no topic "x"')]),
        ([Topic("a", parent="a")], [(0, "parent", '"a" would be a part of itself')]),
        (
            [Topic("a", parent="b"), Topic("b", parent="a"), Topic("c", parent="a")],
            [
                (0, "parent", '"a" would be a part of itself'),
                (1, "parent", '"b" would be a part of itself'),
            ],
        ),
    ],
)
def test_what_is_wrong(topics: list[Topic], expected: list[tuple[int, str, str]]) -> None:
    assert [each[:3] for each in faults(topics)] == expected


def test_topics_by_the_ids_that_they_have_now() -> None:
    assert current(["speech", "ranking"], FORMER) == ("speech", "retrieval")


def test_topics_that_were_merged_are_one() -> None:
    assert current(["search", "speech", "ranking"], FORMER) == ("retrieval", "speech")


def test_what_a_curator_decided_by_an_old_id_holds() -> None:
    said = Curation(topics=("search",), add_topics=("ranking",), drop_topics=("search", "x"))
    found = with_current_topics(paper(curation=said), FORMER)
    assert found.curation == Curation(
        topics=("retrieval",), add_topics=("retrieval",), drop_topics=("retrieval", "x")
    )


def test_papers_that_name_no_old_id_are_left_alone() -> None:
    for said in (Curation(), Curation(topics=()), Curation(add_topics=("retrieval",))):
        one = paper(curation=said)
        assert with_current_topics(one, FORMER) is one
    computed = with_current_topics(paper(curation=Curation(drop_topics=("search",))), FORMER)
    assert computed.curation.topics is None


RENAMED = TOPICS_YML.replace("id: retrieval", "id: finding\n    formerly: [retrieval]").replace(
    "id: speech", "id: speech\n    parent: finding"
)
RECORD = """\
title: Birds
abstract: They sing.
appearances:
- {source: s, date: 2026-01-01}
curation: {topics: [retrieval]}
"""


def test_a_topic_is_renamed_in_the_taxonomy_alone(folder: Folder) -> None:
    write_whole(folder.topics_yml, RENAMED)
    write_whole(folder.papers / "2026" / "p.yml", RECORD)
    write_whole(folder.sources_yml, "follow: [retrieval]\n")
    found = content.read(folder)
    shown = digest_of(found)
    (tag,) = shown.by_slug["p"].topics
    assert (tag.topic.id, tag.by_curator) == ("finding", True)
    assert found.library.follow == ("finding",)
    assert {old: ref.address for old, ref in shown.topics_moved.items()} == {
        "retrieval": "topics/finding/"
    }
    finding, speech = shown.topics
    assert (finding.parts, speech.parent) == ((speech.ref,), finding.ref)
    # The record is the curator's: nobody writes into it.
    assert "topics: [retrieval]" in (folder.papers / "2026" / "p.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "old",
    [
        *("", "..", "../x", "../../esc/x", "/usr/x", "a/b", "code/2", "A B", "MT", "feed.xml"),
        *("unsorted", "a--b", "-a", "a\n", "é"),
    ],
)
def test_what_cannot_have_been_an_id_is_none(old: str) -> None:
    """Addresses are made of it, and files."""
    (fault,) = faults([Topic("translation", (old,))])
    assert fault.field == "formerly"
    assert "cannot have been an id" in fault.problem
