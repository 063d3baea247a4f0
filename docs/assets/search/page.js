// The results page: the same field and list within a page, whose address can be shared.
// @ts-check

import { element } from "../dom.js";
import { queryIn, withQuery } from "./address.js";
import { SearchBox } from "./box.js";
import { load } from "./load.js";
import { carryQuery } from "./script.js";

const PAUSE = 300;

/**
 * Put the field and its list into the results page, and answer the query in the address.
 * @param {HTMLElement} find
 * @param {HTMLElement} place
 * @returns {SearchBox}
 */
export function showResults(find, place) {
  const title = document.title;
  let pending = 0;
  const write = () => {
    clearTimeout(pending);
    const { query, loaded } = box;
    history.replaceState(history.state, "", withQuery(location.href, query));
    document.title = query ? `${query} · ${title}` : title;
    carryQuery(document, query, loaded?.index ?? null);
  };
  const later = () => {
    clearTimeout(pending);
    pending = setTimeout(write, PAUSE);
  };
  const ask = () => {
    prepare();
    later();
  };
  const box = new SearchBox({ find, lines: 8, picksFirst: false, onQuery: ask, onLeave: write });
  const head = element("div", { class: "box__head" }, box.field);
  for (const other of document.querySelectorAll(".without-script")) other.remove();
  place.hidden = false;
  place.append(head, box.status, box.offer, box.filter, box.list, box.rest);
  const ready = (/** @type {import("./load.js").Loaded} */ loaded) => {
    box.ready(loaded);
    write();
  };
  let asked = false;
  function prepare() {
    if (asked) return;
    asked = true;
    load(find, ready).then(ready, () => {
      asked = false;
      box.fail();
    });
  }
  box.ask(queryIn(location.href));
  prepare();
  addEventListener("popstate", () => box.ask(queryIn(location.href)));
  // Do not take the focus from readers who have already moved it with the keyboard.
  if (!queryIn(location.href) && document.activeElement === document.body) box.field.focus();
  return box;
}
