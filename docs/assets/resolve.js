// On the not-found page: redirect addresses that people write or pass on in other forms to the page they mean:
// /第七段/, /p7/, /6-8/, /7/。, /zh-Hans/health/, /zh-tw/.
// @ts-check

import { numbersOf } from "./numbers.js";
import { plainly } from "./place-name.js";
import { recall } from "./storage.js";

/** Other names of the scripts. */
const SCRIPTS = [
  { script: "hans", names: /^(?:zh-?)?(?:cn|sg|my|chs|gb|hans(?:-(?:cn|sg|my))?)$/u },
  { script: "hant", names: /^(?:zh-?)?(?:tw|hk|mo|cht|big5|hant(?:-(?:tw|hk|mo))?)$/u },
];
/** Punctuation and text that got attached to a link in running text. */
const AFTER = /[^a-z0-9/_.-].*$/u;

resolve();

/** Redirect to the page that the address means, if it exists. */
async function resolve() {
  const { root = "", clauses = "0", edition = "", lost } = document.body.dataset;
  const given = new URL(`${root.replace(/\/$/u, "")}/`, location.href).pathname;
  const site = lost === undefined ? given : await found(edition);
  if (!location.pathname.startsWith(site)) return;
  const inside = plainly(location.pathname.slice(site.length));
  const parts = renamed(inside).split("/").filter(Boolean);
  const [name = "", ...others] = parts.filter((part, index) => index > 0 || !editions().includes(part));
  const numbers = others.length > 0 ? null : (numbersOf(name) ?? numbersOf(name.replace(/[^\p{L}\p{N}].*$/u, "")));
  if (numbers && numbers[0] >= 1 && numbers[1] <= Number(clauses)) {
    const [from, to] = numbers;
    const several = `${recall("edition") || edition}/full/#p${from}-${to}`;
    location.replace(site + (from === to ? `${from}/` : several));
    return;
  }
  const meant = renamed(inside.replace(AFTER, ""));
  if (meant === "" && /[\p{L}\p{N}%]/u.test(inside)) return;
  const address = site + (meant === "" || /(?:\/|\.[a-z]+)$/u.test(meant) ? meant : `${meant}/`);
  if (address === location.pathname) return;
  const answer = await fetch(address, { method: "HEAD" });
  if (answer.ok) location.replace(address + location.search + location.hash);
}

/**
 * Return a path with the edition's name in this site's form.
 * @param {string} path
 * @returns {string}
 */
function renamed(path) {
  const [first = "", ...others] = path.split("/");
  const name = first.replace("_", "-");
  if (editions().includes(name)) return [name, ...others].join("/");
  const script = SCRIPTS.find(({ names }) => names.test(name))?.script;
  const edition = script && editions().find((id) => id.split("-").includes(script));
  return edition ? [edition, ...others].join("/") : path;
}

/**
 * Return the folder on the host that holds the site, and fix the page's links to point there: a build without a site
 * address assumes the root of the host.
 * @param {string} edition
 * @returns {Promise<string>}
 */
async function found(edition) {
  const parts = location.pathname.split("/").slice(0, -1);
  for (let length = parts.length; length > 1; length -= 1) {
    const folder = `${parts.slice(0, length).join("/")}/`;
    const answer = await fetch(`${folder}${edition}/words.json`, { method: "HEAD" });
    if (!answer.ok) continue;
    for (const link of document.querySelectorAll('a[href^="/"]')) {
      if (link instanceof HTMLAnchorElement) link.href = folder + link.pathname.slice(1) + link.hash;
    }
    return folder;
  }
  return "/";
}

/**
 * Return the ids of the editions that the page links to.
 * @returns {string[]}
 */
function editions() {
  return [...document.querySelectorAll("a[data-edition]")].map((link) => link.getAttribute("data-edition") ?? "");
}
