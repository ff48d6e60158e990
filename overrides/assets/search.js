// The search: loaded when its sheet is first opened. ranking.js knows what answers; here it is shown.
(() => {
  const root = new URL("../", document.currentScript.src);
  const { isOne } = self.guideWords;
  const { prepare, find, isDanger } = self.guideRanking;

  // ---- showing ----

  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  // The words around the first hit, the hits marked; built from text alone, never from HTML.
  const excerpt = (text, words) => {
    // Behind the mark the index keeps words that are found and make no sentence.
    const [told, rest] = text.split(" … ");
    const parts = told.split(/([\p{L}\p{N}]+)/u);
    const hit = parts.findIndex((part, at) => at % 2 && isOne(words, part));
    // A dozen words before the hit, and a line and a half in all.
    let from = Math.max(hit - 20, 0);
    if (from % 2 === 0 && from) from += 1;
    const shown = make("p");
    if (from) shown.append("… ");
    let room = 160;
    let at = from;
    for (; at < parts.length && room > 0; at++) {
      shown.append(at % 2 && isOne(words, parts[at]) ? make("mark", parts[at]) : parts[at]);
      room -= parts[at].length;
    }
    if (at < parts.length || rest) shown.append(" …");
    return shown;
  };

  const place = ({ url, title, above, text }, words) => {
    const shown = make("div", "", "search__place");
    const link = make("a", title);
    const address = new URL(url, root);
    // The page marks them; a file to take along cannot.
    if (words.length && /\.html/.test(url)) address.hash += `${address.hash ? "" : "#"}&found=${encodeURIComponent(words.join(" "))}`;
    link.href = address;
    shown.append(link);
    if (above && above !== title) shown.append(make("p", above, "search__where"));
    if (text) shown.append(excerpt(text, words));
    return shown;
  };

  // One page, with the places in it that answer; where its best place is its own title, that is not said twice.
  const group = ({ title, sections }, words) => {
    const item = make("li");
    if (sections[0].title !== title) item.append(make("p", title, "search__page"));
    item.append(...sections.map((section) => place(section, words)));
    return item;
  };

  // ---- starting ----

  const sheet = document.querySelector("#search");
  const field = sheet.querySelector("input");
  const status = sheet.querySelector(".search__status");
  const list = sheet.querySelector("ol");
  const danger = sheet.querySelector(".search__danger");

  // Said once, when it appears: not again at each letter.
  const warn = (met) => {
    if (met === danger.hasChildNodes()) return;
    const line = make("p", "This could be a danger sign: see ");
    const link = make("a", "Get help now");
    link.href = new URL("urgent.html", root);
    line.append(link);
    danger.replaceChildren(...(met ? [line] : []));
  };

  // guide.js calls it once the index is there, too.
  self.guideSearch = () => {
    // What can be taken along is found, too; the page knows what there is.
    const files = [...document.querySelectorAll(".downloads a[href]")].map((link) => [link.href.replace(root.href, ""), link.textContent]);
    const index = prepare(self.guideSearchIndex, files);
    const show = () => {
      const query = field.value.trim();
      const { groups, words } = query ? find(index, query) : { groups: [], words: [] };
      const instead = query && !groups.length ? index.ways : [];
      warn(isDanger(index, query));
      list.replaceChildren(...groups.map((one) => group(one, words)), ...instead.map((page) => group({ title: page.title, sections: [page] }, [])));
      status.textContent = !query ? "" : groups.length
        ? `${groups.length} ${groups.length === 1 ? "page answers" : "pages answer"}`
        : "Nothing found. Try another word, or start here:";
      list.setAttribute("aria-busy", "false");
    };
    // Spoken counts would stumble over each letter; the pause is short enough not to be felt.
    let wait;
    field.addEventListener("input", () => {
      list.setAttribute("aria-busy", "true");
      clearTimeout(wait);
      wait = setTimeout(show, 120);
    });
    // After Return the address shares the question, while the sheet is open; what it led to before comes back.
    let before;
    const write = (query) => {
      if (!query && before === undefined) return;
      before ??= location.hash;
      try {
        history.replaceState(history.state, "", query ? `#q=${encodeURIComponent(query)}` : before || location.pathname + location.search);
      } catch {}
      if (!query) before = undefined;
    };
    sheet.addEventListener("close", () => write(""));
    // Down goes into the list and through it, Up comes back.
    sheet.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const stops = [field, ...danger.querySelectorAll("a"), ...list.querySelectorAll("a")];
      const at = stops.indexOf(document.activeElement);
      if (!step || at < 0 || !stops[at + step]) return;
      event.preventDefault();
      stops[at + step].focus();
    });
    // The list must not be remade under the feet of someone who is moving into it.
    field.addEventListener("keydown", ({ key }) => { if (key === "Tab" && wait) { clearTimeout(wait); wait = 0; show(); } });
    sheet.querySelector(".search").addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(wait);
      show();
      write(field.value.trim());
      // Never on to a page that nobody chose: a frightened reader may not have looked yet.
      (danger.querySelector("a") || list.querySelector("a"))?.focus();
    });
    // A result on this same page would otherwise stay behind the sheet.
    sheet.addEventListener("click", (event) => event.target.closest("a") && sheet.close());
    show();
  };
})();
