// The search's text and interface strings: fetched on first use, once per page.
// @ts-check

import { bringing } from "../bring.js";
import { json } from "../files.js";
import { load as loadWords } from "../load-words.js";
import { indexOf } from "./index.js";

/**
 * @typedef {object} Loaded
 * @property {import("./index.js").Index} index
 * @property {import("../words.js").Words} words
 * @property {number} done how many of the text's files have been loaded
 * @property {number} of how many there are in total
 */

const bringSpaced = bringing((again) => import("./spaced.js" + again));

/** @type {Promise<Loaded> | null} */
let loading = null;
/** @type {((loaded: Loaded) => void)[]} */
let waiting = [];

/**
 * Return the search data; after a failure, the next call tries again.
 * @param {HTMLElement} find the element that names the files
 * @param {(loaded: Loaded) => void} [onPart] called whenever another part of a split text has been loaded, the last one
 *   included
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
function fetchAll(find) {
  return fetchText(find.dataset.fetchText ?? "", loadWords(find), (loaded) => {
    for (const tell of waiting) tell(loaded);
  });
}

/**
 * Return the search data of an edition, all of it.
 * @param {string} address
 * @param {Promise<import("../words.js").Words>} coming its interface strings
 * @param {(loaded: Loaded) => void} [onPart] called whenever another part of a split text has been loaded
 * @returns {Promise<Loaded>}
 */
export async function fetchText(address, coming, onPart = () => {}) {
  const [data, words] = await Promise.all([json(address), coming]);
  /** @type {string[]} */
  const parts = data.parts ?? [];
  const base = new URL(address, location.href);
  const files = parts.map((name) => json(new URL(name, base).href));
  const spaced = data.words ? await bringSpaced() : null;
  let loaded = { index: indexOf(data, spaced), words, done: parts.length === 0 ? 1 : 0, of: Math.max(1, parts.length) };
  for (const [done, file] of files.entries()) {
    const part = await file;
    for (const name of /** @type {const} */ (["passages", "exceptions", "readings"])) data[name].push(...part[name]);
    loaded = { index: indexOf(data, spaced), words, done: done + 1, of: parts.length };
    onPart(loaded);
  }
  return loaded;
}
