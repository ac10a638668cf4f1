"""The form by which a reader corrects what the digest says of a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.curation import Decision
from generator.editing.decisions import edits
from generator.model import Link, LinkKind, Paper
from generator.storage.library import Library
from generator.suggestions.answers import LONGEST_TITLE, Answers
from generator.suggestions.faults import fault
from generator.suggestions.proposal import Desk, Proposal, Told, listed, public_paper
from generator.text.identifiers import label_of
from generator.text.links import unique

#: What is told when nobody's page has the address that is given.
NO_PAGE = ("is no address of a paper’s page in this digest", "open the page and copy its address")
_FOR_EDITORS = ("source", "remark")


def correction(answers: Answers, desk: Desk) -> Proposal:
    """What a correction changes.

    Raises:
        FormError: If it is at fault, or changes nothing and says nothing to the editor either.
    """
    paper = answers.known("paper", lambda it: public_paper(it, desk.library), *NO_PAGE)
    decision = _decision(answers, paper, desk)
    answers.settle()
    assert paper  # noqa: S101 - without one, there was a fault
    remarks = tuple((answers.form.label(id_), answers.remark(id_)) for id_ in _FOR_EDITORS)
    title = f"Correct {paper.slug}"
    if decision.is_silent:
        if not answers.remark("remark"):
            raise fault(
                "nothing in it differs from what the page of the paper says",
                "write what should be different into the fields, or a word to the editor",
            )
        return Proposal(title, remarks=remarks, slugs=(paper.slug,))
    made = edits([paper.slug], decision, desk.library, desk.folder)
    return Proposal(
        title=title if not decision.same_as else f"{paper.slug} is {decision.same_as}",
        changes=made.changes,
        told=tuple(_told(decision)),
        notes=tuple(_notes(paper, decision)),
        remarks=remarks,
        slugs=tuple(filter(None, (paper.slug, decision.same_as))),
    )


def _decision(answers: Answers, paper: Paper | None, desk: Desk) -> Decision:
    """What is corrected: what differs from what the page says."""
    title, abstract = answers.text("title", LONGEST_TITLE), answers.abstract("abstract")
    authors, ids = answers.names("authors"), answers.ids("ids")
    said = {kind: answers.links(kind.value, kind) for kind in (LinkKind.CODE, LinkKind.PROJECT)}
    published = answers.day("published")
    same = answers.known("same_as", lambda it: public_paper(it, desk.library), *NO_PAGE)
    if not paper:
        return Decision()
    if same and same.slug == paper.slug:
        problem = "is the page of this very paper"
        answers.complain("same_as", problem, "give the address of the other page, or nothing")
        return Decision()
    if not same:
        _check_owners(answers, ids, paper, desk.library)
    links = _links(paper, said)
    return Decision(
        title=title if title not in ("", paper.title) else None,
        abstract=abstract if abstract not in ("", paper.abstract) else None,
        authors=authors if authors not in ((), paper.authors) else None,
        ids=tuple(item for item in sorted(ids.items()) if item not in paper.ids.items()),
        published=published if published != paper.published else None,
        links=links if links != paper.links else None,
        same_as=same.slug if same else None,
    )


def _check_owners(answers: Answers, ids: Mapping[str, str], paper: Paper, library: Library) -> None:
    """An identifier names one paper: two that have it are one, and somebody has to say so."""
    for other in library.papers.values():
        shared = (
            other.slug != paper.slug and not other.same_as and {*ids.items()} & {*other.ids.items()}
        )
        for kind, value in sorted(shared or ()):
            here = f"papers/{other.slug}/" if other.is_public else "a paper that is on no page"
            problem = f"the {label_of(kind)} identifier {value} is that of {here}"
            remedy = f"if they are one paper, say so under “{answers.form.label('same_as')}”"
            answers.complain("ids", problem, remedy)


def _links(paper: Paper, said: Mapping[LinkKind, tuple[Link, ...]]) -> tuple[Link, ...]:
    """All links of a paper, of which those of a kind that is said are others."""
    kept = [link for link in paper.links if not said.get(link.kind)]
    new = [link for links in said.values() for link in links]
    return paper.links if {*paper.links} == {*kept, *new} else unique([*kept, *new])


def _told(decision: Decision) -> Iterator[Told]:
    for name in ("title", "abstract"):
        if text := getattr(decision, name):
            yield Told(name, text)
    if decision.authors:
        yield Told("authors", listed(decision.authors))
    for kind, value in decision.ids:
        yield Told(f"{label_of(kind)} identifier", value or "none")
    if decision.published:
        yield Told("day of publication", decision.published.isoformat())
    if decision.links is not None:
        yield Told("links", listed(f"{link.url} ({link.kind})" for link in decision.links))
    if decision.same_as:
        yield Told("is the same paper as", decision.same_as)


def _notes(paper: Paper, decision: Decision) -> Iterator[str]:
    """What of it an editor had decided otherwise."""
    said = ("title", "abstract", "authors", "ids", "published", "links", "same_as")
    if over := [it for it in said if getattr(decision, it) and getattr(paper.curation, it)]:
        yield f"An editor has decided about this before, and it would be replaced: {listed(over)}."
