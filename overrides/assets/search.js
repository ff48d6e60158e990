// The search: loaded when its sheet is first opened. Three parts that know nothing of each other:
// ranking (words in, results out), showing, and starting.
(() => {
  const root = new URL("../", document.currentScript.src);
  const indexAddress = document.currentScript.dataset.index;
  const folded = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  const wordsOf = (text) => folded(text).match(/[\p{L}\p{N}]+/gu) || [];
  const IDLE = new Set("a an and are at be by can do does for from has have how i if in is it me my of on or should so that the there this to was what when where which why will with you your".split(" "));

  const CANNOT = new Set("no not never cannot cant wont dont doesnt didnt isnt couldnt wouldnt unable hardly barely hard difficult difficulty trouble struggle struggling stop stops".split(" "));

  // ---- ranking ----

  // One form for the spellings and endings of a word: fibre and fiber, herniated and herniation.
  const stem = (word) => word
    .replace(/^disk/, "disc").replace(/ae|oe/g, "e").replace(/ph/g, "f").replace(/our(?=s?$)/, "or").replace(/([bt])re(?=s?$)/, "$1er")
    .replace(/([ai][lt]|n)is(?=e|i|a)/, "$1iz").replace(/ies$/, "y")
    .replace(/(.{4})(?:ations?|ates?|ated|ating|ions?|ed|e?ness|[ae]nts?|[ae]nc(?:es?|y|ies))$/, "$1").replace(/(.{3})ings?$/, "$1")
    .replace(/([bdgmnprt])\1$/, "$1").replace(/(.{3})e?s$/, "$1").replace(/(.{3})e$/, "$1");
  const stemsOf = (text) => wordsOf(text).map(stem);
  // The same for the words of a danger sign, with one word for all the ways to say that something does not work.
  const plainly = (text) => wordsOf(text.replace(/['`´‘’]/g, "")).map((word) => (CANNOT.has(word) ? "cannot" : stem(word)));

  // One letter wrong, missing, added or swapped; two in a long word.
  const near = (a, b) => {
    const allowed = a.length > 7 ? 2 : 1;
    if (Math.abs(a.length - b.length) > allowed || a[0] !== b[0]) return false;
    let rows = [[], Array.from({ length: b.length + 1 }, (_, i) => i)];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(rows[1][j] + 1, row[j - 1] + 1, rows[1][j - 1] + (a[i - 1] !== b[j - 1]));
        if (i > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], rows[0][j - 2] + 1);
      }
      rows = [rows[1], row];
    }
    return rows[1][b.length] <= allowed;
  };

  const prepare = (index) => {
    const met = new Map();
    const counted = (text) => {
      const counts = new Map();
      for (const word of stemsOf(text)) counts.set(word, (counts.get(word) || 0) + 1);
      return counts;
    };
    const sections = index.sections.map(([page, anchor, title, text]) => {
      const [url, pageTitle, boost] = index.pages[page];
      const section = { url: anchor ? `${url}#${anchor}` : url, page, pageTitle, boost, title: title || pageTitle, text,
        inTitle: counted(title), inPage: counted(pageTitle), inText: counted(text) };
      section.words = new Set([...section.inTitle.keys(), ...section.inPage.keys(), ...section.inText.keys()]);
      for (const word of section.words) met.set(word, (met.get(word) || 0) + 1);
      return section;
    });
    const synonyms = index.words.map((names) => names.map((name) => stemsOf(name).filter((word) => !IDLE.has(word))));
    const danger = index.danger.map((line) => line.split(" ").map((word) => word.split("/").flatMap(plainly)));
    return { sections, met, synonyms, danger, feared: new Set(danger.flat(2)) };
  };

  // Each word asked for, what a hit is worth, and in which forms it counts: a rare word tells more than a common one.
  const askedFor = (query, { met, synonyms, sections, feared }) => {
    const typed = wordsOf(query);
    const telling = typed.filter((word) => !IDLE.has(word));
    const rarity = (word) => Math.log(1 + sections.length / (1 + (met.get(word) || 0)));
    const asked = (telling.length ? telling : typed).map(stem).map((word) => {
      const whole = met.has(word) ? [word] : [];
      const begun = word.length > 2 ? [...met.keys()].filter((other) => other !== word && other.startsWith(word)) : [];
      const meant = whole.length || begun.length || word.length < 4 || feared.has(word) ? [] : [...met.keys()].filter((other) => near(word, other));
      return { word: whole[0] || meant[0] || word, forms: new Map([...begun.map((f) => [f, 0.5]), ...meant.map((f) => [f, 0.7]), ...whole.map((f) => [f, 1])]),
        worth: Math.max(...[...whole, ...begun, ...meant].map(rarity), 0.1), typed: true };
    });
    const line = ` ${asked.map(({ word }) => word).join(" ")} `;
    for (const names of synonyms) {
      const said = names.find((name) => name.length && line.includes(` ${name.join(" ")} `));
      if (!said) continue;
      // A section that uses the known term in place of the reader's words has met them.
      for (const one of asked) {
        if (one.typed && said.includes(one.word)) for (const form of names[0]) if (!one.forms.has(form)) one.forms.set(form, 0.9);
      }
      for (const word of new Set(names.flat())) {
        if (!line.includes(` ${word} `)) asked.push({ forms: new Map([[word, 1]]), worth: (rarity(word) * 0.6) / names.length });
      }
    }
    return asked;
  };

  const hits = (counts, forms) => {
    let score = 0;
    for (const [form, worth] of forms) {
      const count = counts.get(form);
      if (count) score = Math.max(score, worth * (1 + Math.min(count - 1, 4) * 0.2));
    }
    return score;
  };

  const rank = (index, query) => {
    const asked = askedFor(query, index);
    const whole = asked.reduce((sum, { typed, worth }) => sum + (typed ? worth : 0), 0);
    const found = [];
    for (const section of index.sections) {
      let score = 0;
      let met = 0;
      for (const { forms, worth, typed } of asked) {
        const here = 5 * hits(section.inTitle, forms) + 4 * hits(section.inPage, forms) + hits(section.inText, forms);
        score += worth * here;
        if (here && typed) met += worth;
      }
      // A section that answers the whole question beats one that repeats a word of it.
      const same = folded(section.title).replace(/[^\p{L}\p{N} ]/gu, "") === folded(query).trim() ? 3 : 1;
      if (score) found.push({ section, score: score * same * section.boost * (0.15 + (met / whole) ** 2) });
    }
    found.sort((a, b) => b.score - a.score);
    // No page, and no heading that many pages share, may fill the list.
    const seen = new Map();
    const few = found.filter(({ section }) => [section.page, section.title].every((key) => {
      seen.set(key, (seen.get(key) || 0) + 1);
      return seen.get(key) <= 2;
    }));
    const words = [...new Set(asked.flatMap(({ forms }) => [...forms.keys()]))];
    return { results: few.slice(0, 12).map(({ section }) => section), words };
  };

  // Whether the words may tell of a danger sign. Of a word that the guide does not know, the nearest danger word is meant.
  const isDanger = ({ danger, feared, met }, query) => {
    const said = new Set(plainly(query).flatMap((word) => met.has(word) || feared.has(word) || word.length < 6
      ? [word] : [...feared].filter((other) => other.length > 3 && near(word, other))));
    return danger.some((line) => line.every((words) => words.some((word) => said.has(word))));
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

  const start = () => {
    const index = prepare(self.guideSearchIndex);
    const show = () => {
      const query = field.value.trim();
      const { results, words } = query ? rank(index, query) : { results: [], words: [] };
      warn(isDanger(index, query));
      list.replaceChildren(...results.map((result) => entry(result, words)));
      status.textContent = !query ? "" : results.length
        ? `${results.length} ${results.length === 1 ? "answer" : "answers"}`
        : "Nothing found. Try another word, or look through the menu.";
      list.setAttribute("aria-busy", "false");
    };
    // Spoken counts would stumble over each letter; the pause is short enough not to be felt.
    let wait;
    field.addEventListener("input", () => {
      list.setAttribute("aria-busy", "true");
      clearTimeout(wait);
      wait = setTimeout(show, 120);
    });
    // The list must not be remade under the feet of someone who is moving into it.
    field.addEventListener("keydown", ({ key }) => { if (key === "Tab" && wait) { clearTimeout(wait); wait = 0; show(); } });
    sheet.querySelector(".search").addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(wait);
      show();
      // Never on to a page that nobody chose: a frightened reader may not have looked yet.
      (danger.querySelector("a") || list.querySelector("a"))?.focus();
    });
    // A result on this same page would otherwise stay behind the sheet.
    sheet.addEventListener("click", (event) => event.target.closest("a") && sheet.close());
    show();
  };

  const script = document.createElement("script");
  script.src = indexAddress;
  script.onload = start;
  script.onerror = () => { status.textContent = "The search could not be loaded. Every page is listed in the menu."; };
  document.head.append(script);
})();
