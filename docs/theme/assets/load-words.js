// The words that our scripts say, fetched when the first of them is needed.
// @ts-check

/** @typedef {import("./words.js").Words} Words */

/** @type {Promise<Words> | null} */
let loading = null;

/**
 * Return the words in the script of the page; where they cannot be had, the next call tries again.
 * @param {HTMLElement} find the element that names their file
 * @returns {Promise<Words>}
 */
export function load(find) {
  loading ??= json(find.dataset.fetchWords ?? "").catch((error) => {
    loading = null;
    throw error;
  });
  return loading;
}

/**
 * Return what a file of the site's own holds; reject where it cannot be had.
 * @param {string} address
 * @returns {Promise<any>}
 */
export async function json(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}
