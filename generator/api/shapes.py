"""What a document of the API is made of: one table a document, from which all else follows.

A :class:`Shape` names the fields of an object in their order; each says its type (as JSON Schema
does), what it means, and where its value comes from. So the document, its schema and its
description on the page cannot tell different stories.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

#: JSON Schema's own address (draft 2020-12).
DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: What an object is written from.
Source_contra = TypeVar("Source_contra", contravariant=True)
#: A piece of a JSON Schema: the type of a value.
Type = Mapping[str, Any]

TEXT: Type = {"type": "string"}
WORDS: Type = {"type": "string", "minLength": 1}
NUMBER: Type = {"type": "number"}
COUNT: Type = {"type": "integer", "minimum": 0}
TRUTH: Type = {"type": "boolean"}
DAY: Type = {"type": "string", "format": "date"}
#: An address of this site: absolute where the site's own is known.
PLACE: Type = {"type": "string", "format": "uri-reference"}
#: An address elsewhere, as the listing or the abstract writes it.
ADDRESS: Type = {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}


def nullable(type_: Type) -> Type:
    """The type, or ``null`` where there is no value."""
    return {**type_, "type": [type_["type"], "null"]}


def list_of(type_: Type) -> Type:
    """An array of such values."""
    return {"type": "array", "items": type_}


def map_of(type_: Type) -> Type:
    """An object whose keys are data."""
    return {"type": "object", "additionalProperties": type_}


@dataclass(frozen=True, slots=True)
class Field(Generic[Source_contra]):
    """A field of an object: its name, its type, what it means, and how its value is come by.

    One that is ``optional`` is left out where its value would be ``None``.
    """

    name: str
    type: Type
    about: str
    get: Callable[[Source_contra], Any]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Shape(Generic[Source_contra]):
    """An object of the API, and what it is made of."""

    title: str
    about: str
    fields: Sequence[Field[Source_contra]]

    def write(self, source: Source_contra) -> dict[str, Any]:
        """The object, its fields in their order."""
        made = {}
        for field in self.fields:
            value = field.get(source)
            if value is not None or not field.optional:
                made[field.name] = value
        return made

    @property
    def type(self) -> Type:
        """Its type: these fields and no others."""
        return {
            "title": self.title,
            "description": self.about,
            "type": "object",
            "properties": {
                field.name: {"description": field.about, **field.type} for field in self.fields
            },
            "required": [field.name for field in self.fields if not field.optional],
            "additionalProperties": False,
        }

    def schema(self, address: str) -> dict[str, Any]:
        """The JSON Schema of a document that is this object; ``address`` is its own."""
        return {"$schema": DIALECT, "$id": address, **self.type}


def said(name: str) -> Callable[[Mapping[str, Any]], Any]:
    """How a field comes by its value where there is a mapping that has it, or has it not."""
    return lambda source: source.get(name)
