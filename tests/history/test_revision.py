from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from generator.errors import DigestError
from generator.folder import Folder
from generator.history import revision
from generator.history.revision import Revision
from generator.storage import library
from tests.storage.test_library import GOOD, write

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs Git")


def git(root: Path, *args: str) -> str:
    """Git without what this machine's user has set."""
    who = {
        f"GIT_{who}_{what}": "x@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *args],
        cwd=root,
        env={**os.environ, **who, **nothing},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commit(root: Path, message: str = "Edit") -> str:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def checkout(folder: Folder) -> Folder:
    """The digest in a repository of its own, with one paper committed."""
    git(folder.root, "init", "--quiet", "-b", "main")
    write(folder, "papers/2026/p.yml", GOOD)
    commit(folder.root)
    return folder


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_the_content_as_it_was(checkout: Folder) -> None:
    write(checkout, "papers/2026/q.yml", GOOD)
    (checkout.papers / "2026" / "p.yml").unlink()
    before = files(checkout.root)
    since = revision.fork_point(checkout, "HEAD")
    with revision.at(checkout, since) as then:
        assert list(library.load(then).papers) == ["p"]
        assert (then.papers / "2026" / "p.yml").read_text() == GOOD
        assert not then.templates.exists()
    assert not then.root.exists()
    assert files(checkout.root) == before


def test_a_digest_in_a_folder_of_a_repository(tmp_path: Path, folder: Folder) -> None:
    assert folder.root.parent == tmp_path
    git(tmp_path, "init", "--quiet")
    write(folder, "papers/2026/p.yml", GOOD)
    (tmp_path / "content").mkdir()
    commit(tmp_path)
    with revision.at(folder, revision.fork_point(folder, "HEAD")) as then:
        assert list(library.load(then).papers) == ["p"]


def test_code_that_lies_above_the_digest(tmp_path: Path, folder: Folder) -> None:
    """One generator in a repository, several digests below it."""
    inner = Folder(tmp_path / "of" / "mine")
    shutil.copytree(folder.root, inner.root)
    git(tmp_path, "init", "--quiet")
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator" / "far.py").write_text("")
    commit(tmp_path)
    with revision.at(inner, revision.fork_point(inner, "HEAD"), ("generator", "none")) as then:
        assert [path.name for path in (then.root / "generator").iterdir()] == ["far.py"]
    (tmp_path / "of" / "generator").mkdir()
    (tmp_path / "of" / "generator" / "near.py").write_text("")
    commit(tmp_path)
    with revision.at(inner, revision.fork_point(inner, "HEAD"), ("generator", "none")) as then:
        assert [path.name for path in (then.root / "generator").iterdir()] == ["near.py"]
        assert not (then.root / "none").exists()


def test_links_are_not_followed(checkout: Folder) -> None:
    (checkout.content / "pages").symlink_to("/etc", target_is_directory=True)
    commit(checkout.root)
    with revision.at(checkout, revision.fork_point(checkout, "HEAD")) as then:
        assert not then.pages.exists()


def test_what_others_added_since_is_no_change(checkout: Folder) -> None:
    common = git(checkout.root, "rev-parse", "HEAD")
    git(checkout.root, "switch", "--quiet", "--create", "mine")
    commit(checkout.root, "mine")
    git(checkout.root, "switch", "--quiet", "main")
    theirs = commit(checkout.root, "theirs")
    git(checkout.root, "switch", "--quiet", "mine")
    assert revision.fork_point(checkout, "main") == Revision("main", common)
    # With nothing in common, the two are compared as they are.
    git(checkout.root, "switch", "--quiet", "--orphan", "other")
    commit(checkout.root)
    assert revision.fork_point(checkout, "main") == Revision("main", theirs)


def test_before_the_first_commit_there_is_nothing_in_common(checkout: Folder) -> None:
    first = git(checkout.root, "rev-parse", "HEAD")
    git(checkout.root, "switch", "--quiet", "--orphan", "other")
    assert revision.fork_point(checkout, "main") == Revision("main", first)


def test_a_revision_is_named_so_that_one_finds_it() -> None:
    assert str(Revision("main", "0123456789")) == "main (0123456)"


def refused(folder: Folder, name: str) -> str:
    with pytest.raises(DigestError) as caught:
        revision.fork_point(folder, name)
    return str(caught.value)


@pytest.mark.parametrize("name", ["nope", "--help", "-x", "", "HEAD:content", "a b", "@{"])
def test_no_such_revision(checkout: Folder, name: str) -> None:
    assert refused(checkout, name).startswith(f"{name!r} is no commit of this clone; name a branch")


def test_no_checkout(folder: Folder) -> None:
    assert refused(folder, "main") == (
        f"{folder.root}: is no Git checkout; there is nothing to compare with"
    )


def test_no_git(checkout: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert refused(checkout, "main").startswith("git is not installed")


def test_a_damaged_repository_is_what_git_says(checkout: Folder) -> None:
    (checkout.root / ".git" / "config").write_text("[core\n")
    said = refused(checkout, "main")
    assert said.startswith(f"{checkout.root}: Git refuses: ")
    assert "bad config" in said


def test_a_shallow_clone_says_how_to_deepen_it(checkout: Folder, tmp_path: Path) -> None:
    first = git(checkout.root, "rev-parse", "HEAD")
    commit(checkout.root)
    git(tmp_path, "clone", "--quiet", "--depth", "1", checkout.root.as_uri(), "shallow")
    shallow = Folder(tmp_path / "shallow")
    for name in (first, "nope"):
        assert refused(shallow, name).startswith(
            f"{name!r} is no commit of this clone; the clone is shallow: run `git fetch --unshallow"
        )
    assert revision.fork_point(shallow, "HEAD").name == "HEAD"


def test_a_shallow_clone_of_two_branches_has_nothing_in_common(
    checkout: Folder, tmp_path: Path
) -> None:
    commit(checkout.root, "theirs")
    git(checkout.root, "switch", "--quiet", "--create", "mine", "HEAD~1")
    commit(checkout.root, "mine")
    url = checkout.root.as_uri()
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--no-single-branch", url, "shallow")
    assert refused(Folder(tmp_path / "shallow"), "origin/main").startswith(
        "origin/main and the checkout have no commit in common here; the clone is shallow"
    )


def test_a_revision_without_a_digest(checkout: Folder) -> None:
    other = checkout.root / "other"
    other.mkdir()
    since = revision.fork_point(Folder(other), "HEAD")
    with pytest.raises(DigestError, match=r"has no mkdocs\.yml; name a revision in which"):
        revision.at(Folder(other), since).__enter__()
