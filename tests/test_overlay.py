"""The generator's templates, and over them the digest's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import shipped
from generator.build import generate
from generator.folder import Folder
from generator.overlay import FONTS, THEME, compose_theme, overlay
from tests.builders import write_whole


def wrote(path: Path, text: str) -> Path:
    write_whole(path, text)
    return path


@pytest.fixture
def bare(folder: Folder) -> Folder:
    """A digest without templates of its own."""
    folder.templates.unlink()
    return folder


def test_without_templates_of_its_own_a_digest_has_the_generators(bare: Folder) -> None:
    assert overlay(bare).places == (shipped.TEMPLATES,)
    assert generate(bare).written.written > 0
    assert len(overlay(bare).files(FONTS)) > 8


def test_templates_that_are_the_generators_are_looked_into_once(folder: Folder) -> None:
    assert overlay(folder).places == (shipped.TEMPLATES,)


def test_a_file_of_the_digest_comes_before_the_generators(bare: Folder) -> None:
    own = wrote(bare.templates / THEME / "partials" / "footer.html", "mine")
    write_whole(bare.templates / THEME / "assets" / "stylesheets" / "mine.css", "a{}")
    write_whole(bare.templates / THEME / ".DS_Store", "not a file of anybody")
    found = overlay(bare)
    assert found.find(f"{THEME}/partials/footer.html") == own
    assert found.find("home.md.j2") == shipped.TEMPLATES / "home.md.j2"
    assert found.find("nothing.md.j2") == shipped.TEMPLATES / "nothing.md.j2"
    files = found.files(THEME)
    assert files["partials/footer.html"] == own
    assert files["frame.html"] == shipped.TEMPLATES / THEME / "frame.html"
    assert "assets/stylesheets/mine.css" in files
    assert ".DS_Store" not in files
    assert list(files) == sorted(files)


def test_the_theme_is_composed_and_follows(bare: Folder) -> None:
    own = wrote(bare.templates / THEME / "partials" / "footer.html", "mine")
    first = compose_theme(bare)
    assert first.written == len(overlay(bare).files(THEME))
    assert (bare.theme / "partials" / "footer.html").read_text() == "mine"
    assert compose_theme(bare).written == 0
    own.unlink()
    assert compose_theme(bare).written == 1
    given = shipped.TEMPLATES / THEME / "partials" / "footer.html"
    assert (bare.theme / "partials" / "footer.html").read_bytes() == given.read_bytes()


def home(folder: Folder) -> str:
    generate(folder)
    return (folder.docs / "index.md").read_text(encoding="utf-8")


def test_a_template_that_comes_changes_and_goes_is_followed(bare: Folder) -> None:
    """In one process, as while serving: compiled templates are kept."""
    write_whole(bare.templates / "README.md", "for people")
    given = home(bare)
    own = wrote(bare.templates / "home.md.j2", "# One\n")
    assert home(bare) == "# One\n"
    own.unlink()
    assert home(bare) == given
    twice = "{% import 'macros.md.j2' as m with context %}# {{ m.plural(2, 'a', 'b') }}\n"
    write_whole(own, twice)
    assert home(bare) == "# 2 b\n"
    macros = (shipped.TEMPLATES / "macros.md.j2").read_text(encoding="utf-8")
    macros += "{% macro plural(count, one, many) %}x{% endmacro %}"
    write_whole(bare.templates / "macros.md.j2", macros)
    assert home(bare) == "# x\n"


def test_cards_are_drawn_with_fonts_of_the_digests_own(bare: Folder) -> None:
    name = "source-serif-4-latin-wght-normal.woff2"
    own = bare.templates / FONTS / name
    own.parent.mkdir(parents=True)
    own.write_bytes((shipped.TEMPLATES / FONTS / name).read_bytes())
    assert overlay(bare).files(FONTS)[name] == own
    assert len(overlay(bare).files(FONTS)) == len(list((shipped.TEMPLATES / FONTS).iterdir()))


def test_only_the_overlay_knows_where_templates_are() -> None:
    """Who reads ``folder.templates`` alone would miss what comes with the generator."""
    package = Path(shipped.__file__).parent
    readers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "older.templates" in path.read_text(encoding="utf-8")
    }
    # One names a template that is nowhere; one makes the folder, so that it can be watched.
    assert readers == {"overlay.py", "render.py", "serving/watching.py"}
