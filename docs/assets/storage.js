// Preferences in local storage. If the browser blocks it, they are not remembered, and nothing else breaks.
// @ts-check

/** The storage key for whether a reader has disabled the slash as a shortcut. */
export const SHORTCUT = "shortcut";

/**
 * Return the value stored under a name, or an empty string.
 * @param {string} name
 * @returns {string}
 */
export function recall(name) {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

/**
 * Store a value under a name; an empty value removes it.
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // Storage is blocked; nothing is stored.
  }
}
