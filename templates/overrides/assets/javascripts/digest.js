/* What the pages need beyond Material's own script. */

/* How long ago a day was: the site is built without a clock, so only the reader's knows. Days are
   counted in the reader's own time, and a day that is still to come has no age. */
(function () {
  "use strict";
  var now = new Date();
  var today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  function age(day) {
    return Math.round((today - Date.parse(day)) / 864e5);
  }
  document.querySelectorAll("time[data-age]").forEach(function (time) {
    var days = age(time.getAttribute("datetime"));
    if (!(days >= 0)) return;
    var said = days === 0 ? "today" : days === 1 ? "yesterday" : days.toLocaleString("en") + " days ago";
    time.insertAdjacentText("afterend", ", " + said);
  });
  document.querySelectorAll("[data-quiet-since]").forEach(function (warning) {
    warning.hidden = !(age(warning.getAttribute("data-quiet-since")) > 7);
  });
})();

/* A formula that is wider than its line scrolls, also by the keyboard. */
(function () {
  "use strict";
  function follow() {
    for (const formula of document.querySelectorAll("math.wide, math[display=block]")) {
      const scrolls = formula.scrollWidth > formula.clientWidth && !formula.closest("a, summary");
      if (scrolls) formula.setAttribute("tabindex", "0");
      else formula.removeAttribute("tabindex");
    }
  }
  follow();
  window.addEventListener("resize", follow);
  document.fonts.addEventListener("loadingdone", follow);
})();
