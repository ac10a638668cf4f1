"""What is told of a form on GitHub: an answer to the reader, and the text of the pull request.

All that a stranger wrote passes :func:`generator.history.github.said`: it is shown as it is,
notifies nobody and refers to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.digest import Site
from generator.history.github import code, said
from generator.suggestions.answers import quoted
from generator.suggestions.faults import Fault, FormError
from generator.suggestions.proposal import Proposal

#: The first line of an answer, by which the one comment in an issue is found again.
MARK = "<!-- digest: the answer to a form -->"
#: Characters of a text that are shown, and of one that is quoted (GitHub takes 65,536 in all; the
#: list of what changes for readers is to follow).
_SHOWN, _QUOTED = 600, 8_000


def answer_done(proposal: Proposal, site: Site) -> str:
    """The answer to a form of which something was made."""
    if not proposal.changes:
        return _text(
            MARK,
            f"Thank you. This is for a person to read: nothing in {_about(proposal, site)} was "
            "changed by itself, and an editor will see your words here.",
        )
    return _text(
        MARK,
        f"Thank you. This is what would change{_of(proposal, site)}:",
        _list(_lines(proposal)),
        "An editor looks at it before readers see it. If it is not what you meant, edit your form: "
        "the proposal follows it, as long as no editor has begun to work on it.",
    )


def answer_fault(error: FormError, site: Site) -> str:
    """The answer to a form of which nothing could be made."""
    return _text(
        MARK,
        "Thank you for writing. Nothing could be made of this form as it is:",
        _list(_fault(each, site) for each in error.faults),
        "To mend it, choose “Edit” in the menu (•••) of your form above, change the text, and save "
        "it; this answer changes with it. What was proposed before, if anything, stays as it was. "
        "If you are stuck, say in a comment what should be different: an editor will read it.",
    )


def request(proposal: Proposal, number: int, site: Site) -> str:
    """The text of the pull request of an issue."""
    return _text(
        f"Suggested by a reader in issue #{number}, and checked by the rules of the digest. "
        "Nothing of it is the digest’s own word: compare it with the paper before you merge.",
        f"**What changes{_of(proposal, site)}**",
        _list(_lines(proposal)),
        _list((*map(said, proposal.notes), *proposal.hints)),
        *_remarks(proposal),
        f"Closes #{number}",
    )


def _text(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _lines(proposal: Proposal) -> Iterator[str]:
    for told in proposal.told:
        yield f"{told.what}: {said(_cut(told.text, _SHOWN))}"


def _fault(fault: Fault, site: Site) -> str:
    where = f"**{said(fault.label)}**: " if fault.label else ""
    page = f": {_page(fault.slug, site)}" if fault.slug else ""
    remedy = f"; {said(fault.remedy)}" if fault.remedy else ""
    return f"{where}{said(fault.problem)}{page}{remedy}."


def _of(proposal: Proposal, site: Site) -> str:
    return f" in {_about(proposal, site)}" if proposal.slugs else ""


def _about(proposal: Proposal, site: Site) -> str:
    """The papers that it is about, with their pages where the site's address is known."""
    return " and ".join(_page(slug, site) for slug in proposal.slugs)


def _page(slug: str, site: Site) -> str:
    return f"[{code(slug)}]({site.url}papers/{slug}/)" if site.url else code(slug)


def _remarks(proposal: Proposal) -> Iterator[str]:
    """What the reader wrote for the editor, as a quotation."""
    for label, text in proposal.remarks:
        if lines := "\n".join(_quotation(text)):
            yield f"**{said(label)}**"
            yield lines


def _quotation(text: str) -> Iterator[str]:
    left = _QUOTED
    for line in quoted(text):
        shown = said(_cut(line, _SHOWN))
        left -= len(shown) + 3
        if left < 0:
            yield "> …"
            return
        # Two spaces at its end keep a line from running into the next.
        yield f"> {shown}  " if shown else ">"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
