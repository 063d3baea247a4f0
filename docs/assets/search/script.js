// The language picker carries the query along, converted to the other edition's script.
// @ts-check

import { withQuery } from "./address.js";
import { placesOf } from "./engine.js";
import { fold, tableOf, translate } from "./text.js";

/** @typedef {import("./index.js").Index} Index */

/**
 * Add the query to the links to the other edition, converted once an index is available. One with a text of its own gets
 * it as it was typed.
 * @param {Document} page
 * @param {string} query
 * @param {Index | null} index
 */
export function carryQuery(page, query, index) {
  const carried = index ? counterpart(index, query) : query;
  for (const link of page.querySelectorAll("a[data-switch]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.href = withQuery(link.href, link.dataset.own === undefined ? carried : query, link.hash.slice(1));
  }
}

/**
 * Return a query as the other edition writes it.
 *
 * A word that the other edition writes in more than one way is left unchanged, because either edition finds both; so is
 * one with a character that does not occur in the text.
 * @param {Index} index
 * @param {string} query
 * @returns {string}
 */
export function counterpart(index, query) {
  const table = tableOf(index.data.other);
  return query
    .split(/(\s+)/u)
    .map((word) => {
      const found = new Set(placesOf(index.own, word).map((place) => otherAt(index, place, word.length)));
      if (found.size > 1) return word;
      return [...found][0] ?? (isOfText(index, word) ? translate(word, table) : word);
    })
    .join("");
}

/**
 * Whether every Chinese character of a word occurs in the text, so that its form in the other edition is known.
 * @param {Index} index
 * @param {string} word
 * @returns {boolean}
 */
function isOfText(index, word) {
  return [...word].every((character) => !/\p{Script=Han}/u.test(character) || index.own.includes(character));
}

/**
 * Return what the other edition has at a position, keeping upper case and full-width forms.
 * @param {Index} index
 * @param {number} start
 * @param {number} length
 * @returns {string}
 */
function otherAt(index, start, length) {
  const own = index.own.slice(start, start + length);
  const other = index.rawOther().slice(start, start + length);
  const folded = fold(own);
  return own.split("").map((unit, at) => (folded[at] === other[at] ? unit : (other[at] ?? unit))).join("");
}
