/* What must be there before the page is seen and before the theme's script runs. The theme has it in
   scripts within the page, which the site's policy (frame.html) forbids. */
(function () {
  "use strict";

  /* The theme's script keeps what readers chose by four globals, which a page has to define. Names
     are kept apart by the site's folder: other sites of the same host share the storage. */
  window.__md_scope = new URL("../../", document.currentScript.src);

  window.__md_get = function (name, storage, scope) {
    try {
      return JSON.parse((storage || localStorage).getItem(key(name, scope)));
    } catch {
      return null; // Storage is forbidden, or somebody else wrote there.
    }
  };

  window.__md_set = function (name, value, storage, scope) {
    try {
      (storage || localStorage).setItem(key(name, scope), JSON.stringify(value));
    } catch {
      // Storage is forbidden or full: the choice lasts as long as the page.
    }
  };

  /* Tells one announcement from another. */
  window.__md_hash = function (text) {
    let hash = 0;
    for (const letter of text) hash = (Math.imul(hash, 31) + letter.codePointAt(0)) | 0;
    return hash;
  };

  function key(name, scope) {
    return (scope || window.__md_scope).pathname + "." + name;
  }

  /* How scripts made for this theme wait for a page; where Material's own script is left out (frame.html),
     the page is there as soon as they run. */
  window.document$ = { subscribe: (act) => void act(document) };

  /* Styles ask whether there are scripts: answered while there is nothing yet to be styled again. */
  document.documentElement.classList.replace("no-js", "js");

  /* Colours that a reader chose, as soon as there is a body to wear them: nothing is painted in others
     before. "As your system" needs no script; the styles see to it. */
  const chosen = window.__md_get("__palette");
  if (chosen && chosen.color)
    new MutationObserver(function (_, observer) {
      if (!document.body) return;
      observer.disconnect();
      wear(chosen.color);
    }).observe(document.documentElement, { childList: true });

  function wear(colour) {
    const isSystem = colour.media === "(prefers-color-scheme)";
    document.body.setAttribute("data-md-color-media", colour.media);
    document.body.setAttribute("data-md-color-scheme", isSystem ? "auto" : colour.scheme);
    // The browser's own frame: one colour for each of a system's two, unless a reader chose.
    for (const frame of document.querySelectorAll("meta[name=theme-color]"))
      frame.content = (!isSystem && frame.dataset[colour.scheme]) || frame.dataset.own;
  }

  /* The switch (partials/palette.html): a button a choice, each leads to the next one. */
  document.addEventListener("DOMContentLoaded", function () {
    const buttons = [...document.querySelectorAll(".head__colour")];
    const index = buttons.findIndex((each) => chosen && chosen.color && each.dataset.media === chosen.color.media);
    show(Math.max(index, 0));

    function show(at) {
      buttons.forEach((each, number) => (each.hidden = number !== at));
    }

    buttons.forEach((button, number) => button.addEventListener("click", function () {
      const next = (number + 1) % buttons.length;
      const colour = { media: buttons[next].dataset.media, scheme: buttons[next].dataset.scheme };
      wear(colour);
      show(next);
      buttons[next].focus();
      window.__md_set("__palette", { index: next, color: colour });
    }));
  });

  /* Material takes every "alternate" for a translation and asks for a sitemap beside it; a feed is none. */
  for (const link of document.querySelectorAll("link[rel=alternate][type]")) link.relList.add("feed");

  /* By this Zensical's styles name the key that opens its search. */
  document.documentElement.setAttribute("data-platform", navigator.platform);
})();
