// The search field and its results, an ARIA combobox with a listbox (WAI-ARIA APG, "Combobox"), used both in the dialog
// and on the results page.
// @ts-check

import { bringing } from "../bring.js";
import { element } from "../dom.js";
import { consult, mayBeCopy } from "./consult.js";
import { addressOf, entriesOf, offersOf, optionOf, sentencesOf, themeOf } from "./view.js";
import { say } from "../words.js";

/** @typedef {import("./load.js").Loaded} Loaded */
/** @typedef {import("./view.js").Entry} Entry */

/**
 * @typedef {object} Settings
 * @property {HTMLElement} find the element that names the search's data files and holds its first strings
 * @property {number} lines how many lines of a passage to show
 * @property {boolean} picksFirst whether the first option is selected by default, so that Enter opens it
 * @property {(query: string) => void} onQuery called when the query changes
 * @property {() => void} onLeave called before an option is opened
 */

/** As many options as readers look through, and as a browser can render within a frame; more are shown on demand. */
const AT_ONCE = 20;
const KEY_OF_INPUT_METHOD = 229;

const bringWhole = bringing((again) => import("./whole.js" + again));

let boxes = 0;

/**
 * Whether the reader uses a mouse or the like, and thus a physical keyboard: on touch screens, Enter hides the
 * keyboard.
 * @returns {boolean}
 */
export function hasPointer() {
  return matchMedia("(hover: hover) and (pointer: fine)").matches;
}

export class SearchBox {
  /**
   * @param {Settings} settings
   */
  constructor(settings) {
    boxes += 1;
    this.settings = settings;
    this.name = `find-${boxes}`;
    /** @type {Loaded | null} */
    this.loaded = null;
    /** @type {Entry[]} */
    this.first = [];
    /** @type {Entry[]} */
    this.results = [];
    /** @type {number | null} */
    this.theme = null;
    this.query = "";
    this.composing = false;
    this.inLine = 0;
    const { label = "", loading = "" } = settings.find.dataset;
    this.field = element("input", {
      class: "box__field",
      id: `${this.name}-field`,
      type: "text",
      role: "combobox",
      inputmode: "search",
      enterkeyhint: "search",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": `${this.name}-list`,
      "aria-label": label,
      placeholder: label,
    });
    this.status = element("p", { class: "box__status", role: "status" }, loading);
    this.offer = element("p", { class: "box__offer", hidden: "" });
    this.filter = element("p", { class: "box__filter", hidden: "", role: "group" });
    this.list = element("div", { class: "box__list", id: `${this.name}-list`, role: "listbox", "aria-label": label });
    this.list.hidden = true;
    this.rest = element("p", { class: "box__rest", hidden: "" });
    this.#listen();
  }

  /**
   * Set the search data, or a larger part of it, and answer what has been typed in the meantime.
   * @param {Loaded} loaded
   */
  ready(loaded) {
    if (loaded === this.loaded) return;
    this.loaded = loaded;
    this.list.setAttribute("aria-label", loaded.words.results);
    this.filter.setAttribute("aria-label", loaded.words.filter);
    this.answer(true);
  }

  /** Report that the search data could not be loaded. */
  fail() {
    this.status.textContent = this.settings.find.dataset.failed ?? "";
  }

  /**
   * Put a query into the field and answer it.
   * @param {string} query
   */
  ask(query) {
    this.field.value = query;
    this.answer(false);
  }

  /**
   * Answer the query in the field if it has changed, or in any case if `again` is set.
   * @param {boolean} again
   */
  answer(again) {
    const query = this.field.value.trim();
    const changed = query !== this.query;
    if (changed) {
      this.query = query;
      this.settings.onQuery(query);
    }
    if (!this.loaded || !(changed || again)) return;
    this.theme = null;
    const { words } = this.loaded;
    if (!query) {
      this.#show([], [], ["", words.hint]);
      return;
    }
    if (query.includes("\ufffd")) {
      this.#show([], [], [words.broken]);
      return;
    }
    if (!mayBeCopy(query)) {
      this.#reply(query);
      return;
    }
    this.#show([], [], [this.settings.find.dataset.loading ?? ""]);
    /** @param {() => void} say */
    const ifStillAsked = (say) => query === this.query && say();
    bringWhole().then(
      ({ compareWhole }) => ifStillAsked(() => this.#reply(query, compareWhole)),
      () => ifStillAsked(() => this.fail()),
    );
  }

  /**
   * @param {string} query
   * @param {typeof import("./whole.js").compareWhole} [compareWhole]
   */
  #reply(query, compareWhole) {
    if (!this.loaded) return;
    const { index, words, done, of } = this.loaded;
    const reply = consult(index, query, { compareWhole });
    const { first, results } = entriesOf(index, words, reply);
    const sentences = done < of && results.length === 0 ? [] : sentencesOf(index, words, reply);
    this.#show(first, results, done < of ? [say(words.partly, { done, of }), ...sentences] : sentences);
    const { label, texts } = offersOf(words, reply);
    if (done === of && texts.length > 0) this.#offer(label, texts);
  }

  #listen() {
    this.field.addEventListener("compositionstart", () => {
      this.composing = true;
    });
    this.field.addEventListener("compositionend", () => {
      this.composing = false;
      this.answer(false);
    });
    this.field.addEventListener("input", (event) => {
      if (!this.composing && !(event instanceof InputEvent && event.isComposing)) this.answer(false);
    });
    this.field.addEventListener("keydown", (event) => this.#onKey(event));
    this.list.addEventListener("click", () => this.settings.onLeave());
    this.list.addEventListener("pointermove", (event) => {
      const option = event.target instanceof Element && event.target.closest("[role=option]");
      if (option instanceof HTMLAnchorElement && event.movementX + event.movementY !== 0) this.#choose(option, false);
    });
  }

  /**
   * @param {KeyboardEvent} event
   */
  #onKey(event) {
    // Some browsers report the key that ends a composition only after compositionend; its key code is the only way to
    // tell.
    if (this.composing || event.isComposing || event.keyCode === KEY_OF_INPUT_METHOD) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const options = [...this.list.querySelectorAll("a")];
    const chosen = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "Enter") {
      event.preventDefault();
      if (chosen >= 0) options[chosen]?.click();
      else if (!hasPointer()) this.field.blur();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = chosen < 0 ? (step > 0 ? 0 : options.length - 1) : (chosen + step + options.length) % options.length;
      const option = options[next];
      if (option) this.#choose(option, true);
    }
  }

  /**
   * @param {HTMLAnchorElement} option
   * @param {boolean} scroll
   */
  #choose(option, scroll) {
    for (const other of this.list.querySelectorAll("[aria-selected=true]")) other.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", option.id);
    if (scroll) option.scrollIntoView({ block: "nearest" });
  }

  /**
   * @param {Entry[]} first
   * @param {Entry[]} results
   * @param {string[]} sentences
   */
  #show(first, results, sentences) {
    // Read layout before changing the DOM, to avoid a second layout pass.
    this.list.closest(".box__body")?.scrollTo(0, 0);
    this.inLine = this.#charactersInLine();
    this.first = first;
    this.results = results;
    this.offer.hidden = true;
    const [main = "", ...others] = sentences;
    this.status.replaceChildren(element("strong", {}, main), ...others);
    this.#showFilter();
    this.#showList(AT_ONCE);
  }

  /**
   * @param {number} most how many results to show
   */
  #showList(most) {
    if (!this.loaded) return;
    const { index, words } = this.loaded;
    const { find, lines, picksFirst } = this.settings;
    const first = this.theme === null ? this.first : [];
    const named = new Set(first.map(({ passage }) => passage));
    const shown = this.results.filter(({ passage }) => {
      return !named.has(passage) && (this.theme === null || this.#themeAt(passage) === this.theme);
    });
    const entries = [...first, ...shown.slice(0, most)];
    const root = new URL(find.dataset.home ?? "", location.href).href;
    this.list.hidden = entries.length === 0;
    const room = lines * this.inLine;
    const options = entries.map((entry, number) =>
      optionOf(index, words, entry, { href: addressOf(index, entry, root), id: `${this.name}-${number}`, room }),
    );
    this.list.replaceChildren(...options);
    this.field.setAttribute("aria-expanded", String(entries.length > 0));
    this.field.removeAttribute("aria-activedescendant");
    const [top] = options;
    if (picksFirst && top) this.#choose(top, false);
    this.rest.hidden = shown.length <= most;
    const left = shown.length - most;
    const label = say(words.more, { step: Math.min(left, AT_ONCE), left });
    const more = element("button", { type: "button", class: "button" }, label);
    more.addEventListener("click", () => this.#showList(most + AT_ONCE));
    this.rest.replaceChildren(more);
  }

  #showFilter() {
    if (!this.loaded) return;
    const { index, words } = this.loaded;
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const { passage } of this.results) {
      const theme = this.#themeAt(passage);
      counts.set(theme, (counts.get(theme) ?? 0) + 1);
    }
    this.filter.hidden = counts.size < 2;
    const themes = [...counts].sort(([one], [other]) => one - other);
    this.filter.replaceChildren(
      this.#filterButton(words.all, null, this.results.length),
      ...themes.map(([theme, results]) => this.#filterButton(themeOf(index, words, theme), theme, results)),
    );
  }

  /**
   * @param {string} name
   * @param {number | null} theme
   * @param {number} results
   * @returns {HTMLButtonElement}
   */
  #filterButton(name, theme, results) {
    const pressed = String(this.theme === theme);
    const button = element("button", { type: "button", "aria-pressed": pressed }, `${name} `, element("b", {}, `${results}`));
    button.addEventListener("click", () => {
      this.theme = theme;
      for (const other of this.filter.children) other.setAttribute("aria-pressed", String(other === button));
      this.#showList(AT_ONCE);
    });
    return button;
  }

  /**
   * @param {string} label
   * @param {string[]} texts each shown as a button that searches for it
   */
  #offer(label, texts) {
    const buttons = texts.map((text) => {
      const button = element("button", { type: "button" }, say(this.loaded?.words.quoted ?? "", { text: text.replaceAll('"', "") }));
      button.addEventListener("click", () => {
        this.ask(text);
        this.field.focus();
      });
      return button;
    });
    this.offer.replaceChildren(label, ...buttons);
    this.offer.hidden = false;
  }

  /**
   * @param {number} passage
   * @returns {number}
   */
  #themeAt(passage) {
    return this.loaded?.index.data.passages[passage]?.theme ?? -1;
  }

  /**
   * @returns {number}
   */
  #charactersInLine() {
    const size = parseFloat(getComputedStyle(this.list).fontSize);
    return Math.max(10, Math.floor((this.list.clientWidth || this.field.clientWidth) / size) - 4);
  }
}
