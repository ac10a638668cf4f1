from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import ListingError
from generator.model import Link, LinkKind, Listing, Rejected, SourceRecord
from generator.sources.anthology import Anthology

TODAY = dt.date(2026, 8, 20)

COLLECTION = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2020.wash">
  <volume id="main" ingest-date="2020-06-21" type="proceedings">
    <meta>
      <booktitle>Proceedings of <fixed-case>L</fixed-case>aundry</booktitle>
      <editor><first>Some</first><last>Editor</last></editor>
      <month>July</month>
      <year>2020</year>
    </meta>
    <frontmatter>
      <url hash="5ccfe647">2020.wash-main.0</url>
      <bibkey>wash-2020</bibkey>
    </frontmatter>
    <paper id="1">
      <title><fixed-case>BERT</fixed-case> at <tex-math>4^\\circ</tex-math>: <i>All</i> Work</title>
      <author id="a"><first>Ada</first><last>de la Cruz</last><variant/></author>
      <author><first/><last>Plato</last><variant script="grek"><last>Π</last></variant></author>
      <pages>1–2</pages>
      <abstract>We wash &amp; dry,
        <tex-math>x &lt; y</tex-math>. See <url>https://example.org/x</url> for more.</abstract>
      <url hash="ff986e52">2020.wash-main.1</url>
      <attachment type="Software" hash="10e7cdce">2020.wash-main.1.Software.zip</attachment>
      <doi>10.18653/v1/2020.wash-main.1</doi>
      <video href="http://slideslive.com/38929437"/>
      <video href="2020.wash-main.1.mp4"/>
      <award>Best Paper</award>
      <bibkey>cruz-2020-bert</bibkey>
      <pwccode url="https://github.com/example/wash" additional="true">example/wash</pwccode>
      <pwccode url="" additional="true"/>
      <pwcdataset url="https://paperswithcode.com/dataset/snips">SNIPS</pwcdataset>
    </paper>
    <paper id="2">
      <title>Without an Abstract</title>
      <author><first>Ada</first><last>Cruz</last></author>
      <url>2020.wash-main.2</url>
    </paper>
    <paper id="3">
      <title>A Stain</title>
      <abstract>We stain.</abstract>
      <retracted date="2022-05-06">Paper was intended for another track.</retracted>
    </paper>
  </volume>
</collection>
"""


def read(text: str, *, partial: bool = False) -> Listing:
    return Anthology().read(text, "a.xml", "f" * 64, TODAY, partial=partial)


def one(paper: str, volume: str = 'id="1"', collection: str = 'id="2020.wash"') -> SourceRecord:
    text = "<title>A</title><abstract>We wash.</abstract>"
    (record,) = read(
        f"<collection {collection}><volume {volume}>"
        f'<paper id="7">{text}{paper}</paper></volume></collection>'
    ).records
    return record


def test_a_paper() -> None:
    assert read(COLLECTION).records == (
        SourceRecord(
            r"BERT at $4^\circ$: All Work",
            "We wash & dry, $x < y$. See https://example.org/x for more.",
            14,
            authors=("Ada de la Cruz", "Plato"),
            ids={"acl": "2020.wash-main.1", "doi": "10.18653/v1/2020.wash-main.1"},
            links=(
                Link(LinkKind.CODE, "https://github.com/example/wash"),
                Link(LinkKind.VIDEO, "http://slideslive.com/38929437"),
            ),
            date=dt.date(2020, 6, 21),
        ),
    )


def test_a_listing() -> None:
    listing = read(COLLECTION)
    assert (listing.source, listing.file) == ("acl-anthology", "a.xml")
    assert listing.date == dt.date(2020, 6, 21)
    assert listing.warnings == ()


def test_what_does_not_go_in() -> None:
    without, retracted = read(COLLECTION).rejected
    assert (without.line, without.title) == (32, "Without an Abstract")
    assert "no abstract" in without.reason
    assert retracted == Rejected(
        37, "A Stain", "was retracted: Paper was intended for another track.", is_fault=False
    )
    assert without.is_fault


def test_without_an_abstract_there_are_facts() -> None:
    listing = read(COLLECTION, partial=True)
    assert [(each.title, each.abstract) for each in listing.records][1:] == [
        ("Without an Abstract", "")
    ]
    assert [each.title for each in listing.rejected] == ["A Stain"]


@pytest.mark.parametrize(
    "collection, volume, name",
    [
        ("2020.wash", "main", "2020.wash-main.7"),
        ("P19", "1", "P19-1007"),
        ("W18", "63", "W18-6307"),
        ("W18", "3", "W18-0307"),
        ("D19", "50", "D19-5007"),
        ("", "1", None),
        ("P19", "", None),
        ("2020.wash", "a b", None),
    ],
)
def test_a_name_in_the_anthology_is_made_where_none_is_given(
    collection: str, volume: str, name: str | None
) -> None:
    record = one("", f'id="{volume}"', f'id="{collection}"')
    assert record.ids == ({"acl": name} if name else {})
    given = one("<url>P19-1001</url>", f'id="{volume}"', f'id="{collection}"')
    assert given.ids == {"acl": "P19-1001"}


def test_an_address_elsewhere_is_a_link_or_an_identifier() -> None:
    record = one("<url>https://example.org/p.pdf</url>")
    assert record.links == (Link(LinkKind.PAPER, "https://example.org/p.pdf"),)
    assert record.ids == {"acl": "2020.wash-1.7"}
    assert one("<url>https://aclanthology.org/P19-1001.pdf</url>").ids["acl"] == "2020.wash-1.7"


@pytest.mark.parametrize(
    "volume, date",
    [
        ('id="1" ingest-date="2020-06-21"', dt.date(2020, 6, 21)),
        ('id="1"', None),
        ('id="1" ingest-date="2020"', None),
    ],
)
def test_the_day_is_that_on_which_the_volume_came_in(volume: str, date: dt.date | None) -> None:
    assert one("", volume).date == date
    assert one("", volume).published is None


def test_a_paper_may_have_come_in_on_another_day() -> None:
    text = COLLECTION.replace('<paper id="1">', '<paper id="1" ingest-date="2021-01-02">')
    assert read(text).records[0].date == dt.date(2021, 1, 2)


def test_a_day_that_does_not_exist_is_told() -> None:
    text = COLLECTION.replace("2020-06-21", "2020-06-31")
    assert read(text).records[0].date is None
    assert read(text).warnings[0] == "line 14: no calendar has the day '2020-06-31'; left out"


def test_a_paper_without_a_title_is_rejected() -> None:
    text = COLLECTION.replace("<title>Without an Abstract</title>", "")
    assert [(each.line, each.title) for each in read(text).rejected] == [(32, ""), (37, "A Stain")]


def test_formulas_have_their_dollars_once() -> None:
    text = COLLECTION.replace("x &lt; y", " $x$ ")
    assert "$x$. See" in read(text).records[0].abstract


@pytest.mark.parametrize(
    "text, message",
    [
        ("<collection><volume><paper>", "a.xml:1: breaks off"),
        ("<collection></volume></collection>", "a.xml:1: is not well-formed XML"),
        ("<collection id='x'/>", "a.xml: has no <paper> in a <volume>"),
        (
            "<!DOCTYPE collection [<!ENTITY a 'b'>]><collection>&a;</collection>",
            "a.xml:1: has a document type",
        ),
    ],
)
def test_broken_files_are_refused(text: str, message: str) -> None:
    with pytest.raises(ListingError) as caught:
        read(text)
    assert str(caught.value).startswith(message)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "text, known",
    [
        (COLLECTION, True),
        ("\n " + COLLECTION, True),
        (COLLECTION[:200], True),
        (COLLECTION.replace("</paper>", "</papr>"), True),
        ("<feed xmlns='http://www.w3.org/2005/Atom'/>", False),
        ("<rss/>", False),
        ("a <collection>", False),
        ("", False),
    ],
)
def test_it_is_known_by_its_root(text: str, known: bool) -> None:
    assert Anthology().recognises(text) is known


@given(st.data())
def test_no_text_makes_a_traceback(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(COLLECTION)))
    until = data.draw(st.integers(at, min(len(COLLECTION), at + 40)))
    noise = data.draw(st.sampled_from(["", "<", "&", "</paper>", "<title>", "\x00", "é"]))
    text = COLLECTION[:at] + noise + COLLECTION[until:]
    Anthology().recognises(text)
    with contextlib.suppress(ListingError):
        assert all(record.title for record in read(text).records)
