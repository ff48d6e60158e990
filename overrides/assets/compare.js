// The comparison beyond reading: the choice lives in the address, what matters comes first, the count is said aloud.
// The style sheet does the narrowing and the picking; without this script both work, and nothing is lost.
(() => {
  const controls = document.querySelector(".comparison__controls");
  if (!controls) return;
  const table = document.querySelector(".treatment-table");
  const body = table.tBodies[0];
  const rows = [...body.querySelectorAll(".row")];
  const heads = [...table.querySelectorAll("thead th.option")];
  const picks = [...controls.querySelectorAll(".picking input")];
  const haves = [...controls.querySelectorAll(".narrowing input")];
  const status = controls.querySelector("[role=status]");
  // A copy on a disk has no address that others could open, unless the site names its own.
  const address = () => {
    const own = document.querySelector("link[rel=canonical]")?.href || (location.protocol === "file:" ? "" : location.href.split("#")[0]);
    return own && own + location.hash;
  };
  const name = (input) => input.id.replace(/^(show|have)-/, "");

  // In browsers whose style sheets cannot look into what is ticked (before 2023), this script narrows and picks.
  const helps = !CSS.supports("selector(:has(a))");
  if (helps) document.documentElement.classList.add("picks");
  const narrow = () => {
    if (!helps) return;
    const some = picks.some((one) => one.checked);
    for (const row of [heads[0].parentElement, ...rows]) picks.forEach((one, at) => { row.cells[at + 1].hidden = some && !one.checked; });
    const uses = haves.slice(1);
    for (const use of uses) {
      const other = uses.find((one) => one !== use);
      document.getElementById(`compare-${name(use)}`).hidden = other.checked;
      controls.querySelector(`.narrowing__note--${name(use)}`).classList.toggle("narrowing__note--meant", use.checked);
    }
  };

  const say = (before) => {
    narrow();
    const shown = picks.filter((one) => one.checked).length || picks.length;
    const alone = shown === 1 ? " Tick a second one to compare." : "";
    status.textContent = `${before || ""}Showing ${shown} of ${heads.length} options.${alone}`;
  };
  const write = () => {
    const chosen = [...picks.filter((one) => one.checked), ...haves.slice(1).filter((one) => one.checked)].map(name);
    history.replaceState(null, "", chosen.length ? `#${chosen.join(",")}` : location.pathname + location.search);
  };
  // An address of ours names options and what one has; any other leads to its place on the page.
  const read = () => {
    // Some programs write the comma as %2C. Decoding more would stop at an address cut short (#%E0).
    const asked = location.hash.slice(1).replace(/%2c/gi, ",").split(",").filter(Boolean);
    if (!asked.length) return say();
    const known = [...picks, ...haves.slice(1)].filter((one) => asked.includes(name(one)));
    // A place on this page: the reader is there by now, and the address keeps the choice.
    if (!known.length && document.getElementById(asked.join(","))) {
      if ([...picks, ...haves.slice(1)].some((one) => one.checked)) write();
      return say();
    }
    for (const one of [...picks, ...haves.slice(1)]) one.checked = known.includes(one);
    haves[0].checked = !haves.some((one) => one.checked);
    // A word such as an option's name is repeated; sentences that a link puts here are not.
    const strange = asked.filter((word) => !known.some((one) => name(one) === word)).map((word) => (/^[a-z]+(-[a-z]+)?$/.test(word) && word.length < 24 ? word : "…"));
    say(strange.length ? `The address names what this page does not have: ${strange.join(", ").slice(0, 80)}. ` : "");
  };

  // What matters: the list of links becomes a list of ticks.
  const matters = [...controls.querySelectorAll(".matters")].map((link) => {
    const tick = document.createElement("input");
    const label = document.createElement("label");
    tick.type = "checkbox";
    tick.id = link.id;
    label.htmlFor = tick.id;
    label.textContent = link.textContent;
    const about = rows.filter((row) => link.classList.contains(`matters--${row.id.replace("compare-", "")}`));
    link.parentElement.className = "chip";
    link.replaceWith(tick, label);
    return { tick, words: label.textContent, about };
  });
  const sort = () => {
    const ticked = matters.filter(({ tick }) => tick.checked);
    for (const row of rows) {
      const why = ticked.filter(({ about }) => about.includes(row)).map(({ words }) => words);
      const head = row.querySelector("th");
      head.querySelector(".row__mark")?.remove();
      row.classList.toggle("row--ticked", why.length > 0);
      if (why.length) {
        const mark = document.createElement("span");
        mark.className = "row__mark";
        mark.textContent = `You ticked: ${why.join(", ")}`;
        head.append(mark);
      }
    }
    // In the document, too: ears and the Tab key follow the same order as eyes.
    const first = (row) => (row.classList.contains("row--ticked") ? 0 : 1);
    body.prepend(...[...rows].sort((a, b) => first(a) - first(b)));
  };

  controls.addEventListener("change", (event) => {
    if (event.target.closest(".mattering")) return sort();
    write();
    say();
  });
  // Reset tells before it acts.
  controls.addEventListener("reset", () => setTimeout(() => (write(), say(), sort())));
  controls.querySelector(".comparison__copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      status.textContent = "The link is copied.";
    } catch {
      status.textContent = `This is the link: ${location.href}`;
    }
  });
  addEventListener("beforeprint", () => {
    const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
    const about = [...rows].filter((row) => row.classList.contains("row--ticked")).length ? "What you ticked comes first. " : "";
    const where = document.querySelector(".my-page__where");
    const from = address() ? " from " + address() : "";
    where.textContent = `${about}Disc Guide, printed on ${day}${from}.`;
  });
  controls.querySelector(".comparison__print").addEventListener("click", () => print());
  addEventListener("hashchange", read);
  // After Back the browser has restored the ticks by itself.
  addEventListener("pageshow", () => (location.hash ? read() : say(), sort()));
})();
