"""How often each rule of the taxonomy counts in a library: rules for nothing, rules for everything.

A rule that counts in no paper is misspelt or too narrow; one that counts in half of the papers
tells none of them from the others. Each rule is asked as a topic of its own, so that it counts
here exactly where it counts when topics are given: in its places, and with its companions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.model import Paper
from generator.topics.tagging import Tagger
from generator.topics.taxonomy import Rule, Taxonomy, Topic

#: Fewer papers say nothing of a rule: most rules are for papers that are still to come.
_ENOUGH = 100
_HALF = 0.5
#: Any finding is enough for a topic that takes so little.
_LITTLE = 1e-9
#: Phrases by which a rule is named.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Usage:
    """A rule and the number of papers in which it counts.

    ``where`` is its place in the file, as messages about the file give it.
    """

    topic: str
    where: str
    rule: Rule
    papers: int
    is_against: bool = False

    @property
    def name(self) -> str:
        """The rule by its place and its first phrases."""
        phrases = [*self.rule.phrases[:_NAMED], *(["…"] if len(self.rule.phrases) > _NAMED else [])]
        return f"{self.where} ({self.topic}: {', '.join(phrases)})"


@dataclass(frozen=True, slots=True)
class Oddities:
    """Rules that count in no paper, and rules that count in half of all or more.

    What speaks against a topic may hold for most papers: that is no oddity.
    """

    idle: tuple[Usage, ...] = ()
    broad: tuple[Usage, ...] = ()


def oddities(taxonomy: Taxonomy, papers: Iterable[Paper]) -> Oddities:
    """The rules that say nothing about a library; none if it is too small to tell."""
    library = list(papers)
    if len(library) < _ENOUGH:
        return Oddities()
    found = usages(taxonomy, library)
    return Oddities(
        idle=tuple(each for each in found if not each.papers),
        broad=tuple(
            each for each in found if not each.is_against and each.papers >= len(library) * _HALF
        ),
    )


def usages(taxonomy: Taxonomy, papers: Iterable[Paper]) -> tuple[Usage, ...]:
    """How many papers each rule counts in, in the order of the file."""
    rules = tuple(_rules(taxonomy))
    alone = tuple(_alone(each.where, each.rule) for each in rules)
    settings = replace(taxonomy.settings, most_topics=max(len(alone), 1), least_share=0.0)
    tagger = Tagger(Taxonomy(alone, settings))
    counts = Counter(
        score.topic for paper in papers for score in tagger.score(paper.title, paper.abstract)
    )
    return tuple(replace(each, papers=counts[each.where]) for each in rules)


def _rules(taxonomy: Taxonomy) -> Iterator[Usage]:
    for at, topic in enumerate(taxonomy.topics):
        for part, rules in (("rules", topic.rules), ("against", topic.against)):
            for number, rule in enumerate(rules):
                where = f"topics[{at}].{part}[{number}]"
                yield Usage(topic.id, where, rule, 0, is_against=part == "against")


def _alone(name: str, rule: Rule) -> Topic:
    return Topic(name, name, name, threshold=_LITTLE, rules=(rule,))
