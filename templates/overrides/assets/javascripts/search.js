/* Search from any page: the field in the head with the first papers below it, and what the page of
   results (find.js) needs too. Nothing of the index is loaded before somebody goes to a field. */
(function () {
  "use strict";

  const ROOT = new URL("../../", document.currentScript.src);
  const INDEX = new URL("pagefind/", ROOT);
  const PAGE = new URL("search/", ROOT);
  /* How many papers the list below the field shows. */
  const MOST = 5;
  /* Milliseconds of rest after which what has been typed is looked for. */
  const REST = 150;

  /* --- The index ------------------------------------------------------------------------------------- */

  /* Words that stand in nearly every abstract. The list of papers that have one is the largest part of
     an index, and says nothing: they are asked for only if there is no other word. */
  const COMMON = new Set(("a about all also an and are as at be been between both but by can do does for from has "
    + "have how in into is it its more most not of on one or our over such than that the their these they this "
    + "those to toward towards under used using via we what when which while who why with without you your").split(" "));

  const ANEW = "the digest has been published anew; load this page again";

  let engine;
  let version = "";

  /* Pagefind, once; a failure is tried anew the next time. It says itself only on the console that
     something is missing, so its first file is asked for here. */
  function open() {
    engine = engine || load().catch(function (error) {
      engine = undefined;
      throw error;
    });
    return engine;
  }

  async function load() {
    const script = import(new URL("pagefind.js", INDEX).href);
    script.catch(() => {}); // without an index both are missing, and the first one's failure says why
    const entry = await published();
    version = hashes(entry);
    const { createInstance, PagefindInstance } = await script;
    if (entry.groups) {
      const { opened } = await import(new URL("assets/javascripts/groups.js", ROOT).href);
      return opened(INDEX, entry, PagefindInstance);
    }
    // A process of its own would be another 12 kB, for a search that takes some milliseconds.
    const made = createInstance({ noWorker: true, metaCacheTag: version, excerptLength: 1 });
    await made.init();
    return made;
  }

  /* What is said of the index that is there now. */
  async function published() {
    const answer = await fetch(new URL("pagefind-entry.json", INDEX), { cache: "no-cache" });
    if (!answer.ok) throw new Error(`the index of papers is not there (${answer.status})`);
    return answer.json();
  }

  function hashes({ languages }) {
    return Object.values(languages).map((each) => each.hash).join("-");
  }

  /* Whether what was opened is what is published: Pagefind takes a file that does not come for one
     without a word in it, and then finds nothing. */
  async function isCurrent() {
    return hashes(await published()) === version;
  }

  /* --- What is asked ---------------------------------------------------------------------------------- */

  /* Addresses and versions of identifiers are not in the index; the identifiers are. */
  function bare(typed) {
    return typed
      .replace(/(?:https?:\/\/)?(?:www\.)?arxiv\.org\/(?:abs|pdf|html)\/|(?:https?:\/\/)?(?:dx\.)?doi\.org\//gi, " ")
      .replace(/\b(?:arxiv|doi):\s*/gi, " ")
      .replace(/(\d{4}\.\d{4,5}|[a-z-]+\/\d{7})(?:v\d+)?(?:\.pdf)?(?=\s|$)/gi, "$1");
  }

  /* The words of a query as Pagefind has them: without accents of writing, signs joined away. */
  function words(typed) {
    const said = bare(typed.normalize("NFC")).toLowerCase().split(/\s+/);
    const clean = said.map((word) => word.replace(/[^\p{L}\p{N}\p{M}+#_]/gu, ""));
    return clean.filter((word) => /[\p{L}\p{N}]/u.test(word));
  }

  /* What Pagefind is asked, best first. A word with a hyphen is asked for as one and as two: who writes
     "multi-lingual" means "multilingual", and who writes "retrieval-augmented" also means it apart. */
  function queries(typed) {
    const quoted = /^\s*["“”„«]\s*(.+?)\s*["“”„»]\s*$/.exec(typed);
    if (quoted) return [`"${words(quoted[1]).join(" ")}"`];
    const all = words(typed);
    const telling = all.filter((word) => !COMMON.has(word));
    const one = (telling.length ? telling : all).join(" ");
    const apart = bare(typed).replace(/(\p{L})[-‐‑–](?=\p{L})/gu, "$1 ");
    const two = words(apart).filter((word) => !telling.length || !COMMON.has(word)).join(" ");
    return one === two ? [one] : [one, two];
  }

  /* Papers that have all words of a query; with `typed` empty, all that pass the filters.
     `results` are opened one by one, by `paper`; `lacking` is the number of papers whose part of the index does
     not load. */
  async function search(typed, filters = {}) {
    const pagefind = await open();
    const asked = typed.trim() ? queries(typed) : [null];
    const found = [];
    for (const each of asked) found.push(await pagefind.search(each, { filters }));
    const best = found.reduce((one, other) => (other.results.length > one.results.length ? other : one));
    const lacking = best.lacking || 0;
    if (lacking && !(await isCurrent().catch(() => true))) throw new Error(ANEW);
    return { results: best.results, counts: best.filters, unfiltered: best.unfilteredResultCount, lacking };
  }

  /* What is said if not all papers were searched. */
  function short(lacking) {
    return `${lacking.toLocaleString("en")} ${lacking === 1 ? "paper was" : "papers were"} not searched, for a part of the index does not load`;
  }

  async function allFilters() {
    return (await open()).filters();
  }

  /* --- What is found ---------------------------------------------------------------------------------- */

  /* generator/search/pages.py says how the text of a paper is written; here it is read back. */
  const MARK = "\u241e";
  const SIGNS = { ":": MARK, "-": "", ",": "\u200b" };
  const FIELDS = ["title", "abstract", "authors", "ids", "code", "note", "parts"];

  function readBack(word) {
    return word.replace(/\u241e([:,-])/g, (_, sign) => SIGNS[sign]);
  }

  /* A result as a paper: its fields are lists of items, an item a list of words, each with whether it was
     found. */
  async function paper(result) {
    const data = await result.data();
    const found = new Set(data.locations);
    const fields = [[[]]];
    data.content.split(" ").forEach(function (word, place) {
      const field = fields[fields.length - 1];
      if (word === MARK || word === `${MARK}.`) fields.push([[]]);
      else if (word === `${MARK};`) field.push([]);
      else field[field.length - 1].push({ text: readBack(word), isFound: found.has(place) });
    });
    const made = { slug: data.raw_url.replace(/^\//, "").replace(/\.html$/, ""), filters: data.filters };
    FIELDS.forEach((name, place) => { made[name] = fields[place] || [[]]; });
    made.address = new URL(`papers/${made.slug}/`, ROOT).href;
    return made;
  }

  function text(item) {
    return item.map((word) => word.text).join(" ");
  }

  /* Scripts without spaces: what was found there is a part of a word, which the index has apart. */
  const UNSPACED = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/;

  function markParts(made, typed) {
    const said = words(typed).filter((word) => UNSPACED.test(word));
    if (!said.length) return;
    for (const item of [...made.title, ...made.abstract])
      for (const word of item) if (said.some((each) => word.text.includes(each))) word.isFound = true;
  }

  /* The papers of some results, the one first whose title is what was typed. */
  async function papers(results, typed) {
    const all = await Promise.all(results.map(paper));
    for (const each of all) markParts(each, typed);
    const title = words(typed).join(" ");
    const exact = all.findIndex((each) => title && words(text(each.title[0])).join(" ") === title);
    return exact > 0 ? [all[exact], ...all.slice(0, exact), ...all.slice(exact + 1)] : all;
  }

  /* Words that none of the papers has. Pagefind shortens a word until it finds something, down to one
     letter; a word and what is found for it have at least three letters in common here. */
  function missing(all, typed) {
    const found = new Set();
    for (const each of all)
      for (const name of FIELDS)
        for (const item of each[name])
          for (const word of item) if (word.isFound) parts(word.text).forEach((part) => found.add(part));
    const telling = queries(typed)[0].replace(/"/g, "").split(" ").filter(Boolean);
    return telling.filter(function (word) {
      const begin = plain(word).slice(0, 3);
      return ![...found].some((each) => each.startsWith(begin) || (each.length < 3 && begin === each));
    });
  }

  function plain(word) {
    return word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  function parts(word) {
    const split = plain(word).split(/[^\p{L}\p{N}+#]+/u);
    return [...split, split.join("")].filter(Boolean);
  }

  /* Words as text in an element, those that were found marked; what stands around a word is not. */
  function write(element, item) {
    item.forEach(function (word, place) {
      if (place) element.append(" ");
      if (!word.isFound) return element.append(word.text);
      const [, before, core, after] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}+#]*)$/su.exec(word.text);
      const mark = document.createElement("mark");
      mark.textContent = core;
      element.append(before, mark, after);
    });
    return element;
  }

  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

  /* A day as other pages write it. */
  function day(iso) {
    const [year, month, date] = iso.split("-").map(Number);
    return `${date} ${MONTHS[month - 1]} ${year}`;
  }

  function firstDay(found) {
    return [...(found.filters.edition || [])].sort()[0] || "";
  }

  /* Why there is no answer, as a sentence. */
  function why(error) {
    if (location.protocol === "file:") return "Search needs a web server: pages opened as files may not load the index.";
    if (navigator.onLine === false) return "There is no connection, so the index of papers cannot be loaded.";
    return `The search does not load: ${error && error.message ? error.message : error}.`;
  }

  window.digestSearch = Object.freeze({
    PAGE, ANEW, open, isCurrent, search, short, allFilters, papers, missing, words, text, write, day, firstDay, why,
  });

  /* --- The field in the head -------------------------------------------------------------------------- */

  const form = document.querySelector("[data-find]");
  const field = form && form.querySelector("input");
  if (!field) return;

  const answer = document.createElement("div");
  answer.className = "find__answer";
  answer.hidden = true;
  const list = document.createElement("div");
  list.id = "find-list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Papers");
  const said = document.createElement("p");
  said.className = "find__said";
  said.setAttribute("role", "status");
  answer.append(list, said);
  form.append(answer);

  /* The pattern of a combobox with a list (WAI-ARIA Authoring Practices 1.2): the focus stays in the
     field, and the field names the option that the arrows are on. */
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false",
    "aria-controls": list.id,
  })) field.setAttribute(name, value);

  let at = -1;
  let turn = 0;
  let timer;

  function options() {
    return [...list.children];
  }

  function choose(place) {
    const all = options();
    at = all.length ? (place + all.length + 1) % (all.length + 1) : -1;
    if (at === all.length) at = -1; // Between the last and the first is the field itself.
    all.forEach((each, number) => each.setAttribute("aria-selected", String(number === at)));
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else {
      field.setAttribute("aria-activedescendant", all[at].id);
      all[at].scrollIntoView({ block: "nearest" });
    }
  }

  function show(isOpen) {
    answer.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen && list.children.length > 0));
    if (!isOpen) choose(-1);
  }

  function option(address, number) {
    const made = document.createElement("a");
    made.href = address;
    made.id = `find-${number}`;
    made.tabIndex = -1;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    return made;
  }

  function shown(found, number) {
    const made = option(found.address, number);
    const title = document.createElement("span");
    title.className = "find__title";
    title.dir = "auto";
    const facts = document.createElement("span");
    facts.className = "find__facts";
    facts.textContent = [day(firstDay(found)), found.filters.pick ? "Pick" : "", found.filters.code ? "Code" : ""]
      .filter(Boolean).join(" · ");
    made.append(write(title, found.title[0]), " ", facts);
    return made;
  }

  function everything(count) {
    const made = option(`${PAGE.href}?q=${encodeURIComponent(field.value.trim())}`, "all");
    made.className = "find__all";
    made.textContent = count === 1 ? "Open the search" : `All ${count.toLocaleString("en")} papers`;
    return made;
  }

  async function look() {
    const mine = ++turn;
    const typed = field.value;
    if (words(typed).join("").length < 2) {
      list.replaceChildren();
      said.textContent = typed.trim() && !words(typed).length ? "Nothing to look for yet: no letter, no digit." : "";
      return show(Boolean(said.textContent));
    }
    try {
      const { results, lacking } = await search(typed);
      const found = await papers(results.slice(0, MOST), typed);
      if (mine !== turn) return;
      const absent = found.length ? missing(found, typed) : [];
      const isNone = !found.length || absent.length === queries(typed)[0].split(" ").length;
      list.replaceChildren(...(isNone ? [] : [...found.map(shown), everything(results.length)]));
      said.className = isNone || absent.length || lacking ? "find__said" : "unseen";
      if (isNone) said.textContent = "No paper has all of these words. Enter opens the search, which says more.";
      else if (absent.length) said.textContent = `No paper has “${absent.join("”, “")}”; these have the rest.`;
      else said.textContent = results.length === 1 ? "1 paper" : `${results.length.toLocaleString("en")} papers`;
      if (lacking) said.append(` (${short(lacking)}.)`);
    } catch (error) {
      if (mine !== turn) return;
      list.replaceChildren();
      said.className = "find__said";
      said.textContent = why(error);
    }
    at = -1;
    field.removeAttribute("aria-activedescendant");
    show(document.activeElement === field);
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(look, REST);
  }

  field.addEventListener("focus", function () {
    open().catch(() => {}); // What is wrong is said when something is asked.
    if (field.value.trim()) later();
  });
  field.addEventListener("input", later);
  form.addEventListener("focusout", function (event) {
    if (!form.contains(event.relatedTarget)) show(false);
  });
  // A press on the list must not take the focus away, or the list would be gone before the click.
  answer.addEventListener("mousedown", (event) => event.preventDefault());

  field.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOpen = !answer.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) return look();
      choose(event.key === "ArrowDown" ? at + 1 : at < 0 ? options().length - 1 : at - 1);
    } else if (event.key === "Enter" && isOpen && at >= 0) {
      event.preventDefault();
      options()[at].click();
    } else if (event.key === "Escape") {
      // The first closes the list; the next empties the field, as browsers do, and leaves it.
      event.preventDefault();
      if (isOpen) return show(false);
      field.value = "";
      field.blur();
    }
  });

  /* --- The key ---------------------------------------------------------------------------------------- */

  const TYPED = "input:not([type=radio], [type=checkbox], [type=button]), textarea, select, [contenteditable]:not([contenteditable=false]), dialog[open], "
    + "[role=application], [role=textbox], [role=searchbox], [role=combobox], [role=slider], [data-keys=own]";

  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.defaultPrevented || document.querySelector("dialog[open]") || event.target.closest(TYPED)) return;
    event.preventDefault();
    const own = document.querySelector("[data-find-page] input");
    const here = own || (field.getClientRects().length ? field : null);
    if (!here) return location.assign(PAGE); // On a phone the field is on its own page.
    here.focus();
    here.select();
  });
})();
