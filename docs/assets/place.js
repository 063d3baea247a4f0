// The place that an address names, `#p7`, `#p7:12-18`, `#p6-8`: marked and brought onto the screen, with what it is a part
// of. However people write it, they get there; where there is no such place they are told.
// @ts-check

import { bringing } from "./bring.js";
import { highlightPresent, unhighlight } from "./highlight.js";
import { checkOf, nameOf, placeOf, plainly, rangeOfLabels } from "./place-name.js";
import { rangeOf, textNodes, textOfNodes } from "./text-range.js";
import { say } from "./words.js";

/** @typedef {import("./place-name.js").Place} Place */

const NAME = "place";

/**
 * Show the place that the address names, now and whenever it changes.
 * @param {Document} page
 */
export function showPlace(page) {
  addEventListener("hashchange", () => follow(page, false));
  follow(page, true);
}

/** What people write in other forms than this site does, which is seldom, is read by what is fetched for it. */
const bringNumbers = bringing((again) => import("./numbers.js" + again));

/**
 * Go to the place that the address names, or say that there is none.
 * @param {Document} page
 * @param {boolean} isArrival whether the page has just been opened at it
 */
async function follow(page, isArrival) {
  for (const clause of page.querySelectorAll(".clause.here")) clause.classList.remove("here");
  unhighlight(NAME);
  tell(page, null, "");
  const place = placeOf(location.hash) ?? (await placeInWords(page));
  if (!place) return;
  const clauses = clausesOf(page, place);
  const [first] = clauses;
  const name = nameOf(place);
  if (!first) {
    leave(page, place, name);
  } else if (location.hash !== `#${name}`) {
    location.replace(`#${name}`);
  } else {
    if (place.sentence !== undefined && !page.getElementById(name)) {
      tell(page, first, say(wordsOf(page).nowhere, { place: `#${name}` }));
      bringClause(first);
    } else if (isArrival) {
      introduce(page, clauses);
    }
    show(page, place, clauses);
  }
}

/**
 * Return the place that the address names in other forms, such as `#第七段`, or nothing.
 * @param {Document} page
 * @returns {Promise<Place | null>}
 */
async function placeInWords(page) {
  const plain = plainly(location.hash);
  if (!/[\d零〇一二三四五六七八九十百千]/u.test(plain) || page.querySelector(":target")) return null;
  return (await bringNumbers()).clausesNumbered(plain);
}

/**
 * Return those clauses of a place that the page has.
 * @param {Document} page
 * @param {Place} place
 * @returns {Element[]}
 */
function clausesOf(page, { first, last, id }) {
  if (id !== undefined) return [page.getElementById(id)?.closest(".clause[id]")].flatMap((clause) => clause ?? []);
  return [...page.querySelectorAll(".clause[id]")].filter(({ id }) => {
    const number = Number(id.slice(1));
    return first <= number && number <= last;
  });
}

/**
 * Go to the page that has a place which this one has not, or say that there is no such place.
 * @param {Document} page
 * @param {Place} place
 * @param {string} name
 */
function leave(page, place, name) {
  const { root = ".", clauses = "0" } = page.body.dataset;
  // The page of a single clause has no place on it but this clause.
  if (page.querySelector(`[data-number="${place.first}"]`)) return;
  const link = page.querySelector(`.contents a[href$="#${place.id ?? name}"]`) ?? page.querySelector(`.contents a[href$="#p${place.first}"]`);
  const around = place.id?.replace(/\.p?\d+$/u, "") ?? "";
  if (!link && around !== (place.id ?? "")) {
    location.replace(`#${around}`);
    return;
  }
  if (!link && (place.first < 1 || place.last > Number(clauses))) {
    tell(page, null, say(wordsOf(page).nowhere, { place: decodeURI(location.hash) }));
    return;
  }
  const target = new URL(link instanceof HTMLAnchorElement ? link.href : `${root}/${place.first}/`, location.href);
  target.hash = link ? name : "";
  location.replace(target.href);
}

/**
 * Mark a place and bring it onto the screen; characters that have changed their place since it was named are found.
 * @param {Document} page
 * @param {Place} place
 * @param {Element[]} clauses
 */
function show(page, { characters, first, last, check }, clauses) {
  const [clause] = clauses;
  if (!clause || (!characters && first === last)) return;
  for (const each of clauses) each.classList.add("here");
  if (!characters) {
    bringClause(clause);
    return;
  }
  const nodes = textNodes(clause);
  const text = [...textOfNodes(nodes)];
  const [named, until] = [characters[0], Math.min(characters[1], text.length)];
  const start = check === undefined ? named : known(text, named, until, check, clause.closest("[lang]")?.getAttribute("lang") ?? "");
  const end = until + start - named;
  if (start < 0) tell(page, clause, wordsOf(page).changed);
  else if (start !== named) tell(page, clause, wordsOf(page).moved);
  if (start < 0 || start >= end) {
    bringClause(clause);
    return;
  }
  const range = rangeOf(nodes, units(text, start), units(text, end));
  highlightPresent(NAME, range);
  bring(clause, range);
}

/**
 * Return where characters that were named by their place and a check stand now; -1 where they are no more.
 * @param {string[]} text
 * @param {number} start
 * @param {number} end
 * @param {string} check
 * @param {string} language
 * @returns {number}
 */
function known(text, start, end, check, language) {
  const at = (/** @type {number} */ from) => checkOf(text.slice(from, from + end - start).join(""), language) === check;
  // Another edition has the same characters in another script: their place has to do.
  if (checkOf("", language).charAt(0) !== check.charAt(0) || at(start)) return start;
  for (let from = 0; from + end - start <= text.length; from += 1) if (at(from)) return from;
  return -1;
}

/**
 * Bring a range onto the screen, with the beginning of its clause where both fit.
 * @param {Element} clause
 * @param {Range} range
 */
function bring(clause, range) {
  bringClause(clause);
  if (range.getBoundingClientRect().bottom < innerHeight) return;
  scrollBy({ top: range.getBoundingClientRect().top - innerHeight / 3 });
}

/**
 * Say before a clause what it is a part of, to somebody whom a link has led there and who may have seen nothing else.
 * @param {Document} page
 * @param {Element[]} clauses of which there is at least one
 */
function introduce(page, clauses) {
  const [clause] = clauses;
  if (!clause) return;
  const line = page.querySelector("[data-arrival]");
  if (!(line instanceof HTMLElement)) return;
  const where = line.querySelector("[data-arrival-where]");
  const [named, last] = [clause, clauses[clauses.length - 1] ?? clause].map(labelOf);
  const { several = "" } = line.dataset;
  if (where) where.textContent = rangeOfLabels(named ?? "", last ?? "", several);
  const cite = line.querySelector("a[data-arrival-cite]");
  if (cite instanceof HTMLAnchorElement) cite.href = say(cite.dataset.arrivalCite ?? "", { number: clause.id.replace(/^p(?=\d)/u, "") });
  line.hidden = false;
  clause.before(line);
  line.scrollIntoView();
  keepInSight(line, page.getElementById(location.hash.slice(1)));
}

/**
 * Return what a clause is called, as the link at its beginning says.
 * @param {Element} clause
 * @returns {string}
 */
function labelOf(clause) {
  return clause.querySelector(".number")?.getAttribute("aria-label") ?? "";
}

/**
 * Have what is said before a place stay on the screen when the browser scrolls to that place itself, which it does once
 * the page is there; not where the two are too far apart.
 * @param {HTMLElement} line
 * @param {HTMLElement | null} place
 */
function keepInSight(line, place) {
  if (!place) return;
  const between = place.getBoundingClientRect().top - line.getBoundingClientRect().top;
  if (between > innerHeight / 2) return;
  const margin = Number.parseFloat(getComputedStyle(line).scrollMarginBlockStart) || 0;
  place.style.setProperty("scroll-margin-block-start", `${between + margin}px`);
}

/**
 * Bring a clause onto the screen, with what is said before it.
 * @param {Element} clause
 */
function bringClause(clause) {
  const said = clause.previousElementSibling;
  (said instanceof HTMLElement && said.matches(".arrival, .nowhere") && !said.hidden ? said : clause).scrollIntoView();
}

/**
 * Say something before a clause, or at the top of the page; nothing takes away what was said.
 * @param {Document} page
 * @param {Element | null} clause
 * @param {string} words
 */
function tell(page, clause, words) {
  const line = page.querySelector("[data-nowhere]");
  if (!(line instanceof HTMLElement)) return;
  line.textContent = words;
  line.hidden = !words;
  if (words && clause) clause.before(line);
  else if (words) page.querySelector("main")?.prepend(line);
}

/**
 * @param {Document} page
 * @returns {{nowhere: string, moved: string, changed: string}}
 */
function wordsOf(page) {
  const line = page.querySelector("[data-nowhere]");
  if (!(line instanceof HTMLElement)) return { nowhere: "", moved: "", changed: "" };
  const { nowhere = "", moved = "", changed = "" } = line.dataset;
  return { nowhere, moved, changed };
}

/**
 * Return how many UTF-16 units the first characters of a text take.
 * @param {string[]} characters
 * @param {number} count
 * @returns {number}
 */
function units(characters, count) {
  return characters.slice(0, count).join("").length;
}
