"""Papers that try to be more than text, on every page of a finished site, in a real browser.

What a page may load, run and hold is what the pages of a harmless digest do: they are visited
first, and whatever else a page of the hostile one has is a finding. All findings of all pages are
collected before a test fails, so that one run tells everything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from click.testing import Result

from generator.folder import Folder
from generator.markup.typeset import reading
from tests.builders import page as saved_page
from tests.builders import prose
from tests.site import hostile as papers
from tests.site.conftest import Site, built, serving
from tests.site.test_round_trip import Record, comparable, records

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

#: Where a page is looked at: a narrow phone, a laptop.
SIZES = ((320, 640), (1280, 900))

#: What a page runs and holds, in a form in which pages of two sites can be compared.
_SAME = r"""
const base = new URL(known.base);
const place = (address) => {
  const url = new URL(address, document.baseURI);
  return url.href.startsWith(base.href) ? url.pathname.slice(base.pathname.length) : url.href;
};
const words = (script) => script.textContent.trim()
  .replace(/new URL\("[./\w-]*"/g, "new URL(").replace(/"base":\s*"[./\w-]*"/g, '"base":');
// What a paper's page says of the paper to programs: data, different on every page.
const isAbout = (script) => script.type === "application/ld+json" && script.matches(".page > *")
  && JSON.parse(script.textContent)["@type"] === "ScholarlyArticle";
const code = (script) => isAbout(script) ? "about"
  : script.src ? place(script.src) : `${script.type}#${script.id} ${words(script)}`;
const leads = (form) => form.hasAttribute("action") && place(form.getAttribute("action"));
const shape = (form) => `${form.getAttribute("name")} ${form.className} ${leads(form)}`;
// The field of the page of results, and what stands there for whoever has no scripts; what the map and
// the reading list are asked by; and the names of charts.
const asks = (element) => element.closest("form[data-find-page], .stream > noscript")
  || element.closest("form.map__filters, .list-bar")
  || element.matches("svg[role=img] > title:first-child");
const style = (element) => element.textContent.trim();
const every = (selector) => [...document.querySelectorAll(selector)];
"""

INVENTORY = f"""(known) => {{{_SAME}
  return {{
    scripts: every("script").map(code), forms: every("form").map(shape),
    styles: every("style").map(style),
  }};
}}"""

#: Everything on a page that no text may become.
FINDINGS = (
    f"""(known) => {{{_SAME}"""
    r"""
  const found = [];
  const say = (what, element) => found.push(`${what}: ${element.outerHTML.slice(0, 200)}`);
  const main = document.querySelector("main") || document.body;

  if (window.__acted !== undefined) found.push("a script of a paper ran");
  for (const script of every("script"))
    if (!known.scripts.includes(code(script))) say("a script that is not the theme's", script);
  for (const form of every("form"))
    if (!known.forms.includes(shape(form))) say("a form that is not the theme's", form);
  for (const element of every("style"))
    if (!known.styles.includes(style(element))) say("a style that is not the theme's", element);

  const leading = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "ping",
    "background", "manifest", "cite", "longdesc"];
  for (const element of every("*"))
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name) || /^srcdoc$/i.test(name)) say(`the attribute ${name}`, element);
      if (!leading.includes(name.toLowerCase())) continue;
      const address = URL.canParse(value, document.baseURI) && new URL(value, document.baseURI);
      if (!address) say(`${name} is no address`, element);
      else if (!["http:", "https:", "mailto:"].includes(address.protocol))
        say(`${name} with ${address.protocol}`, element);
    }

  for (const element of every("base, iframe, frame, object, embed, portal, foreignObject, "
      + 'meta[http-equiv="refresh" i]')) say("an element that no page has", element);
  for (const element of main.querySelectorAll("script, style, link, meta, title, img, picture, "
      + "video, audio, source, track, template, textarea, input, select, dialog, marquee, animate, "
      + "set, use, image, noscript, plaintext, xmp"))
    if (!isAbout(element) && !asks(element)) say("an element that no text has", element);
  if (every("script").filter(isAbout).length > 1) found.push("a paper is told of twice");
  for (const element of main.querySelectorAll("[style]"))
    if (!/^width: ?\d+%;?$/.test(element.getAttribute("style"))) say("a look of its own", element);

  for (const element of every("math, math *")) {
    const foreign = element.namespaceURI !== "http://www.w3.org/1998/Math/MathML";
    if (foreign || element.matches("maction, annotation-xml, mglyph, merror"))
      say("an element that no formula has", element);
    for (const { name } of element.attributes)
      if (/^(href|xlink:href|style|id|src|actiontype)$/i.test(name))
        say(`${name} in a formula`, element);
  }

  const ids = new Set();
  for (const element of every("[id]")) {
    if (ids.has(element.id)) say(`the id ${element.id} stands twice`, element);
    ids.add(element.id);
  }
  const comments = document.createTreeWalker(
    main, NodeFilter.SHOW_COMMENT | NodeFilter.SHOW_PROCESSING_INSTRUCTION);
  while (comments.nextNode()) found.push(`a comment: ${comments.currentNode.data.slice(0, 200)}`);
  const headings = [...main.querySelectorAll("h1")];
  if (headings.length !== 1) found.push(`${headings.length} headings of the first rank`);

  const shown = (element) => {
    const copy = element.cloneNode(true);
    for (const formula of copy.querySelectorAll("math mstyle")) formula.remove();
    return copy.textContent;
  };
  for (const link of every(".paper-abstract a, .entry-abstract a"))
    if (link.textContent !== link.getAttribute("href")) say("a link that is not as it says", link);
  return {
    findings: found,
    titles: headings.map(shown),
    abstracts: every(".paper-abstract").map(shown),
    links: every(".paper-abstract a").length,
    formulas: every(".paper-abstract math").length,
  };
}"""
)

#: What is wider than the window, if the page is.
WIDTH = """() => {
  const width = document.documentElement.clientWidth;
  const shown = document.documentElement.scrollWidth;
  if (shown <= width) return [];
  const wide = [...document.querySelectorAll("main *")].filter(
    (each) => each.getBoundingClientRect().right > width + 1).pop() || document.body;
  return [`${shown} pixels wide in ${width}: ${wide.outerHTML.slice(0, 200)}`];
}"""

#: Words that a reader may look for, and what means something to the index, to HTML or to an object.
QUERIES = (
    "script",
    "alert",
    "onerror",
    "constructor",
    "__proto__",
    "toString",
    "<img src=x onerror=alert(1)>",
    "<script>",
    "&lt;b&gt;",
    "title:x",
    "深度学习",
    "العربية",
    "^ ~1 + - * :",
    "null",
)


@dataclass
class Watch:
    """A page of a browser, and all that happened in it."""

    page: Page
    base: str
    known: dict[str, Any]
    events: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    links: int = 0
    formulas: int = 0

    def __post_init__(self) -> None:
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.events.append(f"an error: {error}"))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("popup", lambda popup: self.events.append(f"a window opened: {popup.url}"))
        self.page.on("console", self._console)

    def _dialog(self, dialog: Dialog) -> None:
        self.events.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.events.append(f"the console: {message.text}")

    def collect(self, paper: Record | None = None) -> list[str]:
        """What is wrong with the page as it stands; ``paper`` is the record that it shows."""
        seen = self.page.evaluate(FINDINGS, self.known)
        self.links += seen["links"]
        self.formulas += seen["formulas"]
        found: list[str] = seen["findings"] + self._foreign() + self.events
        if paper is not None:
            found += _differs("heading", seen["titles"], paper.title)
            found += _differs("abstract", seen["abstracts"], paper.abstract)
        return found

    def _foreign(self) -> list[str]:
        """Requests that no page of the harmless digest makes, but for that of the page itself."""
        here = self.page.url.partition("#")[0]
        allowed = {here, *(f"{self.base}{path}" for path in self.known["requests"])}
        index = f"{self.base}pagefind/"  # its files have other names in every digest
        asked = [each for each in self.requests if not each.startswith(index)]
        return [f"a request: {each}" for each in asked if each not in allowed]

    def go(self, address: str) -> None:
        """Open a page, and forget what happened before."""
        self.events.clear()
        self.requests.clear()
        self.page.goto(f"{self.base}{address}", wait_until="load")

    def visit(self, address: str, turn: int = 0, paper: Record | None = None) -> list[str]:
        """Findings of a page in both sizes; every other ``turn`` begins with the other one."""
        from playwright.sync_api import Error

        try:
            found = self._looked_at(address, SIZES if turn % 2 else SIZES[::-1], paper)
        except Error as error:  # a page that leads on is gone while it is looked at
            found = [f"it does not stay: {error.message}", *self._foreign(), *self.events]
        return [f"/{address}: {each}" for each in found]

    def _looked_at(
        self, address: str, sizes: Sequence[tuple[int, int]], paper: Record | None
    ) -> list[str]:
        found: list[str] = []
        for width, height in sizes:
            self.page.set_viewport_size({"width": width, "height": height})
            if (width, height) == sizes[0]:
                self.go(address)
            found += self.page.evaluate(WIDTH)
        return found + self.collect(paper)


def _differs(what: str, shown: Sequence[str | None], said: str) -> list[str]:
    if [comparable(each or "") for each in shown] == [comparable(said)]:
        return []
    return [f"the {what} {shown!r:.300} is not what the record says: {said!r:.300}"]


@contextmanager
def watching(
    browser: Browser, base: str, known: dict[str, Any], *, js: bool = True
) -> Iterator[Watch]:
    """A window of a browser that is watched."""
    context = browser.new_context(java_script_enabled=js)
    try:
        yield Watch(context.new_page(), base, {**known, "base": base})
    finally:
        context.close()


@pytest.fixture(scope="module")
def known(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the pages of a harmless digest run, hold and ask for."""
    harmless = built(papers.write_harmless(tmp_path_factory.mktemp("harmless")))
    found: dict[str, Any] = {"scripts": [], "forms": [], "styles": []}
    with serving(harmless) as base, watching(browser, base, {}) as watch:
        pages = {f"{base}{address}" for address in addresses(harmless)}
        for address in (*pages, f"{base}search/?q=two"):
            watch.page.goto(address, wait_until="networkidle" if "?" in address else "load")
            for name, each in watch.page.evaluate(INVENTORY, watch.known).items():
                found[name] = [*dict.fromkeys([*found[name], *each])]
        asked = {each for each in watch.requests if each not in pages and "?" not in each}
        assert watch.events == []
        assert all(each.startswith(base) for each in asked), asked
    assert found["scripts"]
    # Which of the theme's own fonts a page asks for is up to its letters, not to a text's cunning.
    fonts = {path.relative_to(harmless.root).as_posix() for path in harmless.root.rglob("*.woff2")}
    requests = fonts | {each.removeprefix(base) for each in asked}
    return {**found, "requests": sorted(requests)}


@pytest.fixture(scope="module")
def hostile_server(hostile: Site) -> Iterator[str]:
    with serving(hostile) as address:
        yield address


def addresses(site: Site) -> list[str]:
    """Every page of a site, but those that only lead to another."""
    paths = (path.relative_to(site.root).as_posix() for path in site.pages)
    found = [path.removesuffix("index.html") for path in paths]
    return [each for each in found if each not in redirects(site)]


def redirects(site: Site) -> dict[str, str]:
    """Pages that only lead to another, and to which."""
    return {f"papers/{a}/": f"papers/{b}/" for a, b in site.digest.redirects.items()}


def serve(page: Page, address: str, body: str) -> None:
    """Show a page of HTML at an address, in this window alone."""
    page.route(address, lambda route: route.fulfill(body=body, content_type="text/html"))


@pytest.mark.browser
def test_no_text_acts_on_any_page(
    browser: Browser, hostile: Site, hostile_server: str, known: dict[str, Any]
) -> None:
    shown = {f"papers/{record.slug}/": record for record in records(hostile)}
    findings = []
    with watching(browser, hostile_server, known) as watch:
        visited = addresses(hostile)
        for turn, address in enumerate(visited):
            findings += watch.visit(address, turn, shown.pop(address, None))
    assert not findings, "\n".join(findings)
    assert shown == {}, "papers without a page"
    assert len(visited) + len(redirects(hostile)) == len(hostile.pages)
    assert watch.links, "no address of an abstract became a link"
    assert watch.formulas, "no formula was set"


@pytest.mark.browser
def test_pages_that_lead_on_do_nothing_else(
    browser: Browser, hostile: Site, hostile_server: str, known: dict[str, Any]
) -> None:
    """Looked at with the order to lead on taken out, then followed with it."""
    leading = re.compile(r'http-equiv="refresh"')
    findings = []
    with watching(browser, hostile_server, known) as watch:
        for address, target in redirects(hostile).items():
            source = hostile.page(address)
            assert len(leading.findall(source)) == 1
            serve(watch.page, f"{hostile_server}{address}", leading.sub("", source))
            watch.go(address)
            findings += [f"/{address}: {each}" for each in watch.collect()]
            watch.page.unroute_all()
            watch.page.goto(f"{hostile_server}{address}", wait_until="commit")
            watch.page.wait_for_url(f"{hostile_server}{target}")
    assert redirects(hostile)
    assert not findings, "\n".join(findings)


@pytest.mark.browser
def test_no_text_acts_without_javascript(
    browser: Browser, hostile: Site, hostile_server: str, known: dict[str, Any]
) -> None:
    """What scripts could hide from a browser that has them: a choice of pages of every kind."""
    shown = {f"papers/{record.slug}/": record for record in records(hostile)}
    kinds = [each for each in addresses(hostile) if not each.startswith("papers/")]
    findings = []
    with watching(browser, hostile_server, known, js=False) as watch:
        for turn, address in enumerate([*kinds, "papers/everything/", *list(shown)[::15]]):
            findings += watch.visit(address, turn, shown.get(address))
    assert not findings, "\n".join(findings)


@pytest.mark.browser
def test_no_text_acts_among_the_results_of_a_search(
    browser: Browser, hostile: Site, hostile_server: str, known: dict[str, Any]
) -> None:
    """On the page of results and below the field in the head; a text is the record's, whole."""
    said = {record.slug: record for record in records(hostile)}
    findings, results = [], 0
    with watching(browser, hostile_server, known) as watch:
        for query in QUERIES:
            watch.go(f"search/?q={quote(query)}")
            watch.page.locator("[data-count]:not(:empty)").wait_for()
            entries = watch.page.locator(".results .paper-entry").all()
            for entry in entries:
                record = said[str(entry.get_attribute("data-paper"))]
                shown = [entry.locator(each).text_content() for each in ("h3", ".entry-abstract")]
                findings += _differs(f"title for {query!r}", shown[:1], reading(record.title))
                findings += _differs(f"abstract for {query!r}", shown[1:], reading(record.abstract))
            results += len(entries)
            watch.page.locator("#find").fill(query)
            if len(re.findall(r"\w", query)) > 1:  # it waits for a second letter
                watch.page.locator(".find__answer p:not(:empty)").wait_for(state="attached")
            for option in watch.page.locator(".find [role=option]:not(.find__all)").all():
                slug = str(option.get_attribute("href")).rstrip("/").rpartition("/")[2]
                title = option.locator(".find__title").text_content()
                findings += _differs(f"option for {query!r}", [title], reading(said[slug].title))
            findings += [f"search for {query!r}: {each}" for each in watch.collect()]
    assert not findings, "\n".join(findings)
    assert results > 20


#: A page with one of everything that the collector is to find.
PLANTED = f"""<!doctype html><html><head><title>x</title>
<base href="./"><meta http-equiv="refresh" content="9999">
<style>b {{ color: red }}</style></head><body><main><h1>One</h1><h1>Two</h1>
<script>window.__acted = 1; alert("hello"); console.error("told");</script>
<script src="{papers.ELSEWHERE}/x.js"></script><script>throw new Error("thrown")</script>
<script type="application/json" id="other">{{}}</script>
<img src="{papers.ELSEWHERE}/x.png" onerror="1"><p onclick="1">x</p>
<a href="javascript:1">x</a><a href=" data:text/html,x">x</a><a href="java&#10;script:1">x</a>
<svg><a xlink:href="vbscript:1">x</a></svg><button formaction="javascript:1">x</button>
<a href="https://[">x</a><form action="https://a.org/"></form><iframe srcdoc="x"></iframe>
<object data="x"></object><embed src="x"><!-- a comment -->
<math><mrow href="https://a.org/"><maction id="m">x</maction></mrow></math><p id="m">x</p>
<p class="paper-abstract">Not <a href="https://a.org/">https://b.org/</a> it</p>
<div style="width: 3000px">wide</div></main></body></html>"""

#: One that leads to another site at once.
AWAY = (
    f'<!doctype html><main><h1>x</h1><script>location = "{papers.ELSEWHERE}/away"</script></main>'
)

FOUND = (
    "a script of a paper ran",
    "a script that is not the theme's: <script>window.__acted",
    f'a script that is not the theme\'s: <script src="{papers.ELSEWHERE}/x.js"',
    'a script that is not the theme\'s: <script type="application/json" id="other"',
    "a form that is not the theme's",
    "a style that is not the theme's",
    "the attribute onerror",
    "the attribute onclick",
    "href with javascript:",
    "href with data:",
    "xlink:href with vbscript:",
    "formaction with javascript:",
    "href is no address",
    "the attribute srcdoc",
    "an element that no page has: <base",
    "an element that no page has: <iframe",
    "an element that no page has: <object",
    "an element that no page has: <embed",
    "an element that no page has: <meta",
    "an element that no text has: <img",
    "a look of its own",
    "an element that no formula has: <maction",
    "href in a formula",
    "id in a formula",
    "the id m stands twice",
    "a comment: ",
    "2 headings",
    "a link that is not as it says",
    "the heading ",
    "the abstract ",
    "pixels wide in 320",
    "pixels wide in 1280",
    "a dialog: hello",
    "an error: thrown",
    "the console: told",
    f"a request: {papers.ELSEWHERE}/x.js",
    f"a request: {papers.ELSEWHERE}/x.png",
    f"a request: {papers.ELSEWHERE}/away",
)


@pytest.mark.browser
def test_what_would_act_is_found(
    browser: Browser, hostile_server: str, known: dict[str, Any]
) -> None:
    """The control: on a page that has one of everything, everything is found."""
    with watching(browser, hostile_server, known) as watch:
        serve(watch.page, f"{hostile_server}planted/", PLANTED)
        said = watch.visit("planted/", paper=Record("planted", "One", "Another"))
        serve(watch.page, f"{hostile_server}away/", AWAY)
        said += watch.visit("away/")
    missed = [each for each in FOUND if not any(each in one for one in said)]
    assert missed == []


def test_no_file_is_shown_that_a_text_asks_for(hostile: Site) -> None:
    for folder in (hostile.root, hostile.folder.docs):
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert len(files) > 100
        for path in files:
            held = path.read_bytes()
            assert papers.SECRET.encode() not in held, path
            assert b"root:x:0" not in held, path


def test_what_a_listing_brings_is_cleaned_and_otherwise_left_alone(hostile: Site) -> None:
    """Both layouts; every title as written, but for what nobody can see."""
    brought = {
        comparable(record.title): record.abstract
        for record in records(hostile)
        if record.source == papers.SOURCE and record.slug != "everything"
    }
    expected = [*papers.NAMES, *(cleaned for _, cleaned in papers.CLEANED)]
    assert sorted(brought) == sorted(expected)
    assert all(abstract.startswith("<b>We</b> {{ 7*7 }} show") for abstract in brought.values())


@pytest.mark.parametrize(
    "data,why",
    [
        (b"\x00", "is not text: byte 0x00"),
        (b"\x1b]0;x\x07", "is not text: byte 0x1b"),
        (b"\xed\xa0\xbd", "not UTF-8"),
        (b"\xff", "not UTF-8"),
    ],
)
def test_a_listing_that_is_no_text_is_refused(
    folder: Folder, run: Callable[..., Result], tmp_path: Path, data: bytes, why: str
) -> None:
    listing = tmp_path / "page.txt"
    listing.write_bytes(saved_page(("A title", prose(1))).encode() + b"\n\n" + data)
    done = run("ingest", "--date", "2026-11-20", listing)
    assert done.exit_code == 1
    assert "page.txt" in done.stderr
    assert why in done.stderr
    assert not list(folder.papers.rglob("*.yml"))


def test_links_that_run_something_are_refused_with_file_and_line(
    folder: Folder, run: Callable[..., Result]
) -> None:
    """Each is named; not one is left out because of another."""
    links = "".join(f"  - {{kind: code, url: {json.dumps(url)}}}\n" for url in papers.REFUSED)
    seen = "appearances:\n  - {source: s, date: 2026-11-20}\n"
    text = f"title: T\nabstract: A.\nlinks:\n{links}{seen}"
    (folder.papers / "a.yml").write_text(text, encoding="utf-8")
    done = run("check")
    assert done.exit_code == 1
    for number, url in enumerate(papers.REFUSED):
        where = f"content/papers/a.yml:{number + 4}: links[{number}].url: "
        (line,) = (each for each in done.stderr.splitlines() if where in each)
        assert "is not a web address" in line or "no page can show" in line, url
    assert len(done.stderr.strip().splitlines()) == len(papers.REFUSED)


@pytest.mark.parametrize(
    "name", ["<script>", "a b", "..", "--8<--", "A", "a_b", "%2e%2e", "中文", "-a", "a\u202eb"]
)
def test_names_that_are_no_address_are_refused(
    folder: Folder, run: Callable[..., Result], name: str
) -> None:
    record = papers.Record(papers.harmless("a"), {}).text
    (folder.papers / f"{name}.yml").write_text(record, encoding="utf-8")
    done = run("check")
    assert done.exit_code == 1
    assert f"content/papers/{name}.yml" in done.stderr
    assert "cannot be an address" in done.stderr


@pytest.mark.parametrize("text", papers.CONTROLS)
def test_controls_are_refused_with_their_line(
    folder: Folder, run: Callable[..., Result], text: str
) -> None:
    record = f"title: {json.dumps(text)}\nabstract: A.\nauthors: [A, {json.dumps(text)}]\n"
    seen = "appearances:\n  - {source: s, date: 2026-11-20}\n"
    (folder.papers / "a.yml").write_text(record + seen, encoding="utf-8")
    done = run("check")
    assert done.exit_code == 1
    code = f"U+{min(map(ord, text)):04X}"
    for where in ("content/papers/a.yml:1: title: ", "content/papers/a.yml:3: authors[1]: "):
        (line,) = (each for each in done.stderr.splitlines() if where in each)
        assert f"holds a character that no page can show: {code}" in line


def test_surrogates_are_refused_with_their_line(folder: Folder, run: Callable[..., Result]) -> None:
    text = (
        'title: "A \\ud83d half"\nabstract: A.\nappearances:\n  - {source: s, date: 2026-11-20}\n'
    )
    (folder.papers / "a.yml").write_text(text, encoding="utf-8")
    done = run("check")
    assert done.exit_code == 1
    assert "content/papers/a.yml:1: " in done.stderr
