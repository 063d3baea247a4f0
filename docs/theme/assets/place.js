// An address that names characters of a clause, `#p7:12-18`: marked, and brought onto the screen.
// @ts-check

import { rangeOf, textNodes, textOfNodes } from "./text-range.js";

const NAME = "place";
const PLACE = /^#p(\d{1,5}):(\d{1,6})-(\d{1,6})$/u;

/**
 * Mark the characters that the address names, now and whenever it changes.
 * @param {Document} page
 */
export function showPlace(page) {
  const show = () => mark(page);
  addEventListener("hashchange", show);
  show();
}

/**
 * Return the fragment that names characters of a clause.
 * @param {number} number
 * @param {number} start in characters (code points) from 0, as in every edition
 * @param {number} end half-open
 * @returns {string}
 */
export function placeName(number, start, end) {
  return `p${number}:${start}-${end}`;
}

/**
 * @param {Document} page
 */
function mark(page) {
  for (const clause of page.querySelectorAll(".clause.here")) clause.classList.remove("here");
  if ("highlights" in CSS) CSS.highlights.delete(NAME);
  const [, number, from, to] = PLACE.exec(location.hash) ?? [];
  const clause = number && page.getElementById(`p${Number(number)}`);
  if (!clause) return;
  const nodes = textNodes(clause);
  const characters = [...textOfNodes(nodes)];
  const [start, end] = [Number(from), Math.min(Number(to), characters.length)];
  clause.classList.add("here");
  if (start >= end) {
    clause.scrollIntoView();
    return;
  }
  const range = rangeOf(nodes, units(characters, start), units(characters, end));
  if ("highlights" in CSS) CSS.highlights.set(NAME, new Highlight(range));
  bring(clause, range);
}

/**
 * Bring a range onto the screen, with the beginning of its clause where both fit.
 * @param {Element} clause
 * @param {Range} range
 */
function bring(clause, range) {
  clause.scrollIntoView();
  if (range.getBoundingClientRect().bottom < innerHeight) return;
  scrollBy({ top: range.getBoundingClientRect().top - innerHeight / 3 });
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
