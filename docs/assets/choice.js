// The edition a reader last chose: remembered, and shown on the page for choosing one. Nobody is redirected by it.
// @ts-check

import { recall, remember } from "./storage.js";

const NAME = "edition";

/**
 * Remember the edition whenever a link to one is followed: on the page for choosing one, in the language picker of the
 * header, or at the foot of the search.
 * @param {ParentNode} page
 */
export function rememberChoice(page) {
  for (const link of page.querySelectorAll("a[data-edition]")) {
    link.addEventListener("click", () => remember(NAME, link.getAttribute("data-edition") ?? ""));
  }
}

/**
 * Show which edition was chosen last, if any.
 * @param {Document} page
 */
export function showChoice(page) {
  const chosen = recall(NAME);
  for (const note of page.querySelectorAll("[data-chosen]")) {
    note.toggleAttribute("hidden", note.getAttribute("data-chosen") !== chosen);
  }
}
