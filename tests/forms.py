"""Forms filled in, as GitHub writes them into an issue, and tells a workflow of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.folder import Folder
from generator.suggestions.forms import Form, Kind, read_forms
from tests.conftest import ROOT

#: The project's own forms.
FORMS: Mapping[Kind, Form] = {form.kind: form for form in read_forms(Folder(ROOT))}


def filled(kind: str, **answers: str) -> str:
    """The text of an issue in which somebody answered; the ids of fields are keywords."""
    form = FORMS[Kind(kind)]
    assert answers.keys() <= {field.id for field in form.fields}
    return "\n\n".join(
        f"### {field.label}\n\n{_answer(answers.get(field.id, ''), is_code=field.is_code)}"
        for field in form.fields
    )


def _answer(text: str, *, is_code: bool) -> str:
    if not text:
        return "_No response_"
    return f"```text\n{text}\n```" if is_code else text


def event(body: str | None, number: int = 12, **issue: Any) -> dict[str, Any]:
    """What GitHub tells of an issue, as far as anybody asks."""
    return {
        "action": "opened",
        "issue": {
            "number": number,
            "title": "Correction: something",
            "body": body,
            "state": "open",
            "locked": False,
            "created_at": "2026-03-14T23:30:00Z",
            "labels": [{"name": "suggestion"}],
            "user": {"login": "ada", "type": "User"},
            **issue,
        },
        "sender": {"login": "ada", "type": "User"},
    }
