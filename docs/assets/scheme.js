// The button that goes through the colour schemes: the system's, light, dark.
// @ts-check

import { recall, remember } from "./storage.js";

const NAME = "scheme";
const SCHEMES = ["auto", "light", "dark"];

/**
 * Show the button and let it work; without JavaScript the scheme is the system's and there is no button.
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
 * Return a scheme that there is.
 * @param {string} name
 * @returns {string}
 */
function known(name) {
  return SCHEMES.includes(name) ? name : "auto";
}

/**
 * Put the page into a scheme, its sign onto the button, and its name where it is heard and pointed at.
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
