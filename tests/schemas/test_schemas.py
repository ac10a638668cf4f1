"""The schemas against the model, against the code that reads, and against what it writes."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft7Validator, FormatChecker

from generator.errors import ContentError
from generator.folder import Folder
from generator.intake import Dating, LedgerEntry
from generator.schemas import tables
from generator.schemas.files import schema_files, schemas
from generator.schemas.tables import Table
from generator.storage import yamlio
from generator.storage.catalogue import Catalogue, read_source
from generator.storage.fields import Fields
from generator.storage.ledger import read_ledger_entry
from generator.storage.library import read_edition
from generator.storage.papers import read_paper
from generator.storage.pool import pool_text
from generator.storage.records import ledger_text, paper_text
from generator.topics.taxonomy import Taxonomy, Topic, load_taxonomy, parse_taxonomy
from tests.builders import FULL_PAPER, paper
from tests.sources.test_own_export import any_paper
from tests.storage.test_records import curations

TAXONOMY = Taxonomy(
    tuple(
        Topic(id_, id_.title(), "About it.", 7.0, formerly=("hearing",) * (id_ == "speech"))
        for id_ in ("retrieval", "peft", "pretraining", "speech")
    )
)
ROOT = Path(__file__).parents[2]
ALL = [each for each in vars(tables).values() if isinstance(each, Table)]
KNOWN = schemas(TAXONOMY)

Read = Callable[[Fields], object]


def validator(kind: str, taxonomy: Taxonomy = TAXONOMY) -> Draft7Validator:
    schema = schemas(taxonomy)[kind]
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, format_checker=FormatChecker())


def plain(value: Any) -> Any:
    """What YAML gave as editors see it: days are text."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def faults(kind: str, text: str, taxonomy: Taxonomy = TAXONOMY) -> list[str]:
    document = plain(yaml.safe_load(text))
    return [f"{e.json_path}: {e.message}" for e in validator(kind, taxonomy).iter_errors(document)]


# --- The model ---------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.title)
def test_every_attribute_of_the_model_is_told_or_stands_elsewhere(table: Table) -> None:
    told = {each.attribute or each.name for each in table.fields}
    attributes = {each.name for each in dataclasses.fields(table.model)}
    assert attributes - told == set(table.unsaid)


def test_every_field_says_what_it_is_for() -> None:
    for table in ALL:
        for told in table.fields:
            assert told.about.endswith((".", ":", "}", "https://")), told


# --- The code that reads -----------------------------------------------------------------------


def read_sources(fields: Fields) -> Catalogue:
    inner = fields.mapping("sources")
    names = [str(each) for each in inner.keys]
    found = {name: read_source(inner.mapping(name), name) for name in names}
    return Catalogue(found, fields.texts("follow") or ())


#: Documents with every field that there is.
DOCUMENTS: dict[str, tuple[dict[str, Any], Read]] = {
    "paper": (
        yaml.safe_load(paper_text(FULL_PAPER)),
        lambda fields: read_paper(fields, "a-paper"),
    ),
    "edition": (
        {"title": "T", "introduction": "I.", "picks": ["a-paper"]},
        lambda fields: read_edition(fields, "2026-08-19"),
    ),
    "ledger": (
        {
            "source": "s",
            "date": dt.date(2026, 8, 19),
            "dated_by": "option",
            "file": "f",
            "fingerprint": "x",
            "records": 2,
            "asked": "https://a.org",
            "total": 3,
            "limit": 4,
            "stale": True,
            "failure": "no",
            "export": True,
            "papers": ["a-paper"],
            "rejected": [{"line": 3, "title": "T", "reason": "R", "is_fault": False}],
        },
        lambda fields: read_ledger_entry(fields, "x"),
    ),
    "sources": (
        {
            "follow": ["retrieval"],
            "sources": {
                "some": {
                    "title": "T",
                    "kind": "raw",
                    "home": "https://a.org",
                    "limits": [50],
                    "rests": ["sunday"],
                    "holidays": [dt.date(2026, 12, 25)],
                    "fetch": {
                        "service": "arxiv",
                        "categories": ["cs.CL"],
                        "query": "ti:x",
                        "url": "https://b.org",
                    },
                }
            },
        },
        read_sources,
    ),
}
TOPICS: dict[str, Any] = {
    "settings": {
        "threshold": 7,
        "most_topics": 3,
        "least_share": 0.2,
        "alone": 0.5,
        "abstract_limit": 1,
        "places": {"title": 2},
        "markers": {"results": ["we show"]},
    },
    "topics": [
        {
            "id": "all",
            "title": "All",
            "description": "All of it.",
            "threshold": 3,
            "rules": [
                {"phrases": ["a b"], "weight": 2, "places": ["title"], "only_with": ["c"]},
            ],
            "against": [{"phrases": ["d"], "weight": 1}],
            "formerly": ["every"],
        },
        {"id": "part", "title": "P", "description": "A part.", "parent": "all"},
    ],
}


def read_faults(kind: str, document: object) -> list[ContentError]:
    """What the code that reads says of a document."""
    errors: list[ContentError] = []
    if kind == "topics":
        try:
            parse_taxonomy(yaml.safe_dump(document), "f.yml")
        except Exception as error:  # noqa: BLE001 - its many errors are looked at alone
            return [ContentError("f.yml", str(error), "")]
        return []
    fields = Fields(document, "f.yml", "", errors)
    DOCUMENTS[kind][1](fields)
    fields.finish()
    return errors


def properties(schema: dict[str, Any], path: str = "") -> dict[str, set[str]]:
    """The fields of every mapping of a schema, by where it is."""
    found: dict[str, set[str]] = {}
    if "properties" in schema:
        found[path] = set(schema["properties"])
        for name, inner in schema["properties"].items():
            found |= properties(inner, f"{path}.{name}")
    for inner in (schema.get("items"), schema.get("additionalProperties")):
        if isinstance(inner, dict):
            found |= properties(inner, f"{path}.*")
    return found


@pytest.mark.parametrize("kind", [*DOCUMENTS, "topics"])
def test_what_is_read_is_what_a_schema_has(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, set[str]] = {}
    finish = Fields.finish

    def listen(self: Fields) -> None:
        names = [each if isinstance(each, str) else "*" for each in self.path]
        path = "".join(f".{name}" for name in names).replace(".sources.some", ".sources.*")
        asked.setdefault(path, set()).update(self._known)
        finish(self)

    monkeypatch.setattr(Fields, "finish", listen)
    document = TOPICS if kind == "topics" else DOCUMENTS[kind][0]
    assert read_faults(kind, document) == []
    wanted = properties(KNOWN[kind])
    wanted.pop(".curation.ids", None)  # kinds of identifiers are looked at one by one
    assert {path: names for path, names in asked.items() if path in wanted} == wanted


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a document something stands."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in inner:
        yield (*path, key)
        yield from paths(each, (*path, key))


def replaced(document: Any, path: tuple[Any, ...], value: object) -> Any:
    made = copy.deepcopy(document)
    at = made
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return made


ODD: tuple[object, ...] = (None, "", " ", "x", "A B", 0, 1, -1, 2.5, True, [], {}, ["x"], [1])
ODD += ([None], {"x": "y"}, dt.date(2026, 1, 1), "2026-13-01", "ftp://x", "https://", 101, 1000)

#: What one of the two cannot tell: other files, sums, quotes, and what is not of the type's form.
BEYOND = (
    *(
        "is a date",
        "is not a date",
        "out of range",
        "records",
        "asks arXiv",
        "knows no",
        "is no id",
    ),
    *("is none of arXiv's", "cannot have been an id", "is no topic", "unknown place"),
    *("cannot have been an address", "there is no topic", "phrase", "is also a", "part of itself"),
    *("is the id of an earlier", "is no arXiv", "is no DOI", "is no ACL", "cannot be an id"),
    *(
        "has no 'service'",
        "is kept for",
        "is not a web address",
        "no page can show",
        "Hugging Face",
    ),
)


@pytest.mark.parametrize("kind", [*DOCUMENTS, "topics"])
def test_a_schema_and_the_code_that_reads_agree(kind: str) -> None:
    """About every value that may stand anywhere: what is refused is marked, and the reverse."""
    document = TOPICS if kind == "topics" else DOCUMENTS[kind][0]
    check = validator(kind)
    different = []
    for path in paths(document):
        for odd in ODD:
            changed = replaced(document, path, odd)
            errors = read_faults(kind, changed)
            marked = not check.is_valid(plain(changed))
            beyond = all(any(sign in str(error) for sign in BEYOND) for error in errors)
            if (
                marked != bool(errors)
                and not (errors and beyond)
                and not (marked and is_stricter(path))
            ):
                different.append((path, odd, marked, [str(error) for error in errors]))
    assert different == [], "\n".join(map(str, different))


def is_stricter(path: tuple[Any, ...]) -> bool:
    """Where a schema may mark what is read.

    Names of papers and topics are looked up only after files are read; a weight without a number
    and a match without a rule are passed over.
    """
    names = {"topics", "add_topics", "drop_topics", "distinct_from", "same_as", "formerly"}
    names |= {"picks", "papers", "follow", "merged_into", "id", "parent"}
    names |= {"weight", "match"}
    return not names.isdisjoint(each for each in path[-2:] if isinstance(each, str))


# --- What is written ---------------------------------------------------------------------------


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(any_paper, curations)
def test_every_record_that_is_written_is_as_its_schema_says(one: Any, decided: Any) -> None:
    named = dataclasses.replace(one, curation=dataclasses.replace(decided, topics=("retrieval",)))
    ids = ("retrieval", *named.curation.add_topics, *named.curation.drop_topics)
    schema = tables.schema(tables.PAPER, ids)
    document = plain(yamlio.load(paper_text(named), "p.yml"))
    assert [e.message for e in Draft7Validator(schema).iter_errors(document)] == []
    (line,) = pool_text([one]).strip("\n").split("\n")
    assert [e.message for e in validator("candidate").iter_errors(json.loads(line))] == []


def test_the_ledger_is_as_its_schema_says() -> None:
    entry = LedgerEntry("s", dt.date(2026, 8, 19), Dating.OPTION, "f", "x", ("a", "b"), total=3)
    assert faults("ledger", ledger_text(entry)) == []


def test_the_librarys_own_files_are_as_their_schemas_say() -> None:
    folder = Folder(ROOT)
    taxonomy = load_taxonomy(folder.topics_yml)
    checks = {kind: validator(kind, taxonomy) for kind in KNOWN}
    files = [
        *(("paper", path) for path in folder.papers.rglob("*.yml")),
        *(("edition", path) for path in folder.editions.rglob("*.yml")),
        *(("ledger", path) for path in folder.ledger.rglob("*.yml")),
        *[("topics", folder.topics_yml), ("sources", folder.sources_yml)],
    ]
    assert len(files) > 500
    for kind, path in files:
        document = plain(yamlio.load(path.read_text(encoding="utf-8"), str(path)))
        assert [e.message for e in checks[kind].iter_errors(document)] == [], path
    for line in (folder.content / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        assert [e.message for e in checks["label"].iter_errors(json.loads(line))] == [], line


def test_the_projects_schemas_are_current() -> None:
    folder = Folder(ROOT)
    for path, text in schema_files(load_taxonomy(folder.topics_yml), folder).items():
        assert path.read_text(encoding="utf-8") == text, "run `digest schemas`"


def test_topics_are_completed_and_others_marked() -> None:
    text = paper_text(paper(curation={"add_topics": ("retrieval",)}))
    assert faults("paper", text) == []
    (fault,) = faults("paper", text.replace("[retrieval]", "[retrieval, retreival]"))
    assert fault.startswith("$.curation.add_topics[1]: 'retreival' is not one of ['retrieval'")
