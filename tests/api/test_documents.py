"""The documents: each is as its schema says, says what exports say, and leads to what is there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker

from generator import api
from generator.api import DOCUMENTS
from generator.digest import Digest, Entry, TopicView
from generator.exports import export, records
from generator.folder import Folder
from generator.model import Appearance, Reason, Rule, Status
from generator.render import markdown_path
from generator.storage.pool import pool_path, pool_text
from generator.storage.records import paper_text
from generator.views.assemble import assemble
from tests.builders import (
    SITE,
    appearance,
    day,
    digest,
    edition,
    entry,
    link,
    paper,
    topic,
    write_whole,
)
from tests.rendered import Rendered
from tests.test_exports import full, hostile_text

BASE = SITE.url
NOWHERE = replace(SITE, url="")


def whole(**kw: Any) -> Digest:
    """Three days, topics within topics, a note, a pick, and something that moved."""
    seen = Appearance(
        day("2026-03-14"),
        "weekly",
        "two.txt",
        title="Old",
        abstract="Older",
        votes=3,
        ids=(("arxiv", "2010.00904"),),
        reason=Reason(Rule.SAME_ID, 60.0),
        is_raw=True,
    )
    more = entry(
        "listed-twice",
        "2026-03-11",
        ["retrieval"],
        links=(link("HTTPS://example.com/ä b", "project"),),
        appearances=(appearance(), seen),
    )
    shown = digest(*full(), more, redirects={"gone": "empty-paper"}, **kw)
    retrieval, context = topic("retrieval"), topic("long-context")
    views = (
        TopicView(retrieval, _of(shown, "retrieval"), parts=(context,)),
        TopicView(context, _of(shown, "long-context"), parent=retrieval),
        TopicView(topic("empty"), ()),
    )
    first, *others = shown.editions
    first = replace(first, title="A title", introduction="An *introduction*.")
    return replace(shown, topics=views, topics_moved={"ir": retrieval}, editions=(first, *others))


def _of(shown: Digest, id_: str) -> tuple[Entry, ...]:
    return tuple(one for one in shown.entries if any(tag.topic.id == id_ for tag in one.topics))


def texts_of(shown: Digest) -> dict[str, str]:
    """All documents and schemas, by their paths."""
    return {
        **{document.path: document.make() for document in api.documents(shown)},
        **{api.path_of(one.slug): api.paper(shown, one) for one in shown.entries},
        **{api.path_of(old): api.moved_paper(shown, old) for old in shown.redirects},
    }


def values(shown: Digest) -> dict[str, Any]:
    return {path: json.loads(text) for path, text in texts_of(shown).items()}


def validators(made: dict[str, Any]) -> dict[str, Draft202012Validator]:
    """The schemas as they are published, by their own address."""
    found = {}
    for name in DOCUMENTS:
        schema = made[f"api/v1/schemas/{name}.json"]
        Draft202012Validator.check_schema(schema)
        found[name] = Draft202012Validator(schema, format_checker=FormatChecker())
    return found


def check(made: dict[str, Any]) -> int:
    """Hold every document against the schema that it names; how many there are."""
    known = validators(made)
    count = 0
    for path, value in made.items():
        if "/schemas/" not in path:
            name = value["$schema"].rpartition("/")[2].removesuffix(".json")
            known[name].validate(value)
            count += 1
    return count


@pytest.mark.parametrize(
    "shown", [whole(), whole(site=NOWHERE), digest()], ids=["full", "no address", "empty"]
)
def test_every_document_is_as_its_schema_says(shown: Digest) -> None:
    made = values(shown)
    assert check(made) == len(made) - len(DOCUMENTS)


def test_all_documents_are_there() -> None:
    assert sorted(values(whole())) == sorted(
        f"api/v1/{name}.json"
        for name in (
            "index",
            *(f"papers/{slug}" for slug in ("full-paper", "empty-paper", "listed-twice", "gone")),
            *(f"topics/{id_}" for id_ in ("retrieval", "long-context", "empty", "ir")),
            *(f"editions/2026-03-{day_}" for day_ in (11, 12)),
            *(f"schemas/{name}" for name in ("index", "paper", "topic", "edition", "moved")),
        )
    )


def test_a_paper_says_what_exports_say_in_the_same_words() -> None:
    shown = whole()
    made = values(shown)
    for line in map(json.loads, export("jsonl", records(shown)).splitlines()):
        value = made[f"api/v1/papers/{line['id']}.json"]
        ours = {name: value[name] for name in line}
        assert ours == line
        assert list(value) == [
            "$schema",
            *line,
            *("published", "document", "files"),
        ]


@given(title=hostile_text, abstract=hostile_text, note=hostile_text)
def test_text_is_kept_to_the_character(title: str, abstract: str, note: str) -> None:
    shown = digest(entry("p", title=title, abstract=abstract, note=note, topics=["speech"]))
    texts = texts_of(shown)
    for path, text in texts.items():
        text.encode()
        assert len(text.splitlines()) == 1 or "/schemas/" in path
    value = json.loads(texts["api/v1/papers/p.json"])
    assert (value["title"], value["abstract"], value["note"]) == (title, abstract, note)
    (listed,) = json.loads(texts["api/v1/topics/speech.json"])["papers"]
    assert listed["title"] == title


def test_a_paper_in_a_list_is_a_part_of_its_own_document() -> None:
    made = values(whole())
    for name in ("editions/2026-03-11", "topics/retrieval"):
        for listed in made[f"api/v1/{name}.json"]["papers"]:
            value = made[f"api/v1/papers/{listed['id']}.json"]
            assert listed == {field: value[field] for field in listed}
            assert {"id", "title", "document"} <= set(listed)


def test_the_index() -> None:
    index = values(whole())["api/v1/index.json"]
    assert index["version"] == 1
    assert (index["name"], index["updated"]) == ("Little Digest", "2026-03-12")
    assert index["counts"] == {"papers": 3, "editions": 2, "topics": 3}
    assert index["editions"][0] == {
        "date": "2026-03-12",
        "title": "A title",
        "url": f"{BASE}editions/2026-03-12/",
        "document": f"{BASE}api/v1/editions/2026-03-12.json",
        "count": 1,
        "new": 1,
    }
    assert [(each["id"], each["parent"], each["count"]) for each in index["topics"]] == [
        ("retrieval", None, 2),
        ("long-context", "retrieval", 1),
        ("empty", None, 0),
    ]
    assert index["templates"]["paper"] == f"{BASE}api/v1/papers/{{id}}.json"


def test_editions_know_their_neighbours_and_their_order() -> None:
    made = values(whole())
    newest, oldest = (made[f"api/v1/editions/2026-03-{day_}.json"] for day_ in (12, 11))
    assert (newest["next"], newest["previous"]) == (None, oldest["document"])
    assert (oldest["next"], oldest["previous"]) == (newest["document"], None)
    assert newest["introduction"] == "An *introduction*."
    assert newest["picks"] == ["full-paper"]
    assert [each["id"] for each in oldest["papers"]] == ["empty-paper", "listed-twice"]


def test_an_edition_tells_new_papers_by_their_date() -> None:
    old, new = entry("old", "2026-03-10"), entry("new", "2026-03-11")
    shown = replace(digest(old, new), editions=(edition("2026-03-11", new, old),))
    value = values(shown)["api/v1/editions/2026-03-11.json"]
    fresh = [each["id"] for each in value["papers"] if each["date"] == value["date"]]
    assert (fresh, value["new"], value["count"]) == (["new"], 1, 2)


def test_what_has_another_id_leads_to_it() -> None:
    made = values(whole())
    assert made["api/v1/papers/gone.json"] == {
        "$schema": f"{BASE}api/v1/schemas/moved.json",
        "id": "gone",
        "moved_to": "empty-paper",
        "document": f"{BASE}api/v1/papers/empty-paper.json",
        "url": f"{BASE}papers/empty-paper/",
    }
    assert made["api/v1/topics/ir.json"]["document"] == f"{BASE}api/v1/topics/retrieval.json"
    others = [value for path, value in made.items() if path.count("/") > 1]
    assert sum("moved_to" in value for value in others) == 2


@pytest.mark.parametrize("broken", ["missing", "unknown", "type", "day"])
def test_a_schema_refuses_what_is_not_so(broken: str) -> None:
    made = values(whole())
    value = made["api/v1/papers/full-paper.json"]
    if broken == "missing":
        del value["authors"]
    else:
        value |= {"unknown": {"x": 1}, "type": {"pick": "yes"}, "day": {"date": "12 March"}}[broken]
    assert not validators(made)["paper"].is_valid(value)


def _described(schema: Any) -> Iterator[tuple[str, Any]]:
    """Every field of a schema, however deep, and every object."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for each in schema.values():
            yield from _described(each)


def test_schemas_describe_every_field_and_forbid_others() -> None:
    made = values(whole())
    for name in DOCUMENTS:
        schema = made[f"api/v1/schemas/{name}.json"]
        assert schema["$id"] == f"{BASE}api/v1/schemas/{name}.json"
        assert schema["title"]
        fields = list(_described(schema))
        assert fields
        for field, said in fields:
            assert said["description"].endswith((".", "…")), (name, field)
            assert {"type", "enum"} & set(said), (name, field)
        assert _closed(schema), name


def _closed(schema: Any) -> bool:
    """Whether every object says which fields it has, or of what type those are."""
    if isinstance(schema, list):
        return all(map(_closed, schema))
    if not isinstance(schema, dict):
        return True
    is_object = schema.get("type") == "object"
    return (not is_object or "additionalProperties" in schema) and all(
        _closed(each) for each in schema.values()
    )


def addresses(value: Any) -> Iterator[str]:
    """Every address of the site in a document."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from addresses(each)
    elif isinstance(value, str) and value.startswith(BASE) and "{" not in value:
        yield value.removeprefix(BASE)


def test_every_address_leads_to_something() -> None:
    shown = whole()
    made = values(shown)
    there = set(Rendered(shown))
    found = {each for value in made.values() for each in addresses(value)}
    assert len(found) > 30
    for each in found:
        assert (markdown_path(each) if each.endswith("/") or not each else each) in there, each


def test_without_an_address_of_the_site_documents_lead_from_where_they_are() -> None:
    made = values(whole(site=NOWHERE))
    assert made["api/v1/papers/full-paper.json"]["document"] == (
        "../../../api/v1/papers/full-paper.json"
    )
    assert made["api/v1/index.json"]["editions"][0]["url"] == "../../editions/2026-03-12/"
    assert made["api/v1/index.json"]["url"] == "../../"
    assert made["api/v1/schemas/paper.json"]["$id"] == "paper.json"


def test_the_same_digest_gives_the_same_bytes() -> None:
    assert texts_of(whole()) == texts_of(whole())


def test_what_is_not_public_is_nowhere(folder: Folder) -> None:
    decisions: dict[str, dict[str, Any]] = {
        "shown": {},
        "hidden": {"hidden": True},
        "declined": {"status": Status.DECLINED},
        "twin": {"same_as": "shown"},
    }
    for slug, curation in decisions.items():
        one = paper(slug, source_title=f"A secret {slug}", curation=curation)
        write_whole(folder.papers / "2026" / f"{slug}.yml", paper_text(one))
    candidate = {"status": Status.CANDIDATE}
    waiting = paper("waiting", source_title="A secret candidate", curation=candidate)
    write_whole(pool_path(waiting, folder), pool_text([waiting]))
    shown = assemble(folder)
    texts = texts_of(shown)
    assert sorted(path for path in texts if path.startswith("api/v1/papers/")) == [
        "api/v1/papers/shown.json",
        "api/v1/papers/twin.json",
    ]
    assert json.loads(texts["api/v1/papers/twin.json"])["moved_to"] == "shown"
    everything = "\n".join([*texts.values(), *Rendered(shown).below("papers").values()])
    for word in ("secret hidden", "secret declined", "secret candidate", "/hidden", "/declined"):
        assert word not in everything
    assert "A secret shown" in everything
