/* What a reader keeps: stars, what was read, notes. All of it lies in this browser's storage, for this
   site alone, and goes nowhere. This file is on every page; the list's own page has reading-list.js. */
(function () {
  "use strict";

  /* --- What is kept -----------------------------------------------------------------------------
     {"version": 1, "papers": {"<slug>": {title, date, topics, star, read, note, noted}}}
     `star` and `read` are the moment (milliseconds) of the last change, negative if it was to "no";
     `noted` is when the note was written or emptied. So two lists can be made one, field by field, and
     the newest change wins. Title, day and topics are kept of starred papers, to be shown at once. */

  const VERSION = 1;
  const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
  const LONGEST = { slug: 200, title: 2000, note: 10000, topic: 100 };
  /* How far a clock may be ahead of ours: what claims to be later would win for years. */
  const AHEAD = 864e5;
  const scope = window.__md_scope || new URL("../../", document.currentScript.src);
  const KEY = scope.pathname + ".list";
  const ASIDE = KEY + ".unreadable";

  let papers = new Map();
  /* What stands between a change and the storage: "", "forbidden", "full" or "newer". */
  let trouble = "";

  function isSlug(value) {
    return typeof value === "string" && value.length <= LONGEST.slug && SLUG.test(value);
  }

  function text(value, most) {
    return typeof value === "string" ? value.slice(0, most) : "";
  }

  function moment(value) {
    const most = Date.now() + AHEAD;
    return Number.isFinite(value) ? Math.trunc(Math.max(-most, Math.min(most, value))) : 0;
  }

  /* A record of which every field is what it should be. Of papers without a star no title is kept. */
  function clean(value) {
    const given = value && typeof value === "object" ? value : {};
    const record = { star: moment(given.star), read: moment(given.read) };
    record.note = text(given.note, LONGEST.note);
    record.noted = Math.abs(moment(given.noted));
    if (record.star > 0) {
      record.title = text(given.title, LONGEST.title);
      record.date = /^\d{4}-\d\d-\d\d$/.test(given.date) ? given.date : "";
      if (Array.isArray(given.topics))
        record.topics = given.topics.slice(0, 50).map((each) => text(each, LONGEST.topic));
    }
    return record;
  }

  function later(one, other) {
    const apart = Math.abs(other) - Math.abs(one);
    return apart > 0 || (apart === 0 && other > one) ? other : one;
  }

  /* One record of two: of each field the newest; whichever comes first makes no difference. */
  function united(one, other) {
    const apart = other.noted - one.noted;
    const noted = apart > 0 || (apart === 0 && other.note > one.note) ? other : one;
    return clean({
      star: later(one.star, other.star),
      read: later(one.read, other.read),
      note: noted.note,
      noted: noted.noted,
      title: one.title || other.title,
      date: one.date || other.date,
      topics: one.topics || other.topics,
    });
  }

  function join(one, other) {
    const all = new Map(one);
    for (const [slug, record] of other)
      all.set(slug, all.has(slug) ? united(all.get(slug), record) : record);
    return all;
  }

  /* What a stored text says, or why it says nothing. A form that is older than VERSION would be brought
     up to date here; there has been none. */
  function parsed(raw) {
    if (raw === null) return { papers: new Map() };
    let value;
    try {
      value = JSON.parse(raw);
    } catch {
      return { problem: "unreadable" };
    }
    if (value && Number.isInteger(value.version) && value.version > VERSION) return { problem: "newer" };
    if (!value || value.version !== VERSION || !value.papers || typeof value.papers !== "object")
      return { problem: "unreadable" };
    const known = Object.entries(value.papers).filter(([slug]) => isSlug(slug));
    return { papers: new Map(known.map(([slug, record]) => [slug, clean(record)])) };
  }

  /* Reads the storage anew: another tab may have written. What could not be stored stays as it is. */
  function load() {
    let found;
    try {
      const raw = localStorage.getItem(KEY);
      found = parsed(raw);
      if (found.problem === "unreadable") {
        // It may be somebody's list: it is set aside before anything is written in its place.
        localStorage.setItem(ASIDE, raw);
        localStorage.removeItem(KEY);
        found = { papers: new Map() };
      }
    } catch (error) {
      trouble = error && error.name === "QuotaExceededError" ? "full" : "forbidden";
      return;
    }
    if (found.problem) {
      trouble = found.problem;
      return;
    }
    if (trouble === "newer") trouble = ""; // The other tab was taken back.
    papers = trouble ? join(papers, found.papers) : found.papers;
  }

  function store() {
    if (trouble === "newer") return;
    const slim = {};
    for (const [slug, record] of papers) {
      const kept = Object.entries(record).filter(([, value]) => value && value.length !== 0);
      if (kept.length) slim[slug] = Object.fromEntries(kept);
    }
    try {
      localStorage.setItem(KEY, JSON.stringify({ version: VERSION, papers: slim }));
      trouble = "";
    } catch (error) {
      trouble = error && error.name === "QuotaExceededError" ? "full" : "forbidden";
    }
  }

  const TROUBLES = {
    forbidden: "This browser does not let the site keep anything: your list lasts until you leave the page.",
    full: "The browser’s storage for this site is full: what you change now lasts until you leave the page.",
    newer: "Your list was kept by a newer version of this site, which this page cannot change. Reload it.",
  };

  /* All changes go through here: read, change, write, show. What the reader did not ask for is quiet. */
  function change(edit, quiet) {
    load();
    edit();
    store();
    if (trouble && !quiet) say(TROUBLES[trouble]);
    show();
  }

  function get(slug) {
    return papers.get(slug) || clean(null);
  }

  /* Now; but after what is there, or a clock that was wrong once would undo every later change. */
  function after(old) {
    return Math.max(Date.now(), Math.abs(old) + 1);
  }

  function put(slug, fields) {
    papers.set(slug, clean({ ...get(slug), ...fields }));
  }

  function restore(before) {
    change(function () {
      for (const [slug, record] of before) papers.set(slug, record);
    });
  }

  /* Star a paper, of which `about` tells title and day. Without its star it has no note either. */
  function star(slug, on, about) {
    const before = new Map([[slug, get(slug)]]);
    change(function () {
      const { star: old, note, noted } = get(slug);
      const rest = on ? about : note ? { note: "", noted: after(noted) } : {};
      put(slug, { ...rest, star: on ? after(old) : -after(old) });
    });
    if (!on && !trouble)
      say(before.get(slug).note ? "Removed from your list, with its note." : "Removed from your list.", before);
  }

  function mark(slugs, on) {
    const changed = slugs.filter((slug) => get(slug).read > 0 !== on);
    const before = new Map(changed.map((slug) => [slug, get(slug)]));
    change(function () {
      for (const slug of changed) put(slug, { read: on ? after(get(slug).read) : -after(get(slug).read) });
    });
    return before;
  }

  /* --- What is said: one line at the foot of the window, with a way back where there is one ------- */

  const said = document.createElement("div");
  said.className = "said";
  said.setAttribute("role", "status");
  document.body.append(said);
  let silence = 0;

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    if (act) made.addEventListener("click", act);
    return made;
  }

  /* `before`: records as they were, for "Undo". Words alone go by themselves, a button waits. */
  function say(words, before) {
    clearTimeout(silence);
    const line = document.createElement("span");
    line.textContent = words;
    said.replaceChildren(line);
    if (before) {
      const undo = button("Undo", function () {
        restore(before);
        say("Undone.");
      });
      undo.dataset.undo = "";
      said.append(undo, button("Close", () => said.replaceChildren()));
    } else silence = setTimeout(() => said.replaceChildren(), 8000);
  }

  /* --- Entries and papers on this page --------------------------------------------------------------- */

  /* A title as it was written: a formula's source stands in it as its annotation. */
  function written(element) {
    const copy = element.cloneNode(true);
    for (const formula of copy.querySelectorAll("math"))
      formula.replaceWith((formula.querySelector("annotation") || formula).textContent);
    for (const unseen of copy.querySelectorAll(".unseen")) unseen.remove();
    return copy.textContent.trim().replace(/\s+/g, " ");
  }

  /* The paper whose page this is. */
  function here() {
    const title = document.querySelector(".page--paper > h1, .page--paper h1");
    const day = document.querySelector(".page--paper .kicker time");
    const path = location.pathname.slice(scope.pathname.length);
    const [, slug] = /^papers\/([^/]+)\/(?:index\.html)?$/.exec(path) || [];
    if (!title || !isSlug(slug)) return null;
    return { slug, title: written(title), date: day ? day.getAttribute("datetime") : "" };
  }

  /* Of which paper something on the page speaks. */
  function paperOf(element) {
    const entry = element.closest(".paper-entry[data-paper]");
    if (!entry) return here();
    const { paper: slug, date = "" } = entry.dataset;
    const links = [...entry.querySelectorAll(".entry-facts a")];
    const topics = links.map((link) => (/\/topics\/([^/]+)\/$/.exec(link.href) || [])[1]).filter(isSlug);
    return { slug, title: written(entry.querySelector("h3")), date, topics };
  }

  function starButton(label) {
    const made = button("");
    made.className = "star";
    made.dataset.star = "";
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(picture.namespaceURI, "path");
    line.setAttribute("d", "M12 3.6l2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17.2 6.7 20.1l1.1-6L3.4 9.9l6-.8z");
    picture.append(line);
    made.append(picture);
    if (label) made.append(label);
    return made;
  }

  /* An entry gets a star behind its title, and in its place for it a button that marks it. */
  function dress(entry) {
    const title = entry.querySelector("h3");
    if (!title || !isSlug(entry.dataset.paper) || entry.querySelector("[data-star]")) return;
    const made = starButton("");
    made.classList.add("entry-star");
    made.setAttribute("aria-label", "Star: " + written(title));
    title.after(made);
    const place = entry.querySelector(".entry-mark");
    if (place && !place.firstChild) {
      place.append(button(""));
      place.firstChild.dataset.mark = "";
    }
  }

  /* Read: the title is lighter, and says so to those who hear it. */
  function showRead(entry, isRead) {
    entry.classList.toggle("is-read", isRead);
    const title = entry.querySelector("h3");
    let word = title && title.querySelector(".is-read-word");
    if (word && !isRead) word.remove();
    if (title && isRead && !word) {
      word = document.createElement("span");
      word.className = "unseen is-read-word";
      word.textContent = " (read)";
      title.append(word);
    }
    const switching = entry.querySelector("[data-mark]");
    if (!switching) return;
    switching.textContent = isRead ? "Mark unread" : "Mark read";
    switching.setAttribute("aria-label", switching.textContent + ": " + written(title));
  }

  function showEntries() {
    for (const entry of document.querySelectorAll(".paper-entry[data-paper]")) {
      dress(entry);
      const { star: starred, read } = get(entry.dataset.paper);
      const made = entry.querySelector("[data-star]");
      if (made) made.setAttribute("aria-pressed", String(starred > 0));
      showRead(entry, read > 0);
    }
  }

  /* A paper's page: "Save" is the last of its actions, or stands above its abstract. */
  function showPaper() {
    const paper = here();
    if (!paper) return;
    const page = document.querySelector(".page--paper");
    let made = page.querySelector("[data-star]:not(.entry-star)");
    if (!made) {
      made = starButton("Save");
      made.classList.add("star--named");
      made.title = "Keep it on your reading list, in this browser";
      const item = page.querySelector("[data-save]") || document.createElement("li");
      let actions = [...page.querySelectorAll("ul.actions")].find((each) => !each.closest(".searches"));
      if (!item.isConnected && !actions) {
        actions = document.createElement("ul");
        actions.className = "actions";
        page.querySelector(".paper-abstract, h1").before(actions);
      }
      if (!item.isConnected) actions.append(item);
      item.append(made);
      item.hidden = false;
    }
    made.setAttribute("aria-pressed", String(get(paper.slug).star > 0));
  }

  /* Beside an edition: how much of it is left. */
  function showSummary() {
    const place = document.querySelector(".your-list");
    if (!place) return;
    const shown = slugsHere();
    const unread = shown.filter((slug) => !(get(slug).read > 0)).length;
    const starred = [...papers.values()].filter((record) => record.star > 0).length;
    const whole = shown.length === Number(place.dataset.of);
    const [line, way] = place.querySelectorAll("p");
    const of = whole ? `of ${shown.length}` : `of the ${shown.length} here`;
    if (papers.size) line.textContent = `${starred.toLocaleString("en")} starred · ${unread} ${of} unread`;
    let all = way.querySelector("button");
    if (!all) {
      all = button("", function () {
        const before = mark(slugsHere(), true);
        const count = before.size;
        if (!trouble) say(count === 1 ? "Marked 1 paper as read." : `Marked ${count} papers as read.`, before);
        way.querySelector("a").focus();
      });
      way.append(" ", all);
    }
    all.textContent = whole ? "Mark all as read" : `Mark these ${shown.length} as read`;
    all.hidden = !unread;
  }

  function slugsHere() {
    const entries = document.querySelectorAll(".stream .paper-entry[data-paper]");
    return [...new Set([...entries].map((entry) => entry.dataset.paper))].filter(isSlug);
  }

  function show() {
    showEntries();
    showPaper();
    showSummary();
    document.dispatchEvent(new CustomEvent("readinglist"));
  }

  /* --- Days since the last visit: two hours without a page are its end ---------------------------------- */

  function showDays() {
    const places = [...document.querySelectorAll("[data-day]")];
    const last = window.__md_get(".visit", undefined, scope) || {};
    const visit = { since: text(last.since, 10), latest: text(last.latest, 10), at: Date.now() };
    if (!(Math.abs(Date.now() - last.at) < 72e5)) visit.since = visit.latest;
    for (const place of places) {
      const day = place.dataset.day;
      if (day > visit.latest) visit.latest = day;
      if (!visit.since || day <= visit.since) continue;
      const word = document.createElement("span");
      word.className = "to-you";
      word.textContent = "new to you";
      place.append(" ", word);
    }
    window.__md_set(".visit", visit, undefined, scope);
  }

  /* --- Beginning ------------------------------------------------------------------------------------------ */

  document.addEventListener("click", function (event) {
    const pressed = event.target.closest("[data-star], [data-mark]");
    const paper = pressed && paperOf(pressed);
    if (!paper || !isSlug(paper.slug)) return;
    const { slug, ...about } = paper;
    if ("mark" in pressed.dataset) mark([slug], !(get(slug).read > 0));
    else star(slug, !(get(slug).star > 0), about);
  });

  function again() {
    load();
    show();
  }

  /* Another tab wrote (or emptied everything), or the page comes back as it was left. */
  window.addEventListener("storage", function (event) {
    if (event.key === KEY || event.key === null) again();
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) again();
  });

  window.readingList = Object.freeze({
    key: KEY,
    aside: ASIDE,
    scope,
    longest: LONGEST,
    isSlug,
    clean,
    join,
    written,
    after,
    button,
    say,
    get,
    star,
    mark,
    change,
    put,
    restore,
    here,
    show,
    all: () => papers,
    trouble: () => TROUBLES[trouble] || "",
    replace(all) {
      papers = all;
    },
  });

  load();
  const opened = here();
  if (opened && !(get(opened.slug).read > 0)) {
    load();
    put(opened.slug, { read: after(get(opened.slug).read) });
    store();
  }
  showDays();
  show();

  /* Results of a search are entries, too, and come later. */
  const main = document.querySelector("main");
  if (main)
    new MutationObserver(function (changes) {
      const added = changes.flatMap((each) => [...each.addedNodes]);
      const isNew = (node) =>
        node.nodeType === 1 && (node.matches(".paper-entry") || node.querySelector(".paper-entry"));
      if (added.some(isNew)) {
        showEntries();
        showSummary();
      }
    }).observe(main, { childList: true, subtree: true });
})();
