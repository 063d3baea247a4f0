// The search over all statements of a library: a field, a list of the statements to look in, and what each of them has.
// It asks the search of each statement, whose data it loads when the statement is to be looked in.
// @ts-check

import { element } from "../dom.js";
import { json } from "../files.js";
import { say } from "../words.js";
import { counting, inOrder, repliesOf, suggestions } from "./across.js";
import { queryIn, withQuery } from "./address.js";
import { consult } from "./consult.js";
import { fetchText } from "./load.js";
import { carryQuery } from "./script.js";
import { addressOf, entriesOf, linkOf, sentencesOf } from "./view.js";
import { compareWhole } from "./whole.js";

/** @typedef {import("./consult.js").Reply} Reply */
/** @typedef {import("./load.js").Loaded} Loaded */

/**
 * What the search over all statements says: `library.json`.
 * @typedef {object} Own
 * @property {string} found
 * @property {string} foundIn
 * @property {string} hint
 * @property {string} loading
 * @property {string} missing
 * @property {string} more
 * @property {string} near
 * @property {string} none
 * @property {string} noneChosen
 * @property {string} noneLoaded
 * @property {string} quoted
 * @property {string} retry
 */

/** @typedef {{text: Text, loaded: Loaded, reply: Reply}} Found a statement that has something of the query */

/** So many results at first, of all statements together; of each at least as many as follow. */
const AT_ONCE = 20;
const LEAST = 3;
const LINES = 3;
const PAUSE = 300;
/** The statements to look in, in the address, where these are not all. */
const IN = "in";

/** A statement of the library: its checkbox, its data once they are there, and its reply to the last query. */
class Text {
  /**
   * @param {HTMLInputElement} box
   */
  constructor(box) {
    this.box = box;
    /** @type {Loaded | null} */
    this.loaded = null;
    this.isLoading = false;
    this.hasFailed = false;
    this.asked = "";
    /** @type {Map<boolean, Reply>} */
    this.replies = new Map();
  }

  get name() {
    return this.box.value;
  }

  get title() {
    return this.box.dataset.title ?? "";
  }

  /** Load the statement's data unless that was done. */
  async load() {
    if (this.loaded || this.isLoading) return;
    this.isLoading = true;
    this.hasFailed = false;
    const { fetchText: text = "", fetchWords = "" } = this.box.dataset;
    try {
      this.loaded = await fetchText(text, json(fetchWords));
    } catch {
      this.hasFailed = true;
    }
    this.isLoading = false;
  }

  /**
   * Return the reply to a query, found once.
   * @param {Loaded} loaded
   * @param {string} query
   * @param {boolean} deeply
   * @returns {Reply}
   */
  replyTo(loaded, query, deeply) {
    if (this.asked !== query) this.replies.clear();
    this.asked = query;
    const means = { deeply, earlier: this.replies.get(false), compareWhole };
    const reply = this.replies.get(deeply) ?? consult(loaded.index, query, means);
    this.replies.set(deeply, reply);
    return reply;
  }
}

class Shelf {
  /**
   * @param {HTMLElement} holder
   * @param {Own} own
   */
  constructor(holder, own) {
    this.own = own;
    this.title = document.title;
    this.query = "";
    this.composing = false;
    this.pending = 0;
    /** @type {import("./index.js").Index | null} */
    this.index = null;
    this.texts = [...holder.querySelectorAll("input")].map((box) => new Text(box));
    const label = holder.dataset.label ?? "";
    this.field = element("input", {
      class: "box__field",
      type: "search",
      enterkeyhint: "search",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-label": label,
      placeholder: label,
    });
    this.status = element("p", { class: "box__status", role: "status" }, own.hint);
    this.offer = element("p", { class: "across__offer", hidden: "" });
    this.groups = element("div", { class: "across__groups" });
    holder.prepend(element("div", { class: "across__head" }, this.field));
    holder.append(this.status, this.offer, this.groups);
    holder.hidden = false;
    for (const other of document.querySelectorAll(".without-script")) other.remove();
    this.#listen();
    this.#follow();
  }

  #listen() {
    this.field.addEventListener("compositionstart", () => (this.composing = true));
    this.field.addEventListener("compositionend", () => {
      this.composing = false;
      this.#ask();
    });
    this.field.addEventListener("input", (event) => {
      if (!this.composing && !(event instanceof InputEvent && event.isComposing)) this.#ask();
    });
    this.field.addEventListener("focus", () => this.#prepare());
    for (const { box } of this.texts) {
      box.addEventListener("change", () => {
        if (this.query) this.#prepare();
        this.#answer();
        this.#later();
      });
    }
    addEventListener("popstate", () => this.#follow());
  }

  /** Put into the field, and into the list, what the address asks for. */
  #follow() {
    const names = (new URL(location.href).searchParams.get(IN) ?? "").split(",");
    const isLimited = this.texts.some(({ name }) => names.includes(name));
    for (const { box, name } of this.texts) box.checked = !isLimited || names.includes(name);
    this.field.value = queryIn(location.href);
    if (this.field.value) this.#prepare();
    else if (document.activeElement === document.body) this.field.focus();
    this.query = this.field.value.trim();
    this.#answer();
    this.#write();
  }

  #ask() {
    const query = this.field.value.trim();
    if (query === this.query) return;
    this.query = query;
    this.#prepare();
    this.#answer();
    this.#later();
  }

  /** Load the data of the statements to look in, all at once, and answer whenever some have come. */
  #prepare() {
    for (const text of this.#chosen()) {
      if (text.loaded || text.isLoading || text.hasFailed) continue;
      text.load().then(() => this.#answer());
    }
  }

  #chosen() {
    return this.texts.filter(({ box }) => box.checked);
  }

  /** Show what the statements that have been loaded have of the query, and say which could not be. */
  #answer() {
    const chosen = this.#chosen();
    const { query } = this;
    const ready = query ? chosen.flatMap((text) => (text.loaded ? [{ text, loaded: text.loaded }] : [])) : [];
    const replies = repliesOf(ready.map(({ text, loaded }) => (deeply) => text.replyTo(loaded, query, deeply)));
    const counts = counting(replies);
    const found = inOrder(replies).flatMap((at) => {
      const [each, reply] = [ready[at], replies[at]];
      return counts[at] && each && reply ? [{ ...each, reply }] : [];
    });
    this.index = found[0]?.loaded.index ?? null;
    for (const { box } of this.texts) {
      const own = found.find(({ text }) => text.box === box);
      const number = box.closest("label")?.querySelector("b");
      if (number) number.textContent = own?.reply.answer.places ? `${own.reply.answer.places}` : "";
    }
    const [main = "", ...others] = this.#sentences(chosen, replies, found);
    this.status.replaceChildren(element("strong", {}, main), ...others, ...this.#failures(chosen));
    this.#suggest(found.length === 0 && ready.length === chosen.length ? replies : []);
    const most = Math.max(LEAST, Math.floor(AT_ONCE / Math.max(1, found.length)));
    this.groups.replaceChildren(...found.map((each) => this.#group(each, most)));
  }

  /**
   * Return the sentences that say what was found, in how much of the library.
   * @param {Text[]} chosen
   * @param {Reply[]} replies those of the statements that have been loaded
   * @param {Found[]} found
   * @returns {string[]}
   */
  #sentences(chosen, replies, found) {
    const { own, query } = this;
    if (chosen.length === 0) return [own.noneChosen];
    if (!query) return [own.hint];
    const places = found.reduce((sum, { reply }) => sum + reply.answer.places, 0);
    const isLoading = chosen.some((text) => text.isLoading);
    const sentences = isLoading ? [say(own.loading, { done: replies.length, of: chosen.length })] : [];
    if (found.length > 0) return [...sentences, say(places > 0 ? own.found : own.foundIn, { texts: found.length, places })];
    if (isLoading) return sentences;
    const words = chosen.find(({ loaded }) => loaded)?.loaded?.words;
    if (words && query.includes("\ufffd")) return [words.broken];
    if (words && replies.every(({ tooLong }) => tooLong)) return [words.tooLong];
    return [say(replies.length === chosen.length ? own.none : own.noneLoaded, { of: chosen.length, query })];
  }

  /**
   * Return what to say of the statements that could not be loaded, with a button to try again.
   * @param {Text[]} chosen
   * @returns {(Node | string)[]}
   */
  #failures(chosen) {
    const failed = chosen.filter(({ hasFailed }) => hasFailed);
    if (failed.length === 0) return [];
    const again = element("button", { type: "button", class: "across__retry" }, this.own.retry);
    again.addEventListener("click", () => {
      for (const text of failed) text.hasFailed = false;
      this.#prepare();
      this.#answer();
    });
    return [...failed.map(({ title }) => say(this.own.missing, { title })), " ", again];
  }

  /**
   * Offer what the texts have instead of a query that none of them has.
   * @param {Reply[]} replies
   */
  #suggest(replies) {
    const buttons = suggestions(replies).map((text) => {
      const button = element("button", { type: "button" }, say(this.own.quoted, { text }));
      button.addEventListener("click", () => {
        this.field.value = text;
        this.#ask();
        this.field.focus();
      });
      return button;
    });
    this.offer.replaceChildren(this.own.near, ...buttons);
    this.offer.hidden = buttons.length === 0;
  }

  /**
   * Return what a statement has of the query: what it is, of when, and the places, so many at most.
   * @param {Found} found
   * @param {number} most
   * @returns {HTMLElement}
   */
  #group(found, most) {
    const { text, reply } = found;
    const { index, words } = found.loaded;
    const { home = "", lang = "", day = "", title = "" } = text.box.dataset;
    const group = element("section", { class: "across__group", lang });
    const { first, results } = entriesOf(index, words, reply);
    const named = new Set(first.map(({ passage }) => passage));
    const entries = [...first, ...results.filter(({ passage }) => !named.has(passage))];
    const root = new URL(home, location.href).href;
    const links = entries.slice(0, most).map((entry) => {
      return element("li", {}, linkOf(index, words, entry, { href: addressOf(index, entry, root), room: this.#room() }));
    });
    group.append(
      element("h2", {}, element("a", { href: home }, title), " ", element("span", { class: "count" }, day)),
      element("p", { class: "across__said" }, ...sentencesOf(index, words, reply)),
      element("ol", { class: "across__hits" }, ...links),
    );
    const left = entries.length - links.length;
    if (left > 0) {
      const label = say(this.own.more, { step: Math.min(left, AT_ONCE), left });
      const more = element("button", { type: "button", class: "button" }, label);
      more.addEventListener("click", () => {
        const longer = this.#group(found, most + AT_ONCE);
        group.replaceWith(longer);
        // The button is gone; go on with what it has brought.
        [...longer.querySelectorAll("a")].at(most + 1)?.focus();
      });
      group.append(element("p", {}, more));
    }
    return group;
  }

  /** @returns {number} How many characters of a passage to show. */
  #room() {
    const size = parseFloat(getComputedStyle(this.groups).fontSize);
    return LINES * Math.max(10, Math.floor(this.groups.clientWidth / size) - 4);
  }

  #later() {
    clearTimeout(this.pending);
    this.pending = setTimeout(() => this.#write(), PAUSE);
  }

  /** Write query and choice into the address, and into those of the same page in other scripts. */
  #write() {
    clearTimeout(this.pending);
    const { query, texts } = this;
    const chosen = this.#chosen();
    const names = chosen.length < texts.length ? chosen.map(({ name }) => name).join(",") : "";
    history.replaceState(history.state, "", limited(withQuery(location.href, query), names));
    document.title = query ? `${query} · ${this.title}` : this.title;
    carryQuery(document, query, this.index);
    for (const link of document.querySelectorAll("a[data-switch]")) {
      if (link instanceof HTMLAnchorElement) link.href = limited(link.href, names);
    }
  }
}

/**
 * Return an address with the statements to look in.
 * @param {string} address
 * @param {string} names with commas between; empty for all
 * @returns {string}
 */
function limited(address, names) {
  const url = new URL(address);
  url.searchParams.delete(IN);
  // Commas need no encoding there (RFC 3986, 3.4).
  if (names) url.search = [url.search, `${IN}=${names}`].filter(Boolean).join(url.search ? "&" : "?");
  return url.href;
}

const holder = document.querySelector("[data-across]");
if (holder instanceof HTMLElement) {
  json(holder.dataset.fetchOwn ?? "").then(
    (own) => new Shelf(holder, own),
    () => {
      holder.replaceChildren(holder.dataset.failed ?? "");
      holder.hidden = false;
    },
  );
}
