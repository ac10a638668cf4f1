"""Names of things in running text, found by rules: rows of one to three words that say something.

A row ends at every mark, formula, address, word that joins others ("of", "the", "we") and word that
any paper uses ("approach", "improve"). What is compared is the singular in small letters without
hyphens, so that "pre-training" is "pretraining"; what is shown is how it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from generator.text.inlines import inlines

#: A term as it is compared: its words.
Key = tuple[str, ...]
_LONGEST = 3
#: Of how many different tokens, and pieces of text, it is remembered what they are.
_REMEMBERED = 1 << 17

# Words, with digits, inner apostrophes and hyphens; commands of LaTeX, numbers and marks.
_TOKEN = re.compile(
    r"(?<!\\)[^\W\d_][^\W_]*(?:[-‑'’][^\W_]+)*|\\[a-zA-Z]+|\d[^\W_]*(?:[-.,%]\w+)*|[^\s\w]"
)
#: Shorter words keep their "s"; words that end like these are no plurals.
_SHORTEST_PLURAL = 4
_NO_PLURAL = ("ss", "us", "is", "ics")
#: What follows a verb or stands within a name, and so does not show that a name has ended.
_BEFORE_NAMES = frozenset(
    """
    a an the this that these those its their our his her my your how what which whether
    """.split()  # noqa: SIM905 - as words it can be read and kept
)
#: Words that join others: a name ends before them.
_JOINING = frozenset(
    """
    a about above across after again against al all almost along alone already also although always
    am among an and another any are around as at away back be became because been before behind
    being below beside besides best better between beyond both but by can cannot could despite did
    do does doing done down due during e each easily easy either else enough especially etc even
    ever every few first for former from full fully further g generally get give given go good
    great had hard has have having he hence her here high higher highly his how however i ie if in
    indeed instead into is it its itself just keep large largely last later latter least less let
    like low lower made mainly make makes making many may me mean means might more moreover most
    mostly much must my near nearly need needs neither never new next no non nor not nothing now
    of off often old on once one only onto or other others otherwise our out over overall own part
    per perhaps play please poor put quite rather re real really recent recently s second seem seen
    several shall she should show side simple simply since single small so some sometimes soon
    still such take takes than that the their them then there therefore these they thing third this
    those though three through thus to together too toward towards two under unlike until up upon us
    use used useful using usually various very via vs want was way ways we well were what when where
    whereas whether which while who whole whose why will wide widely with within without would yes
    yet you your zero four five six ten half
    """.split()  # noqa: SIM905 - as words it can be read and kept
)
#: Words that every paper about anything uses.
_SAID = frozenset(
    """
    abstract achieve achieves achieving address addresses addressing advance advances aim aims
    allow allows analyse analyses analysis analyze application applications apply applying approach
    approaches art article aspect aspects assess assessing attempt author authors available base
    based baseline baselines benefit build building capable case cases challenge challenges
    challenging combine combining common compare compared comparing comparison complete complex
    comprehensive concept conduct consider contribute contribution contributions current deal
    demonstrate demonstrates demonstrating describe design designed designing detailed develop
    developed developing development different difficult discuss effect effective effectively
    effectiveness effects efficient efficiently enable enables enabling enhance enhanced enhancing
    ensure establish evaluate evaluated evaluating evaluation evidence examine example examples
    existing experiment experimental experiments explain exploration explore explored explores
    exploring extend extending extensive facilitate fact fail field fields find finding findings
    focus follow found framework frameworks future gap general goal guide help helps idea identify
    identifying impact impacts implement implementation importance important improve improved
    improvement improvements improves improving include includes including increase increasing
    insight insights integrate integrating interest introduce introduces introducing introduction
    investigate investigating investigation issue issues key kind lack lead leading learn level
    leverage leverages leveraging limit limitation limitations limited line main manner method
    methodology methods mitigate model models multiple novel number obtain offer offers open
    outperform outperforms overview paper papers particular perform performance performances
    performing perspective perspectives popular possible potential potentially present presents
    previous prior problem problems produce promising proof property proposal propose proposed
    proposes proposing prove proven provide provides providing publicly quality question range
    reach recent reduce reducing relevant rely report require required requirement requires
    requiring research researchers respectively result resulting results reveal review revisit
    revisiting role scenario scenarios score scores set setting settings shared show showing shown
    shows significant significantly similar situation solution solutions solve solving specific
    specifically standard state step steps strategies strategy strength strong studies study
    studying substantial success successful successfully suggest suggests superior survey system
    systematic systematically systems task tasks technique techniques term terms test tested testing
    time today tool tools towards traditional type types typically underlying understand
    understanding understood unified usage utilize utilizing validate value variety version view
    work works world years yield yields
    """.split()  # noqa: SIM905 - as words it can be read and kept
)
_COMMON = _SAID | _JOINING


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a text: how it is written there, and whether a name ends with it."""

    key: Key
    written: str
    is_name: bool


class _Meaning(NamedTuple):
    """What a token is: its key, "" if it ends a row; whether a name ends before it; its length."""

    key: str
    ends: bool
    length: int


def terms(text: str, wanted: frozenset[Key] | None = None) -> Iterator[Found]:
    """The terms of a text, as often as they stand in it.

    Args:
        text: A title or an abstract.
        wanted: If given, only terms that are among these.
    """
    begins = None if wanted is None else _beginnings(wanted)
    for source in _words(text):
        tokens = [(found.start(), _meaning(found[0])) for found in _TOKEN.finditer(source)]
        tokens.append((len(source), _END))
        for at, (start, meaning) in enumerate(tokens):
            if not meaning.key or (begins is not None and meaning.key not in begins):
                continue
            key: Key = ()
            for last in range(at, min(at + _LONGEST, len(tokens) - 1)):
                begin, word = tokens[last]
                if not word.key:
                    break
                key = (*key, word.key)
                if wanted is None or key in wanted:
                    written = source[start : begin + word.length]
                    yield Found(key, written, tokens[last + 1][1].ends)


def keys(text: str, wanted: frozenset[Key]) -> set[Key]:
    """Which of some terms a text has: what :func:`terms` says, but not where, nor how written.

    It is several times as fast, for most words are in no term that is wanted, and what stands
    between two spaces is taken apart only once.
    """
    begins, found = _beginnings(wanted), set[Key]()
    for source in _words(text):
        words = list(chain.from_iterable(map(_PIECES.__getitem__, source.split())))
        for at in [at for at, word in enumerate(words) if word in begins]:
            row = words[at : at + _LONGEST]
            row = row[: row.index("")] if "" in row else row
            found.update(tuple(row[:size]) for size in range(1, len(row) + 1))
    return found & wanted


def _words(text: str) -> Iterator[str]:
    """The parts of a text that are no formulas and no addresses."""
    return (part.source for part in inlines(text) if not (part.formula or part.address))


class _Pieces(dict[str, tuple[str, ...]]):
    """What stands between two spaces, with what is compared of its tokens; "" if it ends a row."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = tuple(_meaning(token).key for token in _TOKEN.findall(piece))
        if len(self) > _REMEMBERED:
            self.clear()
        self[piece] = found
        return found


_PIECES = _Pieces()


@lru_cache(maxsize=1)
def _beginnings(wanted: frozenset[Key]) -> frozenset[str]:
    """The first words of some terms; the same are asked for over and over."""
    return frozenset(key[0] for key in wanted)


_END = _Meaning("", ends=True, length=0)


@lru_cache(maxsize=_REMEMBERED)
def _meaning(token: str) -> _Meaning:
    """What a token is. Texts are made of few different ones, so this is remembered."""
    if not token[0].isalpha():
        return _Meaning("", ends=True, length=len(token))
    word = token.removesuffix("'s").removesuffix("’s")
    small = word.lower()
    if small in _JOINING or small in _BEFORE_NAMES:
        return _Meaning("", ends=small not in _BEFORE_NAMES, length=len(token))
    return _Meaning(_key(small), ends=False, length=len(word))


def _key(small: str) -> str:
    """What a word is compared by; "" if it says nothing."""
    parts = small.replace("‑", "-").split("-")
    if len(small) == 1 or small.endswith("ly") or all(map(_is_common, parts)):
        return ""
    return _singular("".join(parts))


def _is_common(word: str) -> bool:
    return word in _COMMON or _singular(word) in _COMMON


def _singular(word: str) -> str:
    is_plural = word.endswith("s") and not word.endswith(_NO_PLURAL)
    return word[:-1] if is_plural and len(word) >= _SHORTEST_PLURAL else word
