// The search as pages know it: a button, two keys, and an address that may ask. All else is fetched when it is needed.
// @ts-check

import { SHORTCUT, recall } from "../storage.js";
import { queryIn } from "./address.js";

/**
 * Offer the search on a page, and do what the address asks for.
 * @param {Document} page
 */
export function offerSearch(page) {
  const find = page.querySelector("[data-find]");
  if (!(find instanceof HTMLElement)) return;
  const place = page.querySelector("[data-results-page]");
  const link = find.querySelector("a");
  const button = find.querySelector("button");
  if (link) link.hidden = true;
  if (place) {
    onResultsPage(find, place, button);
    return;
  }
  /** @type {Promise<import("./dialog.js").SearchDialog> | null} */
  let made = null;
  const dialog = () => {
    made ??= import("./dialog.js").then(({ SearchDialog }) => new SearchDialog(find));
    return made;
  };
  const open = () => dialog().then((each) => each.open());
  if (button) {
    button.hidden = false;
    button.addEventListener("click", open);
    for (const event of ["pointerenter", "focus"]) button.addEventListener(event, () => dialog(), { once: true });
  }
  onShortcut(page, open);
  const sync = () => follow(find, dialog, Boolean(history.state?.find));
  addEventListener("popstate", sync);
  sync();
}

/**
 * Show what the address asks for: the dialog with a query, or the text with its places marked.
 * @param {HTMLElement} find
 * @param {() => Promise<import("./dialog.js").SearchDialog>} dialog
 * @param {boolean} wasOpen whether the dialog was open at this point of the way
 */
async function follow(find, dialog, wasOpen) {
  const query = queryIn(location.href);
  const opens = wasOpen || (query !== "" && location.hash === "");
  const marked = document.querySelector("aside.found");
  if (opens) {
    (await dialog()).show(query);
    return;
  }
  if (document.querySelector("dialog[open]")) {
    (await dialog()).hide();
    clauseNumber()?.focus({ preventScroll: true });
  }
  if (query || marked) {
    const { hideMarks, showMarks } = await import("./marks.js");
    if (query) await showMarks(find, query).catch(() => {});
    else hideMarks();
  }
}

/**
 * Return the link of the clause that the address names.
 * @returns {HTMLElement | null}
 */
function clauseNumber() {
  return document.querySelector(".clause:target .number");
}

/**
 * @param {HTMLElement} find
 * @param {Element} place
 * @param {HTMLElement | null} button
 */
async function onResultsPage(find, place, button) {
  const { showResults } = await import("./page.js");
  const box = showResults(find, place);
  const focus = () => {
    box.field.focus();
    box.field.select();
  };
  if (button) button.hidden = false;
  button?.addEventListener("click", focus);
  onShortcut(document, focus);
}

/**
 * Do something on Ctrl+K or ⌘K, and on a slash that is not being typed into anything.
 *
 * A reader can switch the slash off: a key without a modifier may be spoken by accident (WCAG 2.2, 2.1.4).
 * @param {Document} page
 * @param {() => void} act
 */
function onShortcut(page, act) {
  page.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
    if (event.defaultPrevented || event.isComposing || altKey || shiftKey) return;
    const typing = target instanceof Element && target.closest("input, textarea, select, [contenteditable]");
    const slash = key === "/" && !ctrlKey && !metaKey && !typing && recall(SHORTCUT) !== "off";
    if (!slash && !(key.toLowerCase() === "k" && ctrlKey !== metaKey)) return;
    event.preventDefault();
    act();
  });
}
