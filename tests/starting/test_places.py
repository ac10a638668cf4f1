"""Where a generator comes from, as somebody says it, or as pip kept it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from generator import __version__, shipped
from generator.errors import UsageError
from generator.starting.places import installed, place, version_of
from tests.conftest import ROOT

NAME = f"paper_digest-{__version__}-py3-none-any.whl"


def wheel(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names or ("generator/_shipped/mkdocs.yml",):
            archive.writestr(name, "")
    return path


def test_a_wheel_comes_along_with_its_hash(tmp_path: Path) -> None:
    path = wheel(tmp_path / NAME)
    found = place(str(path), tmp_path / "digest")
    known = hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.line == f"./vendor/{NAME} --hash=sha256:{known}"
    assert found.files == {f"vendor/{NAME}": path.read_bytes()}
    assert found.all_files["generator.txt"].endswith(f"\n{found.line}\n".encode())
    assert found.remark == ""


def test_another_version_is_said(tmp_path: Path) -> None:
    path = wheel(tmp_path / "paper_digest-9.1.0-py3-none-any.whl")
    assert place(str(path), tmp_path).remark == (
        f"that generator is 9.1.0, and this one {__version__}: run `make upgrade` in the digest"
    )


def test_a_checkout_is_told_as_it_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absolute = place(str(ROOT), tmp_path / "digest")
    assert absolute.line == f"--editable {ROOT}"
    assert absolute.remark.startswith("a path is of this machine")
    (tmp_path / "digests").mkdir()
    monkeypatch.chdir(tmp_path)
    (tmp_path / "copy of it" / "generator").mkdir(parents=True)
    copied = {
        "generator/__init__.py": '__version__ = "0"\n',
        "pyproject.toml": 'name = "paper-digest"',
    }
    for name, text in copied.items():
        (tmp_path / "copy of it" / name).write_text(text)
    found = place("copy of it", tmp_path / "digests" / "one")
    assert found.line == "--editable '../../copy of it'"
    assert "that generator is 0, and this one" in found.remark


@pytest.mark.parametrize(
    "where",
    [
        "git+https://example.org/paper-digest.git@v0.1.0",
        "git+https://example.org:8443/a/b/paper-digest@feature/x+y",
        "git+ssh://git@example.org/paper-digest.git@0123456789abcdef",
        "git+file:///srv/git/paper-digest@main",
    ],
)
def test_an_address_of_a_revision_is_taken_as_it_is(where: str, tmp_path: Path) -> None:
    assert place(where, tmp_path).line == where


@pytest.mark.parametrize(
    "where",
    [
        "git+https://example.org/paper-digest.git",
        "git+ssh://git@example.org/paper-digest.git",
        "git+https://example.org/paper-digest.git@",
        "git+https://example.org/x@--upload-pack=touch",
        "git+https://example.org/x@v1 --index-url=https://e.org",
        "git+https://example.org/x@v1\n--extra",
        "git+https://example.org/x@v1#subdirectory=..",
        "git+http://example.org/x@v1",
        "git+ext::sh -c touch@v1",
        "git+https://example.org/${HOME}@v 1",
        "git+https://example.org/${SECRET}/x@v1",
        "git+https://${SECRET}.example.org/x@v1",
        "git+ssh://-oProxyCommand=touch/x@v1",
    ],
)
def test_an_address_of_no_revision_is_wrong_usage(where: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no address of a revision; write it as"):
        place(where, tmp_path)


@pytest.mark.parametrize("who", ["me:secret", "ghp_secret", ""])
def test_a_password_is_not_written_down_nor_repeated(who: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds a name or a password") as caught:
        place(f"git+https://{who}@example.org/x@v1", tmp_path)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "where",
    ["", "nothing.whl", "a/b", "https://example.org/x.whl", "paper-digest", "a\0b", "~", "-"],
)
def test_what_is_not_there_is_wrong_usage(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if where:
        with pytest.raises(UsageError, match=r"there is no such file or folder; write --generator"):
            place(where, tmp_path)
    else:  # the current folder, which is no checkout
        with pytest.raises(UsageError):
            place(where, tmp_path)


def test_other_files_and_folders_are_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "a.whl").write_bytes(b"")
    (tmp_path / NAME).write_bytes(b"no archive")
    old = wheel(tmp_path / "paper_digest-0.0.1-py3-none-any.whl", "generator/__init__.py")
    for path, says in {
        tmp_path / "a.whl": "is no wheel of paper-digest",
        tmp_path / NAME: "is no wheel that carries templates",
        old: "is no wheel that carries templates",
        tmp_path: "is no checkout of paper-digest",
    }.items():
        with pytest.raises(UsageError, match=says):
            place(str(path), tmp_path)


def test_versions_are_read_from_names() -> None:
    assert version_of("vendor/paper_digest-1.2.0rc1-py3-none-any.whl") == "1.2.0rc1"
    assert version_of("vendor/other-1.2.0-py3-none-any.whl") is None


# --- how the running generator was installed -------------------------------------------------


def test_a_checkout_knows_where_it_is() -> None:
    assert installed() == str(ROOT)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What pip kept of the running generator, which is in no checkout; to be filled."""
    said: dict[str, Any] = {}
    found = SimpleNamespace(
        read_text=lambda _: json.dumps(said) if said else None,
        locate_file=lambda name: Path(shipped.__file__).parent.parent / name,
    )
    monkeypatch.setattr(shipped, "checkout", lambda: None)
    monkeypatch.setattr(metadata, "distribution", lambda _: found)
    return said


def test_a_wheel_that_was_installed_is_found(told: dict[str, Any], tmp_path: Path) -> None:
    path = wheel(tmp_path / NAME)
    known = hashlib.sha256(path.read_bytes()).hexdigest()
    told.update(url=path.as_uri(), archive_info={"hashes": {"sha256": known}})
    assert installed() == str(path)
    wheel(path, "another")
    with pytest.raises(UsageError, match="is no longer what this generator came from; write --gen"):
        installed()
    path.unlink()
    with pytest.raises(UsageError, match="which is gone; write --generator"):
        installed()


def test_a_commit_that_was_installed_is_named(told: dict[str, Any], tmp_path: Path) -> None:
    told.update(url="https://example.org/x.git", vcs_info={"vcs": "git", "commit_id": "abc123"})
    assert installed() == "git+https://example.org/x.git@abc123"
    assert place(installed(), tmp_path).line == installed()


def test_what_nobody_kept_has_to_be_said(told: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="came from a package index; write --generator"):
        installed()
    told.update(url="https://example.org/paper.tar.gz", archive_info={})
    with pytest.raises(UsageError, match=r"came from https://example\.org/paper\.tar\.gz; write"):
        installed()


def test_another_generator_than_the_one_that_is_installed_says_nothing(
    told: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    told.update(url="https://example.org/x.git", vcs_info={"commit_id": "abc123"})
    elsewhere = SimpleNamespace(read_text=lambda _: "{}", locate_file=lambda name: Path("/x", name))
    monkeypatch.setattr(metadata, "distribution", lambda _: elsewhere)
    with pytest.raises(UsageError, match="another generator is installed than the one that runs"):
        installed()

    def missing(_: str) -> None:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(UsageError, match="is not known; write --generator"):
        installed()
