"""The invariants of ARCHITECTURE.md that show in the imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.folder import Folder
from tests.conftest import ROOT

PACKAGE = ROOT / "generator"
MODULES = sorted(PACKAGE.rglob("*.py"))

#: Modules that speak to other machines; `generator.fetch.client` alone may.
HTTP_CLIENTS = {"requests", "httpx", "aiohttp", "urllib3", "http.client", "urllib.request"}


def imports(path: Path) -> Iterator[str]:
    """The absolute names of the modules that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where a name is from"
            yield str(node.module)


def importers(*names: str) -> set[str]:
    """The modules that import one of the packages ``names``."""
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for name in imports(path)
        if any(name == wanted or name.startswith(f"{wanted}.") for wanted in names)
    }


def test_the_model_imports_the_standard_library_alone() -> None:
    assert {name.split(".")[0] for name in imports(PACKAGE / "model.py")} <= sys.stdlib_module_names


def test_jinja2_is_imported_by_render_alone() -> None:
    assert importers("jinja2") == {"render.py"}


def test_rapidfuzz_is_imported_by_identity_alone() -> None:
    assert importers("rapidfuzz") == {"identity/rules.py"}


def test_scikit_learn_is_imported_by_the_map_alone() -> None:
    assert importers("sklearn") == {"atlas/axes.py", "atlas/layout.py"}
    assert importers("scipy") == {"atlas/axes.py", "atlas/layout.py", "related/vectors.py"}


@pytest.mark.parametrize("args", [["--help"], ["check"], ["build", "--help"]])
def test_who_compares_no_texts_does_not_pay_for_it(args: list[str], folder: Folder) -> None:
    """scikit-learn takes a second to import, and so does Matplotlib."""
    program = (
        "import sys; from generator.cli import main; "
        f"main(['-C', {str(folder.root)!r}, *{args!r}], standalone_mode=False); "
        "print(bool({'sklearn', 'matplotlib'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.splitlines()[-1:] == ["False"], done.stderr


def test_matplotlib_is_imported_by_drawing_alone() -> None:
    assert importers("matplotlib", "mpl_toolkits") == {"trends/drawing.py"}


def test_http_clients_are_imported_by_fetch_alone() -> None:
    assert importers(*HTTP_CLIENTS) <= {"fetch/client.py"}


def test_mail_is_sent_by_sending_alone() -> None:
    assert importers("smtplib") == {"mail/faults.py", "mail/sending.py"}


def test_pictures_are_drawn_by_cards_alone() -> None:
    assert importers("PIL") == {"cards/drawing.py"}


def test_formulas_are_converted_by_mathml_alone() -> None:
    assert importers("math_core") == {"markup/mathml.py"}


#: Where a text may become markup: the boundary itself, addresses that are quoted, MathML and links
#: of known parts, editors' Markdown, which is made without raw HTML, and charts made anew.
BOUNDARY = {
    "feeds/html.py",
    "markup/escape.py",
    "markup/linking.py",
    "markup/typeset.py",
    "trends/drawing.py",
}


def test_text_becomes_markup_in_few_places() -> None:
    """``Markup(…)`` of anything but a literal is a promise; these modules alone give it."""
    promising = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Markup"
        and not isinstance(node.args[0], ast.Constant)
    }
    assert promising == BOUNDARY


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("*.j2")), ids=lambda p: p.name)
def test_no_template_goes_round_the_boundary(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*(?:safe|forceescape|escape|e|tojson|xmlattr)\b", source)
    assert not re.search(r"\bautoescape\b|\bMarkup\b|\{%-?\s*raw\b", source)


PURE = {
    ".": "digest intake model",
    "atlas": "files grid nearness placing regions views",
    "accounting": "accounts calendars outcomes views",
    "api": "index lists papers places shapes",
    "editing": "arguments arrivals proposals",
    "exports": "archive citation csl dating metadata names reference",
    "fetch": "answers readings services",
    "history": "changes difference github summary",
    "identity": "index postings rules",
    "ingest": "completions desk enrich gaps merging planning slugs",
    "mail": "boxes headers hush letter message openings settings",
    "markup": "escape mathml plain typeset",
    "search": "canonical pages",
    "related": "choosing likely likeness neighbours stopwords subjects vectors",
    "starting": "subjects",
    "text": "addresses cleaning formulas inlines latex links spans unseen",
    "text/tex": "backslash commands reader rules signs words",
    "topics": "corrections evaluation findings judging lineage measures retagging retold tagging "
    "usage",
    "trends": "counting finding layout periods rising saying svg terms together views words",
    "suggestions": "answers appending events faults parsing wording",
    "views": "joining particulars reporting titles whereabouts",
}


@pytest.mark.parametrize(
    "name", [f"{package}/{name}" for package, names in PURE.items() for name in names.split()]
)
def test_decisions_are_functions_of_data(name: str) -> None:
    """Modules that decide touch no file, no process and no clock."""
    path = PACKAGE / f"{name}.py"
    assert not {"pathlib", "os", "subprocess", "io", "shutil", "time"} & set(imports(path))
    source = path.read_text(encoding="utf-8")
    assert not any(call in source for call in (".today()", ".now(", "open(", "random"))
