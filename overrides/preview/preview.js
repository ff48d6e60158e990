// The live preview's news: built again → load the page again; something to mend → say it above the page.
const tag = document.currentScript;

function ask(seen) {
  const script = document.createElement("script");
  script.src = `${tag.dataset.news}?seen=${seen}`;
  script.onload = () => script.remove();
  // The preview was stopped; it may come back.
  script.onerror = () => setTimeout(ask, 2000, seen);
  document.head.append(script);
}

window.previewNews = ({ turn, faults }) => {
  if (!faults && turn > Number(tag.dataset.seen)) return location.reload();
  let box = document.querySelector(".preview-faults");
  if (faults && !box) {
    box = document.createElement("pre");
    box.className = "preview-faults";
    box.setAttribute("role", "status");
    document.body.prepend(box);
  }
  if (box) box.textContent = faults;
  ask(turn);
};

window.addEventListener("load", () => ask(Number(tag.dataset.seen)));
