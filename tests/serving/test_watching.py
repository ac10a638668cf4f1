"""Edits are noticed, once they are over."""

from __future__ import annotations

import threading

import pytest

from generator.folder import Folder
from generator.serving.watching import QUIET, watching
from tests.builders import write_whole

# Of a folder that is made with folders in it, watchdog may hear twice; it warns, and goes on.
pytestmark = pytest.mark.filterwarnings("ignore:Callback with id:RuntimeWarning")
#: Seconds after which a change that has not been noticed never will be.
PATIENCE = 20


def test_a_change_is_noticed_once_it_is_over(folder: Folder) -> None:
    reacted = threading.Event()
    with watching(folder, reacted.set):
        write_whole(folder.editions / "2026-03-11.yml", "title: A day\n")
        assert reacted.wait(PATIENCE)


def test_the_first_template_of_ones_own_is_noticed(folder: Folder) -> None:
    folder.templates.unlink()
    reacted = threading.Event()
    with watching(folder, reacted.set):
        write_whole(folder.templates / "overrides" / "partials" / "footer.html", "mine")
        assert reacted.wait(PATIENCE)


def test_reading_is_no_change(folder: Folder) -> None:
    reacted = threading.Event()
    with watching(folder, reacted.set):
        folder.topics_yml.read_text(encoding="utf-8")
        assert not reacted.wait(4 * QUIET)
