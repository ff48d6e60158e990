// "Keep this guide on this phone": nothing is stored before the button, and its neighbour takes all away again.
(() => {
  const box = document.querySelector(".keep");
  // Without a host that is trusted (a file from a disk has none) browsers keep nothing; then nothing is offered.
  if (!box || !navigator.serviceWorker || !box.querySelector(".keep__about").textContent.trim()) return;
  const [keep, remove] = box.querySelectorAll("button");
  const states = ["none", "busy", "kept", "failed"];
  const show = (state) => {
    for (const one of states) box.classList.toggle(`keep--${one}`, one === state);
    keep.disabled = remove.disabled = state === "busy";
  };
  const ticks = [...document.querySelectorAll('.papers a[href$=".pdf"]')].map((link) => {
    const label = document.createElement("label");
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.value = link.href;
    label.append(tick, ` ${link.textContent}`);
    box.querySelector(".keep__also").append(label);
    return tick;
  });
  const forget = async () => {
    await (await navigator.serviceWorker.getRegistration())?.unregister();
    for (const name of await caches.keys()) if (name.startsWith("guide-")) await caches.delete(name);
  };
  const installed = (worker) => new Promise((done, fail) => {
    const look = () => (worker.state === "activated" ? done() : worker.state === "redundant" && fail());
    worker.addEventListener("statechange", look);
    look();
  });
  keep.addEventListener("click", async () => {
    show("busy");
    try {
      const { installing, waiting, active } = await navigator.serviceWorker.register("sw.js");
      await installed(installing || waiting || active);
      await (await caches.open("guide-papers")).addAll(ticks.filter((tick) => tick.checked).map((tick) => tick.value));
      show("kept");
    } catch {
      await forget();
      show("failed");
    }
  });
  remove.addEventListener("click", async () => {
    show("busy");
    await forget();
    show("none");
  });
  navigator.serviceWorker.getRegistration().then((found) => show(found ? "kept" : "none"));
  box.classList.add("keep--ready");
})();
