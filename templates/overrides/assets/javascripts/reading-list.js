/* The page of the reading list. What is kept, and how, is in list.js; this shows it, and carries it away
   and back: files, and a link that holds the list itself. */
(function () {
  "use strict";

  const list = window.readingList;
  const place = document.querySelector("[data-reading-list]");
  if (!list || !place) return;

  const FORMAT = "reading-list";
  const VERSION = 1;
  const LARGEST_FILE = 10e6;
  const MOST_PAPERS = 20000;
  /* Mail and chat programs are said to break longer links; browsers take far more. */
  const SAFE_LINK = 2000;
  const LONGEST_LINK = 60000;

  const topics = new Map();
  for (const each of place.querySelectorAll("[data-topic]")) topics.set(each.dataset.topic, each.textContent);

  /* An element with a class and words; every text of a paper or a reader comes in by this. */
  function made(name, about, ...inside) {
    const element = document.createElement(name);
    if (about) element.className = about;
    element.append(...inside);
    return element;
  }

  function count(number, one, many) {
    return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
  }

  /* --- What the site says of a paper: its own static documents, fetched when they are wanted ------------- */

  const details = new Map();
  const waiting = [];
  let busy = 0;

  function addressOf(slug, ending) {
    return new URL(ending === "json" ? `api/v1/papers/${slug}.json` : `papers/${slug}.${ending}`, list.scope);
  }

  function next() {
    while (busy < 6 && waiting.length) {
      busy += 1;
      const { work, done } = waiting.shift();
      work().then(done).finally(function () {
        busy -= 1;
        next();
      });
    }
  }

  /* At most six requests at a time, for the sake of small servers. */
  function queued(work) {
    return new Promise(function (done) {
      waiting.push({ work, done });
      next();
    });
  }

  /* What became of a paper: `data`, or `gone`, or neither if the site cannot be reached. */
  async function looked(slug) {
    try {
      const answer = await fetch(addressOf(slug, "json"));
      if (answer.status === 404) return { gone: true };
      if (!answer.ok) return {};
      const data = await answer.json();
      const [, moved] = /([^/]+?)(?:\.json)?\/?$/.exec(data.moved_to || "") || [];
      return list.isSlug(moved) && moved !== slug ? { moved } : { data };
    } catch {
      return {};
    }
  }

  function detail(slug) {
    if (!details.has(slug)) details.set(slug, queued(() => looked(slug)).then((found) => learnt(slug, found)));
    return details.get(slug);
  }

  /* Answers that have come, by slug: what there is to show at this moment. */
  const known = new Map();
  let settling = 0;

  function learnt(slug, found) {
    known.set(slug, found);
    clearTimeout(settling);
    settling = setTimeout(settle, 100);
    return found;
  }

  /* Title, day and topics are kept for the next time; a paper that is another one gives it its marks. */
  function settle() {
    const changed = [...known].filter(function ([slug, { data, moved }]) {
      const { star, title, date, topics: tags } = list.get(slug);
      if (moved) return list.all().has(slug);
      return star > 0 && data && (title !== data.title || date !== data.date || String(tags) !== String(data.topics));
    });
    if (!changed.length) {
      render();
      return;
    }
    list.change(function () {
      for (const [slug, { data, moved }] of changed)
        if (moved) follow(slug, moved);
        else list.put(slug, { title: data.title, date: data.date, topics: data.topics });
    }, true);
  }

  function follow(old, slug) {
    const [one, other] = [list.get(slug), list.get(old)];
    const both = list.join(new Map([[slug, one]]), new Map([[slug, other]])).get(slug);
    const notes = new Set([one.note, other.note].filter(Boolean));
    list.put(slug, { ...both, topics: undefined, note: [...notes].join("\n\n") });
    list.all().delete(old);
  }

  /* --- The list ------------------------------------------------------------------------------------------- */

  const chosen = { unread: false, topic: "", order: "starred" };
  const ORDERS = {
    starred: (one, other) => other[1].star - one[1].star,
    newest: (one, other) => other[1].date.localeCompare(one[1].date) || ORDERS.title(one, other),
    title: (one, other) => titleOf(...one).localeCompare(titleOf(...other), "en"),
  };

  /* A list that came by a link has no titles until they are fetched; the address tells most of it. */
  function titleOf(slug, record) {
    const words = slug.replaceAll("-", " ");
    return record.title || words[0].toUpperCase() + words.slice(1);
  }

  function starred() {
    return [...list.all()].filter(([, record]) => record.star > 0).sort(ORDERS[chosen.order]);
  }

  function shown() {
    return starred().filter(
      ([, record]) =>
        (!chosen.unread || !(record.read > 0)) && (!chosen.topic || (record.topics || []).includes(chosen.topic)),
    );
  }

  const notices = made("div", "notices");
  const bar = made("div", "list-bar");
  const heading = made("h2", "unseen", "Starred papers");
  const entries = made("div", "list-entries");
  const empty = made("div", "empty");
  const nodes = new Map();

  /* --- Above it: what to show, and in which order --- */

  const all = list.button("", () => choose({ unread: false }));
  const unread = list.button("", () => choose({ unread: true }));
  const topic = made("select");
  const order = made("select");
  topic.setAttribute("aria-label", "Topic");
  order.setAttribute("aria-label", "Order");
  order.append(
    new Option("Last starred first", "starred"),
    new Option("Newest papers first", "newest"),
    new Option("By title", "title"),
  );
  topic.addEventListener("change", () => choose({ topic: topic.value }));
  order.addEventListener("change", () => choose({ order: order.value }));
  bar.append(all, unread, topic, order);

  function choose(some) {
    Object.assign(chosen, some);
    render();
  }

  function renderBar(papers) {
    const left = papers.filter(([, record]) => !(record.read > 0)).length;
    for (const [button, word, number, on] of [
      [all, "All", papers.length, !chosen.unread],
      [unread, "Unread", left, chosen.unread],
    ]) {
      button.replaceChildren(word + " ", made("span", "count", number.toLocaleString("en")));
      button.setAttribute("aria-pressed", String(on));
    }
    const numbers = new Map();
    for (const [, record] of papers)
      for (const id of record.topics || []) numbers.set(id, (numbers.get(id) || 0) + 1);
    if (chosen.topic && !numbers.has(chosen.topic)) chosen.topic = "";
    const named = [...numbers].map(([id, number]) => [topics.get(id) || id, id, number]);
    named.sort((one, other) => one[0].localeCompare(other[0], "en"));
    const options = named.map(([name, id, number]) => new Option(`${name} (${number})`, id));
    topic.replaceChildren(new Option("All topics", ""), ...options);
    topic.value = chosen.topic;
    topic.hidden = !numbers.size;
  }

  /* --- An entry, as in all lists, with a note and what can be done --- */

  function entry(slug) {
    const node = made("article", "paper-entry");
    node.dataset.paper = slug;
    const link = made("a");
    link.href = new URL(`papers/${slug}/`, list.scope);
    const title = made("h3", "", link);
    title.dir = "auto";
    const area = made("textarea");
    area.id = `note-${slug}`;
    area.maxLength = list.longest.note;
    area.rows = 1;
    const label = made("label", "", "Your note, kept as you write");
    label.htmlFor = area.id;
    const note = made("div", "own-note", label, area);
    note.hidden = true;
    note.addEventListener("focusout", function () {
      keep(slug, area);
      note.hidden = !area.value;
      render();
    });
    let pause = 0;
    area.addEventListener("input", function () {
      clearTimeout(pause);
      pause = setTimeout(() => keep(slug, area), 400);
    });
    /* Room for what has to be fetched, so that nothing moves when it comes. */
    const [names, abstract] = [made("p", "entry-authors"), made("p", "entry-abstract")];
    names.dir = abstract.dir = "auto";
    node.append(title, names, abstract, made("ul", "entry-facts"), note, buttons(node, slug));
    seen.observe(node);
    return node;
  }

  function keep(slug, area) {
    const { note, noted } = list.get(slug);
    if (area.value !== note) list.change(() => list.put(slug, { note: area.value, noted: list.after(noted) }));
  }

  function day(iso) {
    const options = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
    return iso ? new Date(iso).toLocaleDateString("en-GB", options) : "";
  }

  /* Web addresses alone: data of papers is strangers' text. */
  function isWeb(address) {
    return typeof address === "string" && /^https?:\/\//i.test(address) && URL.canParse(address);
  }

  function linkTo(address, words, about) {
    const link = made("a", about, words);
    link.href = address;
    return link;
  }

  function facts(node, slug, record) {
    const { data } = known.get(slug) || {};
    const state = made("span", "is-state", record.read > 0 ? "read" : "unread");
    const items = [made("span", "", day(record.date)), state];
    const links = data && Array.isArray(data.links) ? data.links : [];
    const code = links.find((each) => each.kind === "code" && isWeb(each.url));
    if (code) items.push(linkTo(code.url, "Code", "is-quiet"));
    for (const id of record.topics || [])
      if (topics.has(id)) items.push(linkTo(new URL(`topics/${id}/`, list.scope), topics.get(id)));
    const row = node.querySelector(".entry-facts");
    /* Written anew only if something is new: a link keeps the focus. */
    const said = JSON.stringify([record.date, record.read > 0, record.topics, code && code.url]);
    if (row.dataset.said === said) return;
    row.dataset.said = said;
    row.replaceChildren(...items.filter((item) => item.textContent).map((item) => made("li", "", item)));
  }

  function buttons(node, slug) {
    const write = list.button("Add a note", function () {
      node.querySelector(".own-note").hidden = false;
      node.querySelector("textarea").focus();
    });
    write.dataset.note = "";
    const remove = list.button("Remove", () => list.star(slug, false));
    remove.dataset.remove = "";
    const title = titleOf(slug, list.get(slug));
    write.setAttribute("aria-label", `Add a note: ${title}`);
    remove.setAttribute("aria-label", `Remove: ${title}`);
    return made("ul", "entry-facts entry-own", made("li", "entry-mark"), made("li", "", write), made("li", "", remove));
  }

  function update(node, slug, record) {
    const { data, gone } = known.get(slug) || {};
    node.dataset.date = record.date;
    const title = node.querySelector("h3");
    const link = title.querySelector("a") || title.querySelector(".gone-title");
    const words = titleOf(slug, record);
    if (link.textContent !== words) link.textContent = words;
    if (gone && link.href) {
      link.replaceWith(made("span", "gone-title", words));
      const sentence = "This paper is no longer in the digest. What you keep of it stays until you remove it.";
      node.querySelector(".entry-facts").before(made("p", "gone", sentence));
    }
    const note = node.querySelector(".own-note");
    const area = note.querySelector("textarea");
    if (document.activeElement !== area) {
      if (area.value !== record.note) area.value = record.note;
      note.hidden = !record.note;
    }
    if ((data || gone) && !("full" in node.dataset)) fill(node, data || {});
    facts(node, slug, record);
  }

  /* What the site says of it, once it has come. */
  function fill(node, data) {
    node.dataset.full = "";
    const names = Array.isArray(data.authors) ? data.authors.map(String) : [];
    const more = names.length > 6 ? ` and ${count(names.length - 6, "other", "others")}` : "";
    const abstract = typeof data.abstract === "string" ? data.abstract : "";
    const texts = { authors: names.slice(0, 6).join(", ") + more, abstract };
    for (const [name, text] of Object.entries(texts)) {
      const part = node.querySelector(`.entry-${name}`);
      part.textContent = text;
      part.hidden = !text;
    }
    if (abstract.length > 120) node.querySelector(".entry-abstract").after(opening(abstract.length < 240));
    node.classList.toggle("paper-entry--pick", data.pick === true);
  }

  /* "more", as the templates make it (macros.md.j2). */
  function opening(narrow) {
    const summary = made("summary", "", made("span", "if-closed", "more"), made("span", "if-open", "less"));
    summary.append(made("span", "unseen", " of the abstract"));
    return made("details", narrow ? "entry-more entry-more--narrow" : "entry-more", summary);
  }

  const seen = new IntersectionObserver(
    function (changes) {
      for (const { isIntersecting, target } of changes)
        if (isIntersecting) {
          seen.unobserve(target);
          detail(target.dataset.paper);
        }
    },
    { rootMargin: "600px" },
  );

  /* Entries stay the same elements, so that what has the focus, or is being written in, keeps it. */
  function renderEntries(papers) {
    const lost = entries.contains(document.activeElement)
      ? [...entries.children].indexOf(document.activeElement.closest(".paper-entry"))
      : -1;
    const wanted = papers.map(function ([slug, record]) {
      if (!nodes.has(slug)) nodes.set(slug, entry(slug));
      update(nodes.get(slug), slug, record);
      return nodes.get(slug);
    });
    for (const old of [...entries.children]) if (!wanted.includes(old)) old.remove();
    wanted.forEach(function (node, at) {
      if (entries.children[at] !== node) entries.insertBefore(node, entries.children[at] || null);
    });
    for (const slug of [...nodes.keys()]) if (!list.get(slug).star || list.get(slug).star < 0) nodes.delete(slug);
    if (lost >= 0 && document.activeElement === document.body) {
      const near = entries.children[Math.min(lost, entries.children.length - 1)];
      ((near && near.querySelector("h3 a")) || all).focus({ preventScroll: true });
    }
  }

  function renderEmpty(papers, visible) {
    const words = papers.length
      ? ["No paper of your list is like that. ", list.button("Show all", () => choose({ unread: false, topic: "" }))]
      : ["No paper is starred yet. Press the star beside a title, in any list or on a paper’s page, and the paper "
          + "stands here. A list from another browser comes in by “Import”."];
    empty.replaceChildren(made("p", "", ...words));
    empty.hidden = visible.length > 0;
  }

  function renderCounts(papers) {
    const left = papers.filter(([, record]) => !(record.read > 0)).length;
    const notes = papers.filter(([, record]) => record.note).length;
    const words = [count(papers.length, "paper", "papers"), `${left.toLocaleString("en")} unread`];
    if (notes) words.push(count(notes, "note", "notes"));
    document.querySelector("[data-list-counts]").textContent =
      `${papers.length ? words.join(", ") : "No papers yet"} · kept in this browser alone`;
  }

  function render() {
    const papers = starred();
    renderBar(papers);
    const visible = shown();
    renderCounts(papers);
    bar.hidden = heading.hidden = !papers.length;
    place.classList.toggle("is-empty", !papers.length);
    renderEntries(visible);
    renderEmpty(papers, visible);
    renderTrouble();
    for (const [slug, record] of papers) if (!record.topics) detail(slug);
    for (const each of ["export", "link", "forget"])
      document.querySelector(`[data-list-${each}]`).hidden = !list.all().size;
    const some = visible.length < papers.length;
    which.hidden = !some;
    const label = `Only the ${count(visible.length, "paper", "papers")} shown`;
    which.querySelector("span").textContent = label;
  }

  /* --- Notices: what is wrong, and what wants a decision ------------------------------------------------------ */

  /* A notice in place of an earlier one of its kind; without words it goes. */
  function notice(kind, words, choices, bad) {
    const old = notices.querySelector(`[data-kind=${kind}]`);
    if (!words) {
      if (old) old.remove();
      return null;
    }
    const parts = words.map((each) => (typeof each === "string" ? made("p", "", each) : each));
    const row = made("div", "notice__buttons");
    for (const [label, act] of choices || []) row.append(list.button(label, act));
    if (row.firstChild) row.firstChild.className = "is-first";
    const box = made("section", bad ? "notice notice--bad" : "notice", ...parts, ...(row.firstChild ? [row] : []));
    box.dataset.kind = kind;
    box.setAttribute("role", bad ? "alert" : "status");
    if (old) old.replaceWith(box);
    else notices.append(box);
    return box;
  }

  let troubled = "";

  function renderTrouble() {
    const aside = setAside();
    const failed = [...known.values()].some(({ data, gone, moved }) => !data && !gone && !moved);
    const state = JSON.stringify([list.trouble(), Boolean(aside), failed]);
    if (state === troubled) return;
    troubled = state;
    notice("trouble", list.trouble() && [list.trouble()], [], true);
    notice("aside", aside && ["What this browser kept before could not be read. It is set aside, not lost."], [
      ["Save it as a file", () => save("reading-list-unreadable.txt", "text/plain", aside)],
      ["Delete it", () => forgetAside()],
    ], true);
    notice("offline", failed && ["Not all papers could be looked up: titles are shown as they were kept."], [
      ["Try again", tryAgain],
    ]);
  }

  function tryAgain() {
    for (const [slug, { data, gone, moved }] of [...known])
      if (!data && !gone && !moved) {
        known.delete(slug);
        details.delete(slug);
        detail(slug);
      }
    render();
  }

  function setAside() {
    try {
      return localStorage.getItem(list.aside);
    } catch {
      return null;
    }
  }

  function forgetAside() {
    localStorage.removeItem(list.aside);
    render();
  }

  /* --- Out: files ---------------------------------------------------------------------------------------------- */

  const which = document.querySelector("[data-export-which]");

  function save(name, type, text) {
    const link = made("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  /* A switch that is not shown is off. */
  function isOnly() {
    return !which.hidden && which.firstChild.getAttribute("aria-checked") === "true";
  }

  async function ofSite(slug, ending) {
    try {
      const answer = await fetch(addressOf(slug, ending));
      return answer.ok ? (await answer.text()).trim() : "";
    } catch {
      return "";
    }
  }

  /* The files of the papers one after the other; those that could not be had are named. */
  async function joined(papers, ending) {
    const texts = await Promise.all(papers.map(([slug]) => queued(() => ofSite(slug, ending))));
    const missing = papers.filter((_, at) => !texts[at]).map(([slug, record]) => titleOf(slug, record));
    return { text: texts.filter(Boolean).map((each) => each + "\n").join("\n"), missing };
  }

  function iso(moment) {
    return moment ? new Date(Math.abs(moment)).toISOString() : null;
  }

  function plain(slug, record, data) {
    const reading = {
      starred: record.star > 0,
      starred_changed: iso(record.star),
      read: record.read > 0,
      read_changed: iso(record.read),
      note: record.note,
      note_changed: iso(record.noted),
    };
    const { date, topics: tags = [] } = record;
    const about = record.star > 0 ? { title: titleOf(slug, record), date, topics: tags } : {};
    const { $schema: _, ...said } = data || {};
    return { id: slug, ...about, ...said, reading };
  }

  /* What the library's own table has, in its order, and what the reader adds
     (generator/exports/spreadsheet.py has the rules, and why they are so). */
  const COLUMNS = "id title abstract topics date url authors ids links appearances pick note".split(" ");
  const PARTS = {
    links: (each) => `${each.kind}: ${each.url}`,
    appearances: (each) => `${each.date} ${each.source} ${each.file}`,
  };

  function cell(name, value) {
    if (value === null || value === undefined) return "";
    if (Array.isArray(value)) return value.map(PARTS[name] || String).join("; ");
    if (typeof value === "object") return Object.entries(value).map((pair) => pair.join(":")).join("; ");
    return String(value);
  }

  function guarded(value) {
    const text = value.replace(/[\ud800-\udfff]/gu, "");
    const safe = /^'*[=+@\t\r-]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  function table(papers) {
    const rows = [[...COLUMNS, "starred", "read", "my_note"]];
    for (const { reading, ...paper } of papers) {
      const own = [reading.starred_changed, String(reading.read), reading.note];
      rows.push([...COLUMNS.map((name) => cell(name, paper[name])), ...own]);
    }
    return rows.map((row) => row.map(guarded).join(",") + "\r\n").join("");
  }

  async function whole(papers) {
    const found = await Promise.all(papers.map(([slug]) => detail(slug)));
    /* One that is another paper now is exported as that. */
    return Promise.all(
      papers.map(async function ([slug, record], at) {
        if (!found[at].moved) return plain(slug, record, found[at].data);
        return plain(found[at].moved, record, (await detail(found[at].moved)).data);
      }),
    );
  }

  /* The JSON of the whole list also has what is read or was removed: it is all there is to bring back. */
  async function exported(ending) {
    const papers = isOnly() ? shown() : starred();
    if (ending === "bib" || ending === "ris") return joined(papers, ending);
    if (ending === "csv") return { text: table(await whole(papers)), missing: [] };
    const others = isOnly() ? [] : [...list.all()].filter(([, record]) => !(record.star > 0));
    const all = [...(await whole(papers)), ...others.map(([slug, record]) => plain(slug, record))];
    const value = { format: FORMAT, version: VERSION, site: list.scope.href, papers: all };
    return { text: JSON.stringify(value, null, 1) + "\n", missing: [] };
  }

  const TYPES = {
    bib: "application/x-bibtex",
    ris: "application/x-research-info-systems",
    csv: "text/csv",
    json: "application/json",
  };

  async function give(ending) {
    list.say("Fetching what the site says of these papers …");
    const { text, missing } = await exported(ending);
    if (text) save(`reading-list.${ending}`, TYPES[ending], text);
    list.say(text ? "The file is made." : "There is nothing to export.");
    notice("missing", missing.length && [
      `${count(missing.length, "paper is", "papers are")} not in the file, because the site has no entry for `
        + `${missing.length === 1 ? "it" : "them"} or could not be reached:`,
      made("ul", "titles", ...missing.slice(0, 20).map((title) => made("li", "", title))),
    ], [["Understood", () => notice("missing")]], true);
  }

  /* --- In: files ------------------------------------------------------------------------------------------------- */

  /* What is wrong with a list from elsewhere, said so that somebody can mend it. */
  class Refused extends Error {}

  function must(is, problem) {
    if (!is) throw new Refused(problem);
  }

  function quoted(value) {
    const text = JSON.stringify(value) || "missing";
    return text.length > 60 ? `${text.slice(0, 60)}…` : text;
  }

  function changed(value, on, name) {
    const at = value === null || value === undefined ? 0 : Date.parse(value);
    must(Number.isFinite(at), `${name} is ${quoted(value)}; a moment is written as 2026-03-11T08:00:00Z`);
    return on ? at : -at;
  }

  function readPaper(value, name) {
    must(value && typeof value === "object", `${name} is ${quoted(value)}; it should be an object`);
    const { id } = value;
    must(list.isSlug(id), `${name}.id is ${quoted(id)}; the id of a paper is the last part of its address`);
    const reading = value.reading;
    must(reading && typeof reading === "object", `${name}.reading is ${quoted(reading)}; it should be an object`);
    for (const each of ["starred", "read"]) {
      const is = reading[each];
      must(typeof is === "boolean", `${name}.reading.${each} is ${quoted(is)}; it should be true or false`);
    }
    const note = reading.note === undefined || reading.note === null ? "" : reading.note;
    must(typeof note === "string", `${name}.reading.note is ${quoted(note)}; it should be a text`);
    must(note.length <= list.longest.note, `${name}.reading.note is longer than ${list.longest.note} characters`);
    return [id, list.clean({
      title: value.title,
      date: value.date,
      topics: value.topics,
      star: changed(reading.starred_changed, reading.starred, `${name}.reading.starred_changed`) || Number(reading.starred),
      read: changed(reading.read_changed, reading.read, `${name}.reading.read_changed`) || Number(reading.read),
      note,
      noted: changed(reading.note_changed, true, `${name}.reading.note_changed`) || Number(Boolean(note)),
    })];
  }

  function readFile(text) {
    let value;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new Refused(`it is not JSON (${error.message})`);
    }
    must(value && value.format === FORMAT,
      `it has no "format": "${FORMAT}", so it is no reading list that was exported as JSON`);
    const { version, papers } = value;
    const reads = `this page reads version ${VERSION}`;
    must(Number.isInteger(version), `its "version" is ${quoted(version)}; ${reads}`);
    must(version <= VERSION, `it is of version ${version}; ${reads}: reload it, or export again`);
    must(Array.isArray(papers), `its "papers" is ${quoted(papers)}; it should be a list`);
    must(papers.length <= MOST_PAPERS, `it has more than ${MOST_PAPERS.toLocaleString("en")} papers`);
    return new Map(papers.map((each, at) => readPaper(each, `papers[${at}]`)));
  }

  function sameRecord(one, other) {
    return one.star === other.star && one.read === other.read && one.note === other.note;
  }

  /* Adds a list, says what that did, and can take it back. */
  function merge(incoming) {
    const before = new Map([...incoming.keys()].map((slug) => [slug, list.get(slug)]));
    list.change(() => list.replace(list.join(list.all(), incoming)));
    const slugs = [...incoming.keys()];
    const added = slugs.filter((slug) => list.get(slug).star > 0 && !(before.get(slug).star > 0)).length;
    const other = slugs.filter((slug) => !sameRecord(list.get(slug), before.get(slug))).length - added;
    const rest = slugs.length - added - other;
    const words = `${added} added, ${other} changed, ${rest} left as ${rest === 1 ? "it was" : "they were"}.`;
    if (!list.trouble()) list.say(words, before);
  }

  function refuse(name, error) {
    if (!(error instanceof Refused)) throw error;
    notice("refused", [`${name} was not taken in: ${error.message}. Your list is as it was.`], [
      ["Understood", () => notice("refused")],
    ], true);
  }

  function bringIn() {
    const input = made("input");
    input.type = "file";
    input.accept = ".json,application/json";
    input.addEventListener("change", async function () {
      const [file] = input.files;
      if (!file) return;
      notice("refused");
      try {
        must(file.size <= LARGEST_FILE, `it is larger than ${LARGEST_FILE / 1e6} MB`);
        merge(readFile(await file.text()));
      } catch (error) {
        refuse(`“${file.name}”`, error);
      }
    });
    input.click();
  }

  /* --- A link that holds the list: #list=1.<d or p>.<base64url> ----------------------------------------------------
     "d": deflated, "p": plain, where a browser cannot. A list of [slug, star, read, note, noted], in seconds. */

  function toText(bytes) {
    let binary = "";
    for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  }

  function toBytes(text) {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
  }

  /* Bytes through a stream; one that grows beyond measure is cut off. */
  async function through(stream, bytes) {
    const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
    const parts = [];
    let size = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > LARGEST_FILE) throw new Error("too large");
      parts.push(value);
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  async function makeLink(notes) {
    const papers = starred().map(function ([slug, { star, read, note, noted }]) {
      const whole = [slug, star, read, notes ? note : "", notes ? noted : 0];
      const row = whole.map((each) => (typeof each === "number" ? Math.round(each / 1000) : each));
      while (!row.at(-1)) row.pop();
      return row;
    });
    const bytes = new TextEncoder().encode(JSON.stringify(papers));
    const packs = typeof CompressionStream === "function";
    const packed = packs ? await through(new CompressionStream("deflate-raw"), bytes) : bytes;
    return new URL(`#list=${VERSION}.${packs ? "d" : "p"}.${toText(packed)}`, location.href.split("#")[0]).href;
  }

  /* A link can bring stars, never take one away. */
  function readRow(row, at) {
    must(Array.isArray(row) && list.isSlug(row[0]) && row[1] > 0, `its entry ${at + 1} names no starred paper`);
    const [slug, star, read, note, noted] = row;
    return [slug, list.clean({ star: star * 1000, read: (read || 0) * 1000, note, noted: (noted || 0) * 1000 })];
  }

  async function readLink(fragment) {
    const [, version, way, data] = /^#list=(\d+)\.([a-z])\.([\w-]*)$/.exec(fragment) || [];
    must(data, "it is not whole");
    const isKnown = Number(version) <= VERSION && "dp".includes(way);
    must(isKnown, "it was made by a newer version of this site: reload the page");
    let rows;
    try {
      const bytes = toBytes(data);
      const plain = way === "d" ? await through(new DecompressionStream("deflate-raw"), bytes) : bytes;
      rows = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(plain));
    } catch {
      throw new Refused("it is damaged or was cut off on its way; a file does not suffer from that");
    }
    must(Array.isArray(rows) && rows.length <= MOST_PAPERS, "it holds no list");
    return new Map(rows.map(readRow));
  }

  function clearAddress() {
    history.replaceState(null, "", location.pathname + location.search);
  }

  /* Nothing is taken in unasked: anybody can write such a link. */
  async function offer() {
    if (!location.hash.startsWith("#list=")) return;
    let incoming;
    try {
      incoming = await readLink(location.hash);
    } catch (error) {
      clearAddress();
      refuse("The list in the link", error);
      return;
    }
    const fresh = [...incoming].filter(([slug]) => !(list.get(slug).star > 0));
    const notes = [...incoming.values()].filter((record) => record.note).length;
    const titles = fresh.slice(0, 12).map(([slug]) => made("li", "", titleOf(slug, {})));
    if (fresh.length > 12) titles.push(made("li", "", `and ${fresh.length - 12} more`));
    const what = count(incoming.size, "paper", "papers") + (notes ? ` and ${count(notes, "note", "notes")}` : "");
    const news = fresh.length ? `${fresh.length.toLocaleString("en")} of them not on yours` : "all of them are on yours";
    const box = notice("offer", [
      made("h2", "", "This link brings a reading list"),
      `It has ${what}; ${news}. Where both know a paper, the newest change counts.`,
      made("ul", "titles", ...titles),
    ], [
      ["Add it to my list", function () {
        done();
        merge(incoming);
      }],
      ["Leave it", () => done()],
    ]);
    function done() {
      clearAddress();
      box.remove();
      all.focus();
    }
  }

  const linkBox = document.querySelector("[data-list-link]");

  async function showLink() {
    const notes = linkBox.querySelector("[data-link-notes]").getAttribute("aria-checked") === "true";
    const address = await makeLink(notes);
    const old = linkBox.querySelector(".list-link");
    if (old) old.remove();
    const size = address.length.toLocaleString("en");
    if (address.length > LONGEST_LINK) {
      const words = `The link would be ${size} characters long, which is more than programs handle well. `
        + "Export JSON, and import it there.";
      linkBox.append(made("p", "list-link", words));
      return;
    }
    const area = made("textarea");
    area.id = "list-link";
    area.readOnly = true;
    area.rows = 2;
    area.value = address;
    const label = made("label", "", "The link");
    label.htmlFor = area.id;
    const long = address.length > SAFE_LINK
      ? " Some mail and chat programs cut links of more than 2,000: if it does not work there, take the JSON file."
      : "";
    const copy = list.button("Copy it", async function () {
      area.select();
      try {
        await navigator.clipboard.writeText(address);
        list.say("Copied.");
      } catch {
        list.say("The link is selected: copy it with your browser’s own command.");
      }
    });
    const row = made("ul", "list-buttons", made("li", "", copy));
    const what = `${size} characters. Open it on the other device, which will ask before it adds anything.${long}`;
    linkBox.append(made("div", "list-link", label, area, row, made("p", "", what)));
    area.focus();
    area.select();
  }

  /* --- Forgetting ----------------------------------------------------------------------------------------------------- */

  function forget() {
    const words = "Delete all stars, notes and marks from this browser? There is no way back but a file that "
      + "you exported.";
    notice("forget", [words], [
      ["Keep them", () => notice("forget")],
      ["Delete them", function () {
        notice("forget");
        list.change(() => list.replace(new Map()));
        list.say("Your list is empty.");
      }],
    ], true).querySelector("button").focus();
  }

  /* --- Beginning ------------------------------------------------------------------------------------------------------ */

  for (const each of document.querySelectorAll("[data-export]"))
    each.addEventListener("click", () => give(each.dataset.export));
  for (const each of document.querySelectorAll("[data-export-which] .switch, [data-link-notes]"))
    each.addEventListener("click", function () {
      each.setAttribute("aria-checked", String(each.getAttribute("aria-checked") !== "true"));
    });
  document.querySelector("[data-import]").addEventListener("click", bringIn);
  document.querySelector("[data-make-link]").addEventListener("click", showLink);
  document.querySelector("[data-forget]").addEventListener("click", forget);
  for (const each of ["import", "keys"]) document.querySelector(`[data-list-${each}]`).hidden = false;

  document.addEventListener("readinglist", render);
  window.addEventListener("hashchange", offer);
  window.addEventListener("pagehide", function () {
    const area = document.activeElement;
    const node = area && area.closest(".own-note") && area.closest(".paper-entry");
    if (node) keep(node.dataset.paper, area);
  });

  place.replaceChildren(notices, bar, heading, entries, empty);
  list.show();
  offer();
})();
