// The button that cycles through the colour schemes: system, light, dark.
// @ts-check

import { recall, remember } from "./storage.js";

const NAME = "scheme";
const SCHEMES = ["auto", "light", "dark"];

/**
 * Show the button and activate it; without JavaScript the system's scheme applies and there is no button.
 * @param {Document} page
 */
export function offerSchemes(page) {
  const button = page.querySelector("button[data-scheme-button]");
  if (!(button instanceof HTMLButtonElement)) return;
  let scheme = known(recall(NAME));
  show(page, button, scheme);
  button.hidden = false;
  button.addEventListener("click", () => {
    scheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length] ?? "auto";
    remember(NAME, scheme === "auto" ? "" : scheme);
    show(page, button, scheme);
  });
}

/**
 * Return a scheme name, or `auto` for an unknown one.
 * @param {string} name
 * @returns {string}
 */
function known(name) {
  return SCHEMES.includes(name) ? name : "auto";
}

/**
 * Apply a scheme to the page, and show it in the button's icon, tooltip and accessible name.
 * @param {Document} page
 * @param {HTMLButtonElement} button
 * @param {string} scheme
 */
function show(page, button, scheme) {
  if (scheme === "auto") delete page.documentElement.dataset.scheme;
  else page.documentElement.dataset.scheme = scheme;
  const name = `${button.dataset.label}${button.dataset[scheme] ?? ""}`;
  button.dataset.shown = scheme;
  button.title = name;
  button.setAttribute("aria-label", name);
}
