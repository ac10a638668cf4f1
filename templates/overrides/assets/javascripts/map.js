/* The map: points on a canvas that can be moved, enlarged, filtered and walked through by keys.
   Only what is in view is drawn, found by a grid; nothing moves by itself. Positions of points are
   whole numbers from 0 to `size`; the view is the place in its middle and how often it is enlarged. */
(function () {
  "use strict";

  const root = document.querySelector(".map[data-points]");
  if (!root || !window.fetch || !window.ResizeObserver) return;

  const stage = root.querySelector(".map__stage");
  const form = root.querySelector(".map__filters");
  const box = root.querySelector(".map__paper");
  const said = element("p", "unseen");
  const field = element("div", "map__field");
  const tools = element("div", "map__tools");
  const canvas = element("canvas", "map__canvas");
  const above = element("canvas", "map__canvas"); // the ring: pointing leaves the points as they are
  const pen = canvas.getContext("2d");
  const ring = above.getContext("2d");

  const CELLS = 64; // of the grid, a side
  const LARGEST = 24; // times the size that shows all
  const STEP = 1.5; // of a button or a key
  const CODE = 1, PICK = 2; // bits of a paper's marks
  const OPACITY = 24; // where a pixel's opacity is among its bits, on every machine with a browser
  const FADED = 0.16;
  const REACH = 16, REACH_OF_A_FINGER = 24; // pixels around a point that count as the point

  const view = { x: 0, y: 0, zoom: 1 };
  const wanted = { topic: "", edition: "", code: false, picks: false };
  const size = { width: 0, height: 0, ratio: 1 };
  let data, grid, fits, titles, inks, sheet;
  let current = -1;
  let isWaiting = false, isStale = true;
  let sprites = new Map();

  function element(name, type, text) {
    const made = document.createElement(name);
    if (type) made.className = type;
    if (text) made.textContent = text;
    return made;
  }

  function clamp(value, least, most) {
    return Math.min(Math.max(value, least), most);
  }

  /* --- Data ------------------------------------------------------------------------------------ */

  function read(address) {
    return fetch(address).then(function (answer) {
      if (!answer.ok) throw new Error(address + ": " + answer.status);
      return answer.json();
    });
  }

  /* Titles and addresses, three quarters of the bytes, come when somebody first points at the map. */
  function named() {
    titles ||= read(root.dataset.titles).catch(function (error) {
      titles = undefined;
      throw error;
    });
    return titles;
  }

  /* Which points are in which cell: the points by cells, and where each cell begins. */
  function gridOf(points) {
    const starts = new Int32Array(CELLS * CELLS + 1);
    const cells = points.x.map((x, at) => cell(points.y[at]) * CELLS + cell(x));
    for (const at of cells) starts[at + 1] += 1;
    for (let at = 0; at < CELLS * CELLS; at += 1) starts[at + 1] += starts[at];
    const next = starts.slice();
    const order = new Int32Array(cells.length);
    cells.forEach(function (at, point) {
      order[next[at]] = point;
      next[at] += 1;
    });
    return { starts, order };
  }

  function cell(value) {
    return clamp(Math.floor((value / (data.size + 1)) * CELLS), 0, CELLS - 1);
  }

  /* Every point between two corners, given in the map's own numbers, and some around them. */
  function within(left, top, right, bottom, use) {
    for (let row = cell(top); row <= cell(bottom); row += 1) {
      const first = grid.starts[row * CELLS + cell(left)];
      const last = grid.starts[row * CELLS + cell(right) + 1];
      for (let at = first; at < last; at += 1) use(grid.order[at]);
    }
  }

  /* --- From the map to the screen and back ------------------------------------------------------ */

  function across() {
    return (size.width * view.zoom) / data.size;
  }

  function down() {
    return (size.height * view.zoom) / data.size;
  }

  function left(x) {
    return (x - view.x) * across() + size.width / 2;
  }

  function top(y) {
    return (y - view.y) * down() + size.height / 2;
  }

  function place(clientX, clientY) {
    const edge = field.getBoundingClientRect();
    return [clientX - edge.left, clientY - edge.top];
  }

  /* --- Drawing ------------------------------------------------------------------------------------ */

  /* Colours are the page's, as its styles have them now: light or dark. */
  function readInks() {
    const probe = element("span");
    root.append(probe);
    inks = {};
    for (const name of ["0", "1", "2", "3", "4", "5", "6", "text", "chosen", "ground"]) {
      probe.className = "map-ink--" + name;
      inks[name] = getComputedStyle(probe).color;
    }
    inks.font = getComputedStyle(stage).fontFamily;
    probe.remove();
    sprites = new Map();
  }

  /* One shape a rank, around 0, 0, of a radius of 1; the same as in the key beside the map. */
  const SHAPES = [
    (path) => path.arc(0, 0, 0.8, 0, 7),
    (path) => path.arc(0, 0, 1, 0, 7),
    (path) => path.rect(-0.95, -0.95, 1.9, 1.9),
    (path) => polygon(path, [0, -1.25, 1.25, 1, -1.25, 1]),
    (path) => polygon(path, [0, -1.35, 1.35, 0, 0, 1.35, -1.35, 0]),
    (path) => {
      path.rect(-0.4, -1.25, 0.8, 2.5);
      path.rect(-1.25, -0.4, 2.5, 0.8);
    },
    (path) => polygon(path, [0, 1.25, 1.25, -1, -1.25, -1]),
  ];

  /* Looks: a shape and an ink. */
  const RANKS = SHAPES.map((_, rank) => [rank, String(rank)]);
  const PLAIN = RANKS[0];
  const CHOSEN = [1, "chosen"];

  function polygon(path, corners) {
    path.moveTo(corners[0], corners[1]);
    for (let at = 2; at < corners.length; at += 2) path.lineTo(corners[at], corners[at + 1]);
    path.closePath();
  }

  /* A point drawn once, as pixels: four numbers of eight bits each in one of 32. Copying them costs a
     fraction of having the browser draw ten thousand shapes, and the same on every machine. */
  function sprite(rank, ink, radius, alpha) {
    const name = [rank, ink, radius, alpha].join(" ");
    if (!sprites.has(name)) {
      const made = document.createElement("canvas");
      const side = (made.width = made.height = Math.ceil(radius * 3 * size.ratio));
      const brush = made.getContext("2d", { willReadFrequently: true });
      brush.globalAlpha = alpha;
      brush.translate(side / 2, side / 2);
      brush.scale(radius * size.ratio, radius * size.ratio);
      brush.fillStyle = inks[ink];
      brush.beginPath();
      SHAPES[rank](brush);
      brush.fill();
      sprites.set(name, { side, pixels: new Uint32Array(brush.getImageData(0, 0, side, side).data.buffer) });
    }
    return sprites.get(name);
  }

  /* Points grow with the map, more slowly than it, and are smaller the more there are. */
  function radius() {
    const crowd = clamp(5.2 - 0.8 * Math.log10(data.x.length), 1.8, 4.5);
    return Math.round(2 * Math.min(crowd * Math.pow(view.zoom, 0.4), 8)) / 2;
  }

  function rankOf(point) {
    const first = data.topics[point][0];
    return first === undefined ? 0 : data.regions[first][3];
  }

  function draw() {
    isWaiting = false;
    if (!data || !size.width) return;
    if (!inks) readInks();
    fit();
    if (isStale) drawPoints();
    isStale = false;
    drawCurrent();
  }

  function drawPoints() {
    const { faded, shown } = inView();
    const target = new Uint32Array(sheet.data.buffer);
    target.fill(0);
    stamp(faded, () => PLAIN, FADED, target);
    stamp(shown, wanted.topic ? () => CHOSEN : (point) => RANKS[rankOf(point)], 1, target);
    pen.putImageData(sheet, 0, 0);
    pen.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    drawNames();
    field.classList.toggle("map__field--near", view.zoom > 1);
    field.dataset.drawn = faded.length + shown.length;
  }

  /* The canvas has as many pixels as the screen, which may change with the window. */
  function fit() {
    const ratio = window.devicePixelRatio || 1;
    if (ratio !== size.ratio) sprites = new Map();
    size.ratio = ratio;
    const width = Math.round(size.width * ratio);
    const height = Math.round(size.height * ratio);
    if (sheet && sheet.width === width && sheet.height === height) return;
    canvas.width = above.width = width; // which empties them
    canvas.height = above.height = height;
    sheet = pen.createImageData(width, height);
    isStale = true;
  }

  function inView() {
    const faded = [], shown = [];
    const wide = size.width / 2 / across(), high = size.height / 2 / down();
    within(view.x - wide, view.y - high, view.x + wide, view.y + high, function (point) {
      (fits[point] ? shown : faded).push(point);
    });
    return { faded, shown };
  }

  /* What has a sign is drawn last, so that what has none does not hide it. A look, and its picture, are
     found once and not for every point. */
  function stamp(points, look, alpha, target) {
    const wide = radius();
    const looks = new Map();
    for (const point of points) {
      const name = look(point);
      if (!looks.has(name)) looks.set(name, []);
      looks.get(name).push(point);
    }
    const kx = across() * size.ratio, ky = down() * size.ratio;
    for (const [[rank, ink], some] of [...looks].sort((one, other) => one[0][0] - other[0][0])) {
      const image = sprite(rank, ink, wide, alpha);
      const dx = (canvas.width - image.side) / 2 - view.x * kx;
      const dy = (canvas.height - image.side) / 2 - view.y * ky;
      for (const point of some)
        copy(image, Math.round(data.x[point] * kx + dx), Math.round(data.y[point] * ky + dy), target);
    }
  }

  /* Where two points meet, the more solid pixel stays: soft edges do not eat into their neighbours. */
  function copy({ side, pixels }, x, y, target) {
    const { width, height } = canvas;
    const left = Math.max(0, -x), right = Math.min(side, width - x);
    const low = Math.min(side, height - y);
    for (let row = Math.max(0, -y); row < low; row += 1) {
      const from = row * side, to = (y + row) * width + x;
      for (let column = left; column < right; column += 1) {
        const pixel = pixels[from + column];
        if (pixel >>> OPACITY && pixel >>> OPACITY >= target[to + column] >>> OPACITY) target[to + column] = pixel;
      }
    }
  }

  /* Names of topics, from the size on at which they hide none that is larger, but for one below the
     buttons; of a chosen topic its own alone. */
  function drawNames() {
    const side = Math.min(size.width, size.height) * view.zoom;
    pen.font = "600 13px " + inks.font;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = inks.ground;
    for (const [id, title, , rank, x, y, scale] of data.regions) {
      if (wanted.topic ? id !== wanted.topic : !scale || side < scale) continue;
      if (!scale && !rank && !x && !y) continue;
      const half = pen.measureText(title).width / 2 + 4;
      if (left(x) < -half || left(x) > size.width + half || top(y) < 0 || top(y) > size.height) continue;
      const at = clamp(left(x), half, size.width - half);
      if (!wanted.topic && at + half > tools.offsetLeft && top(y) + 10 > tools.offsetTop) continue;
      pen.strokeText(title, at, top(y));
      pen.fillStyle = inks[wanted.topic ? "chosen" : rank || "text"];
      pen.fillText(title, at, top(y));
    }
  }

  function drawCurrent() {
    ring.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
    ring.clearRect(0, 0, size.width, size.height);
    if (current < 0) return;
    ring.beginPath();
    ring.arc(left(data.x[current]), top(data.y[current]), radius() + 5, 0, 7);
    ring.strokeStyle = inks.ground;
    ring.lineWidth = 5;
    ring.stroke();
    ring.strokeStyle = inks.chosen;
    ring.lineWidth = 2;
    ring.stroke();
  }

  function redraw() {
    isStale = true;
    nextFrame();
  }

  function nextFrame() {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(draw);
  }

  /* --- Moving and enlarging ----------------------------------------------------------------------- */

  /* The middle of the view stays on the map. */
  function move(x, y) {
    const wide = data.size / 2 / view.zoom;
    view.x = clamp(x, wide, data.size - wide);
    view.y = clamp(y, wide, data.size - wide);
    redraw();
    remember();
  }

  /* What is at a place of the stage stays there. */
  function enlarge(times, x, y) {
    const before = view.zoom;
    const zoom = clamp(before * times, 1, LARGEST);
    const dx = x - size.width / 2, dy = y - size.height / 2;
    const back = { x: dx / across(), y: dy / down() };
    view.zoom = zoom;
    move(view.x + back.x - dx / across(), view.y + back.y - dy / down());
  }

  function enlargeMiddle(times) {
    enlarge(times, size.width / 2, size.height / 2);
  }

  function all() {
    view.zoom = 1;
    move(data.size / 2, data.size / 2);
  }

  /* A paper that is walked to comes into view, well away from the edge. */
  function reveal(point) {
    const wide = size.width / across() / 2, high = size.height / down() / 2;
    const x = data.x[point], y = data.y[point];
    const isFar = Math.abs(x - view.x) > wide * 0.85 || Math.abs(y - view.y) > high * 0.85;
    if (isFar) move(x, y);
  }

  /* --- The paper that is pointed at ---------------------------------------------------------------- */

  function choose(point, isSaid) {
    if (point === current && !isSaid) return;
    current = point;
    field.classList.toggle("map__field--on", point >= 0);
    nextFrame();
    tell(isSaid);
  }

  function tell(isSaid) {
    const point = current;
    if (point < 0) {
      empty();
      return;
    }
    named().then(
      function (names) {
        if (point !== current) return;
        show(point, names);
        if (isSaid) said.textContent = sentence(point, names);
        remember();
      },
      () => box.replaceChildren(element("p", "", "The titles could not be fetched; try again when you are online.")),
    );
  }

  function empty() {
    box.replaceChildren(element("p", "", "Point at a paper, or walk to one with the arrow keys."));
    remember();
  }

  function show(point, names) {
    const link = element("a", "", names.titles[point]);
    link.href = address(point, names);
    link.dir = "auto";
    box.replaceChildren(link, element("p", "", about(point)));
  }

  function address(point, names) {
    return root.dataset.papers + encodeURIComponent(names.slugs[point]) + "/";
  }

  function about(point) {
    const topics = data.topics[point].map((topic) => data.regions[topic][1]);
    return [long(data.dates[data.date[point]]), topics.join(", ") || "without a topic"].join(" · ");
  }

  function sentence(point, names) {
    return names.titles[point] + ". " + about(point).replace(" · ", ". ") + ".";
  }

  function long(day) {
    const date = new Date(day + "T00:00:00Z");
    return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  }

  function open(point, isApart) {
    named().then(function (names) {
      if (isApart) window.open(address(point, names), "_blank", "noopener");
      else window.location.href = address(point, names);
    }, () => tell(false));
  }

  /* The nearest paper that is not faded, if one is within reach. */
  function at(x, y, reach) {
    let best = -1, nearest = reach * reach;
    const [mx, my] = [view.x + (x - size.width / 2) / across(), view.y + (y - size.height / 2) / down()];
    const wide = reach / across(), high = reach / down();
    within(mx - wide, my - high, mx + wide, my + high, function (point) {
      if (!fits[point]) return;
      const far = (left(data.x[point]) - x) ** 2 + (top(data.y[point]) - y) ** 2;
      if (far < nearest) [best, nearest] = [point, far];
    });
    return best;
  }

  /* The next paper on a side: near, and more ahead than aside. The first one is that in the middle. */
  function walk(dx, dy) {
    const from = current;
    let best = -1, least = Infinity;
    for (let point = 0; point < data.x.length; point += 1) {
      if (!fits[point] || point === from) continue;
      const x = (data.x[point] - (from < 0 ? view.x : data.x[from])) * across();
      const y = (data.y[point] - (from < 0 ? view.y : data.y[from])) * down();
      const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (from >= 0 && (ahead <= 0 || aside > ahead)) continue;
      const far = from < 0 ? x * x + y * y : ahead + 2 * aside;
      if (far < least) [best, least] = [point, far];
    }
    if (best < 0) {
      said.textContent = from < 0 ? "No paper is shown." : "No paper further on that side.";
      return;
    }
    choose(best, true);
    reveal(best);
  }

  /* --- Filters -------------------------------------------------------------------------------------- */

  function filter() {
    const topic = data.regions.findIndex((region) => region[0] === wanted.topic);
    const day = data.dates.indexOf(wanted.edition);
    fits = data.x.map(function (_, point) {
      return (!wanted.topic || data.topics[point].includes(topic))
        && (!wanted.edition || data.editions[point].includes(day))
        && (!wanted.code || (data.marks[point] & CODE) > 0)
        && (!wanted.picks || (data.marks[point] & PICK) > 0);
    });
    const count = fits.filter(Boolean).length;
    const papers = data.x.length.toLocaleString("en") + (data.x.length === 1 ? " paper" : " papers");
    form.querySelector("output").textContent = count === data.x.length
      ? papers
      : count === 0 ? "None of " + papers + "; take a filter away." : count.toLocaleString("en") + " of " + papers;
    if (current >= 0 && !fits[current]) choose(-1);
    redraw();
  }

  function ask() {
    wanted.topic = form.elements.topic.value;
    wanted.edition = form.elements.edition.value;
    wanted.code = form.elements.code.checked;
    wanted.picks = form.elements.picks.checked;
    filter();
    remember();
  }

  /* --- The address ------------------------------------------------------------------------------------ */

  let later;

  /* A moment after the last change: browsers refuse more than some changes a second. */
  function remember() {
    clearTimeout(later);
    later = setTimeout(write, 300);
  }

  async function write() {
    const state = new URLSearchParams();
    for (const name of ["topic", "edition"]) if (wanted[name]) state.set(name, wanted[name]);
    for (const name of ["code", "picks"]) if (wanted[name]) state.set(name, "1");
    if (view.zoom > 1) state.set("at", [view.x, view.y, view.zoom * 10].map(Math.round).join("."));
    if (current >= 0 && titles) state.set("paper", (await titles).slugs[current]);
    const hash = state.toString();
    const here = window.location.pathname + window.location.search;
    if (hash !== window.location.hash.slice(1)) history.replaceState(history.state, "", hash ? "#" + hash : here);
  }

  function restore() {
    const state = new URLSearchParams(window.location.hash.slice(1));
    for (const name of ["topic", "edition"]) {
      form.elements[name].value = state.get(name) || "";
      if (form.elements[name].selectedIndex < 0) form.elements[name].value = "";
    }
    for (const name of ["code", "picks"]) form.elements[name].checked = state.get(name) === "1";
    ask();
    const [x, y, zoom] = (state.get("at") || "").split(".").map(Number);
    view.zoom = zoom > 10 ? clamp(zoom / 10, 1, LARGEST) : 1;
    move(zoom > 10 ? x : data.size / 2, zoom > 10 ? y : data.size / 2);
    if (!state.get("paper")) return;
    named().then(function (names) {
      const point = names.slugs.indexOf(state.get("paper"));
      if (point < 0) return;
      choose(point);
      reveal(point);
    }, () => {});
  }

  /* --- Pointers and keys -------------------------------------------------------------------------------- */

  const held = new Map(); // pointers that are down, by their ids
  let moved = 0;
  let tapped = -1;

  function onDown(event) {
    if (event.button > 0) return;
    if (held.size === 0) moved = 0;
    held.set(event.pointerId, place(event.clientX, event.clientY));
    field.setPointerCapture(event.pointerId);
    named().catch(() => {});
  }

  function onMove(event) {
    const [x, y] = place(event.clientX, event.clientY);
    const before = held.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") choose(at(x, y, REACH));
      return;
    }
    const other = [...held].find(([id]) => id !== event.pointerId);
    held.set(event.pointerId, [x, y]);
    moved += Math.abs(x - before[0]) + Math.abs(y - before[1]);
    if (other) pinch(before, [x, y], other[1]);
    else if (moved > 4) {
      field.classList.add("map__field--held");
      move(view.x - (x - before[0]) / across(), view.y - (y - before[1]) / down());
    }
  }

  function pinch(before, now, other) {
    const was = Math.hypot(before[0] - other[0], before[1] - other[1]);
    const is = Math.hypot(now[0] - other[0], now[1] - other[1]);
    if (was > 0) enlarge(is / was, (now[0] + other[0]) / 2, (now[1] + other[1]) / 2);
  }

  function onUp(event) {
    const was = held.get(event.pointerId);
    held.delete(event.pointerId);
    field.classList.remove("map__field--held");
    if (!was || held.size || moved > 4 || event.type === "pointercancel") return;
    const isFinger = event.pointerType === "touch";
    const point = at(was[0], was[1], isFinger ? REACH_OF_A_FINGER : REACH);
    /* A finger cannot point without pressing: the first tap shows the paper, the second opens it. */
    if (point >= 0 && (!isFinger || point === tapped)) open(point, event.ctrlKey || event.metaKey);
    else choose(point, isFinger);
    tapped = point;
  }

  function onWheel(event) {
    if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    enlarge(Math.exp(-clamp(pixels, -100, 100) / 200), ...place(event.clientX, event.clientY));
  }

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const KEYS = {
    "+": () => enlargeMiddle(STEP),
    "=": () => enlargeMiddle(STEP),
    "-": () => enlargeMiddle(1 / STEP),
    "−": () => enlargeMiddle(1 / STEP),
    0: all,
    Escape: () => choose(-1),
    Enter: () => current >= 0 && open(current),
  };

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow && event.shiftKey) {
      move(view.x + (arrow[0] * size.width * 0.15) / across(), view.y + (arrow[1] * size.height * 0.15) / down());
    } else if (arrow) walk(...arrow);
    else if (KEYS[event.key]) KEYS[event.key]();
    else return;
    event.preventDefault();
  }

  function listen() {
    field.addEventListener("pointerdown", onDown);
    field.addEventListener("pointermove", onMove);
    field.addEventListener("pointerup", onUp);
    field.addEventListener("pointercancel", onUp);
    field.addEventListener("wheel", onWheel, { passive: false });
    field.addEventListener("keydown", onKey);
    field.addEventListener("focus", () => named().catch(() => {}));
    form.addEventListener("change", ask);
    form.addEventListener("submit", (event) => event.preventDefault());
    window.addEventListener("hashchange", restore);
    new ResizeObserver(measure).observe(stage);
    const newColours = function () {
      inks = undefined;
      redraw();
    };
    new MutationObserver(newColours).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", newColours);
    document.fonts.ready.then(redraw);
  }

  function measure() {
    size.width = stage.clientWidth;
    size.height = stage.clientHeight;
    redraw();
  }

  /* --- The beginning ---------------------------------------------------------------------------------------- */

  function button(text, name, act) {
    const made = element("button", "", text);
    made.type = "button";
    made.setAttribute("aria-label", name);
    made.addEventListener("click", act);
    return made;
  }

  function dress() {
    tools.append(
      button("+", "Enlarge the map", () => enlargeMiddle(STEP)),
      button("−", "Make the map smaller", () => enlargeMiddle(1 / STEP)),
      button("All", "Show all of the map", all),
    );
    field.tabIndex = 0;
    field.setAttribute("role", "application");
    field.setAttribute("aria-label", "Map of " + data.x.length.toLocaleString("en")
      + " papers: arrow keys walk from paper to paper, Enter opens one, Tab leaves");
    for (const each of [canvas, above]) each.setAttribute("aria-hidden", "true");
    said.setAttribute("role", "status");
    /* The picture's title and description stay for those who read them. */
    root.querySelector(".map__picture").classList.add("unseen");
    root.querySelector(".map__without").remove();
    stage.append(canvas, above, field, tools);
    root.append(said);
    for (const each of root.querySelectorAll(".map__panel > [hidden]")) each.hidden = false;
    empty();
  }

  read(root.dataset.points).then(
    function (points) {
      data = points;
      grid = gridOf(points);
      dress();
      size.width = stage.clientWidth;
      size.height = stage.clientHeight;
      restore();
      listen();
      root.dataset.ready = "";
    },
    function () {
      const without = root.querySelector(".map__without");
      without.classList.add("map__without--failed");
      without.textContent = "The points could not be fetched, so this is a picture; load the page again to move it.";
    },
  );
})();
