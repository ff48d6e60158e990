// The search: loaded when its sheet is first opened. Three parts that know nothing of each other:
// ranking (words in, results out), showing, and starting.
(() => {
  const root = new URL("../", document.currentScript.src);
  const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const wordsOf = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) || [];
  const IDLE = new Set("a an and are at be by can do does for from has have how i if in is it me my of on or should so that the there this to was what when where which why will with you your".split(" "));

  // ---- ranking ----

  // Each word asked for, with how much a hit is worth; other names of a known term count half.
  const askedFor = (query, synonyms) => {
    const typed = wordsOf(query);
    const telling = typed.filter((word) => !IDLE.has(word));
    const asked = (telling.length ? telling : typed).map((word) => ({ word, worth: 1 }));
    const line = ` ${typed.join(" ")} `;
    for (const names of synonyms) {
      if (!names.some((name) => line.includes(` ${name.join(" ")} `))) continue;
      for (const word of new Set(names.flat())) {
        if (!typed.includes(word) && !IDLE.has(word)) asked.push({ word, worth: 0.5 / names.length });
      }
    }
    return asked;
  };

  // A whole word counts more than the start of one; a word still being typed is the start of one.
  const hits = (words, word) => {
    let score = 0;
    for (const [other, count] of words) {
      if (other === word) score += 1 + Math.min(count - 1, 4) * 0.25;
      else if (word.length > 2 && other.startsWith(word)) score += 0.5;
    }
    return Math.min(score, 2);
  };

  const counted = (text) => {
    const counts = new Map();
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) || 0) + 1);
    return counts;
  };

  const prepare = (index) => ({
    synonyms: index.words.map((names) => names.map(wordsOf)),
    sections: index.sections.map(([page, anchor, title, text]) => {
      const [url, pageTitle, boost] = index.pages[page];
      return { url: anchor ? `${url}#${anchor}` : url, page, pageTitle, boost, title: title || pageTitle, text,
        inTitle: counted(title), inPage: counted(pageTitle), inText: counted(text) };
    }),
  });

  const rank = ({ sections, synonyms }, query) => {
    const asked = askedFor(query, synonyms);
    const typed = asked.filter(({ worth }) => worth === 1).length;
    const found = [];
    for (const section of sections) {
      let score = 0;
      let met = 0;
      for (const { word, worth } of asked) {
        const here = 6 * hits(section.inTitle, word) + 3 * hits(section.inPage, word) + hits(section.inText, word);
        score += worth * here;
        if (here && worth === 1) met += 1;
      }
      // A section that answers the whole question beats one that repeats a word of it.
      if (score) found.push({ section, score: score * section.boost * (0.2 + (met / typed) ** 2) });
    }
    found.sort((a, b) => b.score - a.score);
    const perPage = new Map();
    const few = found.filter(({ section }) => {
      perPage.set(section.page, (perPage.get(section.page) || 0) + 1);
      return perPage.get(section.page) <= 3;
    });
    return { results: few.slice(0, 12).map(({ section }) => section), words: asked.map(({ word }) => word) };
  };

  // ---- showing ----

  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    return element;
  };

  // The words around the first hit, the hits marked; built from text alone, never from HTML.
  const excerpt = (text, words) => {
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|")})`, "giu");
    const first = Math.max(text.search(pattern), 0);
    const from = first < 60 ? 0 : text.indexOf(" ", first - 60) + 1;
    const piece = (from ? "… " : "") + text.slice(from, from + 160).replace(/\S*$/, "") + (from + 160 < text.length ? "…" : "");
    const shown = make("p");
    for (const [at, part] of piece.split(pattern).entries()) shown.append(at % 2 ? make("mark", part) : part);
    return shown;
  };

  const entry = ({ url, title, pageTitle, text }, words) => {
    const item = make("li");
    const link = make("a", title);
    link.href = new URL(url, root);
    item.append(link);
    if (title !== pageTitle) item.append(make("p", pageTitle, "search__where"));
    if (text) item.append(excerpt(text, words));
    return item;
  };

  // ---- starting ----

  const sheet = document.querySelector("#search");
  const field = sheet.querySelector("input");
  const status = sheet.querySelector("[role=status]");
  const list = sheet.querySelector("ol");

  const start = () => {
    const index = prepare(self.guideSearchIndex);
    const show = () => {
      const query = field.value.trim();
      const { results, words } = query ? rank(index, query) : { results: [], words: [] };
      list.replaceChildren(...results.map((result) => entry(result, words)));
      status.textContent = !query ? "" : results.length
        ? `${results.length} ${results.length === 1 ? "answer" : "answers"}`
        : "Nothing found. Try another word, or look through the menu.";
    };
    // Spoken counts would stumble over each letter; the pause is short enough not to be felt.
    let wait;
    field.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(show, 120); });
    sheet.querySelector(".search").addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(wait);
      show();
      list.querySelector("a")?.click();
    });
    // A result on this same page would otherwise stay behind the sheet.
    list.addEventListener("click", (event) => event.target.closest("a") && sheet.close());
    show();
  };

  const script = document.createElement("script");
  script.src = new URL("assets/search-index.js", root);
  script.onload = start;
  script.onerror = () => { status.textContent = "The search could not be loaded. Every page is listed in the menu."; };
  document.head.append(script);
})();
