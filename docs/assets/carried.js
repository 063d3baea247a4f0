// What files.js does, in the one file that people pass on: it carries all that it reads, and asks nobody for anything.
// @ts-check

/**
 * Return what the page carries at a place of its own; reject where it carries nothing there.
 * @param {string} address
 * @returns {Promise<any>}
 */
export async function json(address) {
  const holder = document.getElementById(address.replace(/^.*#/u, ""));
  if (holder instanceof HTMLScriptElement) return JSON.parse(holder.text);
  if (holder instanceof HTMLDListElement) return Object.fromEntries([...holder.querySelectorAll("dt")].map(termOf));
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
