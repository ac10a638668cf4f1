"""The form by which a reader says under which topics a paper belongs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.console.wording import guess
from generator.curation import Decision
from generator.editing.decisions import edits
from generator.model import Paper
from generator.sources.gathering import shown
from generator.suggestions.answers import Answers
from generator.suggestions.corrections import NO_PAGE
from generator.suggestions.faults import fault
from generator.suggestions.proposal import Desk, Proposal, Told, listed, public_paper
from generator.text.cleaning import words
from generator.topics.judging import judge
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import Taxonomy


def wrong_topic(answers: Answers, desk: Desk) -> Proposal:
    """What becomes of a paper's topics.

    Raises:
        FormError: If the form is at fault, or the paper's topics are as it asks for already.
    """
    taxonomy = desk.content.taxonomy
    paper = answers.known("paper", lambda it: public_paper(it, desk.library), *NO_PAGE)
    add, drop = (_topics(id_, answers, taxonomy) for id_ in ("add", "drop"))
    answers.settle()
    assert paper  # noqa: S101 - without one, there was a fault
    if not (add or drop):
        raise fault("it names no topic", "write under which topics the paper belongs, or does not")
    now = desk.content.library.papers[paper.slug]
    has = [each.topic for each in judge(now, Tagger(taxonomy), taxonomy).given]
    titles = {topic.id: topic.title for topic in taxonomy.topics}
    _check(answers, add, drop, has, titles)
    decision = Decision(add_topics=add, drop_topics=drop)
    made = edits([paper.slug], decision, desk.library, desk.folder)
    stand = [topic for topic in (*has, *add) if topic not in drop]
    return Proposal(
        title=f"Topics of {paper.slug}",
        changes=made.changes,
        told=(
            *(Told("a topic more", titles[topic]) for topic in add),
            *(Told("a topic less", titles[topic]) for topic in drop),
            Told("all of its topics then", listed(titles[each] for each in stand) or "none"),
        ),
        notes=tuple(_notes(paper, decision, titles)),
        remarks=((answers.form.label("why"), answers.remark("why")),),
        slugs=(paper.slug,),
    )


def _notes(paper: Paper, wished: Decision, titles: Mapping[str, str]) -> Iterator[str]:
    """What of it an editor had decided otherwise."""
    before = paper.curation
    if before.topics is not None:
        yield "An editor has settled the topics of this paper before, and they would change."
        return
    over = [it for it in wished.add_topics if it in before.drop_topics]
    over += [it for it in wished.drop_topics if it in before.add_topics]
    if over:
        named = listed(titles[each] for each in over)
        yield f"An editor has decided about this before, and it would be replaced: {named}."


def _check(
    answers: Answers,
    add: Iterable[str],
    drop: Iterable[str],
    has: Iterable[str],
    titles: Mapping[str, str],
) -> None:
    for topic in add:
        if topic in drop:
            problem = f"{titles[topic]} is named in both lists"
            answers.complain("add", problem, "keep it in one of them")
        elif topic in has:
            problem = f"the paper stands under {titles[topic]} already"
            answers.complain("add", problem, "take it out")
    for topic in drop:
        if topic not in has and topic not in add:
            problem = f"the paper does not stand under {titles[topic]}"
            answers.complain("drop", problem, "take it out")
    answers.settle()


def _topics(id_: str, answers: Answers, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The ids of the topics that are named: by title, by id, or as they were called before."""
    known = _names(taxonomy)
    found: dict[str, None] = {}
    for line in answers.lines(id_):
        # A line is one topic, or several with commas between; a title may hold a comma itself.
        parts = [line] if _key(line) in known else line.replace(";", ",").split(",")
        for part in filter(str.strip, parts):
            if topic := known.get(_key(part)):
                found[topic] = None
            else:
                titles = [each.title for each in taxonomy.topics]
                hint = guess(part.strip(), titles) or "their names are on the page of topics"
                answers.complain(id_, f"“{shown(part)}” is no topic of this digest", hint)
    return tuple(found)


def _names(taxonomy: Taxonomy) -> dict[tuple[str, ...], str]:
    """Whatever a topic may be called, for comparing, with its id; titles go first."""
    names: dict[tuple[str, ...], str] = {}
    for called in (lambda it: (it.title,), lambda it: (it.id,), lambda it: it.formerly):
        for topic in taxonomy.topics:
            for name in called(topic):
                names.setdefault(_key(name), topic.id)
    names.pop((), None)  # a title of signs alone names nothing
    return names


def _key(name: str) -> tuple[str, ...]:
    """A name for comparing: an "&" is an "and"."""
    return tuple(word for word in words(name) if word != "and")
