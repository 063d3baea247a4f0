// The toolbar at a selection: copy a link to it, its text, or its text with the source.
// @ts-check

import { copy } from "./copy.js";
import { element } from "./dom.js";
import { checkOf, nameOf, rangeOfLabels } from "./place-name.js";
import { load } from "./load-words.js";
import { textDirective } from "./text-directive.js";
import { textNodes, textOfNodes } from "./text-range.js";
import { say } from "./words.js";

/** @typedef {import("./selection.js").Part} Part */

const SHOWN = 2000;
const MARGIN = 8;

export class SelectionBar {
  constructor() {
    /** The element that names the file with the toolbar's strings. @type {HTMLElement | null} */
    this.holder = null;
    /** @type {Part[]} */
    this.parts = [];
    this.bar = element("div", { class: "selection", role: "toolbar" });
    this.shown = 0;
    this.status = element("span", { class: "selection__status", role: "status" });
    // A press on the toolbar would otherwise clear the selection before it is copied.
    this.bar.addEventListener("mousedown", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.bar.remove();
    });
  }

  /**
   * Show the toolbar at the end of a selection, or hide it if nothing is selected.
   * @param {Part[]} parts
   */
  async show(parts) {
    this.parts = parts;
    const holder = parts[0] ? wordsHolder(parts[0].clause) : this.holder;
    if (holder && holder !== this.holder) {
      const words = await load(holder);
      this.holder = holder;
      this.#fill(words);
    }
    const last = this.parts.at(-1);
    if (!last) {
      this.bar.remove();
      return;
    }
    this.status.textContent = "";
    this.bar.lang = last.clause.closest("[lang]")?.getAttribute("lang") ?? "";
    if (this.bar.previousElementSibling !== last.clause) last.clause.after(this.bar);
    this.#place();
  }

  /**
   * @param {import("./words.js").Words} words
   */
  #fill(words) {
    this.bar.setAttribute("aria-label", words.selected);
    this.bar.replaceChildren();
    /** @type {[string, () => string][]} */
    const offers = [
      [words.copyLink, () => linkTo(this.parts, true)],
      [words.copyText, () => textOf(this.parts)],
      [words.copyCited, () => cited(this.parts, words)],
    ];
    for (const [name, made] of offers) {
      // A page that is no place on the web has no links to copy.
      if (!name) continue;
      const button = element("button", { type: "button" }, name);
      button.addEventListener("click", () => this.#copy(made(), words));
      this.bar.append(button);
    }
    this.bar.append(this.status);
  }

  /**
   * @param {string} text
   * @param {import("./words.js").Words} words
   */
  async #copy(text, words) {
    this.status.textContent = (await copy(text)) ? words.copied : words.notCopied;
    clearTimeout(this.shown);
    this.shown = setTimeout(() => {
      this.status.textContent = "";
    }, SHOWN);
  }

  /** Place the toolbar below the end of the selection; on narrow screens the stylesheet pins it to the bottom. */
  #place() {
    const boxes = getSelection()?.getRangeAt(0).getClientRects();
    const box = boxes?.[boxes.length - 1];
    if (!box) return;
    const widest = document.documentElement.clientWidth - this.bar.offsetWidth - MARGIN;
    const { left, top } = (this.bar.offsetParent ?? document.body).getBoundingClientRect();
    this.bar.style.setProperty("--x", `${Math.max(MARGIN, Math.min(box.right, widest)) - left}px`);
    this.bar.style.setProperty("--y", `${box.bottom + MARGIN - top}px`);
  }
}

/**
 * Return the element that names the file of strings in a clause's script: an ancestor, or the page's.
 * @param {Element} clause
 * @returns {HTMLElement | null}
 */
function wordsHolder(clause) {
  const found = clause.closest("[data-fetch-words]") ?? document.querySelector("[data-fetch-words]");
  return found instanceof HTMLElement ? found : null;
}

/**
 * Return the address of a selection: of its characters, or of its clauses if it spans several.
 *
 * If the clauses have their addresses on another page, an ancestor's data attribute names that page.
 * @param {Part[]} parts
 * @param {boolean} directs whether to add a text directive, which lets browsers find the words without JavaScript
 * @returns {string}
 */
function linkTo(parts, directs) {
  const [first] = parts;
  if (!first) return location.href;
  const holder = first.clause.closest("[data-place]");
  const url = new URL(holder instanceof HTMLElement ? (holder.dataset.place ?? "") : "", location.href);
  url.search = "";
  const { number, start, end, id } = first;
  const last = parts[parts.length - 1]?.number || number;
  const isOne = last === number || number === 0;
  const language = first.clause.closest("[lang]")?.getAttribute("lang") ?? "";
  // A copied link carries a checksum, so that its words can be found again after a correction; a cited address is kept
  // short.
  const check = directs ? { check: checkOf(first.text, language) } : {};
  url.hash = nameOf({
    first: number,
    last: isOne ? number : last,
    ...(number === 0 ? { id } : {}),
    ...(isOne ? { characters: [start, end], ...check } : {}),
  });
  const directive = directs ? textDirective(textOfNodes(textNodes(first.clause)), first.start, first.end) : "";
  return directive ? `${url.href}:~:${directive}` : url.href;
}

/**
 * @param {Part[]} parts
 * @returns {string}
 */
function textOf(parts) {
  return parts.map((part) => part.text).join("\n");
}

/**
 * @param {Part[]} parts
 * @param {import("./words.js").Words} words
 * @returns {string}
 */
function cited(parts, words) {
  const [first = "", last = ""] = [parts[0], parts.at(-1)].map(
    (part) => part && (part.label || say(words.clause, { number: part.number })),
  );
  const where = rangeOfLabels(first, last, words.clauseRange);
  return say(words.cited, { text: textOf(parts), where, address: linkTo(parts, false) });
}
