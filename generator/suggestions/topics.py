"""The form by which a reader suggests a topic: an entry at the end of ``content/topics.yml``."""

from __future__ import annotations

from collections.abc import Iterator

from slugify import slugify

from generator.errors import ContentErrors
from generator.storage import yamlio
from generator.suggestions import appending
from generator.suggestions.answers import Answers
from generator.suggestions.faults import fault
from generator.suggestions.proposal import Desk, Proposal, Told, listed, public_paper
from generator.text.cleaning import words
from generator.topics.judging import judge
from generator.topics.lineage import RESERVED, renamed
from generator.topics.phrases import PhraseError, patterns
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import Taxonomy, parse_taxonomy

_LONGEST_NAME, _LONGEST_SENTENCE, _LONGEST_PHRASE, _LONGEST_ID = 60, 400, 80, 40
#: Below that, words of a language turn up by chance.
_SHORTEST_PHRASE = 3
_MOST_PHRASES = 40
_HINT = (
    "The rule is a first one: `digest topics --since main` lists the papers that it moves, and "
    "`digest evaluate` measures it."
)


def topic(answers: Answers, desk: Desk) -> Proposal:
    """What a new topic changes.

    Raises:
        FormError: If the form is at fault, or the digest has such a topic.
    """
    taxonomy = desk.content.taxonomy
    title = answers.text("title", _LONGEST_NAME)
    description = answers.text("description", _LONGEST_SENTENCE)
    phrases = _phrases(answers)
    examples = answers.lines("examples")
    id_ = _new_id(title, answers, taxonomy) if title else ""
    answers.settle()
    weight = taxonomy.settings.threshold  # a phrase in the title is enough, and no more
    said = {
        "id": id_,
        "title": title,
        "description": description,
        "rules": [{"weight": int(weight) if weight == int(weight) else weight, "phrases": phrases}],
    }
    path = desk.folder.topics_yml
    name = desk.folder.name(path)
    text = appending.appended(yamlio.text_of(path, name), said)
    after = _after(text, name, taxonomy)
    return Proposal(
        title=f"Add a topic: {id_}",
        changes={path: text},
        told=(
            Told("name", title),
            Told("what belongs to it", description),
            Told("phrases", listed(phrases)),
            *_tried(id_, examples, after, desk),
        ),
        hints=(_HINT,),
        remarks=tuple((answers.form.label(it), answers.remark(it)) for it in ("examples", "why")),
    )


def _phrases(answers: Answers) -> list[str]:
    phrases = answers.lines("phrases", _MOST_PHRASES)
    for phrase in phrases:
        if len(phrase) > _LONGEST_PHRASE:
            problem = f"“{phrase[:_LONGEST_PHRASE]}…” is too long"
            answers.complain("phrases", problem, "a phrase is a few words that papers really use")
            continue
        if len("".join(words(phrase))) < _SHORTEST_PHRASE:
            problem = f"“{phrase}” is too short"
            answers.complain("phrases", problem, "it would be found everywhere")
            continue
        try:
            patterns(phrase)
        except PhraseError as error:
            remedy = "write words, with * at the end of a word or | between words"
            answers.complain("phrases", f"“{phrase}”: {error}", remedy)
    return list(phrases)


def _new_id(title: str, answers: Answers, taxonomy: Taxonomy) -> str:
    id_ = slugify(title, max_length=_LONGEST_ID, word_boundary=True, save_order=True)
    taken = {*taxonomy.ids, *renamed(taxonomy.topics), *RESERVED}
    titles = {words(each.title) for each in taxonomy.topics}
    if not id_:
        answers.complain("title", "has no letter or digit", "give the topic a name")
    elif id_ in taken or words(title) in titles:
        answers.complain("title", f"“{title}” is or was a topic here", "choose another name")
    return id_


def _after(text: str, name: str, before: Taxonomy) -> Taxonomy:
    """The topics with the new one, which has to come last and leave the others alone.

    Raises:
        FormError: If it does not: then a person has to write it.
    """
    try:
        after = parse_taxonomy(text, name)
    except ContentErrors:
        after = before
    if after.topics[:-1] != before.topics or after.settings != before.settings:
        raise fault("the topic could not be written down by itself", "an editor will do it")
    return after


def _tried(id_: str, examples: tuple[str, ...], after: Taxonomy, desk: Desk) -> Iterator[Told]:
    """Which of the examples that the digest has would come under it."""
    tagger = Tagger(after)
    found = {it.slug: it for each in examples if (it := public_paper(each, desk.content.library))}
    by_title = {words(it.title): it for it in desk.content.library.papers.values() if it.is_public}
    found |= {it.slug: it for each in examples if (it := by_title.get(words(each)))}
    has = {
        slug: any(each.topic == id_ for each in judge(it, tagger, after).given)
        for slug, it in found.items()
    }
    if yes := [slug for slug, is_so in has.items() if is_so]:
        yield Told("examples that come under it", listed(yes))
    if no := [slug for slug, is_so in has.items() if not is_so]:
        yield Told("examples that do not yet", listed(no))
