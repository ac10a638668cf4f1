"""Words that are new in an edition: what its papers speak of and no earlier edition did.

Of the terms (:mod:`generator.trends.terms`) those count that

- stand in the title of a paper that is new in the edition: titles are made of names of things, and
  most of what is no name stays outside of them;
- end a name in a third of the places where they stand: before a mark or a word like "of" or "and",
  not before another name ("compositional generalization") or "the" ("analyzing the results"). A
  third and not more, for a name is often followed by what it is the name of ("parsing models").
  Nor may a single word end as participles do;
- are in the titles and abstracts of at least three of its new papers, of two if it has fewer than
  100: a slip of the pen is in one;
- no earlier edition had in more than one of its papers.

The most telling come first: by the log odds of a paper having the term, in the edition against all
earlier ones, half a paper added to each count (Haldane, 1956), in units of its own uncertainty. Of
terms that hold one another the longer is shown, if most papers that have the shorter have it too.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator.digest import EditionView, Entry
from generator.trends.terms import Key, keys, terms
from generator.trends.views import Term, Words

#: Editions whose words are looked for, and words of one that are shown.
EDITIONS, MOST = 8, 15
_LARGE = 100
_LEAST_OF_LARGE, _LEAST_OF_SMALL = 3, 2
_MOST_EARLIER = 1
_OFTEN = 1 / 3
#: A spelling in an abstract weighs as much as so many in titles.
_ABSTRACTS_COUNT = 1000
#: A longer term stands for a shorter one if so many of its papers have it.
_MOSTLY = 0.6


@dataclass(slots=True)
class _Tally:
    """Terms of some papers: in how many they are, how they are written, where names end.

    ``size`` is how many papers there are; ``titled`` are the terms of their titles.
    """

    size: int = 0
    papers: Counter[Key] = field(default_factory=Counter)
    titled: set[Key] = field(default_factory=set)
    places: Counter[Key] = field(default_factory=Counter)
    ends: Counter[Key] = field(default_factory=Counter)
    written: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def new_words(editions: Sequence[EditionView], newest: int = EDITIONS) -> tuple[Words, ...]:
    """What is new in the newest editions, the newest first; of the first edition everything is.

    Args:
        editions: All of them, oldest first.
        newest: How many of them are asked for.
    """
    asked = {edition.date for edition in editions[1:][-newest:]}
    wanted = frozenset(
        found.key
        for edition in editions
        if edition.date in asked
        for paper in _new(edition)
        for found in terms(paper.title)
    )
    shown: list[Words] = []
    before, most, size = Counter[Key](), Counter[Key](), 0
    for edition in editions:
        new = _new(edition)
        if edition.date in asked:
            tally = _tally(new, wanted)
            papers = tally.papers
            shown.append(_words(edition, tally, before, most, size))
        else:
            papers = Counter(key for each in new for key in _keys(each, wanted))
        before.update(papers)
        most |= papers
        size += len(new)
        # What is not new from now on need not be looked for.
        wanted = wanted.difference(key for key, often in papers.items() if often > _MOST_EARLIER)
    return tuple(reversed(shown))


def _keys(entry: Entry, wanted: frozenset[Key]) -> set[Key]:
    return keys(entry.title, wanted) | keys(entry.abstract, wanted)


def _new(edition: EditionView) -> list[Entry]:
    return [entry for entry in edition.entries if entry.date == edition.date]


def _tally(entries: Iterable[Entry], wanted: frozenset[Key]) -> _Tally:
    tally = _Tally()
    for entry in entries:
        tally.size += 1
        in_title = list(terms(entry.title, wanted))
        in_abstract = list(terms(entry.abstract, wanted))
        tally.titled.update(each.key for each in in_title)
        tally.papers.update({each.key for each in (*in_title, *in_abstract)})
        for each in (*in_title, *in_abstract):
            tally.places[each.key] += 1
            tally.ends[each.key] += each.is_name
            tally.written[each.key][each.written] += 1
        # Titles have capitals that words do not have: what abstracts say counts for more.
        for each in in_abstract:
            tally.written[each.key][each.written] += _ABSTRACTS_COUNT
    return tally


def _words(
    edition: EditionView, tally: _Tally, before: Counter[Key], most: Counter[Key], size: int
) -> Words:
    least = _LEAST_OF_LARGE if tally.size >= _LARGE else _LEAST_OF_SMALL
    new = [
        key
        for key in tally.titled
        if tally.papers[key] >= least
        and most[key] <= _MOST_EARLIER
        and tally.ends[key] >= _OFTEN * tally.places[key]
        and not _is_trait(key)
    ]
    weights = {key: round(_z(tally.papers[key], tally.size, before[key], size), 6) for key in new}
    chosen = sorted(_whole(new, tally.papers), key=lambda key: (-weights[key], key))[:MOST]
    found = (Term(_spelling(tally.written[key]), tally.papers[key]) for key in chosen)
    return Words(edition.date, edition.address, tally.size, least, tuple(found))


def _is_trait(key: Key) -> bool:
    """Whether it is a single word that says how something is: "pruned", "heterogeneous"."""
    return len(key) == 1 and key[0].endswith(("ed", "ous")) and not key[0].endswith("eed")


def _z(here: int, size: int, before: int, earlier: int) -> float:
    """The log odds of two shares against each other, over their standard error (Woolf, 1955)."""
    cells = (here + 0.5, size - here + 0.5, before + 0.5, earlier - before + 0.5)
    odds = math.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    return odds / math.sqrt(sum(1 / cell for cell in cells))


def _whole(keys: Iterable[Key], papers: Mapping[Key, int]) -> list[Key]:
    """Of terms that hold one another: the longer if it stands for the shorter, else the shorter."""
    kept: list[Key] = []
    for key in sorted(keys, key=lambda key: (len(key), key)):
        held = [one for one in kept if _holds(key, one)]
        if all(papers[key] >= _MOSTLY * papers[one] for one in held):
            kept = [*(one for one in kept if one not in held), key]
    return kept


def _holds(longer: Key, shorter: Key) -> bool:
    size = len(shorter)
    return any(longer[at : at + size] == shorter for at in range(len(longer) - size + 1))


def _spelling(written: Mapping[str, int]) -> str:
    """How a term is mostly written; of equally frequent spellings the one in small letters."""
    return min(written, key=lambda text: (-written[text], sum(map(str.isupper, text)), text))
