// One folder as any good host serves it: HTTP/2, brotli 11, ten minutes of cache. Prints where it listens and
// the hash of its key, then one line of JSON for each answer. Also stands in for Google's font host.
//   node server.mjs FOLDER KEY CERTIFICATE NODE_MODULES
import { createHash, X509Certificate } from "node:crypto";
import { readFileSync, existsSync, statSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync } from "node:zlib";

const [folder, key, certificate, modules] = process.argv.slice(2);
const TYPES = {
  ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json",
  ".svg": "image/svg+xml", ".xml": "application/xml", ".txt": "text/plain", ".png": "image/png", ".webp": "image/webp", ".woff2": "font/woff2",
  ".ico": "image/x-icon", ".pdf": "application/pdf", ".wasm": "application/wasm",
};
const SMALL = new Set([".png", ".webp", ".woff2", ".pdf", ".ico", ".zip", ".pagefind", ".pf_index", ".pf_fragment", ".pf_meta"]);

// Google's style sheet for "Inter:300,400i|JetBrains+Mono:400", cut to Latin; browsers fetch only the faces that a page uses.
const fontSheet = (wanted) => wanted.split("|").flatMap((family) => {
  const [name, weights = "400"] = family.split(":");
  const file = name.toLowerCase().replaceAll(" ", "-");
  return weights.split(",").map((weight) => {
    const [number, style] = [parseInt(weight), weight.endsWith("i") ? "italic" : "normal"];
    return `@font-face{font-family:'${name}';font-style:${style};font-weight:${number};font-display:fallback;src:url(https://fonts.gstatic.com/${file}/files/${file}-latin-${number}-${style}.woff2) format('woff2');unicode-range:U+0000-00FF,U+0131,U+2000-206F,U+20AC,U+2122}`;
  });
}).join("\n");

const answer = (host, path, query) => {
  if (host === "fonts.googleapis.com") return { type: TYPES[".css"], body: Buffer.from(fontSheet(query.get("family"))), squeeze: true };
  const base = host === "fonts.gstatic.com" ? join(modules, "@fontsource") : folder;
  let file = join(base, normalize(path));
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  if (!existsSync(file)) return null;
  return { type: TYPES[extname(file)] || "application/octet-stream", body: readFileSync(file), squeeze: !SMALL.has(extname(file)) };
};

const ready = new Map();
const prepared = (host, path, query) => {
  const name = `${host}${path}?${query}`;
  if (!ready.has(name)) {
    const found = answer(host, path, query);
    ready.set(name, found && { type: found.type, plain: found.body, small: found.squeeze ? brotliCompressSync(found.body) : null });
  }
  return ready.get(name);
};

const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(certificate), allowHTTP1: true }, (request, response) => {
  const host = (request.authority || request.headers.host || "").split(":")[0];
  const asked = new URL(request.url, "https://x");
  const path = decodeURIComponent(asked.pathname);
  const found = prepared(host, path, asked.searchParams);
  const small = found?.small && /\bbr\b/.test(request.headers["accept-encoding"] || "");
  const body = found ? (small ? found.small : found.plain) : Buffer.from("not found");
  response.writeHead(found ? 200 : 404, {
    "content-type": found ? found.type : "text/plain", "cache-control": "public, max-age=600", "access-control-allow-origin": "*",
    "content-length": body.length, ...(small ? { "content-encoding": "br", vary: "accept-encoding" } : {}),
  });
  response.end(request.method === "HEAD" ? undefined : body);
  console.log(JSON.stringify({ host, path, status: found ? 200 : 404, bytes: body.length }));
});
server.listen(0, "127.0.0.1", () => {
  const spki = new X509Certificate(readFileSync(certificate)).publicKey.export({ type: "spki", format: "der" });
  console.log(JSON.stringify({ port: server.address().port, key: createHash("sha256").update(spki).digest("base64") }));
});
