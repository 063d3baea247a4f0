// The text and the words of the search: fetched when they are first needed, once for a page.
// @ts-check

import { json } from "../files.js";
import { load as loadWords } from "../load-words.js";
import { indexOf } from "./index.js";

/**
 * @typedef {object} Loaded
 * @property {import("./index.js").Index} index
 * @property {import("../words.js").Words} words
 * @property {number} done how many of the files of a text have come
 * @property {number} of how many there are
 */

/** @type {Promise<Loaded> | null} */
let loading = null;
/** @type {((loaded: Loaded) => void)[]} */
let waiting = [];

/**
 * Return what the search needs; where it cannot be had, the next call tries again.
 * @param {HTMLElement} find the element that names the files
 * @param {(loaded: Loaded) => void} [onPart] told whenever a part of a text in several files has come, and the last time
 * @returns {Promise<Loaded>}
 */
export function load(find, onPart) {
  if (onPart) waiting.push(onPart);
  loading ??= fetchAll(find).catch((error) => {
    loading = null;
    waiting = [];
    throw error;
  });
  return loading;
}

/**
 * @param {HTMLElement} find
 * @returns {Promise<Loaded>}
 */
async function fetchAll(find) {
  const address = find.dataset.fetchText ?? "";
  const [data, words] = await Promise.all([json(address), loadWords(find)]);
  /** @type {string[]} */
  const parts = data.parts ?? [];
  const base = new URL(address, location.href);
  const files = parts.map((name) => json(new URL(name, base).href));
  let loaded = { index: indexOf(data), words, done: parts.length === 0 ? 1 : 0, of: Math.max(1, parts.length) };
  for (const [done, file] of files.entries()) {
    const part = await file;
    for (const name of /** @type {const} */ (["passages", "exceptions", "readings"])) data[name].push(...part[name]);
    loaded = { index: indexOf(data), words, done: done + 1, of: parts.length };
    for (const tell of waiting) tell(loaded);
  }
  return loaded;
}
