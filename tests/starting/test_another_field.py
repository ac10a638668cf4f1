"""A digest of another field, made, filled and built with the generator as people get it: a wheel.

The wheel is built from the checkout and installed into a virtual environment of its own, which sees
the libraries of the one that runs the tests, so that nothing is downloaded.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup

from tests.conftest import ROOT
from tests.starting import bookbinding

NAME = 'Bound & kept: "books" before 1500'

#: Words of the field of the project's own digest, and of where its papers come from.
OTHER_FIELD = re.compile(
    r"machine.learning|deep.learning|hugging.?face|language.model|neural|\bllms?\b|transformer"
    r"|dense.retrieval|\bcs\.[A-Z]{2}\b|\bhf-daily|natural.language|reinforcement|the paper digest",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Made:
    """A digest that was made for the tests, and how it went."""

    root: Path

    def run(self, *args: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """A program, without what the tests' own environment would make it find."""
        hidden = {"PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "VIRTUAL_ENV"}
        environment = {k: v for k, v in os.environ.items() if k not in hidden}
        return subprocess.run(
            [str(arg) for arg in args],
            cwd=cwd or self.root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def digest(self, *args: object) -> str:
        """The digest's own command; it must do what it is asked, and have nothing to remark."""
        done = self.run(self.root / ".venv" / "bin" / "digest", *args)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout

    @property
    def pages(self) -> list[Path]:
        return sorted((self.root / "site").rglob("*.html"))

    def page(self, address: str) -> BeautifulSoup:
        text = (self.root / "site" / address / "index.html").read_text(encoding="utf-8")
        return BeautifulSoup(text, "html.parser")


def build_wheel(place: Path) -> Path:
    """The generator as a wheel."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = place.glob("*.whl")
    return wheel


def make_environment(place: Path) -> None:
    """An environment of its own that sees the libraries of this one, but not its generator."""
    venv.create(place, with_pip=False)
    (packages,) = place.glob("lib/python*/site-packages")
    seen = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    (packages / "libraries.pth").write_text("".join(f"{path}\n" for path in sorted(seen)))
    mkdocs = place / "bin" / "mkdocs"
    # As pip writes a script where a path has a space: the shell starts it, Python skips that line.
    start = f"#!/bin/sh\n'''exec' \"{place}/bin/python\" \"$0\" \"$@\"\n' '''\n"
    mkdocs.write_text(f"{start}from mkdocs.__main__ import cli\ncli()\n")
    mkdocs.chmod(0o755)


def install(made: Made) -> None:
    """What ``make site`` does once the libraries are there: the line of the Makefile."""
    (line,) = re.findall(r"\$\(PIP\) (.* --requirement generator\.txt)", makefile(made))
    python = made.root / ".venv" / "bin" / "python"
    done = made.run(sys.executable, "-m", "pip", "--python", python, *line.split())
    assert done.returncode == 0, done.stderr
    (made.root / ".venv" / ".runtime").touch()


def makefile(made: Made) -> str:
    return (made.root / "Makefile").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def empty(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A digest that was just made, with its generator installed."""
    made = Made(tmp_path_factory.mktemp("field") / "bound and kept")
    command = [sys.executable, "-m", "generator", "new", made.root, "--generator", wheel]
    command += ["--name", NAME, "--description", bookbinding.DESCRIPTION]
    command += ["--url", "https://example.org/bound/"]
    for topic in bookbinding.TOPICS:
        command += ["--topic", topic]
    done = made.run(*command, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    make_environment(made.root / ".venv")
    install(made)
    return made


@pytest.fixture(scope="module")
def filled(empty: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The same with a dozen papers, built by ``make site``."""
    root = tmp_path_factory.mktemp("filled") / "digest"
    shutil.copytree(empty.root, root, symlinks=True, ignore=shutil.ignore_patterns("build", "site"))
    made = Made(root)
    shutil.rmtree(root / ".venv")
    make_environment(root / ".venv")
    install(made)
    for month, april in (("03", False), ("04", True)):
        (root.parent / f"{month}.jsonl").write_text(bookbinding.listing(april=april), "utf-8")
        said = made.digest(
            *("ingest", f"../{month}.jsonl", "--date", f"2026-{month}-07"),
            *("--source", "codex-list"),
        )
        assert "6" in said
    done = made.run("make", "site")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return made


def test_the_wheel_carries_what_a_digest_begins_with_and_no_paper(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    carried = {name.partition("_shipped/")[2] for name in names if "/_shipped/" in name}
    assert {"mkdocs.yml", "requirements.txt", "templates/home.md.j2", "starter/Makefile"} <= carried
    assert not [name for name in carried if name.startswith("content/") and "pages" not in name]
    assert not [name for name in names if name.startswith(("tests/", "templates/"))]


def test_it_builds_at_once_without_a_paper_and_without_a_warning(empty: Made) -> None:
    assert empty.digest("check").endswith("0 listings: nothing wrong, 4 to look at\n")
    done = empty.run("make", "site")
    assert (done.returncode, done.stderr) == (0, "")
    assert NAME in empty.page("").get_text()
    assert "No papers yet" in empty.page("").get_text()
    assert words_of_another_field(empty) == {}


def test_an_installed_generator_makes_the_same_digest_and_knows_where_it_came_from(
    empty: Made, wheel: Path
) -> None:
    other = empty.root.parent / "other"
    args = ["new", "../other", "--name", NAME, "--description", bookbinding.DESCRIPTION]
    args += ["--url", "https://example.org/bound/"]
    for topic in bookbinding.TOPICS:
        args += ["--topic", topic]
    empty.digest(*args)
    mine, theirs = files(empty.root), files(other)
    assert {path for path in mine if mine[path] != theirs.get(path)} == set()
    assert mine.keys() == theirs.keys()
    assert theirs[f"vendor/{wheel.name}"] == wheel.read_bytes()


def files(root: Path) -> dict[str, bytes]:
    """What a digest is made of, without what make makes."""
    made = {".venv", "build", "site", ".cache"}
    paths = [path for path in root.rglob("*") if path.is_file()]
    relative = {path.relative_to(root): path for path in paths}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in relative.items()
        if name.parts[0] not in made
    }


def test_every_paper_has_its_page_and_nearly_all_their_topics(filled: Made) -> None:
    assert "12 papers, 2 editions, 4 topics, 2 listings" in filled.digest("check")
    papers = list((filled.root / "site" / "papers").glob("*/index.html"))
    assert len(papers) == 12
    for topic, least in (
        ("sewing-structures", 1), ("boards-covers", 3), ("parchment-and-leather", 3),
        ("conservation", 2),
    ):  # fmt: skip
        entries = filled.page(f"topics/{topic}").select("[data-paper]")
        assert len(entries) >= least, topic


def test_it_has_feeds_a_search_and_its_own_name(filled: Made) -> None:
    site = filled.root / "site"
    feed = feedparser.parse((site / "feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.feed.title == NAME
    assert len(feed.entries) == 12
    assert feed.entries[0].link.startswith("https://example.org/bound/papers/")
    assert json.loads((site / "pagefind" / "pagefind-entry.json").read_text())["languages"]
    assert (site / "api" / "v1" / "index.json").is_file()
    assert filled.page("").title
    assert filled.page("").title.get_text() == NAME  # type: ignore[union-attr]
    assert (site / "assets" / "fonts").is_dir()
    assert (site / "cards" / "site.png").is_file()


def words_of_another_field(made: Made) -> dict[str, list[str]]:
    """Where a reader, or a program that reads, meets the field of the project's own digest."""
    found = {}
    for path in sorted((made.root / "site").rglob("*")):
        if path.suffix in {".html", ".xml", ".json", ".opml", ".bib", ".txt"}:
            text = path.read_text(encoding="utf-8")
            if path.suffix == ".html":
                soup = BeautifulSoup(text, "html.parser")
                told = [str(tag.get("content") or tag.get("placeholder") or "")
                        for tag in soup.select("meta, input")]  # fmt: skip
                text = " ".join([soup.get_text(" "), *told])
            if words := OTHER_FIELD.findall(text):
                found[path.relative_to(made.root).as_posix()] = sorted(set(words))
    return found


def test_no_page_speaks_of_another_field(filled: Made) -> None:
    assert len(filled.pages) > 30
    assert words_of_another_field(filled) == {}


def test_readers_are_sent_where_their_papers_are(filled: Made) -> None:
    """No paper of this field is on arXiv: no page sends anybody there."""
    for path in filled.pages:
        if not path.is_relative_to(filled.root / "site" / "api"):  # which tells of all it can hold
            assert "arxiv" not in BeautifulSoup(path.read_bytes(), "html.parser").get_text().lower()
    unlinked = filled.page("papers/limp-parchment-covers-as-working-bindings-of-notaries")
    assert [link.get_text() for link in unlinked.select(".searches a")] == [
        "Search Semantic Scholar",
        "Search Google Scholar",
    ]


def test_make_explains_itself(empty: Made) -> None:
    done = empty.run("make")
    assert done.returncode == 0
    wanted = ("site", "serve", "check", "verify", "install", "upgrade", "clean", "help")
    assert re.findall(r"^  make (\S+)", done.stdout, re.MULTILINE) == list(wanted)


def test_a_page_of_its_own_replaces_the_generators(filled: Made) -> None:
    """Whole pages and parts of the frame; the rest goes on coming from the generator."""
    own = filled.root / "templates"
    (own / "overrides" / "partials").mkdir(parents=True)
    (own / "overrides" / "partials" / "footer.html").write_text("<footer>Bound by us</footer>")
    (own / "unsorted.md.j2").write_text("# On the trolley\n")
    try:
        assert filled.run("make", "site").returncode == 0
        assert filled.page("").footer.get_text() == "Bound by us"  # type: ignore[union-attr]
        assert "On the trolley" in filled.page("topics/unsorted").get_text()
        assert filled.page("").select_one(".head__name")
    finally:
        shutil.rmtree(own / "overrides")
        (own / "unsorted.md.j2").unlink()


def test_an_upgrade_by_the_same_generator_changes_nothing(filled: Made) -> None:
    before = files(filled.root)
    assert filled.digest("upgrade") == "everything is as this generator gives it\n"
    assert files(filled.root) == before
