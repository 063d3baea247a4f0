// The service worker: keeps the whole site for readers without a network. The build puts it at the site's root, behind
// a line that says which files there are, each with the beginning of its SHA-256.
//
// With a network, pages come from there, so that nobody reads an old one. A new build is fetched beside the old one,
// checked file by file, and takes its place only when it is whole.
//
// In some folders of a library are sites with workers of their own, which take over where a reader has been there; of
// them the library's worker has only what its own pages need, and the pages with the text as far as there is room.
// @ts-check
"use strict";

(() => {
  /**
   * @typedef {object} Kept What the build says: a name for all of it, and the files by path, a page by its folder.
   * @property {string} version
   * @property {Record<string, string>} files
   * @property {string[]} [folders] those with sites that have workers of their own
   * @typedef {Event & {waitUntil: (done: Promise<unknown>) => void}} Lasting
   * @typedef {Lasting & {request: Request, respondWith: (answer: Promise<Response>) => void}} Asked
   * @typedef {object} Worker
   * @property {Kept} kept
   * @property {{scope: string}} registration
   * @property {{claim: () => Promise<void>}} clients
   * @property {() => Promise<void>} skipWaiting
   * @property {(kind: string, listener: (event: any) => void) => void} addEventListener
   */
  const worker = /** @type {Worker} */ (/** @type {unknown} */ (self));
  const { version, files, folders = [] } = worker.kept;
  const root = worker.registration.scope;
  // Other sites of the host keep theirs in the same place.
  const prefix = `statement ${root} `;
  const own = prefix + version;
  const HASH = "x-kept-hash";
  const AT_ONCE = 6;

  worker.addEventListener("install", (/** @type {Lasting} */ event) => {
    event.waitUntil(keepAll().then(() => worker.skipWaiting()));
  });

  worker.addEventListener("activate", (/** @type {Lasting} */ event) => {
    event.waitUntil(forget().then(() => worker.clients.claim()));
  });

  worker.addEventListener("fetch", (/** @type {Asked} */ event) => {
    const { request } = event;
    const path = pathOf(request.url);
    // Scripts ask with HEAD whether there is a page.
    if (!["GET", "HEAD"].includes(request.method) || path === null) return;
    const asset = assetOf(path);
    if (asset) event.respondWith(sameForGood(request, asset));
    else if (has(path)) event.respondWith(newest(request, path));
    else if (request.mode === "navigate" || request.method === "HEAD") event.respondWith(elsewhere(request, path));
  });

  /** Keep every file of this build; reject, and leave all that was there before, if one cannot be had as it was built. */
  async function keepAll() {
    const cache = await caches.open(own);
    const earlier = (await ours()).filter((name) => name !== own).reverse();
    const older = await Promise.all(earlier.map((name) => caches.open(name)));
    const ahead = Object.entries(files);
    const some = async () => {
      for (let entry = ahead.shift(); entry; entry = ahead.shift()) await keep(cache, older, ...entry);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, some));
  }

  /**
   * Keep a file: what is there already, from this build or an older one, need not be fetched.
   * @param {Cache} cache
   * @param {Cache[]} older
   * @param {string} path
   * @param {string} hash
   */
  async function keep(cache, older, path, hash) {
    const address = root + path;
    for (const each of [cache, ...older]) {
      const found = await each.match(address);
      if (found?.headers.get(HASH) !== hash) continue;
      if (each !== cache) await cache.put(address, found);
      return;
    }
    const response = await fetch(address, { cache: "no-cache" });
    const body = await response.arrayBuffer();
    if (!response.ok || (await hashOf(body)) !== hash) throw new Error(`${address} is not of this build`);
    const headers = new Headers(response.headers);
    // What is kept is as it was before it was compressed.
    headers.delete("content-encoding");
    headers.delete("content-length");
    headers.set(HASH, hash);
    await cache.put(address, new Response(body, { headers }));
  }

  /** Forget older builds but the last one, whose scripts a page that is still open may ask for. */
  async function forget() {
    const others = (await ours()).filter((name) => name !== own);
    await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  }

  /** @returns {Promise<string[]>} The names under which this site keeps its builds, the oldest first. */
  async function ours() {
    return (await caches.keys()).filter((name) => name.startsWith(prefix));
  }

  /**
   * Answer with a file whose name stands for its content, and so for one of an older build, too.
   * @param {Request} request
   * @param {string} path
   * @returns {Promise<Response>}
   */
  async function sameForGood(request, path) {
    for (const name of (await ours()).reverse()) {
      const found = await (await caches.open(name)).match(root + path);
      if (found) return found;
    }
    return fetch(request);
  }

  /**
   * Return where a file is kept whose name stands for its content, or an empty string for any other: the scripts and
   * stylesheets of all sites of a library are the same.
   * @param {string} path
   * @returns {string}
   */
  function assetOf(path) {
    const inner = path.slice((folderOf(path) ?? "").length);
    return inner.startsWith("assets/") ? inner : "";
  }

  /**
   * Return the folder, with its slash, of a site within this one, or undefined where a path is in none.
   * @param {string} path
   * @returns {string | undefined}
   */
  function folderOf(path) {
    return folders.map((name) => `${name}/`).find((each) => path.startsWith(each));
  }

  /**
   * Answer with a file as the network has it, or as it was kept if that has nothing to say.
   * @param {Request} request
   * @param {string} path
   * @returns {Promise<Response>}
   */
  async function newest(request, path) {
    let answer;
    try {
      answer = await fetch(request);
    } catch {
      answer = Response.error();
    }
    const isSilent = answer.type === "error" || answer.status >= 500;
    return (isSilent && (await kept(path))) || answer;
  }

  /**
   * Answer for an address that is none of a kept file: without a network, where it leads or that nothing is there.
   * @param {Request} request
   * @param {string} path
   * @returns {Promise<Response>}
   */
  async function elsewhere(request, path) {
    try {
      return await fetch(request);
    } catch {
      if (request.method === "HEAD") return new Response(null, { status: 404 });
      const folder = path.replace(/(^|\/)index\.html$/, "$1");
      const page = [folder, `${folder}/`].find((each) => each !== path && has(each));
      if (page !== undefined) return Response.redirect(root + page);
      // A file that is not kept may be there all the same, and so may a page of a site within this one.
      const missing = folderOf(path) === undefined && /(^|\/)[^/.]*$/.test(path) ? await kept("404.html") : undefined;
      return missing ? new Response(missing.body, { status: 404, headers: missing.headers }) : Response.error();
    }
  }

  /**
   * Whether a path is that of a file of this build.
   * @param {string} path
   * @returns {boolean}
   */
  function has(path) {
    return Object.prototype.hasOwnProperty.call(files, path);
  }

  /**
   * @param {string} path
   * @returns {Promise<Response | undefined>}
   */
  async function kept(path) {
    return (await caches.open(own)).match(root + path);
  }

  /**
   * Return the path of an address from the site's root, or null for one outside.
   * @param {string} address
   * @returns {string | null}
   */
  function pathOf(address) {
    const { origin, pathname } = new URL(address);
    return (origin + pathname).startsWith(root) ? (origin + pathname).slice(root.length) : null;
  }

  /**
   * Return the beginning of the SHA-256 of a file, as the build has it.
   * @param {ArrayBuffer} body
   * @returns {Promise<string>}
   */
  async function hashOf(body) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
    return Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }
})();
