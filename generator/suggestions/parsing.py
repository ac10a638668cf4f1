"""The answers of a form, out of the Markdown that GitHub makes of it.

GitHub writes a heading of the third level for each field that can be filled in, in the form's
order, the answer below it, and ``_No response_`` where there is none. Whoever filled the form in
may change all of that afterwards, and may have written headings into an answer. So a line that
looks like a heading and says what a label of the form says is one of the form's, however it is
written, and all of them have to be there, once each, in order: an answer that holds one more is
refused, not guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.suggestions.events import Issue
from generator.suggestions.faults import FormError, fault
from generator.suggestions.forms import Form, heading

#: The label that the forms give to an issue, if the repository has it.
LABEL = "suggestion"
#: Characters; GitHub takes no more.
LONGEST = 65_536
_HEADING = re.compile(r" {0,3}#{1,6}(?P<label>[^\n]*)")
_EMPTY = "_No response_"
#: The line that opens a block of code. What closes it is looked for by hand: one expression for the
#: whole block tries every length of the fence at every line, hours for an issue of backticks.
_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,})[^\n]*")
#: Fewer headings in common are chance.
_LIKELY = 2
_ANEW = "open a new form, which is quickest, or bring its headings back as they were"


def understood(issue: Issue, forms: Iterable[Form]) -> tuple[Form, Mapping[str, str]] | None:
    """The form that an issue is, with its answers by the ids of the fields; blank ones are "".

    Returns:
        ``None`` if it is no form.

    Raises:
        FormError: If it is one, and cannot be taken apart with certainty.
    """
    lines = issue.body.splitlines()
    likely = {form: _headings(lines, form) for form in forms}
    likely = {form: found for form, found in likely.items() if len(found) >= _LIKELY}
    if not likely:
        if LABEL in issue.labels:
            raise fault("the form’s headings are gone, so it cannot be read", _ANEW)
        return None
    if len(issue.body) > LONGEST:
        raise fault(f"the form has more than {LONGEST:,} characters", "shorten what is in it")
    whole = [form for form, found in likely.items() if _is_whole(found, form)]
    if len(whole) > 1:
        raise fault("this is two forms in one", "open an issue for each")
    if not whole:
        raise _torn(likely)
    (form,) = whole
    return form, _answers(lines, form, likely[form])


def _headings(lines: list[str], form: Form) -> list[tuple[int, str]]:
    """The form's own headings: their lines, and the ids of their fields."""
    ids = {heading(field.label): field.id for field in form.fields}
    found = []
    for number, line in enumerate(lines):
        if (match := _HEADING.fullmatch(line)) and (id_ := ids.get(heading(match["label"]))):
            found.append((number, id_))
    return found


def _is_whole(found: list[tuple[int, str]], form: Form) -> bool:
    return [id_ for _, id_ in found] == [field.id for field in form.fields]


def _torn(likely: Mapping[Form, list[tuple[int, str]]]) -> FormError:
    """What is wrong with the headings of the form that it most likely is."""
    form, found = max(likely.items(), key=lambda item: len({id_ for _, id_ in item[1]}))
    ids = [id_ for _, id_ in found]
    for field in form.fields:
        if ids.count(field.id) > 1:
            problem = "this heading of the form stands in the text more than once"
            return fault(problem, "an answer must not hold it: take it out there", field.label)
    for field in form.fields:
        if field.id not in ids:
            return fault("this heading of the form is missing", _ANEW, field.label)
    return fault("the headings of the form are not in their order", _ANEW)


def _answers(lines: list[str], form: Form, found: list[tuple[int, str]]) -> Mapping[str, str]:
    if any(line.strip() for line in lines[: found[0][0]]):
        raise fault(
            "there is text above the form’s first heading",
            "take it out, or move it below one of the headings",
        )
    ends = [number for number, _ in found[1:]] + [len(lines)]
    answers = {
        id_: "\n".join(lines[number + 1 : end]).strip("\n")
        for (number, id_), end in zip(found, ends, strict=True)
    }
    return {field.id: _answer(answers[field.id], is_code=field.is_code) for field in form.fields}


def _answer(text: str, *, is_code: bool) -> str:
    """An answer as it was typed: GitHub puts some into blocks of code, and a word into blanks."""
    text = text.strip()
    if is_code:
        text = _unfenced(text)
    return "" if text == _EMPTY else text


def _unfenced(text: str) -> str:
    """What stands in a block of code, or the text if it is none."""
    lines = text.split("\n")
    opened = _FENCE.fullmatch(lines[0])
    fence = opened["fence"] if opened else ""
    is_closed = len(lines) > 1 and lines[-1].startswith(fence) and not lines[-1].strip(fence[:1])
    return "\n".join(lines[1:-1]).strip() if opened and is_closed else text
