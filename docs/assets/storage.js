// What the browser remembers for its reader. A browser that forbids it forgets, and nothing else goes wrong.
// @ts-check

/** Under which name it is remembered that a reader has switched the slash off as a key. */
export const SHORTCUT = "shortcut";

/**
 * Return what was remembered under a name, or nothing.
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
 * Remember a value under a name; an empty one forgets it.
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // Nothing is remembered.
  }
}
