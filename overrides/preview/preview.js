// The live preview's news: built again → load the page again; something to mend → say it above the page.
const tag = document.currentScript;

async function ask(seen) {
  try {
    const answer = await fetch(`${tag.dataset.news}?seen=${seen}`);
    hear(await answer.json());
  } catch {
    // The preview was stopped; it may come back.
    setTimeout(ask, 2000, seen);
  }
}

function hear({ turn, faults }) {
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
}

window.addEventListener("load", () => ask(Number(tag.dataset.seen)));
