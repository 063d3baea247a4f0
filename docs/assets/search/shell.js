// The dialog before the search has loaded: shown at once, with a field that can be typed into.
// @ts-check

import { element } from "../dom.js";

export class Shell {
  /**
   * @param {HTMLElement} find the element that holds the search's first strings
   */
  constructor(find) {
    const { label = "", close = "", loading = "", failed = "" } = find.dataset;
    this.failed = failed;
    this.field = element("input", {
      class: "box__field",
      type: "text",
      inputmode: "search",
      enterkeyhint: "search",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-label": label,
      placeholder: label,
    });
    const closing = element("button", { type: "button", class: "box__close" }, close);
    this.status = element("p", { class: "box__status", role: "status" }, loading);
    const head = element("div", { class: "box__head" }, this.field, closing);
    const body = element("div", { class: "box__body" }, this.status);
    this.dialog = element("dialog", { class: "box", "aria-label": label }, head, body);
    this.composing = false;
    this.field.addEventListener("compositionstart", () => (this.composing = true));
    this.field.addEventListener("compositionend", () => (this.composing = false));
    closing.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.dialog.remove());
  }

  get isOpen() {
    return this.dialog.open;
  }

  /**
   * Show the dialog with a query.
   * @param {string} query
   */
  open(query) {
    this.field.value = query;
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.field.focus();
    this.field.select();
  }

  /** Report that the search could not be loaded. */
  fail() {
    this.status.textContent = this.failed;
  }

  /**
   * Close the dialog for good and return what was typed, once no input method composition is in progress.
   * @returns {Promise<string>}
   */
  async yielded() {
    if (this.composing) {
      await new Promise((resolve) => this.field.addEventListener("compositionend", resolve, { once: true }));
    }
    const { value } = this.field;
    this.dialog.close();
    // At once, as the `close` event comes only after the next dialog has opened.
    this.dialog.remove();
    return value;
  }
}
