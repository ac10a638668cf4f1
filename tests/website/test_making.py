"""The site is the one that MkDocs makes, byte for byte, or is left to it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import parallel
from generator.folder import Folder
from generator.website import frame, making
from generator.website.frame import Unfit
from generator.website.kept import hashed
from generator.website.making import Made, make_site
from tests.builders import write_whole
from tests.conftest import ROOT
from tests.website.conftest import ENVIRONMENT, files, plain


def make(folder: Folder) -> Made:
    return make_site(folder.mkdocs_yml, folder.cache / "site", ENVIRONMENT)


def same(made: dict[str, bytes], wanted: dict[str, bytes]) -> None:
    """Say which files differ, and not how."""
    assert sorted(made) == sorted(wanted)
    assert [name for name, data in made.items() if data != wanted[name]] == []


def add(text: str) -> Callable[[Folder], None]:
    """A change: lines more in mkdocs.yml."""
    return lambda folder: write_whole(
        folder.mkdocs_yml, f"{folder.mkdocs_yml.read_text(encoding='utf-8')}\n{text}\n"
    )


def own_block(folder: Folder) -> None:
    """A change: a theme that says when it was built, and where a page comes from."""
    (folder.root / "templates").unlink()
    shutil.copytree(ROOT / "templates", folder.root / "templates")
    main = folder.root / "templates" / "overrides" / "partials" / "footer.html"
    more = (
        "<p>{{ build_date_utc }}{% if page %} {{ page.file.src_uri }} "
        "{% for each in page.toc %}{{ each.title }}{% endfor %}{% endif %}"
    )
    main.write_text(main.read_text(encoding="utf-8") + more, encoding="utf-8")


def with_extensions(folder: Folder) -> None:
    """A change: an extension that looks into HTML."""
    text = folder.mkdocs_yml.read_text(encoding="utf-8")
    changed = text.replace("  - admonition\n", "  - admonition\n  - md_in_html\n")
    assert changed != text
    write_whole(folder.mkdocs_yml, changed)


CHANGES = {
    "as it is": lambda _: None,
    "an address to edit": add("repo_url: https://example.org/r\nedit_uri: edit/main/docs/"),
    "addresses of files": add("use_directory_urls: false"),
    "files left out": add("exclude_docs: |\n  *.ris\n  /papers/paper-1.md"),
    "no site_url": lambda folder: write_whole(
        folder.mkdocs_yml,
        folder.mkdocs_yml.read_text(encoding="utf-8").replace("site_url: h", "# h"),
    ),
    "a theme of one's own": own_block,
    "an extension that looks into HTML": with_extensions,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_site_is_that_of_mkdocs(site: Folder, change: Callable[[Folder], None]) -> None:
    change(site)
    wanted = plain(site)

    made = make(site)
    same(files(site.site), wanted)
    assert made == Made(len(wanted), 0, 0)

    again = make(site)
    same(files(site.site), wanted)
    assert again == Made(0, len(wanted), 0)


def touch_up(path: Path, text: str) -> None:
    """Change a file so that its size stays: what the system says of it hardly differs."""
    data = path.read_bytes()
    path.write_bytes(text.encode() + data[len(text.encode()) :])


def test_only_what_changed_is_made_again(site: Folder) -> None:
    make(site)
    wanted = files(site.site)
    paper = site.docs / "papers" / "paper-1.md"
    paper.write_text(paper.read_text(encoding="utf-8").replace("We search", "We look"), "utf-8")
    (site.docs / "feed.xml").write_text("<rss/>", encoding="utf-8")
    (site.docs / "papers" / "paper-2.md").unlink()
    write_whole(site.docs / "papers" / "paper-99.ris", "TY  - GEN")

    made = make(site)

    found = files(site.site)
    changed = {name for name in found if found[name] != wanted.get(name)}
    gone = {"papers/paper-2/index.html"}
    lists = {"sitemap.xml", "sitemap.xml.gz"}
    assert changed == {"papers/paper-1/index.html", "feed.xml", "papers/paper-99.ris", *lists}
    assert wanted.keys() - found.keys() == gone
    assert made == Made(len(changed), len(found) - len(changed), 1)
    same(found, plain(site))


def test_a_site_that_somebody_changed_is_made_right_again(site: Folder, tmp_path: Path) -> None:
    make(site)
    wanted = files(site.site)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("mine", encoding="utf-8")
    touch_up(site.site / "papers" / "paper-1" / "index.html", "<!doctype pdf")
    touch_up(site.site / "feed.xml", "<?xxx")
    (site.site / "about" / "index.html").unlink()
    shutil.rmtree(site.site / "topics")
    (site.site / "atom.xml").unlink()
    (site.site / "atom.xml").symlink_to(elsewhere)
    write_whole(site.site / "old" / "page" / "index.html", "old")
    (site.site / "way").symlink_to(tmp_path, target_is_directory=True)
    write_whole(site.site / ".git" / "config", "mine")

    make(site)

    assert elsewhere.read_text(encoding="utf-8") == "mine"
    assert (site.site / ".git" / "config").is_file()
    assert not (site.site / "old").exists()
    assert not (site.site / "way").is_symlink()
    shutil.rmtree(site.site / ".git")
    same(files(site.site), wanted)


@pytest.mark.parametrize(
    "said", [b"", b"\xff", b"[]", b'{"key": 1}', b'{"key": "KEY", "time": 9e99, "files": {"a": 1}}']
)
@pytest.mark.parametrize("is_whole", [False, True])
def test_what_is_kept_may_be_anything(site: Folder, said: bytes, is_whole: bool) -> None:
    make(site)
    wanted = files(site.site)
    kept = site.cache / "site" / "made.json"
    key = json.loads(kept.read_bytes().partition(b"\n")[2])["key"]
    said = said.replace(b"KEY", key.encode())
    kept.write_bytes(hashed(said).encode() + b"\n" + said if is_whole else said)
    touch_up(site.site / "papers" / "paper-1" / "index.html", "<!doctype pdf")

    make(site)

    same(files(site.site), wanted)


def test_a_change_of_the_theme_shows_on_every_page(site: Folder) -> None:
    make(site)
    own_block(site)
    made = make(site)
    found = files(site.site)
    assert made.written >= sum(name.endswith("/index.html") for name in found)
    papers = [data for name, data in found.items() if name.endswith("/index.html")]
    assert len(papers) > 50
    assert all(b"2023-11-14" in data for data in papers)


def test_another_day_shows_where_a_theme_tells_it(site: Folder) -> None:
    make(site)
    later = {**ENVIRONMENT, "SOURCE_DATE_EPOCH": "1800000000"}
    assert make_site(site.mkdocs_yml, site.cache / "site", later).written == 2  # the sitemap
    own_block(site)
    make(site)
    made = make_site(site.mkdocs_yml, site.cache / "site", later)
    assert made.written > 2
    assert b"2027-01-15" in (site.site / "papers" / "paper-1" / "index.html").read_bytes()


def test_the_same_site_is_made_by_several_processes(
    site: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(site)
    wanted = files(site.site)
    shutil.rmtree(site.site)
    monkeypatch.setattr(parallel, "processes", lambda: 3)
    monkeypatch.setattr(making, "_LEAST", 1)

    made = make(site)

    assert made == Made(len(wanted), 0, 0)
    same(files(site.site), wanted)
    assert make(site) == Made(0, len(wanted), 0)


def theme(new: str) -> Callable[[Folder], None]:
    """A change: something else where the theme's own template says what it writes."""
    return lambda folder: replace(
        folder.root / "templates" / "overrides" / "main.html", "{{- written", new
    )


def with_hook(folder: Folder) -> None:
    write_whole(folder.root / "hook.py", "def on_config(config): return config\n")
    add("hooks: [hook.py]")(folder)


def without_nav(folder: Folder) -> None:
    before, _, rest = folder.mkdocs_yml.read_text(encoding="utf-8").partition("\nnav:\n")
    after = rest.partition("\n\n")[2]
    write_whole(folder.mkdocs_yml, f"{before}\n{after}")


def with_page(text: str) -> Callable[[Folder], None]:
    return lambda folder: write_whole(folder.docs / "a.md", f"# A\n\n{text}\n")


UNFIT: dict[str, Callable[[Folder], None]] = {
    "plugins": lambda folder: replace(folder.mkdocs_yml, "plugins: []", "plugins: [search]"),
    "or hooks": with_hook,
    "nowhere.md": with_page("[b](nowhere.md)"),
    "no such anchor": with_page("[b](#nowhere)"),
    "'#nowhere'": with_page("[b](map.md#nowhere)"),
    "no nav": without_nav,
    "nothing in it": theme("{{- ''"),
    "other pages": theme("{{ pages[0].src_uri }}{{- written"),
    "UndefinedError": theme("{{ no.such }}{{- written"),
}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    if path.parent.parent.is_symlink():
        raise AssertionError("the project's own templates")
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("why", UNFIT)
def test_what_mkdocs_alone_knows_is_left_to_it(site: Folder, why: str) -> None:
    (site.root / "templates").unlink()
    shutil.copytree(ROOT / "templates", site.root / "templates")
    UNFIT[why](site)
    with pytest.raises(Unfit, match=why):
        make(site)


def test_a_newer_mkdocs_is_left_to_itself(site: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "_MKDOCS", "1.6.0")
    with pytest.raises(Unfit, match=r"it is MkDocs 1\.6\.1, not 1\.6\.0"):
        make(site)
