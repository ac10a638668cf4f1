"""What must hold for everything that comes in: reading, cleaning, filing, writing."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from generator import content, sources
from generator.commands import ingest as command
from generator.errors import ListingError
from generator.folder import Folder
from generator.ingest.planning import Dated, plan
from generator.ingest.slugs import LONGEST_SLUG
from generator.model import Listing, Paper
from generator.storage import library, store
from generator.storage.library import Library
from generator.storage.papers import is_web_address
from generator.storage.records import paper_text, updated_text
from generator.text import formulas
from generator.text.cleaning import clean, tidy
from generator.text.inlines import inlines
from tests.builders import appearance, link, paper, write_whole
from tests.conftest import MKDOCS_YML, TOPICS_YML
from tests.fuzz.cases import Case

_TODAY = dt.date(2026, 8, 20)

#: XML 1.0, production [2] Char: what every feed can hold.
_XML = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")

#: What hides, or turns round, what a reader sees (Unicode Standard Annex 9, table 1, and the
#: zero-width characters but for the two that join).
_UNSEEN = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

#: Names of devices (Microsoft, "Naming Files, Paths, and Namespaces"), and two that servers and the
#: digest's own feeds use.
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]|index|feed")
_SLUG = re.compile(rf"[a-z0-9-]{{1,{LONGEST_SLUG}}}")


def listing(case: Case) -> None:
    """A file is read into clean texts, or refused with a message; never anything else."""
    data = case.get("bytes", "").encode("utf-8", "surrogateescape")
    try:
        found = sources.read(data, "page.txt", _TODAY)
    except ListingError as error:
        _assert_told(error)
        return
    assert found.records, "a listing that is read holds a paper"
    for record in found.records:
        _assert_clean(record.title)
        _assert_clean(record.abstract)
        assert 1 <= record.line <= len(re.split(rb"\r\n?|\n", data))
    assert sources.read(data, "page.txt", _TODAY) == found, "read twice, it is another"
    if b"\r" not in data:
        _assert_same(found, data.replace(b"\n", b"\r\n"))
    _assert_same(found, b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"))


def _assert_told(error: ListingError) -> None:
    """A refusal says of which file it is, what is wrong, and what to do, on one line."""
    assert str(error).startswith("page.txt"), error
    assert error.problem, error
    assert error.remedy, error
    assert len(str(error).splitlines()) == 1, f"a message is one line: {str(error)!r}"


def _assert_same(found: Listing, data: bytes) -> None:
    """How a file was saved changes nothing."""
    assert sources.read(data, "page.txt", _TODAY) == found, "saved otherwise, it is another listing"


def _assert_clean(text: str) -> None:
    """What the library may hold: one line of text that everything can hold and show."""
    assert text, "a title or an abstract is empty"
    assert clean(text) == text, f"cleaned again: {clean(text)!r}"
    assert len(text.splitlines()) == 1, f"more than one line: {text!r}"
    assert text == text.strip()
    assert _XML.fullmatch(text), f"not legal in XML: {text!r}"
    assert not _UNSEEN.search(text), f"hides something: {text!r}"
    assert not {"Cc", "Cs"} & {unicodedata.category(char) for char in text}, f"control: {text!r}"
    text.encode()


# --- clean --------------------------------------------------------------------------------------

#: What every reader takes for an address, whatever stands around it.
_ADDRESS = re.compile(r"https?://[a-z0-9]+(?:[./~_-]?[a-z0-9])*")


def clean_text(case: Case) -> None:
    """Cleaning is done once for all, and leaves formulas and addresses alone."""
    text = case.get("text", "")
    cleaned = clean(text)
    if cleaned:
        _assert_clean(cleaned)
    assert len(cleaned) <= 4 * len(text) + 4, "cleaning takes away; it does not add"
    # Dollars in a row can be read in several ways, and in others once a command is gone.
    for part in inlines(tidy(text)) if "$$" not in cleaned else ():
        if part.formula and _is_formula(part.formula.tex):
            assert part.source in cleaned, f"the formula {part.source!r} is not in {cleaned!r}"
    for part in inlines(cleaned) if "$$" not in cleaned else ():
        assert not part.formula or part.source in tidy(text), f"{part.source!r} was no formula"
    for address in _ADDRESS.findall(tidy(text)):
        assert address in cleaned, f"the address {address!r} is not in {cleaned!r}"


def _is_formula(tex: str) -> bool:
    """Whether what stands between dollars is whole, and not only words that are slanted."""
    braces = re.sub(r"[^{}]", "", re.sub(r"\\.", "", tex))
    while braces != (braces := braces.replace("{}", "")):
        pass
    return not braces and formulas.search(clean(f"${tex}$")) is not None


# --- ingest -------------------------------------------------------------------------------------


def ingest(case: Case) -> None:
    """Listings become records and a ledger that add up, once, in whatever order they come."""
    listings = [
        dated
        for number, name in enumerate(("first", "second"))
        if name in case and (dated := _dated(case[name], f"{number}.txt"))
    ]
    if not listings:
        return
    if len({dated.listing.fingerprint for dated in listings}) == 1:
        listings = listings[:1]  # known by its content: which of two names it has is who came first
    at_once, found = _ingested([listings])
    _assert_filed(listings, found)
    assert _ingested([listings[::-1]])[0] == at_once, "another order in one command"
    assert _ingested([listings, listings[::-1]])[0] == at_once, "twice is once"
    for order in (listings, listings[::-1]):
        in_steps, other = _ingested([[each] for each in order])
        # Of a chain of revisions only neighbours may be alike: one paper or two.
        if len(other.papers) == len(found.papers):
            assert _said(other) == _said(found), "another order in two commands"
        # Addresses are never taken back, so which paper has the plain one can depend on the order.
        if set(other.papers) == set(found.papers) and not _has_namesakes(found.papers):
            assert in_steps == at_once, "other bytes in two commands"


def _said(found: Library) -> list[str]:
    """What a library says, whatever the papers are called."""
    return sorted(
        repr((p.title, p.abstract, p.appearances, p.links)) for p in found.papers.values()
    )


def _dated(text: str, name: str) -> Dated | None:
    """A listing with the day under which the command files it; ``None`` if it is refused."""
    try:
        found = sources.read(text.encode(), name, _TODAY)
    except ListingError:
        return None
    return command._date(found, None, None, _TODAY)


def _ingested(commands: list[list[Dated]]) -> tuple[dict[str, bytes], Library]:
    """The bytes of a digest's content after some commands, and what is read from them."""
    with tempfile.TemporaryDirectory() as root:
        folder = Folder(Path(root))
        folder.content.mkdir()
        folder.mkdocs_yml.write_text(MKDOCS_YML, encoding="utf-8")
        folder.topics_yml.write_text(TOPICS_YML, encoding="utf-8")
        for listings in commands:
            before = library.load(folder)
            made = plan(before, listings)
            store.write_plan(made, before, folder)
            after = content.read(folder).library  # the ledger adds up
            assert dict(after.papers) == {**before.papers, **made.papers}, "not read as written"
        files = sorted(path for path in folder.content.rglob("*") if path.is_file())
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}, after


def _assert_filed(listings: list[Dated], found: Library) -> None:
    """Every record of every listing is in the library, said as the listing said it."""
    slugs = list(found.papers)
    assert all(_SLUG.fullmatch(slug) and not _RESERVED.fullmatch(slug) for slug in slugs), slugs
    assert len({slug.casefold() for slug in slugs}) == len(slugs)
    ledger = {entry.fingerprint: entry for entry in found.ledger.values()}
    for dated in listings:
        entry = ledger[dated.listing.fingerprint]
        for slug, record in zip(entry.papers, dated.listing.records, strict=True):
            assert (record.title, record.abstract) in found.papers[slug].texts, "a text is lost"


def _has_namesakes(slugs: Iterable[str]) -> bool:
    names = [re.sub(r"-[0-9a-f]{8,}$", "", slug) for slug in slugs]
    return len(set(names)) < len(names)


# --- record -------------------------------------------------------------------------------------

#: Texts of a record.
FIELDS = (
    *("title", "abstract", "author", "doi", "link", "source", "file"),
    *("other title", "other abstract"),
)

_CURATION = "curation:\n  note: |\n    Kept.\n  pick: true # kept\n"


def record(case: Case) -> None:
    """A record is read as it was written, new or changed, and the curator's part is kept."""
    one = _paper(case)
    text = paper_text(one)
    assert _read(text) == one, "a new record is not read as it was written"
    assert updated_text(text, one) == text, "nothing new, and yet it changes"
    assert updated_text(paper_text(paper()), one) == text, "it tells in how many steps it came"
    old = f"# kept\n{text}{_CURATION}"
    new = replace(
        _read(old),
        source_title="Another title",
        source_abstract=f"{one.source_abstract} {one.source_title}",
        appearances=(*one.appearances, appearance("2026-03-12", file=one.source_title)),
    )
    changed = updated_text(old, new)
    assert changed.startswith("# kept\n"), "a comment is lost"
    assert changed.endswith(_CURATION), "the curator's part is changed"
    assert _read(changed) == new, "a changed record is not read as it was written"


def _paper(case: Case) -> Paper:
    """A paper with texts of a case in it, as clean as ingestion leaves them."""
    given = {name: text for name, value in case.items() if (text := tidy(value))}
    seen = appearance(
        source=given.get("source", "daily"),
        file=given.get("file", "page.txt"),
        title=given.get("other title"),
        abstract=given.get("other abstract"),
    )
    address = given.get("link", "")
    return paper(
        source_title=given.get("title", "A paper"),
        source_abstract=given.get("abstract", "We study a paper."),
        authors=tuple(given[name] for name in ("author",) if name in given),
        ids={name: given[name] for name in ("doi",) if name in given},
        links=(link(address),) if is_web_address(address) else (),
        appearances=(seen,),
    )


def _read(text: str) -> Paper:
    """The one paper of a library that holds one record."""
    with tempfile.TemporaryDirectory() as root:
        folder = Folder(Path(root))
        write_whole(folder.papers / "2026" / "a-paper.yml", text)
        return library.load(folder).papers["a-paper"]
