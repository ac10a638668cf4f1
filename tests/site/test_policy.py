"""The Content-Security-Policy that every page carries, and that the site lives by it.

The policy is written in ``templates/overrides/frame.html``; what it may say is in CSP Level 3
(https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import pytest

from generator.build import BUILDERS, build_site, generate
from generator.folder import Folder
from tests.builders import write_whole
from tests.conftest import ROOT, TOPICS_YML
from tests.site.conftest import Site, serving
from tests.site.test_browser import Visit, addresses, visit
from tests.serving.test_at_work import PATIENCE, fetch, free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

#: The policy of a page that only leads on: it loads nothing at all.
OF_A_REDIRECT = "default-src 'none'; form-action 'none'; base-uri 'none'"

#: All that a policy may allow: nothing, the site itself, and the icons in the theme's styles.
#: And the program that searches, which is WebAssembly.
ALLOWED = {
    "default-src": {"'none'"},
    "base-uri": {"'none'"},
    "img-src": {"'self'", "data:"},
    "script-src": {"'self'", "'wasm-unsafe-eval'"},
}
SELF = {"'self'"}

#: A hand-written page with one of everything that the extensions of Markdown make.
EVERYTHING = """\
# Everything

| left | right | middle | as it comes |
|:-----|------:|:------:|-------------|
| 1    | 2     | 3      | 4           |

!!! note "Mind"
    A footnote.[^1]

[^1]: At the foot.

```python
print("text")
```
"""

#: Markup that acts if a page lets it: it sets a variable of the window or of the styles.
SLIPPED = {
    "a script": "<script>window.acted = true</script>",
    "a script as an address": "<script src='data:text/javascript,window.acted=true'></script>",
    "a handler": "<img src='/none' alt='' onerror='window.acted = true'>",
    "a link": "<a id='slipped' href='javascript:void(window.acted = true)'>x</a>",
    "a frame": "<iframe srcdoc='<script>parent.acted = true</script>'></iframe>",
    "a style": "<style>:root { --acted: 1 }</style>",
    "a style of an element": "<p id='slipped' style='--acted: 1'>x</p>",
}
ACTED = """() => window.acted === true
  || [document.documentElement, document.querySelector("#slipped")].some(
    (each) => each && getComputedStyle(each).getPropertyValue("--acted").trim() === "1")"""

#: What the page is painted on when there is something to paint for the first time.
FIRST_COLOUR = """requestAnimationFrame(function look() {
  if (document.body) window.first = getComputedStyle(document.body).backgroundColor;
  else requestAnimationFrame(look);
})"""


def record(folder: Folder, slug: str, abstract: str, curation: str = "") -> None:
    """A paper as an editor could write it."""
    write_whole(
        folder.papers / "2026" / f"{slug}.yml",
        f"title: Speech of {slug}\nabstract: {abstract}\n"
        f"appearances:\n- {{source: daily, date: 2026-03-11, file: a.txt}}\n{curation}",
    )


def small_digest(root: Path) -> Folder:
    """Two papers that are one, so that an address leads on; a page with one of everything."""
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "templates").symlink_to(ROOT / "templates", target_is_directory=True)
    folder = Folder(root)
    write_whole(folder.topics_yml, TOPICS_YML)
    shutil.copytree(ROOT / "content" / "pages", folder.pages)
    write_whole(folder.pages / "everything.md", EVERYTHING)
    record(folder, "kept", "We listen to audio.")
    record(folder, "gone", "We listened to audio.", "curation:\n  same_as: kept\n")
    return folder


def built_with(folder: Folder, builder: str) -> Site:
    digest = generate(folder).digest
    build_site(folder, digest.updated, builder)
    return Site(folder.site, digest)


@pytest.fixture(scope="module", params=BUILDERS)
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small digest as each of the builders makes it."""
    return built_with(small_digest(tmp_path_factory.mktemp("small")), request.param)


class _Tags(HTMLParser):
    """The elements of a page in their order; the whole site is read, so no tree is made."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def policy(html: str) -> str:
    """The one policy of a page, which stands before anything that it governs."""
    (root, head, charset, first, *others) = _Tags(html.partition("<body")[0]).found
    assert (root[0], head[0], charset) == ("html", "head", ("meta", {"charset": "utf-8"}))
    assert first[1]["http-equiv"] == "Content-Security-Policy", "something stands before the policy"
    assert all(each[1].get("http-equiv") in {None, "refresh"} for each in others)
    return str(first[1]["content"])


def directives(text: str) -> dict[str, set[str]]:
    """What a policy allows, by directive."""
    return {name: set(sources) for name, *sources in map(str.split, text.split(";"))}


def policies(site: Site) -> dict[str, set[str]]:
    """The policies of a site's pages, and of the pages that only lead on."""
    found: dict[str, set[str]] = {"page": set(), "redirect": set()}
    for path in site.pages:
        html = path.read_text(encoding="utf-8")
        found["redirect" if 'http-equiv="refresh"' in html else "page"].add(policy(html))
    return found


def breaches(html: str) -> list[object]:
    """What of a page the policy would not let act: scripts, styles and handlers within the page."""
    return [
        (name, attributes)
        for name, attributes in _Tags(html).found
        if name == "style"
        or (name == "script" and is_inline(attributes))
        or any(re.match(r"on|style$|srcdoc$", each) for each in attributes)
    ]


def is_inline(script: Mapping[str, str | None]) -> bool:
    """JSON in a page is data, which no policy concerns."""
    data = {"application/json", "application/ld+json"}
    return "src" not in script and script.get("type") not in data


def test_every_page_has_the_same_policy(site: Site) -> None:
    assert (site.root / "404.html") in site.pages
    assert len(policies(site)["page"]) == 1
    assert policies(site)["redirect"] <= {OF_A_REDIRECT}


def test_the_policy_allows_nothing_but_the_site_itself(site: Site) -> None:
    allowed = directives(policy(site.page("")))
    assert {"default-src", "base-uri", "form-action"} <= set(allowed)
    assert {name: sources - ALLOWED.get(name, SELF) for name, sources in allowed.items()} == {
        name: set() for name in allowed
    }


def test_pages_hold_no_script_and_no_style(site: Site) -> None:
    for page in site.pages:
        assert breaches(page.read_text(encoding="utf-8")) == [], page


@pytest.mark.parametrize("markup", SLIPPED.values(), ids=SLIPPED)
def test_a_page_that_holds_one_would_be_found(markup: str) -> None:
    data = markup.startswith(("<a ", "<script src"))  # Those are for the browser to refuse.
    assert bool(breaches(f"<body>{markup}</body>")) is not data


def test_every_builder_makes_pages_that_keep_the_policy(small: Site, site: Site) -> None:
    """Zensical's search puts styles into the page; that is all its pages may do beyond others'."""
    found = policies(small)
    (text,) = found["page"]
    zensical = "Zensical" in small.page("")
    assert text.replace("style-src 'self' 'unsafe-inline'", "style-src 'self'") == policy(
        site.page("")
    )
    assert ("'unsafe-inline'" in text) is zensical
    assert found["redirect"] == {OF_A_REDIRECT}
    for page in small.pages:
        assert breaches(page.read_text(encoding="utf-8")) == [], page


def test_an_address_on_this_machine_alone_changes_no_policy(tmp_path: Path, site: Site) -> None:
    """It is `mkdocs serve` that may reload pages, not a site that was built for here."""
    folder = small_digest(tmp_path)
    text = folder.mkdocs_yml.read_text(encoding="utf-8")
    local = re.sub(r"(?m)^site_url: .*", "site_url: http://127.0.0.1:8000/", text)
    write_whole(folder.mkdocs_yml, local)
    made = built_with(folder, "mkdocs")
    assert 'href="http://127.0.0.1:8000/"' in made.page("")
    assert policy(made.page("")) == policy(site.page(""))


@contextmanager
def watching(browser: Browser, server: str, device: str = "desktop") -> Iterator[Visit]:
    """A window in which whatever the policy stops counts as an error, in every browser."""
    with visit(browser, server, device) as seen:
        seen.page.add_init_script(
            "document.addEventListener('securitypolicyviolation', (event) =>"
            " console.error(`stopped: ${event.effectiveDirective} ${event.blockedURI}`))"
        )
        yield seen


def complaints(seen: Visit) -> list[str]:
    """What the page complained of, all of it: what was said before arrives with an answer."""
    seen.page.evaluate("1")
    return seen.errors


@pytest.mark.browser
def test_no_kind_of_page_breaks_the_policy(browser: Browser, server: str, site: Site) -> None:
    with watching(browser, server) as seen:
        for address in [*addresses(site), "how-topics-are-given/"]:
            seen.page.goto(f"{server}{address}", wait_until="networkidle")
            seen.page.evaluate("document.querySelectorAll('summary').forEach((one) => one.click())")
            assert complaints(seen) == [], address
        seen.page.goto(f"{server}no/such/page/", wait_until="networkidle")
        (missing,) = complaints(seen)
        assert "status of 404" in missing


@pytest.mark.browser
def test_nothing_that_readers_do_breaks_the_policy(browser: Browser, server: str) -> None:
    with watching(browser, server) as seen:
        seen.page.goto(server, wait_until="networkidle")
        for _ in range(3):
            seen.page.locator(".head__colour:visible").click()
        seen.page.keyboard.press("/")
        seen.page.keyboard.type("model", delay=5)
        seen.page.locator(".find [role=option]").first.wait_for(state="visible")
        assert complaints(seen) == []
    with watching(browser, server, "phone") as seen:
        seen.page.goto(server, wait_until="networkidle")
        seen.page.get_by_role("button", name="Menu").click()
        seen.page.locator("header nav a", has_text="Topics").click()
        seen.page.wait_for_url("**/topics/")
        seen.page.locator("header").get_by_role("link", name="Search", exact=True).click()
        seen.page.wait_for_url("**/search/")
        seen.page.locator("#query").press_sequentially("model", delay=5)
        seen.page.locator(".results .paper-entry").first.wait_for(state="visible")
        assert complaints(seen) == []


@pytest.mark.browser
@pytest.mark.parametrize("guarded", [True, False], ids=["policy", "no policy"])
@pytest.mark.parametrize("markup", SLIPPED.values(), ids=SLIPPED)
def test_what_slips_into_a_page_does_not_act(
    browser: Browser, server: str, markup: str, *, guarded: bool
) -> None:
    """It is the policy that stops it: without one, the same page lets it act."""

    def slip(route: Route) -> None:
        html = route.fetch().text().replace("</article>", f"{markup}</article>")
        meta = "" if not guarded else r"\g<0>"
        body = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', meta, html)
        route.fulfill(body=body, content_type="text/html")

    with watching(browser, server) as seen:
        seen.page.route("**/about/", slip)
        seen.page.goto(f"{server}about/", wait_until="networkidle")
        seen.page.evaluate("document.querySelector('#slipped')?.click()")
        assert seen.page.evaluate(ACTED) is not guarded
        assert any("stopped: " in each for each in complaints(seen)) is guarded


@pytest.mark.browser
def test_every_builders_pages_work_under_the_policy(browser: Browser, small: Site) -> None:
    """Cells stand where they are told to, an old address leads on, the search opens."""
    with serving(small) as server, watching(browser, server) as seen:
        seen.page.goto(f"{server}everything/", wait_until="networkidle")
        cells = seen.page.locator("td").evaluate_all(
            "(cells) => cells.map((cell) => getComputedStyle(cell).textAlign)"
        )
        assert [each.removeprefix("-webkit-") for each in cells] == [
            "left",
            "right",
            "center",
            "left",
        ]
        seen.page.goto(f"{server}papers/gone/")
        seen.page.wait_for_url(f"{server}papers/kept/")
        seen.page.wait_for_load_state("networkidle")
        seen.page.keyboard.press("/")
        seen.page.keyboard.type("speech", delay=20)
        seen.page.locator("a[href*='papers/kept/']:visible", has_text="kept").first.wait_for()
        assert (complaints(seen), seen.foreign) == ([], [])


@pytest.mark.browser
@pytest.mark.parametrize(
    "clicks, before, now, dark",
    [
        pytest.param(1, "dark", "dark", False, id="light in a dark system"),
        pytest.param(2, "light", "light", True, id="dark in a light system"),
        pytest.param(3, "light", "dark", True, id="as the system, which has changed"),
    ],
)
def test_colours_are_chosen_before_anything_is_painted(
    browser: Browser,
    server: str,
    clicks: int,
    before: str,
    now: Literal["light", "dark"],
    *,
    dark: bool,
) -> None:
    """They are those that the reader chose earlier, though the theme's script never arrives."""
    with visit(browser, server, scheme=before) as seen:
        seen.page.goto(server, wait_until="networkidle")
        for _ in range(clicks):
            seen.page.locator(".head__colour:visible").click()
        seen.page.goto("about:blank")  # The system changes while nobody looks.
        seen.page.emulate_media(color_scheme=now)
        seen.page.route("**/bundle.*.js", lambda route: route.abort())
        seen.page.add_init_script(FIRST_COLOUR)
        for address in ("about/", "no/such/page/"):
            seen.page.goto(f"{server}{address}", wait_until="networkidle")
            channels = re.findall(r"\d+", seen.page.evaluate("window.first"))
            assert (sum(map(int, channels[:3])) < 3 * 128) is dark, address


@pytest.mark.browser
@pytest.mark.parametrize(
    "storage",
    [
        "localStorage.setItem('PATH.__palette', 'no JSON')",
        "localStorage.setItem('PATH.__palette', 'null')",
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden') } })",
    ],
)
def test_a_page_works_whatever_the_browser_remembers(
    browser: Browser, server: str, storage: str
) -> None:
    with watching(browser, server) as seen:
        seen.page.add_init_script(storage.replace("PATH", urlsplit(server).path))
        seen.page.goto(server, wait_until="networkidle")
        seen.page.locator(".head__colour:visible").click()
        assert seen.page.locator(".head__colour--default").is_visible()
        assert complaints(seen) == []


@pytest.mark.browser
def test_pages_reload_while_an_editor_edits(browser: Browser, site: Site, tmp_path: Path) -> None:
    """`digest serve` reloads pages by a script of the site, and lets nothing more run."""
    folder = small_digest(tmp_path)
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "generator", "-C", str(tmp_path), "serve", "-a", address]
    url = f"http://{address}{site.base}papers/kept/"
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            assert fetch(url, "We listen to audio.")
            with watching(browser, url) as seen:
                seen.page.goto(url)
                served = directives(policy(seen.page.content()))
                assert served == directives(policy(site.page("")))
                record(folder, "kept", "We listen to music.")
                text = seen.page.locator(".paper-abstract", has_text="music")
                text.wait_for(timeout=PATIENCE * 1000)
                assert complaints(seen) == []
        finally:
            server.send_signal(signal.SIGINT)
