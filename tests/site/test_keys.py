"""Reading by keyboard, and how the keys stay out of the way (WCAG 2.2, 2.1.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.site import shelf
from tests.site.conftest import Site, built, serving
from tests.site.shelf import Reader, reading

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ORDER = [*shelf.RETRIEVAL, *shelf.SPEECH]


def press(reader: Reader, *keys: str) -> None:
    for key in keys:
        reader.page.keyboard.press(key)


def focused(reader: Reader) -> str | None:
    """The paper whose title has the focus."""
    found = reader.page.evaluate(
        "document.activeElement.closest('h3')?.closest('.paper-entry')?.dataset.paper"
    )
    return None if found is None else str(found)


def test_j_and_k_go_from_title_to_title(reader: Reader) -> None:
    reader.go()
    seen = []
    for _ in ORDER:
        press(reader, "j")
        seen.append(focused(reader))
    assert seen == ORDER
    press(reader, "j")
    assert focused(reader) == ORDER[-1], "behind the last one there is none"
    press(reader, "k", "k")
    assert focused(reader) == ORDER[-3]


def test_what_is_reached_can_be_seen_below_the_head(browser: Browser, shelf_address: str) -> None:
    with reading(browser, shelf_address, viewport={"width": 390, "height": 420}) as reader:
        reader.go()
        for key in "jjjjkkk":
            press(reader, key)
            title = reader.page.locator(":focus")
            upper, lower, head = title.evaluate(
                """(each) => {
                  const { top, bottom } = each.getBoundingClientRect();
                  const head = document.querySelector("header").getBoundingClientRect();
                  return [top, bottom, head.bottom];
                }"""
            )
            assert head <= upper < lower <= 420, key


def test_j_begins_where_the_reader_is(reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 1280, "height": 400})
    reader.go()
    reader.page.evaluate(f"document.querySelector('[data-paper={ORDER[2]}]').scrollIntoView()")
    press(reader, "j")
    assert focused(reader) == ORDER[2]


@pytest.mark.parametrize("key", ["o", "Enter"])
def test_an_entry_is_opened(reader: Reader, key: str) -> None:
    reader.go()
    press(reader, "j", "j", key)
    reader.page.wait_for_url(f"**/papers/{ORDER[1]}/")


def test_s_and_m_and_u_act_on_the_entry(reader: Reader) -> None:
    reader.go()
    press(reader, "j", "s", "m")
    assert reader.kept[ORDER[0]]["star"] > 0
    assert reader.kept[ORDER[0]]["read"] > 0
    assert focused(reader) == ORDER[0]
    press(reader, "s")
    assert reader.kept[ORDER[0]]["star"] < 0
    press(reader, "u")
    assert reader.kept[ORDER[0]]["star"] > 0


def test_s_and_m_without_an_entry_do_nothing_in_a_list(reader: Reader) -> None:
    reader.go()
    press(reader, "s", "m")
    assert reader.kept == {}


def test_a_paper_is_saved_marked_and_left_for_its_neighbours(reader: Reader) -> None:
    first, second = ORDER[:2]
    reader.go(f"papers/{first}/")
    press(reader, "s", "m")
    assert reader.kept[first]["star"] > 0
    assert reader.kept[first]["read"] < 0
    assert "Marked as unread" in reader.said
    press(reader, "n")
    reader.page.wait_for_url(f"**/papers/{second}/")
    reader.page.wait_for_load_state("networkidle")
    press(reader, "p")
    reader.page.wait_for_url(f"**/papers/{first}/")


def test_the_help_opens_tells_and_closes(reader: Reader) -> None:
    reader.go()
    assert reader.page.locator("dialog").count() == 0
    press(reader, "j", "?")
    dialog = reader.page.get_by_role("dialog", name="By keyboard")
    assert dialog.is_visible()
    for key in "/jkosmnp?":
        assert dialog.locator("kbd", has_text=key).count() >= 1
    press(reader, "j", "s")
    assert reader.kept == {}, "keys rest while it is open"
    press(reader, "Escape")
    assert not dialog.is_visible()
    assert focused(reader) == ORDER[0], "the focus comes back"
    reader.page.get_by_role("button", name="Keyboard").click()
    assert dialog.is_visible()
    dialog.get_by_role("button", name="Close").click()
    assert not dialog.is_visible()


def test_keys_are_switched_off_and_stay_off(reader: Reader) -> None:
    reader.go()
    press(reader, "?")
    reader.page.get_by_role("switch", name="Single keys").click()
    press(reader, "Escape")
    reader.page.reload(wait_until="networkidle")
    reader.page.evaluate("document.activeElement.blur()")
    press(reader, "j", "?", "s")
    assert focused(reader) is None
    assert reader.page.locator("dialog").count() == 0
    first = ORDER[0]
    reader.go(f"papers/{first}/")
    press(reader, "n", ".", "s", "m")
    reader.page.wait_for_timeout(300)
    assert reader.page.url.endswith(f"/papers/{first}/"), "the theme's keys are off, too"
    assert reader.kept[first].get("star") is None
    reader.to_list()
    switch = reader.page.get_by_role("switch", name="Single keys")
    assert switch.get_attribute("aria-checked") == "false"
    switch.click()
    reader.go()
    press(reader, "j")
    assert focused(reader) == first


def test_the_key_of_the_search_is_off_with_the_others(reader: Reader) -> None:
    """Whoever listens for it: nobody hears it."""
    reader.page.add_init_script(
        "window.heard = [];"
        "document.addEventListener('keydown', (event) => window.heard.push(event.key));"
        "window.addEventListener('keydown', (event) => window.heard.push(event.key));"
    )
    reader.to_list()
    press(reader, "/")
    assert reader.page.evaluate("window.heard") == ["/", "/"]
    press(reader, "Escape")
    reader.to_list()
    reader.page.get_by_role("switch", name="Single keys").click()
    reader.page.evaluate("document.activeElement.blur()")
    press(reader, "/", "a")
    assert reader.page.evaluate("window.heard") == ["a", "a"]


@pytest.mark.parametrize(
    "markup",
    [
        "<input id=here>",
        "<input id=here type=checkbox>",
        "<textarea id=here></textarea>",
        "<select id=here><option>s</select>",
        "<p id=here contenteditable tabindex=0>x</p>",
        "<div role=application><p id=here tabindex=0>x</p></div>",
        "<div role=listbox id=here tabindex=0></div>",
        "<div data-keys=own><button id=here>x</button></div>",
    ],
)
def test_keys_rest_where_keys_have_another_meaning(reader: Reader, markup: str) -> None:
    reader.go()
    reader.page.evaluate(
        """(markup) => {
          const body = new DOMParser().parseFromString(markup, "text/html").body;
          document.querySelector("main").append(document.importNode(body.firstElementChild, true));
        }""",
        markup,
    )
    reader.page.locator("#here").focus()
    press(reader, "j", "?")
    assert reader.page.evaluate("document.activeElement.id") == "here"
    assert reader.page.locator("dialog").count() == 0


@pytest.mark.parametrize("with_", ["Control", "Alt", "Meta", "Shift"])
def test_keys_with_another_key_are_not_ours(reader: Reader, with_: str) -> None:
    reader.go()
    press(reader, "j", f"{with_}+k", f"{with_}+m")
    assert reader.kept == {}
    assert focused(reader) in {ORDER[0], None}


def test_a_keyboard_with_other_letters_has_them_where_they_are(reader: Reader) -> None:
    reader.go()
    for key, code in (("о", "KeyJ"), ("J", "KeyJ")):  # Cyrillic; and Caps Lock.
        reader.page.evaluate(
            "([key, code]) => document.activeElement.dispatchEvent("
            "new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))",
            [key, code],
        )
    assert focused(reader) == ORDER[1]


def test_without_javascript_there_is_no_button_for_keys(browser: Browser, shelf_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shelf_address)
    assert page.locator("footer button:visible").count() == 0
    context.close()


def test_the_list_is_read_by_keyboard_alone(reader: Reader) -> None:
    """Star two, go there, leave one, bring it back, write a note."""
    reader.go()
    press(reader, "j", "s", "j", "s")
    reader.to_list()
    press(reader, "j")
    assert focused(reader) == ORDER[1]
    press(reader, "s")
    assert focused(reader) == ORDER[0], "the focus goes to what stands there now"
    press(reader, "u")
    assert reader.slugs == [ORDER[1], ORDER[0]]
    press(reader, "k", "j")
    reader.page.locator(f'[data-paper="{ORDER[0]}"] [data-note]').focus()
    press(reader, "Enter")
    reader.page.keyboard.type("jksm?")
    assert reader.page.locator(":focus").input_value() == "jksm?"
    assert reader.page.locator("dialog").count() == 0
