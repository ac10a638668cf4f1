"""All that comes of comparing papers with each other: related ones, trends, the map.

It needs arrays (numpy, scikit-learn), which take a second to be ready and start threads, and after
that no process should be forked. So it can be done in a process of its own: what is found is plain
data, slugs in place of papers, ten thousand of them in two megabytes. A text is read once for all
that is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from generator.atlas.charting import Chart, as_atlas, chart
from generator.digest import Digest
from generator.folder import Folder
from generator.parallel import Aside, aside
from generator.related.neighbours import as_entries, nearest
from generator.related.subjects import subject_of
from generator.trends.finding import trends
from generator.trends.views import Trends


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found; ``related`` are slugs by slug, the nearest first."""

    related: Mapping[str, tuple[str, ...]]
    trends: Trends
    chart: Chart


def compared(digest: Digest, folder: Folder) -> Compared:
    """Compare the papers of a digest; the layout of the map is kept in its folder.

    Raises:
        DigestError: If what is kept cannot be written.
    """
    from generator.related.vectors import read

    subjects = {entry.slug: subject_of(entry) for entry in digest.entries}
    said = read(subjects[slug].text for slug in sorted(subjects))
    return Compared(nearest(subjects, said), trends(digest), chart(digest, folder, subjects, said))


@contextmanager
def comparing(folder: Folder, digest: Digest) -> Iterator[Aside]:
    """Compare the papers of a digest in another process, which gives what was found."""
    with aside(lambda: compared(digest, folder)) as work:
        yield work


def with_compared(digest: Digest, found: Compared) -> Digest:
    """The digest, knowing what was found."""
    return replace(
        digest,
        related=as_entries(found.related, digest.by_slug),
        trends=found.trends,
        atlas=as_atlas(digest, found.chart),
    )
