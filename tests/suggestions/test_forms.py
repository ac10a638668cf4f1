"""The project's own forms, as GitHub asks for them, and forms that somebody has changed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import content
from generator.errors import ContentErrors
from generator.folder import Folder
from generator.suggestions.forms import FIELDS, Kind, heading, read_forms
from generator.suggestions.parsing import LABEL
from tests.conftest import ROOT
from tests.forms import FORMS

PLACE = ROOT / ".github" / "ISSUE_TEMPLATE"
#: What GitHub knows ("Syntax for issue forms", "Syntax for GitHub's form schema").
TOP = {"name", "description", "body", "title", "labels", "assignees", "projects", "type"}
ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
}


def document(kind: Kind) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PLACE / f"{kind}.yml").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("kind", Kind)
def test_they_are_of_githubs_schema(kind: Kind) -> None:
    form = document(kind)
    assert set(form) <= TOP
    for name in ("name", "description", "title"):
        assert isinstance(form[name], str)
        assert form[name].strip()
    assert form["labels"] == [LABEL]
    assert any(part["type"] != "markdown" for part in form["body"])
    ids = [part["id"] for part in form["body"] if "id" in part]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", id_) for id_ in ids)
    for part in form["body"]:
        assert set(part) <= {"type", "id", "attributes", "validations"}
        assert set(part["attributes"]) <= ATTRIBUTES[part["type"]]
        assert all(isinstance(value, str) for value in part["attributes"].values())
        if part["type"] == "markdown":
            assert "id" not in part
            assert part["attributes"]["value"].strip()
        else:
            assert part["attributes"]["label"].strip()
            assert part.get("validations", {"required": True}) == {"required": True}


def test_the_menu_of_forms() -> None:
    menu = yaml.safe_load((PLACE / "config.yml").read_text(encoding="utf-8"))
    assert menu == {"blank_issues_enabled": True}
    assert {path.stem for path in PLACE.iterdir()} == {*Kind, "config"}


@pytest.mark.parametrize("kind", Kind)
def test_they_have_every_field_that_is_known(kind: Kind) -> None:
    needed, optional = FIELDS[kind]
    assert {field.id for field in FORMS[kind].fields} == {*needed, *optional}


def test_no_two_forms_have_the_same_headings() -> None:
    seen = {tuple(heading(each.label) for each in form.fields) for form in FORMS.values()}
    assert len(seen) == len(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_they_speak_to_readers_who_never_used_git(kind: Kind) -> None:
    form = document(kind)
    texts = [value for part in form["body"] for value in part["attributes"].values()]
    said = " ".join([form["name"], form["description"], *texts]).casefold()
    for word in ("pull request", "branch", "commit", "yaml", "slug", "repository", "markdown"):
        assert word not in said
    assert "public" in said  # that what they write is


def changed(folder: Folder, kind: Kind, before: str, after: str) -> Folder:
    """A digest that has one form, with something else in it."""
    folder.issue_forms.mkdir(parents=True)
    text = (PLACE / f"{kind}.yml").read_text(encoding="utf-8")
    assert before in text
    (folder.issue_forms / f"{kind}.yml").write_text(text.replace(before, after), encoding="utf-8")
    return folder


def test_labels_may_be_reworded_and_fields_left_out(folder: Folder) -> None:
    text = (PLACE / "topic.yml").read_text(encoding="utf-8")
    last = text[text.index("  - type: textarea\n    id: why") :]
    changed(folder, Kind.TOPIC, last, "")
    path = folder.issue_forms / "topic.yml"
    path.write_text(path.read_text("utf-8").replace("Name of the topic", "Sein Name"), "utf-8")
    (form,) = read_forms(folder)
    assert [field.id for field in form.fields] == ["title", "description", "phrases", "examples"]
    assert form.label("title") == "Sein Name"
    assert [field.id for field in form.fields if field.is_code] == ["phrases"]


def test_a_digest_need_not_have_them(folder: Folder) -> None:
    assert read_forms(folder) == ()


@pytest.mark.parametrize(
    "before, after, problem",
    [
        ("id: drop", "id: drops", "has a field 'drops', of which nothing is known"),
        ("id: drop", "id: drops", "has no field 'drop'; restore it"),
        ("id: drop", "id: add", "two fields have the same id"),
        ("label: Why", "label: topics that it should HAVE", "two fields have the same label"),
        ("label: Why", "label: ''", "the field 'why' cannot be read back"),
        ("type: input", "type: dropdown", "the field 'paper' cannot be read back"),
        ("body:\n", "bodies:\n", "has no field 'paper'"),
        ("body:\n", "body: [\n", "not YAML"),
    ],
)
def test_what_could_not_be_read_back_is_a_mistake(
    folder: Folder, before: str, after: str, problem: str
) -> None:
    with pytest.raises(ContentErrors) as error:
        read_forms(changed(folder, Kind.WRONG_TOPIC, before, after))
    assert problem in str(error.value)
    assert str(error.value).startswith(".github/ISSUE_TEMPLATE/wrong-topic.yml")


@pytest.mark.parametrize("text", ["", "[]", "body: text", "body: [1, {type: input}]", "\xff"])
def test_a_file_that_is_no_form(folder: Folder, text: str) -> None:
    path: Path = folder.issue_forms / "paper.yml"
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ContentErrors):
        read_forms(folder)


def test_what_cannot_be_done_without_is_asked_for_whatever_the_form_says(folder: Folder) -> None:
    changed(folder, Kind.PAPER, "required: true", "required: false")
    (form,) = read_forms(folder)
    asked = {field.id for field in form.fields if field.is_required}
    assert asked == {"title", "abstract", "where"}


def test_digest_check_names_forms_that_could_not_be_read_back(folder: Folder) -> None:
    content.read(folder)
    with pytest.raises(ContentErrors, match=r"ISSUE_TEMPLATE/topic\.yml: body: has no field"):
        content.read(changed(folder, Kind.TOPIC, "id: phrases", "id: why"))
