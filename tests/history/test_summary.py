from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from generator.digest import ListingView, Lookalike
from generator.history.changes import (
    Accepted,
    Completed,
    Declared,
    Difference,
    Edited,
    EditionChange,
    Merged,
    Moved,
    Retagged,
    Retitled,
    Unshown,
)
from generator.history.github import UNSEEN
from generator.history.summary import headline, summary
from generator.intake import Outcome
from generator.model import Completion, Reason, Rejected, Rule
from tests.builders import appearance, entry, paper, tag, topic
from tests.history.test_github import HOSTILE, LOOKED_FOR

DAY = dt.date(2026, 8, 19)
REASON = Reason(Rule.SAME_ID, 60.0, 97.5)


def everything(text: str = "Kettles") -> Difference:
    """A difference that has all that one can have, with ``text`` wherever strangers may write."""
    one = paper("one", source_title=text)
    two = entry("two", title=text, topics=["speech", "retrieval"], ids={"doi": f"10.1000/{text}"})
    seen = appearance(DAY, source=text, title=text)
    listing = ListingView(
        source=text,
        date=DAY,
        file=text,
        seen=4,
        new=1,
        merged=1,
        repeated=1,
        rejected=(Rejected(1, text, text),),
        title=text,
    )
    failure = ListingView(
        text, DAY, text, 0, 0, 0, 0, outcome=Outcome.FAILED, title=text, failure=text
    )
    odd = tag("odd")
    source = Completion(text, text, (), Reason(Rule.SAME_TITLE, 100))
    return Difference(
        added=(two, entry("three", title=text, topics=[odd]), entry("four", title=text)),
        accepted=(Accepted(two, seen), Accepted(two, None)),
        shown=(two,),
        candidates=(one,),
        declined=(one,),
        merged=(Merged(one, seen, REASON), Merged(one, appearance(DAY), None)),
        declared=(Declared(one, text),),
        completed=(Completed(one, ("ids.doi",), (source,)),),
        retagged=(Retagged(one, ("speech",), (text,)),),
        retitled=(Retitled(one, text),),
        edited=(Edited(one, (text, "pick")),),
        unshown=(Unshown(one, text),),
        removed=(one,),
        editions=(
            EditionChange(DAY, None, 3),
            EditionChange(DAY, 3, None),
            EditionChange(DAY, 1, 2, ("title",)),
            EditionChange(DAY, 2, 2, ("picks",)),
        ),
        moved=(Moved(f"papers/{text}/", "papers/two/"), Moved("papers/three/", None)),
        topics=(text,),
        listings=(listing, failure),
        duplicates=(Lookalike(two, two, 95.0, 80.0),),
        warnings=(text,),
    )


def shown(text: str) -> BeautifulSoup:
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return BeautifulSoup(markdown.render(text), "html.parser")


OURS = {
    *("h1", "h2", "h3", "p", "ul", "li", "a", "code", "details", "summary"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


def test_the_summary_of_everything() -> None:
    assert all(getattr(everything(), field.name) for field in fields(Difference))
    page = shown(summary(everything()))
    title, *headings = [each.get_text() for each in page.find_all(["h1", "h2", "h3"])]
    assert title == (
        "2026-08-19: 3 new papers, 2 accepted candidates, 1 new candidate, 2 recognised, 1 merged "
        "by the curator, 1 retagged, 1 retitled, 2 no longer shown, 1 failed"
    )
    assert headings == [
        *("Not to be had (1)", "Listings", "New papers (3)", "No topic (1)", "Odd (1)"),
        *("Speech (1)", "Accepted candidates (2)", "New candidates (1)", "Declined (1)"),
        *("Recognised (2)", "Merged by the curator (1)", "Possible duplicates (1)"),
        *("Retitled (1)", "Retagged (1)", "Completed (1)", "Edited (1)", "Not shown (1)"),
        *("Shown again (1)", "Records that are gone (1)", "Topics with other rules or texts (1)"),
        *("Editions (4)", "Addresses that lead elsewhere (1)"),
        *("Addresses that lead nowhere any more (1)", "Worth a look (1)"),
    ]
    text = page.get_text()
    for line in (
        "Kettles of 2026-08-19: Kettles\n",
        "\nKettles two, also Retrieval\n",
        "\nKettles two: Kettles of 2026-08-19 chose it\n",
        "\nKettles one in Kettles of 2026-08-19, there “Kettles”: same identifier (titles 60, ",
        "\nKettles one in daily of 2026-08-19\n",
        "\nKettles two and Kettles two: titles 95, abstracts 80 of 100\n",
        "\nKettles one: ids.doi; Kettles: same title alone (titles 100 of 100)\n",
        "\nKettles one: +speech, −Kettles\n",
        "\n2026-08-19: 3 papers, new\n",
        "\n2026-08-19: gone, with 3 papers\n",
        "\n2026-08-19: 2 papers, 1 before, title\n",
        "\n2026-08-19: 2 papers, picks\n",
        "\n/papers/Kettles/ → /papers/two/\n",
    ):
        assert line in text.replace(UNSEEN, ""), line
    assert [each.get_text() for each in page.tbody.find_all("td")] == [  # type: ignore[union-attr]
        *("Kettles", "2026-08-19", "4", "1", "2", "1", "complete"),
    ]
    assert page.a
    assert page.a["href"] == "https://doi.org/10.1000/Kettles"


@pytest.mark.parametrize("text", HOSTILE)
def test_titles_are_text_wherever_they_stand(text: str) -> None:
    page = shown(summary(everything(text)))
    assert {each.name for each in page.find_all()} <= OURS
    harmless = shown(summary(everything()))
    for name in OURS:
        assert len(page.find_all(name)) == len(harmless.find_all(name)), name
    for each in page.find_all("a"):
        assert str(each["href"]).startswith("https://doi.org/10.1000/")
    for code in page.find_all("code"):  # GitHub looks for nothing there
        code.decompose()
    for name, pattern in LOOKED_FOR.items():
        assert not re.search(pattern, page.get_text(), re.IGNORECASE), name
    assert " ".join(text.split()) in page.get_text().replace(UNSEEN, "")
    assert headline(everything(text)) == headline(everything())


def test_a_title_says_what_happened_and_when() -> None:
    assert headline(Difference()) == "nothing changes for readers"
    assert summary(Difference()) == "# nothing changes for readers\n"
    listings = tuple(
        ListingView("s", DAY + dt.timedelta(days), "f", 1, 1, 0, 0) for days in (2, 0, 1)
    )
    assert headline(Difference(listings=listings)) == (
        "2026-08-19 to 2026-08-21: nothing changes for readers"
    )
    many = tuple(entry(f"p{number}") for number in range(1200))
    assert headline(Difference(added=many)) == "1,200 new papers"


def test_a_title_does_not_call_an_editors_work_nothing() -> None:
    one = paper("one")
    picked = Difference(
        edited=(Edited(one, ("pick", "note")), Edited(paper("two"), ("abstract",))),
        completed=(Completed(one, ("authors",)),),
        editions=(EditionChange(DAY, 2, 2, ("picks",)), EditionChange(DAY, 2, 1)),
    )
    assert headline(picked) == "2 papers edited, 1 edition edited"
    moved = (Moved("a/", "b/"), Moved("c/", None), Moved("d/", None))
    assert headline(Difference(moved=moved)) == "1 old link redirected, 2 old links lost"
    assert headline(Difference(topics=("speech",), shown=(entry("two"),))) == (
        "1 topic edited, 1 paper shown again"
    )
    apart = Difference(edited=(Edited(one, ("distinct_from",)),))
    assert headline(apart) == "nothing changes for readers"
    retitled = Difference(retitled=(Retitled(one, "Before"),), moved=moved)
    assert headline(retitled) == "1 retitled"  # the greater news alone


def test_the_strongest_topics_come_first() -> None:
    speech = tuple(entry(f"s{number}", topics=["speech"]) for number in range(2))
    text = summary(Difference(added=(entry("r", topics=[tag("retrieval")]), *speech)))
    assert text.index("### Speech (2)") < text.index("### Retrieval (1)")
    assert topic("speech").title == "Speech"


@pytest.mark.parametrize("most", [60_000, 20_000, 2_000])
def test_it_is_never_too_long(most: int) -> None:
    long = "<" * 300
    many = tuple(entry(f"p{number}", title=long) for number in range(300))
    text = summary(Difference(added=many, candidates=(paper("c", source_title=long),) * 500), most)
    assert len(text) <= most
    assert text.startswith("# 300 new papers, 500 new candidates\n")
    left = re.findall(r"… and (\d+) more\.", text)
    shown_there = text.count("\n- ")
    assert sum(map(int, left)) + shown_there == 800
    assert text.count("<details>") == text.count("</details>")


def test_what_cannot_be_shorter_is_whole() -> None:
    assert summary(Difference(added=(entry("p"),)), 1) == (
        "# 1 new paper\n\n## New papers (1)\n\n### No topic (1)\n\n… and 1 more.\n"
    )
