// On a page to which an answer leads: the words that were found are marked, until the reader switches that off.
// The browser paints them and the page's own words stay untouched. Browsers that cannot paint so never load this.
(() => {
  const stems = self.guideFound;
  document.querySelector(".marks")?.remove();
  const marks = [];
  const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.parentElement.closest("svg, .cite")) continue;
    for (const { 0: word, index } of text.data.matchAll(/[\p{L}\p{N}]+/gu)) {
      if (!self.guideWords.isOne(stems, word)) continue;
      const mark = new Range();
      mark.setStart(text, index);
      mark.setEnd(text, index + word.length);
      marks.push(mark);
    }
  }
  if (!marks.length) return;
  CSS.highlights.set("found", new Highlight(...marks));

  const main = document.querySelector("main");
  const bar = document.createElement("p");
  const off = document.createElement("button");
  bar.className = "marks screen-only";
  bar.append("Your words are marked. ", off);
  off.type = "button";
  off.className = "button";
  off.textContent = "Remove marks";
  off.addEventListener("click", () => {
    CSS.highlights.delete("found");
    bar.remove();
    main.focus({ preventScroll: true });
  });
  main.prepend(bar);
})();
