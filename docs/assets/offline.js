// Keeping the site for readers without a network: the worker does that, this starts it when the page has come.
// @ts-check

// So long after a page has come nothing is fetched for later, because the page may still fetch something itself.
const WAIT = 1_000;

/**
 * Start the worker where there may be one, and where readers have not asked to save data.
 * @param {Document} page
 */
export function keepForLater(page) {
  const { worker } = page.body.dataset;
  const { connection } = /** @type {{connection?: {saveData?: boolean}}} */ (navigator);
  if (!worker || !isSecureContext || !("serviceWorker" in navigator) || connection?.saveData) return;
  const start = () => {
    setTimeout(() => {
      // A browser that refuses, as in private windows, shows the site without.
      navigator.serviceWorker.register(trusted(worker)).catch(() => {});
    }, WAIT);
  };
  // A module runs before its page has loaded (HTML, 8.1.3.2).
  addEventListener("load", start);
}

/**
 * Return the worker's address as one that the policy allows: no other can be made a script of.
 * @param {string} address
 * @returns {string}
 */
function trusted(address) {
  /** @typedef {{createPolicy: (name: string, rules: object) => {createScriptURL: (text: string) => string}}} Types */
  const { trustedTypes } = /** @type {{trustedTypes?: Types}} */ (/** @type {unknown} */ (window));
  return trustedTypes?.createPolicy("worker", { createScriptURL: () => address }).createScriptURL(address) ?? address;
}
