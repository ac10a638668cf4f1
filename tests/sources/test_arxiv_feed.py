from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.model import Listing
from generator.sources.arxiv_atom import ArxivAtom
from generator.sources.arxiv_feed import ArxivFeed
from generator.text.cleaning import clean

TODAY = dt.date(2026, 8, 18)
READER = ArxivFeed()
DAY = dt.date(2026, 8, 17)

RSS = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
  <channel>
    <title>cs.CL updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/cs.CL</link>
    <description>cs.CL updates on the arXiv.org e-print archive.</description>
    <atom:link href="http://rss.arxiv.org/rss/cs.CL" rel="self" type="application/rss+xml"/>
    <lastBuildDate>Mon, 17 Aug 2026 04:00:07 +0000</lastBuildDate>
    <pubDate>Mon, 17 Aug 2026 00:00:00 -0400</pubDate>
    <skipDays><day>Sunday</day><day>Saturday</day></skipDays>{}
  </channel>
</rss>
"""
ATOM = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns="http://www.w3.org/2005/Atom" xml:lang="en-us">
  <id>http://rss.arxiv.org/atom/cs.AI</id>
  <title>cs.AI updates on arXiv.org</title>
  <updated>2026-08-17T04:00:19.866337+00:00</updated>
  <subtitle>cs.AI updates on the arXiv.org e-print archive.</subtitle>{}
</feed>
"""
RDF = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
         xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://arxiv.org/">
<title>cs.CL updates on arXiv.org</title>
<dc:date>2020-08-17T20:30:00-05:00</dc:date>
<items><rdf:Seq><rdf:li rdf:resource="http://arxiv.org/abs/2008.00001" /></rdf:Seq></items>
</channel>{}
</rdf:RDF>
"""


def text_of(kind: str, number: str, abstract: str) -> str:
    return escape(f"arXiv:{number}v1 Announce Type: {kind} \nAbstract: {abstract}", quote=False)


def item(
    kind: str = "new",
    *,
    title: str = "On Tea",
    abstract: str = "We study tea.",
    names: str = "<dc:creator>Ada Lovelace, Alan Turing</dc:creator>",
    number: str = "2608.00001",
    more: str = "",
    day: str = "Mon, 17 Aug 2026 00:00:00 -0400",
) -> str:
    return f"""
    <item>
      <title>{escape(title)}</title>
      <link>https://arxiv.org/abs/{number}</link>
      <description>{text_of(kind, number, abstract)}</description>
      <guid isPermaLink="false">oai:arXiv.org:{number}v1</guid>
      <category>cs.CL</category>
      <pubDate>{day}</pubDate>
      <arxiv:announce_type>{kind}</arxiv:announce_type>
      <dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>{names}{more}
    </item>"""


def entry(
    kind: str = "new",
    *,
    title: str = "On Tea",
    abstract: str = "We study tea.",
    names: str = "<dc:creator>Ada Lovelace, Alan Turing</dc:creator>",
    number: str = "2608.00001",
    more: str = "",
    day: str = "2026-08-17T00:00:00-04:00",
) -> str:
    return f"""
  <entry>
    <id>oai:arXiv.org:{number}v1</id>
    <title>{escape(title)}</title>
    <updated>2026-08-17T04:00:19.899254+00:00</updated>
    <link href="https://arxiv.org/abs/{number}" rel="alternate" type="text/html"/>
    <summary>{text_of(kind, number, abstract)}</summary>
    <published>{day}</published>
    <arxiv:announce_type>{kind}</arxiv:announce_type>{names}{more}
  </entry>"""


def old(suffix: str = "(arXiv:2008.00001v1 [cs.CL])", abstract: str = "We study tea.") -> str:
    names = (
        '<a href="http://arxiv.org/find/cs/1/au:+L_A/0/1/0/all/0/1">Ada Lovelace</a> (Tea House)'
    )
    other = '<a href="http://arxiv.org/find/cs/1/au:+T_A/0/1/0/all/0/1">Alan Turing</a>'
    return f"""
<item rdf:about="http://arxiv.org/abs/2008.00001">
<title>On Tea. {suffix}</title>
<link>http://arxiv.org/abs/2008.00001</link>
<description rdf:parseType="Literal">{escape(f"<p>{escape(abstract)}</p>")}
</description>
<dc:creator> {escape(names)}, {escape(other)}</dc:creator>
</item>"""


def read(text: str) -> Listing:
    assert READER.recognises(text)
    return READER.read(text, "feed.xml", "f", TODAY)


def refusal(text: str) -> str:
    assert READER.recognises(text)
    with pytest.raises(ListingError) as caught:
        READER.read(text, "feed.xml", "f", TODAY)
    return str(caught.value)


Make = Callable[..., str]
BOTH = pytest.mark.parametrize("feed, make", [(RSS, item), (ATOM, entry)], ids=["RSS", "Atom"])


@BOTH
def test_an_announcement_is_read(feed: str, make: Make) -> None:
    listing = read(feed.format(make() + make("cross", title="On Cups", number="hep-ex/0601001")))
    first, second = listing.records
    assert (first.title, first.abstract) == ("On Tea", "We study tea.")
    assert first.authors == ("Ada Lovelace", "Alan Turing")
    assert (first.ids, second.ids) == ({"arxiv": "2608.00001"}, {"arxiv": "hep-ex/0601001"})
    assert (first.date, first.published, first.links) == (DAY, None, ())
    assert (listing.date, listing.source, listing.total) == (DAY, "arxiv-announcements", None)
    assert not listing.rejected
    assert not listing.warnings
    assert feed.format(make()).split("\n")[first.line - 1].strip() in {"<item>", "<entry>"}


@BOTH
@pytest.mark.parametrize("kind", ["replace", "replace-cross"])
def test_a_replacement_is_no_new_paper(feed: str, make: Make, kind: str) -> None:
    listing = read(feed.format(make(kind) + make()))
    ((title, reason),) = [(rejected.title, rejected.reason) for rejected in listing.rejected]
    assert title == "On Tea"
    assert reason == f"a replacement ({kind}) of a paper that came before, not a new one"
    assert len(listing.records) == 1


@BOTH
def test_the_text_tells_the_type_where_no_element_does(feed: str, make: Make) -> None:
    text = feed.format(make("replace") + make("cross"))
    bare = "".join(line for line in text.splitlines(True) if "announce_type" not in line)
    listing = read(bare)
    assert (len(listing.records), len(listing.rejected)) == (1, 1)


@BOTH
def test_an_unknown_type_is_taken_and_told(feed: str, make: Make) -> None:
    listing = read(feed.format(make("revival")))
    assert len(listing.records) == 1
    (warning,) = listing.warnings
    assert warning.endswith(": 'revival' is no known announce type; taken as new")


@BOTH
@pytest.mark.parametrize(
    "names, authors",
    [
        (
            "<dc:creator>Ada</dc:creator><dc:creator>Alan, Kurt</dc:creator>",
            ("Ada", "Alan", "Kurt"),
        ),
        ("<dc:creator>Paulo Andr\\'e Lima</dc:creator>", ("Paulo André Lima",)),
        ("<dc:creator>John Doe, Jr., Ada</dc:creator>", ("John Doe, Jr.", "Ada")),
        (
            "<dc:creator>Ada (Tea House, Oslo), Alan ((1) Cups, Inc. (Rome))</dc:creator>",
            ("Ada", "Alan"),
        ),
        ("<dc:creator/>", ()),
        ("<dc:creator>, Ada,,</dc:creator>", ("Ada",)),
        ("", ()),
    ],
)
def test_names(feed: str, make: Make, names: str, authors: tuple[str, ...]) -> None:
    (record,) = read(feed.format(make(names=names))).records
    assert record.authors == authors


def test_names_of_atom_s_own() -> None:
    names = "<author><name>Ada Lovelace</name></author><author><name>Alan</name></author>"
    assert read(ATOM.format(entry(names=names))).records[0].authors == ("Ada Lovelace", "Alan")


@BOTH
@pytest.mark.parametrize("name", ["DOI", "doi"])
def test_the_doi_is_read(feed: str, make: Make, name: str) -> None:
    listing = read(feed.format(make(more=f"<arxiv:{name}>10.1000/Tea</arxiv:{name}>")))
    assert listing.records[0].ids == {"arxiv": "2608.00001", "doi": "10.1000/tea"}


@BOTH
def test_texts_are_literal(feed: str, make: Make) -> None:
    text = "We show $a<b$ & <EOS> &amp; <p>more</p>"
    (record,) = read(feed.format(make(title=text, abstract=text))).records
    assert (record.title, record.abstract) == (clean(text), clean(text))


@BOTH
def test_a_text_without_its_preamble_is_taken_whole(feed: str, make: Make) -> None:
    text = feed.format(make()).replace("arXiv:2608.00001v1 Announce Type: new \nAbstract: ", "")
    assert read(text).records[0].abstract == "We study tea."


@BOTH
def test_a_preamble_on_one_line_is_known(feed: str, make: Make) -> None:
    text = feed.format(make()).replace(" \nAbstract: ", " Abstract: ")
    assert read(text).records[0].abstract == "We study tea."


@BOTH
def test_where_facts_are_wanted_replacements_and_no_abstract_will_do(feed: str, make: Make) -> None:
    text = feed.format(make("replace") + make(abstract=""))
    listing = READER.read(text, "feed.xml", "f", TODAY, partial=True)
    assert [record.abstract for record in listing.records] == ["We study tea.", ""]
    assert (listing.rejected, listing.warnings) == ((), ())


@BOTH
def test_an_entry_without_an_abstract_is_rejected(feed: str, make: Make) -> None:
    listing = read(feed.format(make(abstract="") + make(title="")))
    assert [rejected.reason for rejected in listing.rejected] == [
        "no abstract: the library needs one; add it",
        "no title",
    ]


@pytest.mark.parametrize("feed", [RSS, ATOM, RDF], ids=["RSS", "Atom", "RDF"])
def test_an_empty_feed_is_a_listing_without_records(feed: str) -> None:
    listing = read(feed.format(""))
    assert listing.records == ()
    assert listing.date is not None
    assert (listing.date.month, listing.date.day) == (8, 17)


def test_the_day_is_the_one_of_the_feed_s_own_time_zone() -> None:
    late = "Mon, 17 Aug 2026 22:00:00 -0400"
    text = RSS.replace("Mon, 17 Aug 2026 00:00:00 -0400", late).format(item(day=late))
    listing = read(text)
    assert (listing.date, listing.records[0].date) == (DAY, DAY)


def test_the_day_is_the_feed_s_own_before_any_other() -> None:
    text = RSS.replace("<pubDate>Mon, 17", "<pubDate>Tue, 18")
    listing = read(text.format(item()))
    assert (listing.date, listing.records[0].date) == (dt.date(2026, 8, 18), DAY)


def test_the_day_is_the_entries_if_the_feed_says_none() -> None:
    early = ATOM.replace("2026-08-17T04:00:19.866337", "2026-08-16T23:59:00")
    assert read(early.format(entry("replace"))).date == DAY
    days = entry() + entry(day="2026-08-14T00:00:00-04:00")
    listing = read(early.format(days))
    assert listing.date == dt.date(2026, 8, 16)
    assert [record.date for record in listing.records] == [DAY, dt.date(2026, 8, 14)]


@BOTH
def test_a_day_that_is_none_is_told(feed: str, make: Make) -> None:
    listing = read(feed.format(make(day="some day")))
    assert listing.records[0].date is None
    assert "'some day' is no date of any calendar; left out" in listing.warnings[0]


def test_rss_1_0_is_read() -> None:
    cross = old("(arXiv:2008.00002v1 [hep-ex] CROSS LISTED)", "We show $2&lt;p&amp;q$, <EOS>.")
    updated = old("(arXiv:1908.00003v4 [cs.CL] UPDATED)")
    plain = old("").replace("On Tea. ", "On Tea")
    listing = read(RDF.format(old() + cross + updated + plain))
    first, second, third = listing.records
    assert (first.title, first.abstract) == ("On Tea", "We study tea.")
    assert first.authors == ("Ada Lovelace", "Alan Turing")
    assert first.ids == {"arxiv": "2008.00001"}
    assert second.ids == {"arxiv": "2008.00002"}
    assert second.abstract == "We show $2&lt;p&amp;q$, <EOS>."
    assert (third.title, third.ids) == ("On Tea", {"arxiv": "2008.00001"})
    assert listing.date == dt.date(2020, 8, 17)
    assert [(rejected.title, rejected.reason) for rejected in listing.rejected] == [
        ("On Tea", "a replacement (replace) of a paper that came before, not a new one")
    ]


@pytest.mark.parametrize("feed, make", [(RSS, item), (ATOM, entry), (RDF, old)])
def test_a_feed_that_is_cut_off_is_known_and_refused(feed: str, make: Make) -> None:
    text = feed.format(make() + make()).rstrip()
    for length in range(len(text) // 2, len(text)):
        assert "breaks off within <" in refusal(text[:length])


@BOTH
def test_a_document_type_is_refused(feed: str, make: Make) -> None:
    text = feed.format(make()).replace("?>\n", "?>\n<!DOCTYPE feed>\n", 1)
    assert "has a document type" in refusal(text)


def test_a_feed_without_a_name_is_known_by_its_types() -> None:
    text = f'<rss xmlns:arxiv="http://arxiv.org/schemas/atom"><channel>{item(names="")}'.replace(
        "<dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>", ""
    )
    assert len(read(f"{text}</channel></rss>").records) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><title>News of arXiv</title><item><title>x</title></item></channel></rss>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://arxiv.org/api/x</id></feed>',
        '<feed xmlns="http://www.w3.org/2005/Atom"><id>https://example.org/</id></feed>',
        "<feed><title>cs.AI updates on arXiv.org</title></feed>",
        "cs.AI updates on arXiv.org",
        "",
    ],
)
def test_other_files_are_not_taken(text: str) -> None:
    assert not READER.recognises(text)


def test_feeds_and_answers_are_told_apart() -> None:
    for feed in (RSS.format(item()), ATOM.format(entry()), ATOM.format(""), RDF.format(old())):
        assert READER.recognises(feed)
        assert not ArxivAtom().recognises(feed)


WRITABLE = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
WORDS = st.text(WRITABLE, min_size=1).map(lambda text: f"tea {text} tea")


@BOTH
@given(WORDS, WORDS)
def test_texts_survive_the_format(feed: str, make: Make, title: str, abstract: str) -> None:
    (record,) = read(feed.format(make(title=title, abstract=abstract))).records
    assert (record.title, record.abstract) == (clean(title), clean(abstract))


@pytest.mark.parametrize("feed, make", [(RSS, item), (ATOM, entry), (RDF, old)])
@given(data=st.data())
def test_mangled_feeds_give_no_traceback(feed: str, make: Make, data: st.DataObject) -> None:
    text = feed.format(make() + make())
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 60)))
    new = data.draw(st.text(alphabet="<>/&;!?-[]=\"' xé\n", max_size=4))
    mangled = text[:start] + new + text[end:]
    if READER.recognises(mangled):
        try:
            listing = READER.read(mangled, "feed.xml", "f", TODAY)
        except ListingError:
            return
        assert len(listing.records) + len(listing.rejected) <= 2


@pytest.mark.parametrize(
    "title, names",
    [(" " * 200_000, ""), ("(arXiv:" * 50_000, ""), ("x", "(" * 200_000), ("x", "a,(" * 50_000)],
)
def test_hostile_texts_are_read_in_time(title: str, names: str) -> None:
    """Of these lengths a time that grows with the square would be minutes."""
    text = old().replace("On Tea", f"On Tea{title}").replace("Tea House", names)
    assert len(read(RDF.format(text)).records) == 1
