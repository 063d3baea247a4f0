// Highlighted search matches in the text, with a bar to step through them and to go back to the results.
// @ts-check

import { element } from "../dom.js";
import { canMark, highlight, highlightPresent, unhighlight } from "../highlight.js";
import { rangeOf, textNodes, textOfNodes } from "../text-range.js";
import { withQuery } from "./address.js";
import { placesIn, search } from "./engine.js";
import { idOf } from "./index.js";
import { load } from "./load.js";
import { carryQuery } from "./script.js";
import { say } from "../words.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("../words.js").Words} Words */

const ALL = "hit";
const CURRENT = "hit-current";
const SETTLED = 100;

/** @type {HTMLElement | null} */
let bar = null;
/** The query whose matches are highlighted or about to be. */
let wanted = "";

/**
 * Highlight the matches of a query on this page and show the bar to step through them.
 * @param {HTMLElement} find
 * @param {string} query
 */
export async function showMarks(find, query) {
  wanted = query;
  const { index, words } = await load(find);
  if (wanted !== query) return;
  hideMarks();
  wanted = query;
  carryQuery(document, query, index);
  const ranges = rangesOf(index, query);
  highlight(ALL, ranges);
  bar = barOf(find, words, query, ranges);
  document.querySelector("main")?.append(bar);
}

/** Remove the highlights and the bar. */
export function hideMarks() {
  wanted = "";
  bar?.remove();
  bar = null;
  unhighlight(ALL);
  unhighlight(CURRENT);
}

/**
 * Return the ranges of a query's matches in the clauses and headings of this page, in text order.
 * @param {Index} index
 * @param {string} query
 * @returns {Range[]}
 */
function rangesOf(index, query) {
  return [...search(index, query).results]
    .sort((one, other) => one.passage - other.passage)
    .flatMap((result) => {
      const { passage } = result;
      const holder = document.getElementById(idOf(index, passage));
      return holder?.closest("article") ? rangesIn(holder, index.data.passages[passage]?.text ?? "", placesIn(index, result)) : [];
    });
}

/**
 * Return matches in a passage's text as ranges in the element that shows it.
 *
 * Headings whose text differs from the passage, as can happen on the home page, get none.
 * @param {Element} holder
 * @param {string} text
 * @param {number[]} places
 * @returns {Range[]}
 */
function rangesIn(holder, text, places) {
  const nodes = textNodes(holder);
  if (textOfNodes(nodes) !== text) return [];
  /** @type {Range[]} */
  const ranges = [];
  for (let each = 0; each < places.length; each += 2) {
    ranges.push(rangeOf(nodes, places[each] ?? 0, places[each + 1] ?? 0));
  }
  return ranges;
}

/**
 * @param {HTMLElement} find
 * @param {Words} words
 * @param {string} query
 * @param {Range[]} ranges
 * @returns {HTMLElement}
 */
function barOf(find, words, query, ranges) {
  const results = withQuery(new URL(find.dataset.results ?? "", location.href).href, query);
  const count = element("span", { class: "found__count", role: "status" });
  const made = element("aside", { class: "found", "aria-label": words.onPage }, count);
  let current = -1;
  const tell = () => {
    const sentence = current < 0 ? words.placesOnPage : words.placeOnPage;
    const text = [...query].length > 12 ? `${[...query].slice(0, 12).join("")}…` : query;
    count.textContent = say(sentence, { query: text, places: ranges.length, place: current + 1 });
  };
  /** @param {number} step */
  const turn = (step) => {
    current = current < 0 ? firstBelow(ranges, step) : (current + step + ranges.length) % ranges.length;
    const range = ranges[current];
    if (!range) return;
    highlightPresent(CURRENT, range);
    const { top, bottom } = range.getBoundingClientRect();
    scrollBy({ top: (top + bottom) / 2 - innerHeight / 2 });
    tell();
  };
  // Screen readers do not announce the content of a live region that has only just been inserted.
  setTimeout(() => (canMark ? tell() : turn(1)), SETTLED);
  if (ranges.length > 1) {
    for (const [name, step] of /** @type {[string, number][]} */ ([[words.previous, -1], [words.next, 1]])) {
      const button = element("button", { type: "button" }, name);
      button.addEventListener("click", () => turn(step));
      made.append(button);
    }
  }
  const clear = element("button", { type: "button" }, words.clear);
  clear.addEventListener("click", () => {
    history.replaceState(null, "", withQuery(location.href, "", location.hash.slice(1)));
    hideMarks();
    carryQuery(document, "", null);
  });
  made.append(element("a", { href: results }, words.back), clear);
  return made;
}

/**
 * Return the index of the first range not above the viewport or, for a step back, of the one before it; 0 if all are
 * above.
 * @param {Range[]} ranges
 * @param {number} step
 * @returns {number}
 */
function firstBelow(ranges, step) {
  const below = ranges.findIndex((range) => range.getBoundingClientRect().bottom > 0);
  if (step > 0) return below < 0 ? 0 : below;
  return (below < 0 ? ranges.length : below + ranges.length - 1) % ranges.length;
}
