{# The service worker of those who chose to keep the guide. Inputs: version, files (what it keeps), note (what an old copy says of itself). #}
const KEPT = "guide-" + {{ version|tojson }};
const PAPERS = "guide-papers";
const FILES = {{ files|tojson }};
const NOTE = {{ note|tojson }};

const keep = async () => {
  const cache = await caches.open(KEPT);
  await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
  await self.skipWaiting();
};
const tidy = async () => {
  for (const name of await caches.keys()) if (name.startsWith("guide-") && name !== KEPT && name !== PAPERS) await caches.delete(name);
  const papers = await caches.open(PAPERS);
  for (const paper of await papers.keys()) await papers.add(new Request(paper.url, { cache: "reload" })).catch(() => {});
  await self.clients.claim();
};
// The network comes first; without it a page says that it is a copy, and of when.
const answer = async (request) => {
  try {
    return await fetch(request);
  } catch {
    const asked = request.url.replace(/[?#].*$/, "").replace(/\/$/, "/index.html");
    const found = await caches.match(asked, { ignoreVary: true });
    if (!found) return Response.error();
    const type = found.headers.get("Content-Type") || "";
    if (!type.startsWith("text/html")) return found;
    const page = (await found.text()).replace(/<main [^>]*>/, (main) => main + NOTE);
    return new Response(page, { headers: { "Content-Type": type } });
  }
};
self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(self.registration.scope)) event.respondWith(answer(request));
});
