/* What the pages need beyond Material's own script: a phone's Search button, which opens
   whichever search the theme has. Without scripts there is no search, and no button. */
(function () {
  "use strict";
  var button = document.querySelector("[data-open-search]");
  var other = document.querySelector(".md-search__button");
  var toggle = document.getElementById("__search");
  if (!button || !(other || toggle)) return;
  button.hidden = false;
  button.addEventListener("click", function () {
    (other || toggle).click();
  });
})();
