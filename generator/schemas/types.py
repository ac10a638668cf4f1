"""The types of the model as those of JSON Schema.

Draft 7, because that is what editors' YAML support understands best. YAML's days are texts to it.
"""

from __future__ import annotations

import datetime as dt
import types
import typing
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Union

Type = dict[str, Any]

DIALECT = "http://json-schema.org/draft-07/schema#"

#: A text that is not blank.
TEXT: Type = {"type": "string", "pattern": "\\S"}
DAY: Type = {"type": "string", "format": "date", "pattern": "^\\d{4}-\\d{2}-\\d{2}$"}
COUNT: Type = {"type": "integer", "minimum": 0}
_PLAIN: dict[object, Type] = {
    str: TEXT,
    bool: {"type": "boolean"},
    int: COUNT,
    float: {"type": "number"},
    dt.date: DAY,
}


def type_of(hint: object, inner: Callable[[type], Type]) -> Type:
    """What a value of a type hint may be in a file.

    Args:
        hint: Of a field of the model.
        inner: Describes a class of the model.

    Raises:
        TypeError: If files have no such thing.
    """
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in {Union, types.UnionType}:
        (only,) = (each for each in arguments if each is not type(None))
        return type_of(only, inner)
    if origin in {tuple, frozenset}:
        return {"type": "array", "items": type_of(arguments[0], inner)}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": optional(type_of(arguments[1], inner))}
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"type": "string", "enum": [str(each) for each in hint]}
    if isinstance(hint, type):
        return inner(hint)
    raise TypeError(f"no file has a {hint}")


def optional(type_: Type) -> Type:
    """The type, or nothing: a field without a value is one that is not given."""
    if "type" not in type_:
        return {"anyOf": [type_, {"type": "null"}]}
    values = {"enum": [*type_["enum"], None]} if "enum" in type_ else {}
    return {**type_, "type": [type_["type"], "null"], **values}
