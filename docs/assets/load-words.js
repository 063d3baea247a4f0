// The words that our scripts say, fetched when the first of them is needed.
// @ts-check

import { json } from "./files.js";

/** @typedef {import("./words.js").Words} Words */

/** @type {Map<string, Promise<Words>>} */
const loading = new Map();

/**
 * Return the words in the script of an edition; where they cannot be had, the next call tries again.
 * @param {HTMLElement} holder the element that names their file
 * @returns {Promise<Words>}
 */
export function load(holder) {
  const address = holder.dataset.fetchWords ?? "";
  const words = loading.get(address) ?? json(address);
  loading.set(address, words);
  words.catch(() => loading.delete(address));
  return words;
}
