// On the not-found page: redirect addresses that people write or pass on in other forms to the page they mean:
// /第七段/, /p7/, /6-8/, /7/。, /zh-Hans/health/, /zh-tw/.
// @ts-check

import { takeFrame } from "./frame.js";
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

takeFrame(document);
resolve();

/** Redirect to the page that the address means, if it exists. */
async function resolve() {
  const { root = "", lost } = document.body.dataset;
  const given = new URL(`${root.replace(/\/$/u, "")}/`, location.href).pathname;
  const whole = lost === undefined ? given : await found(document.body.dataset.edition ?? "", lost || "words.json");
  if (!location.pathname.startsWith(whole)) return;
  const { folder, clauses, editions } = statementAt(location.pathname.slice(whole.length));
  const [edition = ""] = editions;
  const site = whole + folder;
  const inside = plainly(location.pathname.slice(site.length));
  const parts = renamed(inside, editions).split("/").filter(Boolean);
  const [name = "", ...others] = parts.filter((part, index) => index > 0 || !editions.includes(part));
  const numbers = others.length > 0 ? null : (numbersOf(name) ?? numbersOf(name.replace(/[^\p{L}\p{N}].*$/u, "")));
  if (numbers && numbers[0] >= 1 && numbers[1] <= clauses) {
    const [from, to] = numbers;
    const chosen = recall("edition");
    const several = `${editions.includes(chosen) ? chosen : edition}/full/#p${from}-${to}`;
    location.replace(site + (from === to ? `${from}/` : several));
    return;
  }
  const meant = renamed(inside.replace(AFTER, ""), editions);
  if (meant === "" && /[\p{L}\p{N}%]/u.test(inside)) return;
  const address = site + (meant === "" || /(?:\/|\.[a-z]+)$/u.test(meant) ? meant : `${meant}/`);
  if (address === location.pathname) return;
  const answer = await fetch(address, { method: "HEAD" });
  if (answer.ok) location.replace(address + location.search + location.hash);
}

/**
 * Return a path with the edition's name in this site's form.
 * @param {string} path
 * @param {string[]} editions
 * @returns {string}
 */
function renamed(path, editions) {
  const [first = "", ...others] = path.split("/");
  const name = first.replace("_", "-");
  if (editions.includes(name)) return [name, ...others].join("/");
  const script = SCRIPTS.find(({ names }) => names.test(name))?.script;
  const edition = script && editions.find((id) => id.split("-").includes(script));
  return edition ? [edition, ...others].join("/") : path;
}

/**
 * Return the folder on the host that holds the site, and fix the page's links to point there: a build without a site
 * address assumes the root of the host.
 * @param {string} edition
 * @param {string} file what the folder of an edition has
 * @returns {Promise<string>}
 */
async function found(edition, file) {
  const parts = location.pathname.split("/").slice(0, -1);
  for (let length = parts.length; length > 1; length -= 1) {
    const folder = `${parts.slice(0, length).join("/")}/`;
    const answer = await fetch(`${folder}${edition}/${file}`, { method: "HEAD" });
    if (!answer.ok) continue;
    for (const link of document.querySelectorAll('a[href^="/"]')) {
      if (link instanceof HTMLAnchorElement) link.href = folder + link.pathname.slice(1) + link.hash;
    }
    return folder;
  }
  return "/";
}

/**
 * Return the statement that a path leads into: its folder, the number of its clauses, and the ids of its editions.
 *
 * In a library the page lists its statements; elsewhere, and in the library's own pages, it is what the page says of
 * itself.
 * @param {string} path from the root of the site
 * @returns {{folder: string, clauses: number, editions: string[]}}
 */
function statementAt(path) {
  const [name = ""] = path.split("/");
  const link = [...document.querySelectorAll("a[data-statement]")].find((each) => each.getAttribute("data-statement") === name);
  if (link) {
    const { clauses = "0", editions = "" } = /** @type {HTMLElement} */ (link).dataset;
    return { folder: `${name}/`, clauses: Number(clauses), editions: editions.split(" ") };
  }
  const links = [...document.querySelectorAll("a[data-edition]")];
  const editions = links.map((each) => each.getAttribute("data-edition") ?? "");
  const { clauses = "0", edition = "" } = document.body.dataset;
  return { folder: "", clauses: Number(clauses), editions: [edition, ...editions.filter((each) => each !== edition)] };
}
