"""Of every kind of listing exactly one reader says that it is its own, also of a part of one."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
from typing import Any

import pytest

from generator import sources
from generator.exports import ExportRecord, export, records
from tests.builders import digest, entry, page, paper, prose


def readers() -> dict[str, Any]:
    """Every reader that there is, whether it is registered or not."""
    modules = [
        importlib.import_module(f"generator.sources.{found.name}")
        for found in pkgutil.iter_modules(sources.__path__)
    ]
    return {
        name: one()
        for module in modules
        for name, one in inspect.getmembers(module, inspect.isclass)
        if one.__module__ == module.__name__ and hasattr(one, "FORMAT")
    }


READERS = readers()

_PAPER = paper("a-paper")
_PUBLIC = records(digest(entry("a-paper", abstract=prose(1)), entry("b-paper", abstract=prose(2))))
_ALL = [ExportRecord(entry("a-paper"), "https://example.org/papers/a-paper/", _PAPER)]
_HF = {"paper": {"id": "2101.00001", "title": "A", "summary": prose(3)}, "title": "A"}
_ARXIV_ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
<id>http://arxiv.org/api/x</id><title>arXiv Query: search_query=x</title>
<opensearch:totalResults>1</opensearch:totalResults>
<entry><id>http://arxiv.org/abs/2101.00001v1</id><title>A</title><summary>We boil.</summary></entry>
</feed>"""
_ARXIV_RSS = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" version="2.0"><channel>
<title>cs.CL updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.CL</link>
<item><title>A</title><link>https://arxiv.org/abs/2101.00001</link>
<description>arXiv:2101.00001v1 Announce Type: new\nAbstract: We boil.</description>
<arxiv:announce_type>new</arxiv:announce_type></item></channel></rss>"""
_ANTHOLOGY = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2020.wash"><volume id="main"><meta><year>2020</year></meta>
<paper id="1"><title>A</title><abstract>We boil.</abstract></paper></volume></collection>"""
_OBJECT = {"title": "A", "abstract": prose(4), "authors": ["Ada"], "date": "2026-08-19"}

#: Listings, each with the name of its reader.
SAMPLES = {
    "page, blank lines": ("SavedPage", page(("A", prose(5)), ("B", prose(6)))),
    "page, no blank lines": ("SavedPage", page(("A", prose(5)), ("B", prose(6)), blank=False)),
    "page about formats": (
        "SavedPage",
        page(("title,abstract,doi", "Of @misc{a, title = {b}} and " + prose(1)), ("{}", prose(6))),
    ),
    "BibTeX": ("BibTeX", "@misc{a,\n title = {A},\n abstract = {We boil.}}"),
    "BibTeX with prose": ("BibTeX", "Daily reading\n\n@STRING{a = {b}}\n@misc{a, title = {A}}"),
    "own BibTeX": ("BibTeX", export("bibtex", _PUBLIC)),
    "CSV": ("Table", "title,abstract\nA,We boil.\n"),
    "CSV, semicolons": ("Table", 'DOI;Title;Abstract\n10.1000/1;"A, or @b{c,";We boil.\n'),
    "own CSV": ("Table", export("csv", _PUBLIC)),
    "own CSV, all": ("Table", export("csv", _ALL)),
    "JSON Lines": ("JsonLines", f"{json.dumps(_OBJECT)}\n{json.dumps(_OBJECT)}\n"),
    "JSON": ("JsonLines", json.dumps([_OBJECT, _OBJECT], indent=2)),
    "facts": ("JsonLines", '{"title": "A", "arxiv": "2101.00001", "from": "API"}\n'),
    "own JSON Lines": ("OwnExport", export("jsonl", _PUBLIC)),
    "own JSON Lines, all": ("OwnExport", export("jsonl", _ALL)),
    "own JSON": ("OwnExport", export("json", _PUBLIC)),
    "own JSON, all": ("OwnExport", export("json", _ALL)),
    "Hugging Face": ("HFDaily", json.dumps([_HF])),
    "Hugging Face, as Python writes it": ("HFDaily", json.dumps([repr(_HF)])),
    "Hugging Face, in an object": ("HFDaily", json.dumps({"count": 1, "data": [repr(_HF)]})),
    "arXiv's API": ("ArxivAtom", _ARXIV_ATOM),
    "arXiv's RSS": ("ArxivFeed", _ARXIV_RSS),
    "ACL Anthology": ("Anthology", _ANTHOLOGY),
}
SAMPLES = {name: sample for name, sample in SAMPLES.items() if sample[0] in READERS}


def test_there_is_a_sample_for_every_reader() -> None:
    assert {reader for reader, _ in SAMPLES.values()} == set(READERS)


@pytest.mark.parametrize("name", SAMPLES)
def test_exactly_one_reader_knows_it(name: str) -> None:
    reader, text = SAMPLES[name]
    for end in (len(text), len(text) * 3 // 4):
        assert [each for each, one in READERS.items() if one.recognises(text[:end])] == [reader]


@pytest.mark.parametrize("text", ["", "\n", "Dear reader,\n\nhow are you?", "{}", "{", "<a/>", "0"])
def test_what_is_no_listing_is_known_by_none(text: str) -> None:
    assert [name for name, one in READERS.items() if one.recognises(text)] == []
