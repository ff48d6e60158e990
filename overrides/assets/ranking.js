// What the search knows: words in, places in the guide out. It touches no page and asks for nothing, so that it runs
// in node as well, where tests/render/ask.mjs asks it. search.js shows what it finds.
(() => {
  const { wordsOf, stem } = self.guideWords;
  const setOf = (words) => new Set(words.split(" "));
  const IDLE = setOf("a am an and any are as at be been by can could did do does doing for from get got had has have how i if im in into is it its just like may me my of on one or should so some than that the their them then there they this to too us was we were what when where which while who whom why will with would you your");
  const CANNOT = setOf("no not never cannot cant wont dont doesnt didnt isnt couldnt wouldnt unable hardly barely hard difficult difficulty trouble struggle struggling stop stops");

  // The same for the words of a danger sign, with one word for all the ways to say that something does not work.
  const plainly = (text) => wordsOf(text).map((word) => (CANNOT.has(word) ? "cannot" : stem(word)));

  // How far a slip of the pen takes one word to another: letters swapped or vowels mixed up cost half of a wrong letter.
  const VOWELS = setOf("a e i o u y");
  const ALIKE = setOf("cs sc ck kc cz zc sz zs gj jg fv vf mn nm");
  const swap = (a, b) => (a === b ? 0 : (VOWELS.has(a) && VOWELS.has(b)) || ALIKE.has(a + b) ? 0.5 : 1);
  const slip = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let above;
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + swap(a[i - 1], b[j - 1]));
        if (above && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], above[j - 2] + 0.5);
      }
      above = row;
      row = next;
    }
    return row[b.length];
  };
  // The first letter is seldom wrong, and a short word with a letter wrong is another word.
  const allowed = (word) => (word.length < 5 ? 0.5 : word.length < 8 ? 1 : 2);
  const near = (word, other) => word[0] === other[0] && slip(word, other, allowed(word)) <= allowed(word);

  const counted = (stems) => {
    const counts = new Map();
    for (const word of stems) counts.set(word, (counts.get(word) || 0) + 1);
    return counts;
  };
  const telling = (text) => wordsOf(text).filter((word) => !IDLE.has(word)).map(stem);

  // `files` are what can be taken along, as [address, words]; the page knows which there are.
  const prepare = (index, files = []) => {
    const ours = (key) => (index.names[key] || []).map(telling);
    const pages = index.pages.map(([url, title]) => ({ url, title, names: ours(url) }))
      .concat(files.map(([url, title]) => ({ url, title, names: ours(url.replace(/^.*\//, "")) })));
    const sections = index.sections.concat(files.map((_, at) => [index.pages.length + at, "", "", ""])).map(([page, anchor, title, text, above]) => {
      const { url, title: pageTitle } = pages[page];
      const stems = { title: telling(title || pageTitle), above: telling(`${above || ""} ${title ? pageTitle : ""}`), text: telling(text) };
      return { page, url: anchor ? `${url}#${anchor}` : url, title: title || pageTitle, above: above || "", text, length: stems.text.length,
        counts: { title: counted(stems.title), above: counted(stems.above), text: counted(stems.text) },
        lines: [` ${stems.title.join(" ")} `, ` ${stems.text.join(" ")} `] };
    });
    const met = new Map();
    for (const { counts } of sections) {
      for (const word of new Set([...counts.title.keys(), ...counts.above.keys(), ...counts.text.keys()])) met.set(word, (met.get(word) || 0) + 1);
    }
    const typed = new Set([...met.keys(), ...pages.flatMap((page) => page.names.flat())]);
    const synonyms = index.words.map(([used, asked]) => ({ used: used.map(telling), asked: used.concat(asked).map(telling).filter((name) => name.length) }));
    for (const { asked } of synonyms) for (const word of asked.flat()) typed.add(word);
    const danger = index.danger.map((line) => line.split(" ").map((word) => word.split("/").flatMap(plainly)));
    const mean = sections.reduce((sum, { length }) => sum + length, 0) / sections.length;
    return { pages, sections, met, typed, synonyms, danger, mean, feared: new Set(danger.flat(2)), ways: index.ways.map((way) => pages.find(({ url }) => url === way)) };
  };

  // Every word asked for, in the forms in which it counts, and what a hit is worth: a rare word tells more than a common one.
  const askedFor = (query, { met, typed, synonyms, sections, feared }) => {
    const rarity = (word) => Math.log(1 + sections.length / (1 + (met.get(word) || 0)));
    const said = telling(query);
    const stems = said.length ? said : wordsOf(query).map(stem);
    const asked = stems.map((word, at) => {
      const forms = new Map();
      let meant = word;
      if (typed.has(word)) forms.set(word, 1);
      else if (!feared.has(word) && word.length > 3) {
        const close = [...typed].filter((other) => near(word, other)).map((other) => [slip(word, other, 2), other]).sort(([a], [b]) => a - b);
        for (const [far, other] of close) if (far === close[0][0]) forms.set(other, 0.8);
        if (close.length) [[, meant]] = close;
      }
      // The last word may still be on its way.
      if ((at === stems.length - 1 || !forms.size) && word.length > 2) {
        for (const other of met.keys()) if (other.startsWith(word) && !forms.has(other)) forms.set(other, 0.4);
      }
      return { word: meant, forms, worth: Math.max(...[...forms].filter(([, weight]) => weight === Math.max(...forms.values())).map(([form]) => rarity(form)), 0.5) };
    });
    const line = ` ${asked.map(({ word }) => word).join(" ")} `;
    for (const { used, asked: names } of synonyms) {
      for (const name of names.filter((one) => line.includes(` ${one.join(" ")} `))) {
        // A section that uses the known term in place of the reader's words has met them.
        const parts = asked.filter((one) => one.forms && name.includes(one.word));
        const terms = used.filter((term) => term.length && term !== name);
        for (const one of parts) for (const term of terms) if (term.length === 1 && !one.forms.has(term[0])) one.forms.set(term[0], 0.7);
        for (const term of terms.filter(({ length }) => length > 1)) {
          const phrase = ` ${term.join(" ")} `;
          if (!line.includes(phrase) && !asked.some((one) => one.phrase === phrase)) {
            asked.push({ phrase, worth: 0.7 * parts.reduce((sum, { worth }) => sum + worth, 0), met: parts });
          }
        }
      }
    }
    return { asked, line };
  };

  const hits = (counts, forms) => {
    let most = 0;
    for (const [form, worth] of forms) if (counts.has(form)) most = Math.max(most, worth * counts.get(form));
    return most;
  };

  const find = (index, query) => {
    const { asked, line } = askedFor(query, index);
    const single = asked.filter(({ forms }) => forms);
    const whole = single.reduce((sum, { worth }) => sum + worth, 0);
    const fearful = isDanger(index, query);
    // What a page is called by readers: the longest of its names that was typed.
    const called = index.pages.map(({ names }) => names.filter((name) => name.length && name.every((word) => line.includes(` ${word} `)))
      .sort((a, b) => b.length - a.length)[0] || []);
    const found = [];
    index.sections.forEach((section, at) => {
      const { counts, lines, page, length } = section;
      const answered = new Set();
      let score = 0;
      for (const one of single) {
        const title = Math.min(hits(counts.title, one.forms), 1);
        const above = Math.min(hits(counts.above, one.forms), 1);
        const times = hits(counts.text, one.forms);
        const text = (2.2 * times) / (times + 1.2 * (0.4 + (0.6 * length) / index.mean));
        if (title + above + text) answered.add(one);
        score += one.worth * ((3 * title) / (counts.title.size || 1) ** 0.3 + 1.5 * above + text);
      }
      for (const { phrase, worth, met } of asked.filter((one) => one.phrase)) {
        const where = lines[0].includes(phrase) ? 2.5 : lines[1].includes(phrase) ? 1 : 0;
        if (where) for (const one of met) answered.add(one);
        score += worth * where;
      }
      // Words that stand together are meant together.
      for (let i = 1; i < single.length; i++) {
        const pair = ` ${single[i - 1].word} ${single[i].word} `;
        if (lines.some((words) => words.includes(pair))) score += 0.5 * (single[i - 1].worth + single[i].worth);
      }
      const name = called[page];
      for (const one of single) {
        if (!name.includes(one.word)) continue;
        score += one.worth * (section.url.includes("#") ? 2 : 3);
        answered.add(one);
      }
      if (!score) return;
      let met = 0;
      for (const { worth } of answered) met += worth;
      const same = lines[0] === line ? 1.5 : 1;
      found.push({ section, at, score: score * same * (0.1 + (met / whole) ** 2) });
    });
    // Nobody who types a danger word should have to look for the danger signs, whatever else was typed.
    if (fearful) {
      const best = Math.max(0, ...found.map(({ score }) => score)) + 1;
      const signs = index.sections.findIndex(({ page }) => index.pages[page].url === "urgent.html");
      const ours = found.filter(({ section }) => section.page === index.sections[signs]?.page);
      for (const one of ours) one.score += best;
      if (!ours.length && signs >= 0) found.push({ section: index.sections[signs], at: signs, score: best });
    }
    found.sort((a, b) => b.score - a.score || a.at - b.at);
    // The words to mark: what was typed and what stands for it, no guesses of what may still be typed.
    const words = [...new Set(single.flatMap(({ forms }) => [...forms].filter(([, worth]) => worth > 0.4).map(([form]) => form)))];
    return { groups: grouped(found, index.pages), words };
  };

  // Eight pages at most, each with its best answer and two more places that answer nearly as well.
  const grouped = (found, pages) => {
    const groups = new Map();
    for (const { section, score } of found) {
      const group = groups.get(section.page);
      if (!group && groups.size < 8) groups.set(section.page, { title: pages[section.page].title, best: score, sections: [section] });
      else if (group && group.sections.length < 3 && score > 0.5 * group.best && group.sections.every(({ url }) => url !== section.url)) group.sections.push(section);
    }
    return [...groups.values()];
  };

  // Whether the words may tell of a danger sign. Of a word that the guide does not know, the nearest danger word is meant.
  const isDanger = ({ danger, feared, met }, query) => {
    const said = new Set(plainly(query).flatMap((word) => met.has(word) || feared.has(word) || word.length < 6
      ? [word] : [...feared].filter((other) => other.length > 3 && near(word, other))));
    return danger.some((line) => line.every((words) => words.some((word) => said.has(word))));
  };

  self.guideRanking = { prepare, find, isDanger };
})();
