"""When two records are one work: the rules, and an index that finds where to apply them.

False merges are not acceptable: a paper that vanishes into another is lost, a paper that stands
twice is merely untidy. So two records are one work only

1. if they share an identifier (arXiv, DOI), or
2. if their titles are the same, letter case, accents, punctuation and spaces aside, and so are
   their abstracts, or
3. if both title and abstract are nearly the same, and the titles name the same numbers, or
4. if their titles are the same, and one abstract is the beginning of the other: a listing that was
   saved before it was there whole.

Never, however alike, if they have two different identifiers of one kind; one that the curator has
corrected in a paper speaks neither for it nor against it. What is similar beyond chance but not one
by these rules is a *lookalike*: the curator is told, nothing is done.

Scores are rapidfuzz's normalised indel similarity of the texts' folded words, 0 to 100. Over the
134,000 pairs of unrelated papers in the digest's first library no two abstracts exceed 50, and no
two titles but lookalikes exceed 80; a revision that keeps nine tenths of a text stays above 90.

:mod:`~generator.identity.rules` compares two texts, :mod:`~generator.identity.index` finds the
papers that are worth it, by :mod:`~generator.identity.postings`.
"""

from generator.identity.index import ALIKE_ABSTRACT, ALIKE_TITLE, Index, Likeness, Match
from generator.identity.rules import NEAR, breaks_off, conflict, reasons

__all__ = [
    "ALIKE_ABSTRACT",
    "ALIKE_TITLE",
    "NEAR",
    "Index",
    "Likeness",
    "Match",
    "breaks_off",
    "conflict",
    "reasons",
]
