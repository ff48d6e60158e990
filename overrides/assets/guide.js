// What a page can do beyond reading: menu, search and colours.
// Everything here has a way without it; nothing here fetches anything until it is asked to.
(() => {
  const root = document.documentElement;
  const one = (selector) => document.querySelector(selector);
  const names = document.currentScript.dataset;

  // The browser's own dialog keeps focus inside, closes on Escape and gives focus back.
  const opens = (button, sheet, before) => {
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", sheet.id);
    // Browsers before 2022 know no dialog: there the sheet is shown and hidden by its attribute.
    if (!sheet.showModal) {
      sheet.showModal = () => { sheet.setAttribute("open", ""); (sheet.querySelector("[autofocus]") || sheet.querySelector("button")).focus(); };
      sheet.close = () => { sheet.removeAttribute("open"); sheet.dispatchEvent(new Event("close")); button.focus(); };
      sheet.addEventListener("keydown", ({ key }) => key === "Escape" && sheet.close());
      sheet.querySelector("[method=dialog]").addEventListener("submit", (event) => { event.preventDefault(); sheet.close(); });
    }
    button.addEventListener("click", () => {
      before();
      sheet.showModal();
      button.setAttribute("aria-expanded", "true");
    });
    sheet.addEventListener("close", () => button.setAttribute("aria-expanded", "false"));
    // Only the area around the sheet is the dialog itself: a tap there closes it.
    sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  };

  // Without this script "Menu" is a link to the index at the foot; that index also fills the sheet.
  const link = one(".header__menu");
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  link.replaceWith(button);
  const menu = one("#menu");
  opens(button, menu, () => {
    const nav = menu.querySelector("nav");
    if (!nav.firstChild) nav.append(one("#site-index .links").cloneNode(true));
  });

  const load = (source) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  const both = ({ search, index }) => Promise.all([load(search), load(index)]);
  // A file's name changes with its content. After a new edition a page that stayed open asks for names that are gone:
  // the page as it is now knows the new ones.
  const renewed = async () => {
    const answer = await fetch(location.pathname, { cache: "no-cache" });
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-search]").dataset;
  };

  // Words typed before the search has arrived wait in the field: search.js reads them when it starts.
  let asked = false;
  opens(one(".header__search"), one("#search"), () => {
    if (asked) return;
    asked = true;
    const status = one(".search__status");
    status.textContent = "Getting ready…";
    both(names).catch(async () => both(await renewed())).then(() => self.guideSearch()).catch(() => {
      asked = false;
      status.textContent = "The search could not be loaded. Every page is listed in the menu.";
    });
  });

  // A page that is past its day says so; without this script the day itself stands at its foot.
  const due = one(".overdue time");
  if (due && new Date() > new Date(`${due.dateTime}T23:59:59`)) due.parentElement.classList.add("overdue--now");

  for (const other of document.querySelectorAll(".opens-search")) other.addEventListener("click", () => one(".header__search").click());

  // Ctrl+K, as in other guides; no single letter is taken from those who speak to their machine.
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k" || one("dialog[open]")) return;
    event.preventDefault();
    one(".header__search").click();
    one("#search-words").focus();
  });
  // A question in the address is asked at once; words that were found are marked. They stand behind the #, which no
  // server is sent: #q=… and #place&found=….
  const told = () => {
    const [place, ...more] = location.hash.slice(1).split("&");
    const given = new URLSearchParams(place.startsWith("q=") ? place : more.join("&"));
    if (given.get("found")) {
      self.guideFound = given.get("found").split(" ");
      location.replace(`#${place}`);
      if (self.Highlight) load(names.marks);
    }
    if (!given.get("q")) return;
    one("#search-words").value = given.get("q").slice(0, 200);
    location.replace("#");
    one(".header__search").click();
  };
  addEventListener("hashchange", told);
  told();

  // Before the search has arrived, Return would send the form to this page.
  one(".search").addEventListener("submit", (event) => event.preventDefault());

  // In a search field Escape only empties the field; here, as everywhere, it closes the sheet.
  one("#search-words").addEventListener("keydown", (event) => event.key === "Escape" && one("#search").close());

  // Who is led to what is folded finds it open.
  const unfold = () => {
    const place = document.getElementById(location.hash.slice(1));
    const fold = place && place.closest("summary") && place.closest("details");
    if (fold) fold.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  // Paper has nothing to open; the style sheet opens lists only in newer browsers.
  addEventListener("beforeprint", () => document.querySelectorAll(".more:not([open])").forEach((list) => (list.open = true)));

  // Laid out otherwise on narrow screens, older browsers take a table for no table.
  for (const [places, role] of [["", "table"], [" > thead", "rowgroup"], [" > tbody", "rowgroup"], [" tr", "row"], [" thead th", "columnheader"], [" tbody th", "rowheader"], [" td", "cell"]])
    for (const part of document.querySelectorAll(`.prose table${places}`)) part.setAttribute("role", role);

  // Where there is room beside the text, more is loaded once the reader moves; no phone ever asks for it.
  let more = matchMedia("(min-width: 62em)").matches;
  for (const moved of ["pointermove", "scroll", "keydown"]) addEventListener(moved, () => {
    if (more) load(names.wide);
    more = false;
  }, { passive: true });

  // A browser may refuse storage (private windows, files on a disk); the choice then holds for this page.
  const scheme = one("#scheme");
  // After Back a browser may show the page, or fill the box, as it was; another tab may have chosen meanwhile.
  const agree = () => {
    try {
      const kept = localStorage.getItem("scheme");
      if (kept) root.dataset.scheme = kept;
      else delete root.dataset.scheme;
    } catch {}
    scheme.value = root.dataset.scheme || "";
  };
  agree();
  addEventListener("pageshow", agree);
  addEventListener("storage", agree);
  scheme.addEventListener("change", () => {
    if (scheme.value) root.dataset.scheme = scheme.value;
    else delete root.dataset.scheme;
    try {
      if (scheme.value) localStorage.setItem("scheme", scheme.value);
      else localStorage.removeItem("scheme");
    } catch {}
  });
})();
