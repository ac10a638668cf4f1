"""What comes of comparing papers, found in one go."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

from generator.atlas.charting import with_atlas
from generator.comparing import compared, with_compared
from generator.digest import Digest, Entry
from generator.folder import Folder
from generator.related.neighbours import with_related
from generator.trends.finding import with_trends
from tests.builders import digest, entry, prose

ROOT = Path(__file__).parents[1]


def some() -> list[Entry]:
    return [
        entry(
            f"p-{at:02}",
            f"2026-03-{11 + at % 3}",
            ["speech"] if at % 2 else ["retrieval", "speech"],
            abstract=f"On teapots of kind {at % 4}. {prose(at % 5, 20)}",
        )
        for at in range(24)
    ]


def one_by_one(shown: Digest, folder: Folder) -> Digest:
    return with_atlas(with_trends(with_related(shown)), folder)


def test_it_is_what_is_found_one_by_one(folder: Folder) -> None:
    shown = digest(*some())
    found = with_compared(shown, compared(shown, folder))
    assert found == one_by_one(shown, folder)
    assert any(found.related.values())
    assert found.atlas.points


def test_it_passes_from_process_to_process_without_papers(folder: Folder) -> None:
    shown = digest(*some())
    data = pickle.dumps(compared(shown, folder))
    assert b"Entry" not in data
    assert with_compared(shown, pickle.loads(data)) == one_by_one(shown, folder)  # noqa: S301


def test_nothing_is_found_of_nothing(folder: Folder) -> None:
    assert with_compared(digest(), compared(digest(), folder)) == one_by_one(digest(), folder)


def test_being_ready_to_compare_takes_no_arrays() -> None:
    """They start threads, after which a build can use one core alone."""
    program = (
        "import sys; import generator.build, generator.comparing; print('numpy' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout == "False\n"
