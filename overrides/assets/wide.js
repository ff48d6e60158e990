// What only a large screen has room for; guide.js asks for it once the reader moves.
(() => {
  // The ear hears whose work a number stands for; a mouse that rests on it sees the same.
  addEventListener("mouseover", ({ target }) => { if (target.closest?.(".cite")) target.title = target.getAttribute("aria-label"); });

  // Each heading is a link to itself, to copy.
  for (const heading of document.querySelectorAll(".prose h2[id]:not(.block__title), .prose h3[id]:not(.block__title)")) {
    if (heading.closest("summary") || heading.querySelector("a")) continue;
    const itself = document.createElement("a");
    itself.className = "itself";
    itself.href = `#${heading.id}`;
    itself.append(...heading.childNodes);
    heading.append(itself);
  }

  // The section that is being read is marked in the column beside the text, where that is shown.
  const column = document.querySelector(".on-this-page");
  const mark = () => {
    if (!column.offsetParent) return;
    const links = [...column.querySelectorAll("a")];
    const above = links.filter(({ hash }) => document.getElementById(hash.slice(1)).getBoundingClientRect().top < innerHeight / 3);
    for (const link of links) link.removeAttribute("aria-current");
    above.pop()?.setAttribute("aria-current", "location");
  };
  if (column) addEventListener("scroll", mark, { passive: true });
  if (column) mark();
})();
