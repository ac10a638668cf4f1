/* What must be there before the page is seen and before the theme's script runs. The theme has it in
   scripts within the page, which the site's policy (main.html) forbids. */
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

  /* Colours that a reader chose, as soon as there is a body to wear them: nothing is painted in others
     before. "As your system" needs no script; the styles see to it. */
  const chosen = (window.__md_get("__palette") || {}).color;
  if (chosen && chosen.media !== "(prefers-color-scheme)") {
    new MutationObserver(function (_, observer) {
      if (!document.body) return;
      observer.disconnect();
      for (const each of ["media", "scheme", "primary", "accent"])
        if (chosen[each]) document.body.setAttribute("data-md-color-" + each, chosen[each]);
    }).observe(document.documentElement, { childList: true });
  }

  /* Material takes every "alternate" for a translation and asks for a sitemap beside it; a feed is none. */
  for (const link of document.querySelectorAll("link[rel=alternate][type]")) link.relList.add("feed");

  /* By this Zensical's styles name the key that opens its search. */
  document.documentElement.setAttribute("data-platform", navigator.platform);
})();
