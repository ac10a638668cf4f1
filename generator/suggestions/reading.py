"""From a form to what it asks for."""

from __future__ import annotations

from collections.abc import Iterable

from generator.errors import DigestError
from generator.suggestions.answers import Answers
from generator.suggestions.corrections import correction
from generator.suggestions.events import Issue
from generator.suggestions.faults import FormError, fault
from generator.suggestions.forms import Form, Kind
from generator.suggestions.papers import paper
from generator.suggestions.parsing import understood
from generator.suggestions.proposal import Desk, Proposal
from generator.suggestions.topics import topic
from generator.suggestions.wrong_topics import wrong_topic


def proposed(issue: Issue, forms: Iterable[Form], desk: Desk) -> Proposal | None:
    """What an issue asks for.

    Returns:
        ``None`` if it is none of the forms.

    Raises:
        FormError: If it is one, and nothing can be made of it.
    """
    found = understood(issue, forms)
    if found is None:
        return None
    form, texts = found
    answers = Answers(form, texts, issue.day)
    try:
        return _proposed(form.kind, answers, issue, desk)
    except FormError:
        raise
    except DigestError as error:  # what a record cannot hold, found out where records are written
        problem = f"it could not be written down by itself: {error}"
        raise fault(problem, "an editor will have a look") from None


def _proposed(kind: Kind, answers: Answers, issue: Issue, desk: Desk) -> Proposal:
    match kind:
        case Kind.CORRECTION:
            return correction(answers, desk)
        case Kind.WRONG_TOPIC:
            return wrong_topic(answers, desk)
        case Kind.PAPER:
            return paper(answers, issue.number, desk)
        case Kind.TOPIC:
            return topic(answers, desk)
