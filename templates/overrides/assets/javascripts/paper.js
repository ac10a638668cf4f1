/* Texts that readers take away: a button that copies each, and the device's own way to share. Without
   this script the texts are there all the same, to be selected by hand. */
(function () {
  "use strict";

  /* What is said when something was copied, or could not be; read out, too. */
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.append(status);

  function button(label, of) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    if (of) {
      const rest = document.createElement("span");
      rest.className = "unseen";
      rest.textContent = " " + of;
      made.append(rest);
    }
    return made;
  }

  /* The label is a word of four letters, and "Done" takes no more room: nothing moves. */
  function tell(copy, word, sentence) {
    const label = copy.firstChild;
    label.data = word;
    status.textContent = sentence;
    window.clearTimeout(Number(copy.dataset.timer));
    copy.dataset.timer = String(window.setTimeout(() => { label.data = "Copy"; }, 2000));
  }

  /* Where a page may not write into the clipboard, the text is marked, and a key does the rest. */
  function mark(text) {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function addCopy(ways, text) {
    const copy = button("Copy", ways.dataset.ways);
    copy.addEventListener("click", async function () {
      try {
        await navigator.clipboard.writeText(text.textContent);
        tell(copy, "Done", "Copied.");
      } catch {
        mark(text);
        tell(copy, "Copy", "Selected. Press Ctrl+C, or ⌘C, to copy it.");
      }
    });
    ways.prepend(copy);
  }

  function addShare(ways, address) {
    const title = document.querySelector('meta[property="og:title"]');
    const data = { title: title ? title.content : document.title, url: address };
    if (!navigator.share || (navigator.canShare && !navigator.canShare(data))) return;
    const share = button("Share…", "");
    share.addEventListener("click", function () {
      navigator.share(data).catch(() => {}); // The reader thought better of it.
    });
    ways.append(share);
  }

  for (const ways of document.querySelectorAll("[data-ways]")) {
    const text = ways.closest("figure").querySelector("pre");
    addCopy(ways, text);
    if ("share" in ways.dataset) addShare(ways, text.textContent);
  }
})();
