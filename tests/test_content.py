from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from generator import content
from generator.errors import ContentErrors
from generator.folder import Folder
from tests.storage.test_library import GOOD, LEDGER, write

Run = Callable[..., Result]


def mistakes(folder: Folder) -> list[str]:
    with pytest.raises(ContentErrors) as caught:
        content.read(folder)
    return [str(error) for error in caught.value.errors]


def test_good_content(folder: Folder) -> None:
    write(folder, "papers/2026/p.yml", GOOD + "curation: {topics: [speech]}\n")
    write(folder, "ledger/x.yml", LEDGER)
    found = content.read(folder)
    assert found.site.name == "Little Digest"
    assert found.taxonomy.ids == ("retrieval", "speech")
    assert list(found.library.papers) == ["p"]


@pytest.mark.parametrize(
    "decision, field, topic, remedy",
    [
        ("topics: [retrieval, Speech]", "topics[1]", "Speech", "did you mean 'speech'?"),
        ("add_topics: [speach]", "add_topics[0]", "speach", "did you mean 'speech'?"),
        ("drop_topics: [x]", "drop_topics[0]", "x", "write the id of a topic there"),
    ],
)
def test_a_topic_that_there_is_not(
    folder: Folder, decision: str, field: str, topic: str, remedy: str
) -> None:
    write(folder, "papers/2026/p.yml", f"{GOOD}curation:\n  pick: true\n  {decision}\n")
    (message,) = mistakes(folder)
    assert message == (
        f"content/papers/2026/p.yml:7: curation.{field}: {topic!r} is no topic of "
        f"content/topics.yml; {remedy}"
    )


def test_a_record_that_a_listing_brought_and_that_is_gone(folder: Folder) -> None:
    write(folder, "ledger/x.yml", LEDGER.replace("[p]", "\n- p\n- q"))
    write(folder, "papers/2026/p.yml", GOOD)
    (message,) = mistakes(folder)
    assert message == (
        "content/ledger/x.yml:8: papers[1]: 'q' is no paper of the library, but a listing brought "
        "it; restore its record (`hidden: true` under `curation` takes a paper off the site); "
        "if you renamed it, write this name under `formerly` in its `curation`"
    )


@pytest.mark.parametrize(
    "seen",
    [
        "source: t, date: 2026-01-01, file: f",
        "source: s, date: 2026-01-02, file: f",
        "source: s, date: 2026-01-01",
    ],
)
def test_an_appearance_that_is_gone(folder: Folder, seen: str) -> None:
    write(folder, "ledger/x.yml", LEDGER)
    write(folder, "papers/2026/p.yml", GOOD.replace("source: s, date: 2026-01-01, file: f", seen))
    (message,) = mistakes(folder)
    assert message == (
        "content/papers/2026/p.yml:3: appearances: lacks the appearance of 2026-01-01 in s (f); "
        "restore it: the ledger has it in content/ledger/x.yml"
    )


def test_a_listing_that_counts_twice(folder: Folder) -> None:
    write(folder, "papers/2026/p.yml", GOOD)
    write(folder, "ledger/x.yml", LEDGER)
    write(folder, "ledger/more/y.yml", LEDGER)
    (message,) = mistakes(folder)
    assert message == (
        "content/ledger/y.yml: fingerprint: is the same listing as content/ledger/x.yml; "
        "remove one of the two"
    )
    (folder.ledger / "more" / "y.yml").rename(folder.ledger / "y.yml")
    assert mistakes(folder)[0].startswith("content/ledger/y.yml:5: fingerprint: ")


def test_topics_are_not_looked_up_in_a_taxonomy_that_cannot_be_read(folder: Folder) -> None:
    folder.topics_yml.unlink()
    write(folder, "papers/2026/p.yml", GOOD + "curation: {topics: [x]}\n")
    (message,) = mistakes(folder)
    assert message.startswith("content/topics.yml: cannot be read: No such file or directory; ")


def test_mistakes_between_files_and_in_the_site_are_said_together(folder: Folder) -> None:
    folder.mkdocs_yml.write_text("site_name: ''\n")
    write(folder, "papers/2026/p.yml", GOOD + "curation: {topics: [x], same_as: p}\n")
    assert [each.split(":")[0] for each in mistakes(folder)] == [
        "mkdocs.yml",
        "content/papers/2026/p.yml",
    ]
    write(folder, "papers/2026/p.yml", GOOD + "curation: {topics: [x]}\n")
    write(folder, "ledger/x.yml", LEDGER.replace("[p]", "[q]"))
    assert [each.split(":")[0] for each in mistakes(folder)] == [
        "mkdocs.yml",
        "content/papers/2026/p.yml",
        "content/ledger/x.yml",
    ]


def test_an_identifier_belongs_to_one_record(folder: Folder) -> None:
    ids = 'ids: {arxiv: "2010.00904"}\n'
    write(folder, "papers/2026/p.yml", GOOD + ids)
    write(folder, "papers/2026/q.yml", GOOD + ids)
    with pytest.raises(ContentErrors) as caught:
        content.read(folder)
    (error,) = caught.value.errors
    assert str(error).startswith(
        "content/papers/2026/q.yml:5: ids.arxiv: '2010.00904' is also that of "
        "content/papers/2026/p.yml; correct one, or say `same_as`"
    )
    write(folder, "papers/2026/q.yml", GOOD + ids + "curation: {same_as: p}\n")
    assert len(content.read(folder).library.papers) == 2


@pytest.mark.parametrize(
    "more,says",
    [
        (
            "curation:\n  note: The #1 paper\n",
            "6: note: what follows ` #` is a comment, so '#1 paper'",
        ),
        ("pick: true\n", "5: pick: is not a known field; it belongs under `curation:`, indented"),
        ("curation: {topics: [audio]}\n", "5: curation.topics[0]: 'audio' is no topic"),
        ("curation: {topics: [retreival]}\n", "did you mean 'retrieval'?"),
        ("curation: {topics: [zebra]}\n", "write the id of a topic there"),
    ],
)
def test_what_editors_get_wrong(folder: Folder, more: str, says: str) -> None:
    write(folder, "papers/2026/p.yml", GOOD + more)
    with pytest.raises(ContentErrors) as caught:
        content.read(folder)
    assert says in str(caught.value)


def test_a_topic_may_be_meant_by_its_title(folder: Folder) -> None:
    write(folder, "papers/2026/p.yml", GOOD + "curation: {topics: [audio]}\n")
    with pytest.raises(ContentErrors, match=r"did you mean 'speech'\?"):
        content.read(folder)


@pytest.mark.parametrize(
    "note",
    [
        "note: |\n    The #1 paper",
        'note: "The #1 paper"',
        "note: C# is one # comment",
        "pick: true #x",
    ],
)
def test_a_hash_that_loses_nothing(folder: Folder, note: str) -> None:
    write(folder, "papers/2026/p.yml", GOOD + f"curation:\n  {note}\n")
    assert content.read(folder).library.papers
