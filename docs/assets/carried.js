// What files.js does, in the one file that people pass on: it carries all that it reads, and asks nobody for anything.
// @ts-check

/**
 * Return what the page carries under an address; reject where it carries nothing of that name.
 * @param {string} address
 * @returns {Promise<any>}
 */
export async function json(address) {
  for (const block of document.querySelectorAll("script[data-file]")) {
    if (block instanceof HTMLElement && address.endsWith(block.dataset.file ?? "/")) return JSON.parse(block.textContent ?? "");
  }
  for (const list of document.querySelectorAll("dl[data-holds]")) {
    if (list.getAttribute("data-holds") === address) return Object.fromEntries([...list.querySelectorAll("dt")].map(termOf));
  }
  throw new Error(`${address}: not carried`);
}

/**
 * Return a term of the list by its id: its name, its English name and a line about it, as `preview.js` reads them.
 * @param {Element} name
 * @returns {[id: string, term: (string | null | undefined)[]]}
 */
function termOf(name) {
  const parts = [name.querySelector("span"), name.querySelector("small"), name.nextElementSibling?.querySelector("span")];
  return [name.id.slice("term-".length), parts.map((part) => part?.textContent)];
}

/** Nothing is on its way. */
export function preload() {}
