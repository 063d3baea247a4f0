// A term under the pointer or with the focus: what it is, in a line. The link itself leads to the term's page.
// @ts-check

import { element } from "./dom.js";
import { json } from "./files.js";

/**
 * What a term is: its name, its English name and a line about it, in the script of the edition.
 * @typedef {[name: string, english: string, definition: string]} Definition
 */

const NAME = "term-preview";
/** Milliseconds: a pointer that only passes shows nothing, and one on its way to the preview keeps it (WCAG 1.4.13). */
const WAIT = 250;
const GRACE = 300;
const MARGIN = 8;

export class Preview {
  /**
   * @param {Document} page
   */
  constructor(page) {
    this.page = page;
    this.box = element("div", { class: "preview", id: NAME, role: "tooltip" });
    /** Says the same to those who listen: what describes a link that has the focus already is not read. */
    this.heard = element("p", { class: "heard", role: "status" });
    page.querySelector("main")?.append(this.heard);
    /** @type {HTMLAnchorElement | null} */
    this.link = null;
    this.pending = 0;
  }

  /**
   * The pointer is over something: a term, the preview itself, or anything else.
   * @param {EventTarget | null} target
   */
  point(target) {
    const link = termAt(target);
    const stays = (link && link === this.link) || (target instanceof Node && this.box.contains(target));
    clearTimeout(this.pending);
    if (stays) return;
    if (link) this.pending = setTimeout(() => this.show(link), WAIT);
    else if (this.link && this.link !== this.page.activeElement) this.pending = setTimeout(() => this.hide(), GRACE);
  }

  /**
   * The focus is on something: a term shows its preview, anything else ends it.
   * @param {EventTarget | null} target
   */
  focus(target) {
    const link = termAt(target);
    clearTimeout(this.pending);
    if (!link) this.hide();
    else if (link.matches(":focus-visible")) this.show(link, true);
  }

  /**
   * @param {HTMLAnchorElement} link
   * @param {boolean} [aloud] whether a reader has come here by keyboard
   */
  async show(link, aloud = false) {
    this.hide();
    this.link = link;
    const found = await definitionOf(link).catch(() => null);
    if (this.link !== link) return;
    if (!found) {
      this.link = null;
      return;
    }
    const [name, english, definition] = found;
    this.box.lang = link.closest("[lang]")?.getAttribute("lang") ?? "";
    this.box.replaceChildren(
      element("p", { class: "preview__name" }, element("b", {}, name), " ", element("span", { lang: "en" }, english)),
      element("p", {}, definition),
    );
    link.closest("main")?.append(this.box);
    link.setAttribute("aria-describedby", NAME);
    if (aloud) this.heard.textContent = `${name} ${english}：${definition}`;
    this.#place(link);
  }

  hide() {
    clearTimeout(this.pending);
    this.heard.textContent = "";
    this.link?.removeAttribute("aria-describedby");
    this.link = null;
    this.box.remove();
  }

  /**
   * Put the box under the link, or over it where there is no room.
   * @param {HTMLAnchorElement} link
   */
  #place(link) {
    const [first, last] = [link.getClientRects()[0], [...link.getClientRects()].at(-1)];
    if (!first || !last) return;
    const widest = document.documentElement.clientWidth - this.box.offsetWidth - MARGIN;
    const below = last.bottom + MARGIN;
    const fits = below + this.box.offsetHeight <= innerHeight;
    const top = fits ? below : first.top - MARGIN - this.box.offsetHeight;
    this.box.style.setProperty("--x", `${Math.max(MARGIN, Math.min(last.left, widest)) + scrollX}px`);
    this.box.style.setProperty("--y", `${Math.max(MARGIN, top) + scrollY}px`);
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {HTMLAnchorElement | null}
 */
function termAt(target) {
  const link = target instanceof Element ? target.closest("a.term") : null;
  return link instanceof HTMLAnchorElement ? link : null;
}

/** @type {Map<string, Promise<Record<string, Definition>>>} */
const loaded = new Map();

/**
 * Return what a term is, from the file that a holder of the link names; the link says its id, or the last part of its address.
 * @param {HTMLAnchorElement} link
 * @returns {Promise<Definition | undefined>}
 */
async function definitionOf(link) {
  const holder = link.closest("[data-fetch-terms]");
  const address = holder instanceof HTMLElement ? (holder.dataset.fetchTerms ?? "") : "";
  const file = loaded.get(address) ?? json(address);
  loaded.set(address, file);
  file.catch(() => loaded.delete(address));
  const id = link.dataset.term ?? link.pathname.split("/").filter(Boolean).at(-1) ?? "";
  return (await file)[id];
}
