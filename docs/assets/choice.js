// The edition that a reader chose last: remembered, and shown at the next choice. Nobody is sent anywhere by it.
// @ts-check

import { recall, remember } from "./storage.js";

const NAME = "edition";

/**
 * Remember the edition whose link is followed, at the choice or with the switch in a page's header or the search's foot.
 * @param {ParentNode} page
 */
export function rememberChoice(page) {
  for (const link of page.querySelectorAll("a[data-edition]")) {
    link.addEventListener("click", () => remember(NAME, link.getAttribute("data-edition") ?? ""));
  }
}

/**
 * Say at the choice which edition was chosen last, if one was.
 * @param {Document} page
 */
export function showChoice(page) {
  const chosen = recall(NAME);
  for (const note of page.querySelectorAll("[data-chosen]")) {
    note.toggleAttribute("hidden", note.getAttribute("data-chosen") !== chosen);
  }
}
