"""The forms themselves: ``.github/ISSUE_TEMPLATE/*.yml``, from which GitHub makes pages to fill in.

GitHub writes an answer below its field's *label*, and a link fills a field in by its *id*. Both are
read from the file, so that labels are written once; ids are what the generator goes by. The syntax
is GitHub's ("Syntax for GitHub's form schema").
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.errors import ContentError, ContentErrors
from generator.folder import Folder
from generator.storage import yamlio
from generator.text.cleaning import tidy


class Kind(StrEnum):
    """What a form is for; the name of its file."""

    CORRECTION = "correction"
    WRONG_TOPIC = "wrong-topic"
    PAPER = "paper"
    TOPIC = "topic"


#: The fields of every form: those that have to be there, and those that may be.
FIELDS: Mapping[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Kind.CORRECTION: (
        ("paper",),
        (
            *("title", "abstract", "authors", "ids", "code", "project", "published", "same_as"),
            *("source", "remark"),
        ),
    ),
    Kind.WRONG_TOPIC: (("paper", "add", "drop"), ("why",)),
    Kind.PAPER: (("title", "abstract", "where"), ("authors", "code", "published", "why")),
    Kind.TOPIC: (("title", "description", "phrases"), ("examples", "why")),
}

#: The fields that nobody can do without, whatever the file asks for.
REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    Kind.CORRECTION: ("paper",),
    Kind.WRONG_TOPIC: ("paper",),
    Kind.PAPER: ("title", "abstract", "where"),
    Kind.TOPIC: ("title", "description", "phrases"),
}

#: Types of fields whose answer is what the reader wrote.
_WRITTEN = ("input", "textarea")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form. ``is_code`` says that GitHub puts its answer into a block of code."""

    id: str
    label: str
    is_required: bool = False
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form; its fields in the order in which GitHub writes their answers."""

    kind: Kind
    fields: tuple[Field, ...]

    def label(self, id_: str) -> str:
        """How readers know a field; its id if the form does not have it."""
        return next((field.label for field in self.fields if field.id == id_), id_)


def heading(label: str) -> str:
    """A label for comparing: without case, space, marks of headings, and what nobody can see."""
    return _SPACE.sub("", tidy(label).strip(" #")).casefold()


def is_there(kind: Kind, folder: Folder) -> bool:
    """Whether a digest has a form."""
    return (folder.issue_forms / f"{kind}.yml").is_file()


def read_forms(folder: Folder) -> tuple[Form, ...]:
    """The forms that a digest has.

    Raises:
        ContentErrors: If one could not be understood once it is filled in.
    """
    errors: list[ContentError] = []
    forms = tuple(_read(kind, folder, errors) for kind in Kind if is_there(kind, folder))
    if errors:
        raise ContentErrors(errors)
    return forms


def _read(kind: Kind, folder: Folder, errors: list[ContentError]) -> Form:
    path = folder.issue_forms / f"{kind}.yml"
    name = folder.name(path)
    try:
        document = yamlio.load(yamlio.text_of(path, name), name)
    except ContentError as error:
        errors.append(error)
        return Form(kind, ())
    form = Form(kind, tuple(_fields(document, REQUIRED[kind])))
    errors.extend(ContentError(name, *fault, field="body") for fault in _faults(form))
    return form


def _fields(document: object, required: Container[str]) -> Iterator[Field]:
    """What can be filled in; the rest of the file is GitHub's business."""
    body = document.get("body") if isinstance(document, dict) else None
    for part in body if isinstance(body, list) else ():
        if not isinstance(part, dict) or part.get("type") == "markdown":
            continue
        told, asked = part.get("attributes"), part.get("validations")
        told = told if isinstance(told, dict) else {}
        is_asked = isinstance(asked, dict) and asked.get("required") is True
        is_known = part.get("type") in _WRITTEN
        label = str(told.get("label") or "").strip() if is_known else ""
        id_ = str(part.get("id") or "")
        yield Field(id_, label, is_asked or id_ in required, "render" in told)


def _faults(form: Form) -> Iterator[tuple[str, str]]:
    needed, optional = FIELDS[form.kind]
    ids = [field.id for field in form.fields]
    for field in form.fields:
        if field.id not in {*needed, *optional}:
            known = ", ".join((*needed, *optional))
            yield f"has a field {field.id!r}, of which nothing is known", f"known ids: {known}"
        elif not field.label:
            problem = f"the field {field.id!r} cannot be read back"
            yield problem, f"give it a label, and one of the types {', '.join(_WRITTEN)}"
    for id_ in needed:
        if id_ not in ids:
            yield f"has no field {id_!r}", "restore it: what is suggested cannot be told without"
    for what, values in (("id", ids), ("label", [heading(each.label) for each in form.fields])):
        if len(set(values)) < len(values):
            yield f"two fields have the same {what}", f"give each a {what} of its own"
