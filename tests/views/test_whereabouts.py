from __future__ import annotations

import pytest

from generator.content import Content
from generator.errors import ContentErrors
from generator.folder import Folder
from generator.storage.library import Library
from generator.storage.redirects import Redirect
from generator.topics.taxonomy import Taxonomy
from generator.views.assemble import assemble
from generator.views.whereabouts import addresses, misled, redirects
from tests.builders import SITE, digest, entry, topic


def test_where_pages_are() -> None:
    shown = digest(entry("p", "2026-03-11", ["speech"]))
    assert addresses(shown, ["about/"]) == {
        "papers/p/",
        "topics/speech/",
        "editions/2026-03-11/",
        "about/",
    }


def test_where_papers_topics_and_pages_went() -> None:
    moved = digest(
        entry("p"),
        redirects={"q": "p"},
        topics_moved={"audio": topic("speech")},
        pages_moved={"who/": "about/"},
    )
    assert redirects(moved) == {
        "papers/q/": "papers/p/",
        "topics/audio/": "topics/speech/",
        "who/": "about/",
    }


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("editions/2026-03-10/", "editions/2026-03-11/", None),
        ("who/", "about/", None),
        ("start/", "", None),
        ("papers/hidden/", "topics/", None),
        ("about/", "", "has a page, or leads on already; take it out"),
        ("papers/p/", "", "has a page, or leads on already; take it out"),
        ("papers/q/", "", "has a page, or leads on already; take it out"),
        ("trends/", "", "has a page, or leads on already; take it out"),
        ("Papers/P/", "", "has a page, or leads on already; take it out"),
        (
            "editions/2026-03-11/2/",
            "",
            "is the address of a further page; take it out: long lists have further pages there",
        ),
        ("2/", "about/", None),
        ("who/", "abut/", "leads to 'abut/', where no page is; did you mean 'about/'?"),
        ("who/", "papers/q/", "leads to 'papers/q/', where no page is; did you mean 'papers/p/'?"),
    ],
)
def test_addresses_lead_to_pages(old: str, new: str, told: str | None) -> None:
    shown = digest(entry("p", "2026-03-11"), redirects={"q": "p"}, pages_moved={old: new})
    content = Content(SITE, Taxonomy(()), Library(), ("about/",), {old: Redirect(new, 3)})
    found = [str(error) for error in misled(shown, content)]
    assert found == ([f"content/redirects.yml:3: {old}: {told}"] if told else [])


def test_an_address_that_leads_nowhere_stops_the_build(folder: Folder) -> None:
    folder.redirects_yml.write_text("/who: /about\n", encoding="utf-8")
    with pytest.raises(ContentErrors, match="who/: leads to 'about/', where no page is"):
        assemble(folder)
    (folder.pages).mkdir(exist_ok=True)
    (folder.pages / "about.md").write_text("# About\n", encoding="utf-8")
    assert assemble(folder).pages_moved == {"who/": "about/"}
