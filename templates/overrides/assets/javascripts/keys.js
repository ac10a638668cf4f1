/* Single keys that do things, and the dialog that tells of them. They are never in the way: they rest
   while something is typed in or has keys of its own, and the reader can switch them off (WCAG 2.2,
   2.1.4), with those of the theme and of the search. */
(function () {
  "use strict";

  const NAME = ".keys";
  /* Where keys have a meaning of their own; a part of a page claims that by `data-keys="own"`. The switch
     of colours is made of radio buttons (.md-option), which know the arrows alone. */
  const OWN = "input:not(.md-option), textarea, select, [contenteditable]:not([contenteditable=false]), dialog, "
    + "[role=dialog], [role=application], [role=textbox], [role=searchbox], [role=combobox], "
    + "[role=listbox], [role=menu], [role=slider], [role=grid], [role=tree], [role=tablist], "
    + "[data-keys=own]";
  /* Keys of the theme's own script and of the search: switched off with the others. */
  const OTHERS = ["/", "f", ",", "."];

  const KEYS = [
    { key: "/", does: "search" },
    { key: "j", does: "next entry of a list", act: () => step(1) },
    { key: "k", does: "previous entry", act: () => step(-1) },
    { key: "o", also: "Enter", does: "open the entry", act: open },
    { key: "s", does: "star: put the paper on your reading list, or take it off", act: star },
    { key: "m", does: "mark the paper as read or unread", act: mark },
    { key: "u", does: "undo what the line at the foot says", act: undo },
    { key: "n", does: "next paper of the edition, or next page", act: () => follow("next") },
    { key: "p", does: "previous paper, or previous page", act: () => follow("prev") },
    { key: "?", does: "this help", act: help },
  ];

  function areOn() {
    return window.__md_get(NAME) !== false;
  }

  function entries() {
    const all = [...document.querySelectorAll("main .paper-entry")];
    return all.filter((entry) => entry.querySelector("h3 a") && entry.getClientRects().length);
  }

  function current() {
    return document.activeElement && document.activeElement.closest(".paper-entry");
  }

  /* What the head covers is not seen. */
  function top() {
    const head = document.querySelector("header");
    return head ? Math.max(0, head.getBoundingClientRect().bottom) : 0;
  }

  /* The next entry, or the one before; without one in focus, the first that can be seen from here. */
  function step(by) {
    const all = entries();
    const at = all.indexOf(current());
    const seen = all.findIndex((entry) => entry.getBoundingClientRect().top >= top() - 1);
    let next = at + by;
    if (at < 0) next = by > 0 ? (seen < 0 ? all.length - 1 : seen) : (seen < 0 ? all.length : seen) - 1;
    const entry = all[next];
    if (!entry) return false;
    entry.querySelector("h3 a").focus({ preventScroll: true });
    const { top: upper, bottom: lower } = entry.getBoundingClientRect();
    if (upper < top() || lower > window.innerHeight) entry.scrollIntoView({ block: "start" });
    return true;
  }

  function press(element) {
    if (element) element.click();
    return Boolean(element);
  }

  function open() {
    const entry = current();
    return press(entry && entry.querySelector("h3 a"));
  }

  /* Without an entry in focus, the paper of the page. */
  function star() {
    return press((current() || document).querySelector(current() ? "[data-star]" : "[data-star]:not(.entry-star)"));
  }

  function mark() {
    const list = window.readingList;
    if (current()) return press(current().querySelector("[data-mark]"));
    const paper = list && list.here();
    if (!paper) return false;
    const isRead = list.get(paper.slug).read > 0;
    list.mark([paper.slug], !isRead);
    if (!list.trouble()) list.say(isRead ? "Marked as unread." : "Marked as read.");
    return true;
  }

  function undo() {
    return press(document.querySelector("[data-undo]"));
  }

  function follow(way) {
    return press(document.querySelector(`main a[rel~=${way}]`));
  }

  /* --- Help ----------------------------------------------------------------------------------------- */

  let dialog = null;

  function made(name, words, parent) {
    const element = document.createElement(name);
    if (words) element.textContent = words;
    if (parent) parent.append(element);
    return element;
  }

  /* The switch, here and wherever a page has a place for it. */
  function toggle() {
    const button = made("button");
    button.type = "button";
    button.className = "switch";
    button.dataset.keysSwitch = "";
    button.setAttribute("role", "switch");
    made("span", "Single keys", button);
    button.addEventListener("click", function () {
      window.__md_set(NAME, !areOn());
      showSwitches();
    });
    return button;
  }

  function showSwitches() {
    for (const each of document.querySelectorAll("[data-keys-switch]"))
      each.setAttribute("aria-checked", String(areOn()));
  }

  function write() {
    dialog = made("dialog", "", document.body);
    dialog.className = "keys";
    dialog.setAttribute("aria-labelledby", "keys-title");
    made("h2", "By keyboard", dialog).id = "keys-title";
    const list = made("dl", "", dialog);
    for (const { key, also, does } of KEYS) {
      const row = made("div", "", list);
      const names = made("dt", "", row);
      made("kbd", key, names);
      if (also) {
        names.append(" or ");
        made("kbd", also, names);
      }
      made("dd", does, row);
    }
    made("p", "They rest while you write in a field, and wherever keys have another meaning. "
      + "If they get in your way, or in that of what reads the page to you, switch them off.", dialog);
    const foot = made("div", "", dialog);
    foot.className = "keys__foot";
    foot.append(toggle());
    const close = made("button", "Close", foot);
    close.type = "button";
    close.autofocus = true;
    close.addEventListener("click", () => dialog.close());
    /* A click beside it closes it: the dialog's own box is all that is not one of its parts. */
    dialog.addEventListener("click", function (event) {
      const { left, right, top: upper, bottom } = dialog.getBoundingClientRect();
      const { clientX: x, clientY: y } = event;
      const within = x >= left && x <= right && y >= upper && y <= bottom;
      if (event.target === dialog && !within) dialog.close();
    });
  }

  function help() {
    if (!dialog) write();
    showSwitches();
    if (!dialog.open) dialog.showModal();
    return true;
  }

  /* --- Listening ---------------------------------------------------------------------------------------- */

  /* The key by its letter; on a keyboard with other letters, by where it is. */
  function keyOf(event) {
    if (/^[a-z]$/i.test(event.key)) return event.shiftKey ? "" : event.key.toLowerCase();
    if (/^[ -~]$/.test(event.key)) return event.key;
    const [, letter] = /^Key([A-Z])$/.exec(event.code) || [];
    return letter && !event.shiftKey && event.key.length === 1 ? letter.toLowerCase() : "";
  }

  function isElsewhere(event) {
    const at = event.target;
    return event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented
      || document.querySelector("dialog[open]") || (at.closest && at.closest(OWN));
  }

  /* Before the theme's script, which has keys of its own and listens at the same place. */
  window.addEventListener("keydown", function (event) {
    if (isElsewhere(event)) return;
    const key = keyOf(event);
    const known = KEYS.find((each) => each.key === key);
    if (!areOn()) {
      if (known || OTHERS.includes(key)) event.stopImmediatePropagation();
      return;
    }
    if (!known || !known.act) return;
    event.stopImmediatePropagation();
    if (known.act()) event.preventDefault();
  }, true);

  window.addEventListener("storage", showSwitches);

  for (const button of document.querySelectorAll("[data-open-keys]")) {
    button.addEventListener("click", help);
    (button.closest("[hidden]") || button).hidden = false;
  }
  for (const place of document.querySelectorAll("[data-keys-place]")) place.append(toggle());
  showSwitches();
})();
