// The one file that people pass on: it holds the pages of every edition, of which a reader sees one, as on the site.
// @ts-check

import { rememberChoice } from "./choice.js";
import { copyClausesAlone, offerCitations } from "./cite.js";
import { showPlace } from "./place.js";
import { offerPreviews } from "./previews.js";
import { offerSchemes } from "./scheme.js";
import { offerSearch } from "./search/find.js";
import { offerSelection } from "./selection.js";
import { recall } from "./storage.js";
import { keepPlace } from "./switch.js";

const FEATURES = [
  offerEditions,
  offerSchemes,
  keepPlace,
  rememberChoice,
  offerSearch,
  showPlace,
  offerSelection,
  offerPreviews,
  offerCitations,
  copyClausesAlone,
];

for (const start of FEATURES) {
  try {
    start(document);
  } catch (error) {
    console.error(error);
  }
}

/**
 * Show the edition that the address names, or else the one chosen last, or the first; without JavaScript all are there.
 *
 * The places of the one that is shown get the names that they have on the site: `#zh-hant-p7` becomes `#p7`. Another
 * edition is another page to all that runs here, so the switch loads the file again.
 * @param {Document} page
 */
function offerEditions(page) {
  const editions = /** @type {HTMLElement[]} */ ([...page.querySelectorAll(".edition")]);
  const known = new Map(editions.map((edition) => [edition.id, edition]));
  const [named, place] = inAddress(known);
  const shown = known.get(named) ?? known.get(recall("edition")) ?? editions[0];
  if (!shown) return;
  for (const other of editions) if (other !== shown) other.remove();
  page.documentElement.lang = shown.lang;
  page.title = shown.dataset.title ?? "";
  const prefix = `${shown.id}-`;
  for (const each of shown.querySelectorAll(`[id^="${prefix}"]`)) each.id = each.id.slice(prefix.length);
  for (const link of shown.querySelectorAll(`a[href^="#${prefix}"]`)) {
    link.setAttribute("href", `#${link.getAttribute("href")?.slice(prefix.length + 1)}`);
  }
  if (named && place) location.replace(`#${place}`);
  else if (named) history.replaceState(history.state, "", location.href.replace(/#.*$/u, ""));
  page.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-switch]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const url = new URL(link.href, location.href);
    url.hash = [link.dataset.edition, url.hash.slice(1)].filter(Boolean).join("-");
    history.replaceState(null, "", url.href);
    location.reload();
  });
  addEventListener("hashchange", () => {
    if (inAddress(known)[0]) location.reload();
  });
}

/**
 * Return the edition that the fragment of the address names and the place in it; nothing for what it does not name.
 * @param {Map<string, HTMLElement>} known
 * @returns {[edition: string, place: string]}
 */
function inAddress(known) {
  const fragment = location.hash.slice(1);
  const names = [...known.keys()].sort((one, other) => other.length - one.length);
  const named = names.find((name) => fragment === name || fragment.startsWith(`${name}-`)) ?? "";
  return [named, named ? fragment.slice(named.length + 1) : ""];
}
