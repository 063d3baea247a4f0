// The part of the search that every page loads: a button, two shortcuts, and queries in the address. The rest is loaded
// on demand.
// @ts-check

import { bringing } from "../bring.js";
import { preload } from "../files.js";
import { SHORTCUT, recall } from "../storage.js";
import { queryIn } from "./address.js";
import { Shell } from "./shell.js";

/** @typedef {typeof import("./entry.js")} Search */
/** @typedef {import("./dialog.js").SearchDialog} SearchDialog */

/** @type {() => Promise<Search>} */
const bring = bringing((again) => import("./entry.js" + again));

/**
 * Set up the search on a page, and handle a query in the address.
 * @param {Document} page
 */
export function offerSearch(page) {
  const find = page.querySelector("[data-find]");
  if (!(find instanceof HTMLElement)) return;
  const place = page.querySelector("[data-results-page]");
  const button = find.querySelector("button");
  if (place instanceof HTMLElement) {
    onResultsPage(find, place);
    return;
  }
  const opener = new Opener(find);
  if (button) {
    showButton(find, button);
    button.addEventListener("click", () => opener.open());
    for (const event of ["pointerenter", "focus"]) {
      button.addEventListener(event, () => opener.dialog().catch(() => {}), { once: true });
    }
  }
  onShortcut(page, () => opener.open());
  const sync = () => follow(find, opener, Boolean(history.state?.find));
  addEventListener("popstate", sync);
  sync();
}

/** Opens the dialog: immediately as a shell, which is replaced when the search has loaded. */
class Opener {
  /**
   * @param {HTMLElement} find
   */
  constructor(find) {
    this.find = find;
    /** @type {SearchDialog | null} */
    this.made = null;
    /** @type {Shell | null} */
    this.shell = null;
  }

  /**
   * Return the dialog, loaded on first use together with the text to search.
   * @returns {Promise<SearchDialog>}
   */
  async dialog() {
    if (!this.made) {
      const { fetchText = "", fetchWords = "" } = this.find.dataset;
      preload(fetchText);
      preload(fetchWords);
    }
    const { SearchDialog } = await bring();
    this.made ??= new SearchDialog(this.find);
    return this.made;
  }

  /** Open the dialog at the reader's request. */
  async open() {
    if (this.made) return this.made.open();
    if (this.shell?.isOpen) return undefined;
    return this.#shellFirst((dialog, typed) => dialog.open(typed), "");
  }

  /**
   * Show the dialog with a query from the address.
   * @param {string} query
   */
  async show(query) {
    if (this.made) return this.made.show(query);
    return this.#shellFirst((dialog, typed) => dialog.show(typed), query);
  }

  /**
   * @param {(dialog: SearchDialog, typed: string) => void} act
   * @param {string} query
   */
  async #shellFirst(act, query) {
    const shell = new Shell(this.find);
    this.shell = shell;
    shell.open(query);
    try {
      const dialog = await this.dialog();
      if (shell.isOpen) act(dialog, await shell.yielded());
    } catch (error) {
      shell.fail();
      throw error;
    }
  }
}

/**
 * Show the button in place of the link for readers without JavaScript.
 * @param {HTMLElement} find
 * @param {HTMLElement} button
 */
function showButton(find, button) {
  const link = find.querySelector("a");
  if (link) link.hidden = true;
  button.hidden = false;
}

/**
 * Show what the address asks for: the dialog with a query, or the text with its places marked.
 * @param {HTMLElement} find
 * @param {Opener} opener
 * @param {boolean} wasOpen whether the dialog was open at this history entry
 */
async function follow(find, opener, wasOpen) {
  const query = queryIn(location.href);
  const opens = wasOpen || (query !== "" && location.hash === "");
  const marked = document.querySelector("aside.found");
  if (opens) {
    await opener.show(query);
    return;
  }
  if (document.querySelector("dialog[open]")) {
    (await opener.dialog()).hide();
    clauseNumber()?.focus({ preventScroll: true });
  }
  if (query || marked) {
    if (!opener.made && query) {
      preload(find.dataset.fetchText ?? "");
      preload(find.dataset.fetchWords ?? "");
    }
    const { hideMarks, showMarks } = await bring();
    if (query) await showMarks(find, query);
    else hideMarks();
  }
}

/**
 * Return the number link of the clause that the address names.
 * @returns {HTMLElement | null}
 */
function clauseNumber() {
  return document.querySelector(".clause:target .number");
}

/**
 * Put the search into the results page, replacing the note for readers without JavaScript.
 * @param {HTMLElement} find
 * @param {HTMLElement} place
 */
async function onResultsPage(find, place) {
  const { fetchText = "", fetchWords = "" } = find.dataset;
  preload(fetchText);
  preload(fetchWords);
  const { showResults } = await bring();
  const box = showResults(find, place);
  const focus = () => {
    box.field.focus();
    box.field.select();
  };
  const button = find.querySelector("button");
  if (button) {
    showButton(find, button);
    button.addEventListener("click", focus);
  }
  onShortcut(document, focus);
}

/**
 * Do something on Ctrl+K or ⌘K, and on a slash that is not typed into a field.
 *
 * Readers can disable the slash, because speech input can trigger single-key shortcuts by accident (WCAG 2.2, 2.1.4).
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
