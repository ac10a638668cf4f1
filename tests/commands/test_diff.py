from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from click.testing import Result

from generator.folder import Folder
from tests.builders import page, prose
from tests.history.test_revision import commit, git
from tests.storage.test_library import GOOD, write

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs Git")

Run = Callable[..., Result]


@pytest.fixture
def checkout(folder: Folder) -> Folder:
    """The digest in a repository of its own, with one paper committed."""
    git(folder.root, "init", "--quiet", "-b", "main")
    (folder.root / ".gitignore").write_text("/build/\n")
    write(folder, "papers/2026/p.yml", GOOD.replace("title: T", "title: Search of Birds"))
    commit(folder.root)
    return folder


@pytest.mark.usefixtures("checkout")
def test_nothing_has_changed(run: Run) -> None:
    result = run("diff", "HEAD")
    assert result.exit_code == 0, result.stderr
    assert (result.stdout, result.stderr) == ("# nothing changes for readers\n", "")


def test_a_day_that_came_in(checkout: Folder, run: Run) -> None:
    listing = checkout.root.parent / "2026-08-19.txt"
    listing.write_text(
        page(("On Speech @octocat #12", prose(1)), ("Search of Bees", prose(2)), date="Aug 19")
    )
    run("ingest", listing, "--date", "2026-08-19")
    commit(checkout.root)
    write(checkout, "papers/2026/p.yml", GOOD.replace("title: T", "title: Audio of Birds"))
    result = run("diff", "HEAD~1")
    assert result.exit_code == 0, result.stderr
    first, _, rest = result.stdout.partition("\n\n")
    assert first == "# 2026-08-19: 2 new papers, 1 retagged, 1 retitled"
    for section in (
        "## New papers (2)",
        "### Information retrieval (1)",
        "- Search of Bees <code>search-of-bees</code>",
        "- On Speech &#64;\u200boctocat &#35;\u200b12 <code>on-speech-octocat-12</code>",
        "- Audio of Birds <code>p</code>, before: “Search of Birds”",
        "- Audio of Birds <code>p</code>: +<code>speech</code>, −<code>retrieval</code>",
        "- 2026-08-19: 2 papers, new",
    ):
        assert section in rest


def test_a_summary_can_be_short(checkout: Folder, run: Run) -> None:
    for number in range(30):
        title = f"title: Search number {number}"
        write(checkout, f"papers/2026/q{number}.yml", GOOD.replace("title: T", title))
    whole, short = run("diff", "HEAD"), run("diff", "HEAD", "--most", "4000")
    assert whole.stdout.count("\n- ") > 30
    assert len(short.stdout) <= 4000
    assert short.stdout.startswith("# 30 new papers\n")
    assert "… and 25 more." in short.stdout


def test_content_that_is_at_fault_now(checkout: Folder, run: Run) -> None:
    write(checkout, "papers/2026/p.yml", "title: 1\n")
    result = run("diff", "HEAD")
    assert result.exit_code == 1
    assert "content/papers/2026/p.yml" in result.stderr


def test_content_that_was_at_fault(checkout: Folder, run: Run) -> None:
    write(checkout, "papers/2026/p.yml", "title: 1\n")
    commit(checkout.root)
    write(checkout, "papers/2026/p.yml", GOOD)
    result = run("diff", "HEAD")
    assert result.exit_code == 1
    assert "cannot be compared with, for its content is at fault:" in result.stderr
    assert "digest: content/papers/2026/p.yml" in result.stderr


@pytest.mark.usefixtures("checkout")
def test_a_revision_that_is_not_there(run: Run) -> None:
    result = run("diff", "nope")
    assert result.exit_code == 1
    assert result.stderr.startswith("digest: 'nope' is no commit of this clone")
