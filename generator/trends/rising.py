"""Topics that rise and fall: the newer editions against the earlier ones.

Of the editions of a year, the newest quarter is compared with the rest: the log odds of a topic's
two shares, half a paper added to each count (Haldane, 1956), in units of Woolf's standard error
(1955), which is widened by how much more the topic varies from edition to edition, within the newer
and within the earlier ones, than chance would make it (the heterogeneity factor of Finney,
*Probit Analysis*, 1971: Pearson's chi-squared over its degrees of freedom, at least 1). So one
edition on a theme makes no trend.

A topic rises or falls if that is more than chance does once in twenty times *to any of the topics
compared* (Bonferroni). With fewer than three editions on either side it is too early for that: then
the largest differences are named, as differences, if chance does as much once in twenty times to a
single topic. With fewer than fifty papers on either side nothing is said.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence
from statistics import NormalDist

from generator.digest import EditionView, TopicView
from generator.trends.counting import papers_of, topic_counts
from generator.trends.views import Movement, Share, Shift, Standing

YEAR = dt.timedelta(days=365)
#: One in so many editions is a newer one.
PART = 4
ENOUGH_EDITIONS, ENOUGH_PAPERS = 3, 50
#: Topics with fewer papers on both sides together are not compared.
ENOUGH_OF_TOPIC = 5
#: Differences that are named while it is too early for trends.
MOST_DIFFERENCES = 5
#: How often something is named by chance.
_ERROR = 0.05


def movement(editions: Sequence[EditionView], topics: Sequence[TopicView]) -> Movement:
    """What rises and falls in some editions (all of them, oldest first)."""
    recent = [edition for edition in editions if edition.date > editions[-1].date - YEAR]
    cut = len(recent) - math.ceil(len(recent) / PART)
    earlier, newer = halves = recent[:cut], recent[cut:]
    before, after = papers_of(earlier), papers_of(newer)
    sums = (len(earlier), len(newer), len(before), len(after))
    if min(len(before), len(after)) < ENOUGH_PAPERS:
        return Movement(Standing.NOTHING, *sums)
    counts = topic_counts(before), topic_counts(after)
    compared = [
        topic.ref
        for topic in topics
        if counts[0][topic.ref.id] + counts[1][topic.ref.id] >= ENOUGH_OF_TOPIC
    ]
    enough = min(len(earlier), len(newer)) >= ENOUGH_EDITIONS
    limit = NormalDist().inv_cdf(1 - _ERROR / 2 / (max(len(compared), 1) if enough else 1))
    sides = [[(topic_counts(one.entries), len(one.entries)) for one in side] for side in halves]
    shifts = []
    for ref in compared:
        shares = Share(counts[0][ref.id], len(before)), Share(counts[1][ref.id], len(after))
        factor = _factor([_shares(side, ref.id) for side in sides])
        shifts.append(Shift(ref.title, ref.address, *shares, _z(*shares) / factor))
    shifts.sort(key=lambda shift: -abs(shift.z))
    most = None if enough else MOST_DIFFERENCES
    return Movement(
        Standing.TREND if enough else Standing.DIFFERENCE,
        *sums,
        len(compared),
        tuple(shift for shift in shifts if shift.z > limit)[:most],
        tuple(shift for shift in shifts if shift.z < -limit)[:most],
    )


def _shares(editions: Sequence[tuple[Counter[str], int]], topic: str) -> list[Share]:
    return [Share(counts[topic], size) for counts, size in editions]


def _z(before: Share, after: Share) -> float:
    """The log odds of two shares against each other, over their standard error."""
    cells = [
        cell + 0.5
        for cell in (after.count, after.of - after.count, before.count, before.of - before.count)
    ]
    odds = math.log(cells[0] * cells[3] / (cells[1] * cells[2]))
    return odds / math.sqrt(sum(1 / cell for cell in cells))


def _factor(sides: Sequence[Sequence[Share]]) -> float:
    """By how much the standard error is widened: the root of the heterogeneity factor."""
    freedom = sum(len(side) - 1 for side in sides)
    if not freedom:
        return 1.0
    return math.sqrt(max(sum(map(_chi_squared, sides)) / freedom, 1.0))


def _chi_squared(editions: Sequence[Share]) -> float:
    """Pearson's, of editions that would all have one share."""
    size = sum(share.of for share in editions)
    mean = sum(share.count for share in editions) / size
    if mean in (0, 1):
        return 0.0
    return sum(
        (share.count - share.of * mean) ** 2 / (share.of * mean * (1 - mean)) for share in editions
    )
