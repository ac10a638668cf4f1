from __future__ import annotations

import dataclasses
import json
import xml.etree.ElementTree as ET
from typing import Any
from urllib.parse import urljoin

import feedparser
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from generator.digest import Digest, Entry, TopicView
from generator.feeds import catalogue, missing_address
from generator.feeds.channel import EDITIONS, MOST_PAPERS, PAPERS, newest_days
from generator.feeds.xml import legal
from generator.markup.prose import html as markdown
from tests import goldens
from tests.builders import SITE, digest, edition, entry, link, topic
from tests.rendered import feeds

HOSTILE = (
    "<EOS> & a_b $x$ ]]> 中文 \u202e ]]&gt; &amp; </p><script>alert(1)</script> \"q\" 'q' \x08\x00"
)
ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
PAPER_FEEDS = ("feed.xml", "atom.xml", "feed.json")

hostile_text = st.lists(
    st.one_of(
        st.text(),
        st.sampled_from(
            ["<", "&", "]]>", "&lt;", "<b>", "</p>", "$x$", "\ud800", "\x00", "\ufffe"]
        ),
    )
).map("".join)


def shown(text: str) -> str:
    """What a reader sees of ``text``: white space folded, invisible characters gone."""
    return " ".join(legal(text).split())


def first_paragraph(html: str) -> str:
    paragraph = BeautifulSoup(html, "html.parser").find("p")
    return shown(paragraph.get_text()) if paragraph else ""


def parsed(files: dict[str, str], path: str) -> Any:
    feed = feedparser.parse(files[path].encode())
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def xml(text: str) -> ET.Element:
    return ET.fromstring(text.encode())  # noqa: S314 - of our own making


def rss_items(files: dict[str, str], path: str = "feed.xml") -> list[ET.Element]:
    return xml(files[path]).findall("channel/item")


def text_of(element: ET.Element, name: str) -> str:
    return element.findtext(name) or ""


def full() -> Digest:
    """A digest with everything that a feed can say."""
    rich = entry(
        "rich-paper",
        date="2026-03-12",
        title="Rich <EOS> & a_b $x$ ]]> 中文",
        abstract="First paragraph with x < y & z.\n\nSecond one.",
        authors=("Ada Lovelace", "B. & C. Sons"),
        topics=("retrieval", "long-context"),
        links=(
            link("https://arxiv.org/abs/2010.00904", "paper"),
            link("https://example.com/c?a=1&b=ü", "code"),
        ),
        pick=True,
        note="*Read* [this](../plain-paper/).",
    )
    plain = entry("plain-paper", date="2026-03-12", topics=("retrieval",))
    loose = entry("loose-paper", date="2026-03-11")
    return digest(
        rich,
        plain,
        loose,
        editions=(
            edition("2026-03-12", rich, plain, title="A day", introduction="Look at **this**."),
            edition("2026-03-11", loose),
        ),
    )


@pytest.mark.parametrize("path", sorted(feeds(full())))
def test_golden(path: str) -> None:
    goldens.check(f"feeds/{path}", feeds(full())[path])


def test_every_golden_file_is_a_feed() -> None:
    assert goldens.names("feeds") == set(feeds(full()))


def test_same_content_same_bytes() -> None:
    assert feeds(full()) == feeds(full())


@pytest.mark.parametrize("path", PAPER_FEEDS)
def test_order_is_newest_first_then_by_slug_whatever_the_order_of_entries(path: str) -> None:
    entries = [entry("b"), entry("c"), entry("a"), entry("z", date="2026-03-12")]
    one = digest(*entries)
    other = dataclasses.replace(one, entries=tuple(reversed(one.entries)))
    assert feeds(one)[path] == feeds(other)[path]
    slugs = [item["link"].split("/")[-2] for item in _items(feeds(one), path)]
    assert slugs == ["z", "a", "b", "c"]


def _items(files: dict[str, str], path: str) -> list[dict[str, str]]:
    """Title, link and id of a feed's items, whatever its format."""
    if path.endswith(".json"):
        items = json.loads(files[path])["items"]
        return [{"title": i["title"], "link": i["url"], "id": i["id"]} for i in items]
    return [{"title": e.title, "link": e.link, "id": e.id} for e in parsed(files, path).entries]


def test_all_formats_hold_the_same_items() -> None:
    files = feeds(full())
    ids = [[item["id"] for item in _items(files, path)] for path in PAPER_FEEDS]
    assert ids[0] == ids[1] == ids[2]
    assert len(set(ids[0])) == 3


def test_ids_survive_a_move_of_the_site() -> None:
    moved = dataclasses.replace(full(), site=dataclasses.replace(SITE, url="https://new.example/"))
    for path in (*PAPER_FEEDS, "editions/feed.xml"):
        before, after = _items(feeds(full()), path), _items(feeds(moved), path)
        assert [item["id"] for item in before] == [item["id"] for item in after]
        assert all(item["link"].startswith("https://new.example/") for item in after)


def test_an_edition_and_a_paper_of_one_name_have_different_ids() -> None:
    files = feeds(digest(entry("2026-03-11")))
    assert _items(files, "feed.xml")[0]["id"] != _items(files, "editions/feed.xml")[0]["id"]


def test_dates_are_midday_utc_of_the_first_appearance() -> None:
    files = feeds(digest(entry(date="2026-03-11")))
    assert text_of(rss_items(files)[0], "pubDate") == "Wed, 11 Mar 2026 12:00:00 GMT"
    assert json.loads(files["feed.json"])["items"][0]["date_published"] == "2026-03-11T12:00:00Z"
    atom = parsed(files, "atom.xml")
    assert atom.entries[0].published == atom.entries[0].updated == "2026-03-11T12:00:00Z"
    assert atom.feed.updated == "2026-03-11T12:00:00Z"


@given(title=hostile_text, abstract=hostile_text, author=hostile_text)
def test_text_is_shown_as_written(title: str, abstract: str, author: str) -> None:
    files = feeds(digest(entry(title=title, abstract=abstract, authors=(author,))))
    for text in files.values():
        text.encode()  # a surrogate would fail here
    (item,) = rss_items(files)
    assert shown(text_of(item, "title")) == shown(title)
    assert shown(text_of(item, f"{DC}creator")) == shown(author)
    atom = xml(files["atom.xml"]).find(f"{ATOM}entry")
    assert atom is not None
    assert shown(text_of(atom, f"{ATOM}title")) == shown(title)
    (json_item,) = json.loads(files["feed.json"])["items"]
    assert shown(json_item.get("title", "")) == shown(title)
    for content in (
        text_of(item, "description"),
        text_of(atom, f"{ATOM}content"),
        json_item["content_html"],
    ):
        soup = BeautifulSoup(content, "html.parser")
        assert {tag.name for tag in soup.find_all(True)} == {"p"}
        assert shown(soup.get_text(" ")) == shown(abstract)


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml", "topics/retrieval/feed.xml"])
def test_a_feed_reader_shows_hostile_text_as_written(path: str) -> None:
    hostile = entry(
        title="<EOS> & a_b $x$ ]]> 中文 \u202e\x08", abstract=HOSTILE, topics=["retrieval"]
    )
    (item,) = parsed(feeds(digest(hostile)), path).entries
    assert item.title == "<EOS> & a_b $x$ ]]> 中文 \u202e"
    assert first_paragraph(item.content[0].value if "content" in item else item.summary) == shown(
        HOSTILE
    )


@given(st.text())
def test_atom_titles_are_plain_text_for_a_feed_reader(title: str) -> None:
    # feedparser takes Latin-1 that could be UTF-8 (as "Â°") for a mistake; one Chinese letter says
    # that it is none.
    title = f"中 {title} y"
    (item,) = parsed(feeds(digest(entry(title=title))), "atom.xml").entries
    assert shown(item.title) == shown(title)


@given(st.text(), st.text())
def test_text_of_the_site_and_of_topics_is_escaped(name: str, description: str) -> None:
    site = dataclasses.replace(SITE, name=name, description=description)
    one = digest(entry(topics=["a"]), site=site)
    view = TopicView(topic("a", title=name, description=description), one.entries)
    files = feeds(dataclasses.replace(one, topics=(view,)))
    for path, text in files.items():
        if not path.endswith(".json"):
            xml(text)
    assert shown(json.loads(files["feed.json"])["title"]) == shown(name)


def test_paragraphs_of_an_abstract_stay_apart() -> None:
    (item, *_) = [i for i in rss_items(feeds(full())) if "Rich" in text_of(i, "title")]
    assert "<p>Second one.</p>" in text_of(item, "description")


def test_rss_has_what_the_specification_requires() -> None:
    top = xml(feeds(full())["feed.xml"])
    assert (top.tag, top.get("version")) == ("rss", "2.0")
    channel = top.find("channel")
    assert channel is not None
    assert [text_of(channel, name) for name in ("title", "link", "description", "language")] == [
        "Little Digest",
        "https://example.org/digest/",
        "A few papers a day.",
        "en",
    ]
    own = channel.find(f"{ATOM}link")
    assert own is not None
    assert own.attrib == {
        "rel": "self",
        "type": "application/rss+xml",
        "href": "https://example.org/digest/feed.xml",
    }
    rich = channel.findall("item")[1]
    assert [e.text for e in rich.findall(f"{DC}creator")] == ["Ada Lovelace", "B. & C. Sons"]
    assert [e.text for e in rich.findall("category")] == ["Retrieval", "Long context"]
    guid = rich.find("guid")
    assert guid is not None
    assert guid.get("isPermaLink") == "false"


def test_atom_has_authors_categories_and_links_by_kind() -> None:
    feed = parsed(feeds(full()), "atom.xml")
    assert feed.version == "atom10"
    assert feed.feed.id == "https://example.org/digest/atom.xml"
    rich = feed.entries[1]
    assert [author.name for author in rich.authors] == ["Ada Lovelace", "B. & C. Sons"]
    assert [(tag.term, tag.label) for tag in rich.tags] == [
        ("retrieval", "Retrieval"),
        ("long-context", "Long context"),
    ]
    assert [(one.rel, one.href, one.get("title")) for one in rich.links][1:] == [
        ("related", "https://arxiv.org/abs/2010.00904", "paper"),
        ("related", "https://example.com/c?a=1&b=%C3%BC", "code"),
    ]


def test_json_feed_has_what_the_specification_requires() -> None:
    feed = json.loads(feeds(full())["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "https://example.org/digest/"
    assert feed["feed_url"] == "https://example.org/digest/feed.json"
    for item in feed["items"]:
        assert {"id", "url", "title", "content_html", "date_published"} <= item.keys()
    rich = feed["items"][1]
    assert rich["external_url"] == "https://arxiv.org/abs/2010.00904"
    assert rich["authors"] == [{"name": "Ada Lovelace"}, {"name": "B. & C. Sons"}]
    assert rich["tags"] == ["Retrieval", "Long context"]


def test_opml_lists_every_subscription_once() -> None:
    files = feeds(full())
    outlines = xml(files["feeds.opml"]).iter("outline")
    listed = [one.get("xmlUrl", "") for one in outlines if one.get("type") == "rss"]
    assert listed == [SITE.url + path for path in files if path.endswith("feed.xml")]
    assert len(set(listed)) == len(listed) == 4


def test_the_catalogue_is_in_the_order_of_the_topics() -> None:
    assert [channel.path for channel in catalogue(full())] == [
        "feed.xml",
        "editions/feed.xml",
        "topics/long-context/feed.xml",
        "topics/retrieval/feed.xml",
    ]


def test_an_edition_is_one_item_with_all_its_papers() -> None:
    newest, older = rss_items(feeds(full()), "editions/feed.xml")
    assert text_of(newest, "title") == "12 March 2026: A day"
    assert text_of(older, "title") == "11 March 2026"
    soup = BeautifulSoup(text_of(newest, "description"), "html.parser")
    assert soup.p is not None
    assert soup.p.get_text() == "Look at this."
    assert [(a["href"], a.get_text()) for a in soup.find_all("a")] == [
        (f"{SITE.url}papers/rich-paper/", "Rich <EOS> & a_b $x$ ]]> 中文"),
        (f"{SITE.url}papers/plain-paper/", "Plain paper"),
    ]


def test_only_the_newest_editions() -> None:
    days = [entry(f"p{n}", date=f"2026-01-{n:02}") for n in range(1, 32)]
    items = rss_items(feeds(digest(*days)), "editions/feed.xml")
    assert [text_of(item, "title") for item in items] == [
        f"{n} January 2026" for n in range(31, 31 - EDITIONS, -1)
    ]


def on_day(day: int, count: int) -> list[Entry]:
    return [entry(f"d{day}-{n:04}", date=f"2026-03-{day:02}") for n in range(count)]


@pytest.mark.parametrize(
    "days, kept",
    [
        ([PAPERS - 1], PAPERS - 1),
        ([PAPERS, 1], PAPERS),
        ([PAPERS + 50, 1], PAPERS + 50),
        ([PAPERS - 1, 30, 1], PAPERS + 29),
        ([MOST_PAPERS + 1], MOST_PAPERS),
    ],
)
def test_a_feed_holds_whole_days(days: list[int], kept: int) -> None:
    entries = [one for i, count in enumerate(days) for one in on_day(20 - i, count)]
    assert newest_days(reversed(entries)) == tuple(entries[:kept])


def test_an_empty_digest_has_valid_feeds() -> None:
    nothing = digest(topics=(TopicView(topic("retrieval"), ()),))
    files = feeds(nothing)
    for path in ("feed.xml", "atom.xml", "editions/feed.xml", "topics/retrieval/feed.xml"):
        assert parsed(files, path).entries == []
    assert parsed(files, "atom.xml").feed.updated == "1970-01-01T00:00:00Z"
    assert json.loads(files["feed.json"])["items"] == []


def test_without_an_address_feeds_point_relative_to_themselves() -> None:
    nowhere = dataclasses.replace(full(), site=dataclasses.replace(SITE, url=""))
    files = feeds(nowhere)
    for path in ("feed.xml", "topics/retrieval/feed.xml", "editions/feed.xml"):
        here = f"https://preview.example/{path}"
        links = [urljoin(here, text_of(item, "link")) for item in rss_items(files, path)]
        assert all(
            one.startswith(("https://preview.example/papers/", "https://preview.example/editions/"))
            for one in links
        )
    atom = xml(files["atom.xml"])
    assert text_of(atom, f"{ATOM}id").startswith("urn:uuid:")
    assert text_of(xml(files["feed.xml"]), "channel/link") == "./"


def test_a_missing_address_is_told() -> None:
    assert missing_address(SITE) is None
    message = missing_address(dataclasses.replace(SITE, url=""))
    assert message is not None
    assert message.startswith("mkdocs.yml: site_url: ")


def test_addresses_hold_legal_characters_only() -> None:
    paper = entry(links=(link("https://example.com/a b?q=ü%20&r=\"<'>", "code"),))
    (item,) = parsed(feeds(digest(paper)), "atom.xml").entries
    assert item.links[1].href == "https://example.com/a%20b?q=%C3%BC%20&r=%22%3C'%3E"


@pytest.mark.parametrize(
    "text, html",
    [
        ("**a** & b", "<p><strong>a</strong> &amp; b</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>"),
        ("[x](javascript:alert)", "<p>[x](javascript:alert)</p>"),
        ("[x](java&#115;cript:alert)", "<p>[x](java&#115;cript:alert)</p>".replace("&#115;", "s")),
        ("[x](papers/b/)", '<p><a href="https://e.org/papers/b/">x</a></p>'),
        ("[x](http://[)", '<p><a href="http://%5B">x</a></p>'),
        ("![x](https://t.example/p.png)", '<p>!<a href="https://t.example/p.png">x</a></p>'),
    ],
)
def test_editors_markdown_is_safe_html(text: str, html: str) -> None:
    assert markdown(text, lambda address: f"https://e.org/{address}") == html


def test_a_next_line_character_is_a_line_end() -> None:
    assert legal("a\x85b\x07c\ud800d") == "a\nbcd"


def test_a_topic_that_was_renamed_can_still_be_followed() -> None:
    shown = digest(entry("p", topics=["speech"]), topics_moved={"audio": topic("speech")})
    made = feeds(shown)
    assert made["topics/audio/feed.xml"] == made["topics/speech/feed.xml"]
    assert "topics/audio" not in made["feeds.opml"]
