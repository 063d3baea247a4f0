// The dialog over any page: opened by its button or a key, closed by Escape, its query in the address.
// @ts-check

import { rememberChoice } from "../choice.js";
import { element } from "../dom.js";
import { SHORTCUT, recall, remember } from "../storage.js";
import { queryIn, withQuery } from "./address.js";
import { SearchBox, hasPointer } from "./box.js";
import { load } from "./load.js";
import { carryQuery } from "./script.js";

/** @typedef {import("../words.js").Words} Words */

/** Browsers refuse more than about 100 changes of the address in 30 seconds. */
const PAUSE = 300;

export class SearchDialog {
  /**
   * @param {HTMLElement} find
   */
  constructor(find) {
    this.find = find;
    this.pending = 0;
    this.asked = false;
    /** Kept when the way back, which browsers go in their own time, has been gone. */
    this.left = Promise.resolve();
    this.box = new SearchBox({
      find,
      lines: 3,
      picksFirst: hasPointer(),
      onQuery: () => this.#later(),
      onLeave: () => this.#write(),
    });
    const { label = "", close = "" } = find.dataset;
    this.closing = element("button", { type: "button", class: "box__close" }, close);
    this.foot = element("p", { class: "box__foot" });
    const { field, status, offer, filter, list, rest } = this.box;
    const head = element("div", { class: "box__head" }, field, this.closing);
    const body = element("div", { class: "box__body" }, status, offer, filter, list, rest);
    this.dialog = element("dialog", { class: "box", "aria-label": label }, head, body, this.foot);
    document.body.append(this.dialog);
    this.#listen();
    this.prepare();
  }

  get isOpen() {
    return this.dialog.open;
  }

  /** Fetch what the search needs, unless it is there. */
  prepare() {
    if (this.asked) return;
    this.asked = true;
    const ready = (/** @type {import("./load.js").Loaded} */ loaded) => {
      this.#showFoot(loaded.words);
      this.box.ready(loaded);
    };
    load(this.find, ready).then(ready, () => {
      this.asked = false;
      this.box.fail();
    });
  }

  /**
   * Open the dialog by a reader's wish, with what has been typed or was asked last: the way back closes it.
   * @param {string} [typed]
   */
  async open(typed = "") {
    await this.left;
    if (this.isOpen) return;
    const query = typed || this.box.query || queryIn(location.href);
    history.pushState({ find: true }, "", withQuery(location.href, query));
    this.show(query);
  }

  /**
   * Show the dialog as the address says.
   * @param {string} query
   */
  show(query) {
    this.prepare();
    if (!this.isOpen) this.dialog.showModal();
    this.#fit();
    this.box.ask(query);
    this.box.field.focus();
    this.box.field.select();
  }

  /** Close the dialog because the address says so. */
  hide() {
    clearTimeout(this.pending);
    if (!this.isOpen) return;
    this.dialog.close();
    // A closed dialog keeps the focus until the next frame, and what is typed by then.
    if (this.dialog.contains(document.activeElement)) this.box.field.blur();
    carryQuery(document, "", null);
  }

  /** Close the dialog by a reader's wish and put the address back as it was. */
  leave() {
    this.hide();
    if (history.state?.find) this.#back();
    else if (queryIn(location.href)) history.replaceState(null, "", withQuery(location.href, ""));
  }

  /** Go back to the address from before; where that has a fragment, browsers take the focus away, so give it back. */
  #back() {
    const focused = document.activeElement;
    this.left = new Promise((/** @type {(value: void) => void} */ resolve) => {
      const settle = () => {
        if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
        resolve();
      };
      addEventListener("popstate", () => setTimeout(settle), { once: true });
    });
    history.back();
  }

  #listen() {
    this.closing.addEventListener("click", () => this.leave());
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.leave();
    });
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.leave();
    });
    visualViewport?.addEventListener("resize", () => this.#fit());
  }

  /** Keep the dialog above a keyboard on the screen, where a browser lays that over the page. */
  #fit() {
    if (visualViewport) this.dialog.style.setProperty("--screen", `${visualViewport.height}px`);
  }

  #later() {
    clearTimeout(this.pending);
    if (this.isOpen) this.pending = setTimeout(() => this.#write(), PAUSE);
  }

  #write() {
    clearTimeout(this.pending);
    if (!this.isOpen) return;
    const { query, loaded } = this.box;
    history.replaceState(history.state, "", withQuery(location.href, query));
    carryQuery(document, query, loaded?.index ?? null);
  }

  /**
   * @param {Words} words
   */
  #showFoot(words) {
    if (this.foot.hasChildNodes()) return;
    const share = element("a", { href: this.find.dataset.results ?? "" }, words.share);
    const aim = () => {
      share.href = withQuery(new URL(this.find.dataset.results ?? "", location.href).href, this.box.query);
    };
    for (const event of ["pointerdown", "focus", "click"]) share.addEventListener(event, aim);
    const editions = [...document.querySelectorAll("a[data-switch]")].map((link) => this.#switchTo(link));
    const key = element("input", { type: "checkbox" });
    key.checked = recall(SHORTCUT) !== "off";
    key.addEventListener("change", () => remember(SHORTCUT, key.checked ? "" : "off"));
    const label = element("label", { class: "box__shortcut" }, key, words.shortcut);
    this.foot.append(element("span", { class: "box__keys" }, words.keys), label, ...editions);
    if (this.find.dataset.results) this.foot.append(share);
    rememberChoice(this.foot);
  }

  /**
   * Return a link to another edition for the foot, as the page's own cannot be reached while the dialog is open.
   * @param {Element} link
   * @returns {HTMLAnchorElement}
   */
  #switchTo(link) {
    const { lang, textContent, href, dataset } = /** @type {HTMLAnchorElement} */ (link);
    const own = dataset.own === undefined ? {} : { "data-own": dataset.own };
    const given = { href, lang, hreflang: lang, "data-switch": "", "data-edition": dataset.edition ?? "", ...own };
    const made = element("a", given, textContent ?? "");
    for (const event of ["pointerdown", "focus", "click"]) {
      made.addEventListener(event, () => {
        this.#write();
        made.hash = "";
      });
    }
    return made;
  }
}
