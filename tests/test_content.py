from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import Result

from generator import content
from generator.errors import ContentErrors
from generator.folder import Folder
from tests.test_library import GOOD, LEDGER, write

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
        "it; restore its record; `hidden: true` under `curation` takes a paper off the site"
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
