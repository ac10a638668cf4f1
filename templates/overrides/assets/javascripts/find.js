/* The page of results: what is asked and by what it is narrowed stands in the address, so that a search
   can be kept, shared and gone back to. search.js has the index. */
(function () {
  "use strict";

  const find = window.digestSearch;
  const form = document.querySelector("[data-find-page]");
  if (!find || !form) return;

  const field = form.querySelector("input");
  const chips = form.querySelector("[data-chips]");
  const count = document.querySelector("[data-count]");
  const results = document.querySelector("[data-results]");
  const rest = document.querySelector("[data-rest]");
  /* How many papers are shown at a time; milliseconds of rest after which what is typed is looked for. */
  const BATCH = 10;
  const REST = 220;
  /* From this word of an abstract on, a found word may stand below the three lines that are shown. */
  const SEEN = 26;
  const LEAD = 8;

  const titles = new Map([...chips.querySelectorAll("[data-filter=topic]")]
    .map((button) => [button.dataset.value, button.textContent]));

  /* --- What is asked, and the address ------------------------------------------------------------------ */

  /* Filters in the order of the address; topics add up, the others are one each. */
  const FILTERS = ["topic", "edition", "year", "code", "pick"];
  let state = fromAddress();

  function fromAddress() {
    const said = new URLSearchParams(location.search);
    const found = { q: said.get("q") || "" };
    for (const name of FILTERS) found[name] = [...new Set(said.getAll(name).filter(Boolean))];
    return found;
  }

  function address(asked) {
    const said = new URLSearchParams();
    if (asked.q.trim()) said.set("q", asked.q.trim());
    for (const name of FILTERS) for (const value of asked[name]) said.append(name, value);
    return `${location.pathname}${said.size ? `?${said}` : ""}`;
  }

  function isNarrowed(asked) {
    return FILTERS.some((name) => asked[name].length);
  }

  function without(asked) {
    return { ...asked, ...Object.fromEntries(FILTERS.map((name) => [name, []])) };
  }

  function toggled(name, value) {
    const has = state[name].includes(value);
    const others = name === "topic" ? state.topic.filter((each) => each !== value) : [];
    const next = { ...state, [name]: has ? others : [...others, value] };
    // A year and a day of it are the same filter, wide or narrow.
    if (!has && name === "year") next.edition = [];
    if (!has && name === "edition") next.year = [];
    return next;
  }

  /* A step that a reader takes is one of the history; letters that are typed are none. */
  function go(next, isStep = true) {
    clearTimeout(timer);
    const isNew = address(next) !== address(state);
    state = next;
    if (isNew) history[isStep ? "pushState" : "replaceState"](null, "", address(state));
    return run();
  }

  /* --- Filters ------------------------------------------------------------------------------------------ */

  /* Every value of every filter with its papers: loaded when a menu is opened, or an address needs it. */
  let all;

  async function known() {
    all = all || await find.allFilters();
    return all;
  }

  /* What Pagefind is told. It knows no years: a year is any of its days. */
  async function filters(asked) {
    const told = {};
    for (const name of ["topic", "edition", "code", "pick"]) if (asked[name].length) told[name] = asked[name];
    if (asked.year.length) {
      const days = Object.keys((await known()).edition || {});
      told.edition = { any: days.filter((each) => asked.year.includes(each.slice(0, 4))) };
      if (!told.edition.any.length) told.edition = ["none"];
    }
    return told;
  }

  function named(name, value) {
    if (name === "topic") return titles.get(value) || value;
    if (name === "edition") return /^\d{4}-\d\d-\d\d$/.test(value) ? find.day(value) : value;
    return { code: "Has code", pick: "Picks" }[name] || value;
  }

  function chip(name, value) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "chip chip--active";
    made.dataset.filter = name;
    made.dataset.value = value;
    made.append(named(name, value), cross());
    made.setAttribute("aria-label", `Without the filter ${named(name, value)}`);
    return made;
  }

  function cross() {
    const made = document.createElement("span");
    made.setAttribute("aria-hidden", "true");
    made.textContent = " ×";
    return made;
  }

  function tally(number) {
    const made = document.createElement("span");
    made.className = "count";
    made.textContent = number.toLocaleString("en");
    return made;
  }

  /* A value of a menu; without `number` it is not known yet how many papers have it. */
  function item(name, value, number) {
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.filter = name;
    made.dataset.value = value;
    made.setAttribute("aria-pressed", String(state[name].includes(value)));
    made.append(named(name, value));
    if (number !== undefined) made.append(" ", tally(number));
    const line = document.createElement("li");
    if (name === "year") line.className = "is-year";
    line.append(made);
    return line;
  }

  function menu(name) {
    return chips.querySelector(`[data-menu=${name}] ul`);
  }

  function showFilters(counts) {
    const had = document.activeElement && document.activeElement.closest("[data-chips] button");
    for (const old of chips.querySelectorAll(":scope > .chip--active")) old.remove();
    const active = FILTERS.flatMap((name) => state[name].map((value) => chip(name, value)));
    chips.prepend(...active);
    for (const name of ["code", "pick"]) {
      const button = chips.querySelector(`:scope > [data-filter=${name}]:not(.chip--active)`);
      const number = all && counts && counts[name] ? counts[name]["1"] || 0 : undefined;
      button.hidden = state[name].length > 0;
      button.replaceChildren(named(name, "1"), ...(number === undefined ? [] : [" ", tally(number)]));
    }
    if (all && counts) showMenus(counts);
    if (had && !had.isConnected) again(had);
  }

  function showMenus(counts) {
    const number = (name, value) => (counts[name] || {})[value] || 0;
    const topics = [...titles.keys()].filter((id) => number("topic", id) || state.topic.includes(id));
    menu("topic").replaceChildren(...lines(topics.map((id) => item("topic", id, number("topic", id)))));
    const days = Object.keys(all.edition || {}).sort().reverse();
    const made = [];
    let year = "";
    for (const day of days) {
      if (day.slice(0, 4) !== year) {
        year = day.slice(0, 4);
        made.push(item("year", year));
      }
      if (number("edition", day) || state.edition.includes(day)) made.push(item("edition", day, number("edition", day)));
    }
    menu("edition").replaceChildren(...lines(made));
  }

  function lines(made) {
    if (made.length) return made;
    const line = document.createElement("li");
    line.textContent = "None of these papers.";
    return [line];
  }

  /* The button that had the focus is made anew, or gone: the focus goes to what is in its place. */
  function again(had) {
    const same = `[data-filter="${CSS.escape(had.dataset.filter)}"][data-value="${CSS.escape(had.dataset.value)}"]`;
    const seen = [...chips.querySelectorAll(`${same}, summary`)].filter((each) => each.getClientRects().length);
    (seen.find((each) => each.matches(same)) || seen[0] || field).focus();
  }

  chips.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-filter]");
    if (!button) return;
    for (const open of chips.querySelectorAll("details[open]")) open.open = false;
    const summary = button.closest("details") && button.closest("details").querySelector("summary");
    if (summary) summary.focus();
    go(toggled(button.dataset.filter, button.dataset.value));
  });

  for (const details of chips.querySelectorAll("details"))
    details.addEventListener("toggle", async function () {
      if (!details.open) return;
      for (const other of chips.querySelectorAll("details[open]")) if (other !== details) other.open = false;
      if (all) return;
      try {
        await known();
        await run();
      } catch (error) {
        fail(error);
      }
    });

  document.addEventListener("click", function (event) {
    for (const open of chips.querySelectorAll("details[open]")) if (!open.contains(event.target)) open.open = false;
  });

  chips.addEventListener("keydown", function (event) {
    const open = event.key === "Escape" && event.target.closest("details[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });

  /* --- Results ------------------------------------------------------------------------------------------- */

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function link(href, said, className) {
    const made = element("a", className, said);
    made.href = href;
    return made;
  }

  function plural(number, one, many) {
    return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
  }

  /* An entry as lists have it (templates/macros.md.j2). */
  function entry(paper) {
    const isPick = Boolean(paper.filters.pick);
    const made = element("article", `paper-entry${isPick ? " paper-entry--pick" : ""}`);
    made.dataset.paper = paper.slug;
    const title = link(paper.address, "");
    const heading = element("h3", "", find.write(title, paper.title[0]));
    heading.dir = "auto";
    made.append(heading, ...authors(paper.authors), ...abstract(paper.abstract[0]));
    const note = paper.note[0];
    if (note.length) made.append(element("div", "entry-note", find.write(element("p"), note)));
    made.append(facts(paper, isPick));
    return made;
  }

  function authors(names) {
    const said = names.filter((name) => name.length);
    if (!said.length) return [];
    const made = element("p", "entry-authors");
    made.dir = "auto";
    // Those that were found are shown, wherever they stand.
    const chosen = said.filter((name, place) => place < 6 || name.some((word) => word.isFound));
    chosen.forEach(function (name, place) {
      if (place) made.append(", ");
      find.write(made, name);
    });
    if (said.length > chosen.length) made.append(` and ${plural(said.length - chosen.length, "other", "others")}`);
    return [made];
  }

  /* All of the abstract. If the first word that was found stands far down, what is before its sentence is
     shown only when the abstract is opened. */
  function abstract(words) {
    if (!words.length) return [];
    const made = element("p", "entry-abstract");
    made.dir = "auto";
    const first = words.findIndex((word) => word.isFound);
    const start = first >= SEEN ? beginning(words, first) : 0;
    if (start) made.append(element("span", "skipped", find.write(element("span"), words.slice(0, start)), " "));
    find.write(made, words.slice(start));
    const length = find.text(words).length;
    if (length <= 120) return [made];
    const summary = element("summary", "", element("span", "if-closed", "more"), element("span", "if-open", "less"));
    summary.append(element("span", "unseen", " of the abstract"));
    return [made, element("details", `entry-more${length < 240 && !start ? " entry-more--narrow" : ""}`, summary)];
  }

  /* Where the sentence of a word begins, if that is near; else some words before it. */
  function beginning(words, place) {
    for (let start = place; start > place - LEAD; start -= 1)
      if (/[.?!]$/.test(words[start - 1].text)) return start;
    return place - LEAD;
  }

  function facts(paper, isPick) {
    const made = element("ul", "entry-facts");
    if (isPick) made.append(element("li", "is-pick", "Pick"));
    const code = find.text(paper.code[0]);
    if (/^https?:\/\//.test(code)) made.append(element("li", "", link(code, "Code", "is-quiet")));
    made.append(element("li", "", find.day(find.firstDay(paper))));
    for (const id of paper.filters.topic || [])
      made.append(element("li", "", link(new URL(`../topics/${id}/`, find.PAGE).href, titles.get(id) || id)));
    return made;
  }

  /* Letters that come late would break lines anew under the reader's eyes. They come with the page, before
     the index as a rule; slower ones are not waited for. */
  const late = new Promise((done) => setTimeout(done, 1000));

  let turn = 0;
  let found = [];
  let shown = 0;

  async function run() {
    const mine = ++turn;
    const asked = state;
    if (document.activeElement !== field || field.value.trim() !== asked.q.trim()) field.value = asked.q;
    document.title = document.title.replace(/^.*?(?= · )/, asked.q.trim() ? `Search: ${asked.q.trim()}` : "Search");
    if (!asked.q.trim() && !isNarrowed(asked)) return idle();
    if (asked.q.trim() && !find.words(asked.q).length) {
      showFilters(null);
      return empty("Nothing to look for yet.", said(`“${asked.q.trim()}” has no letter and no digit. Write a word of a title or an abstract.`));
    }
    try {
      const answer = await find.search(asked.q, await filters(asked));
      if (mine !== turn) return;
      const first = await find.papers(answer.results.slice(0, BATCH), asked.q);
      await Promise.race([document.fonts.ready, late]);
      if (mine !== turn) return;
      showFilters(answer.counts);
      const absent = asked.q.trim() ? find.missing(first, asked.q) : [];
      const isNone = !first.length || (absent.length && absent.length === new Set(find.words(asked.q)).size);
      if (isNone && asked.q.trim()) await none(asked, answer, mine);
      else if (isNone) nothing();
      else some(answer.results, first, absent);
      if (answer.lacking) count.append(` (${find.short(answer.lacking)}.)`);
    } catch (error) {
      if (mine === turn) fail(error);
    }
  }

  /* Something was found: the first papers, and a way to the others. */
  function some(answer, first, absent) {
    found = answer;
    shown = first.length;
    count.replaceChildren(plural(found.length, "paper", "papers"));
    if (absent.length) count.append(`; none has “${absent.join("”, “")}”, these have the rest`);
    results.replaceChildren(...first.map(entry));
    rest.hidden = shown >= found.length;
  }

  rest.querySelector("button").addEventListener("click", async function () {
    const mine = turn;
    try {
      const more = await find.papers(found.slice(shown, shown + BATCH), "");
      if (mine !== turn) return;
      shown += more.length;
      rest.hidden = shown >= found.length;
      const made = more.map(entry);
      results.append(...made);
      made[0].querySelector("a").focus();
    } catch (error) {
      fail(error);
    }
  });

  /* --- Where there is nothing to show ------------------------------------------------------------------ */

  function said(...children) {
    return element("p", "empty", ...children);
  }

  function empty(line, ...children) {
    found = [];
    rest.hidden = true;
    count.textContent = line;
    results.replaceChildren(...children);
  }

  function idle() {
    showFilters(null);
    empty("");
    find.open().catch(fail);
  }

  function step(next, ...children) {
    const made = link(address(next), "");
    made.append(...children);
    made.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      go(next);
      field.focus();
    });
    return made;
  }

  function nothing() {
    empty("No paper.", said("No paper passes all of these filters. ", step(without(state), "Take them off"), "."));
  }

  /* No paper has all of the words: what can be had instead. */
  async function none(asked, answer, mine) {
    if (!(await find.isCurrent())) return fail(new Error(find.ANEW));
    const words = [...new Set(find.words(asked.q))];
    const each = words.length > 1 && words.length < 9 ? await alone(words) : [];
    if (mine !== turn) return;
    const wide = without(asked);
    const lines = [];
    if (isNarrowed(asked) && answer.unfiltered)
      lines.push(said("Without the filters there ", answer.unfiltered === 1 ? "is " : "are ", step(wide, plural(answer.unfiltered, "paper", "papers")), "."));
    if (each.length) {
      const list = element("ul", "titles");
      for (const [word, number] of each)
        list.append(element("li", "", number ? step({ ...wide, q: word }, word) : word, " ", element("span", "count", number ? plural(number, "paper", "papers") : "in none")));
      lines.push(said("Each word by itself:"), list);
    }
    const root = new URL("../", find.PAGE);
    lines.push(said("Other words may help, or fewer; or ", link(new URL("topics/", root).href, "topics"), ", ",
      link(new URL("editions/", root).href, "editions"), " and ", link(new URL("titles/", root).href, "the index of titles"), "."));
    empty(`No paper has ${words.length > 1 ? "all of these words" : `“${words[0]}”`}${isNarrowed(asked) ? " under these filters" : ""}.`, ...lines);
  }

  async function alone(words) {
    return Promise.all(words.map(async function (word) {
      const { results: some_ } = await find.search(word);
      const first = await find.papers(some_.slice(0, 1), "");
      return [word, first.length && !find.missing(first, word).length ? some_.length : 0];
    }));
  }

  function fail(error) {
    const again_ = element("button", "chip", "Try again");
    again_.type = "button";
    again_.addEventListener("click", run);
    const root = new URL("../", find.PAGE);
    empty("The search has no answer.", said(find.why(error), " All papers are also under ", link(new URL("topics/", root).href, "topics"),
      " and in ", link(new URL("titles/", root).href, "the index of titles"), "."), element("p", "", again_));
  }

  /* --- Listening ----------------------------------------------------------------------------------------- */

  let timer;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    // What was typed stood in the address already; it is one step back from here on.
    const isTyped = address({ ...state, q: field.value }) === address(state);
    if (isTyped && typed) history.pushState(null, "", address(state));
    typed = false;
    go({ ...state, q: field.value });
  });

  let typed = false;
  field.addEventListener("input", function () {
    clearTimeout(timer);
    timer = setTimeout(function () {
      go({ ...state, q: field.value }, !typed && !state.q);
      typed = true;
    }, REST);
  });

  window.addEventListener("popstate", function () {
    state = fromAddress();
    typed = false;
    field.value = state.q;
    run();
  });

  chips.hidden = false;
  run();
  if (!state.q && !isNarrowed(state) && !location.hash) field.focus({ preventScroll: true });
})();
