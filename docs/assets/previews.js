// Terms in the text have previews, which are fetched when the first of them is wanted.
// @ts-check

import { bringing } from "./bring.js";

/**
 * Offer a preview of every term that the clauses of a page link to.
 * @param {Document} page
 */
export function offerPreviews(page) {
  if (!page.querySelector("a.term")) return;
  /** @type {() => Promise<typeof import("./preview.js")>} */
  const bring = bringing((again) => import("./preview.js" + again));
  /** @type {import("./preview.js").Preview | null} */
  let preview = null;
  /** @param {(preview: import("./preview.js").Preview) => void} act */
  const when = (act) => {
    if (preview) act(preview);
    else {
      // Without the module a term is a link as any other.
      bring().then(({ Preview }) => act((preview ??= new Preview(page))), () => {});
    }
  };
  // By the time the module has come, the pointer and the focus may be elsewhere.
  /** @type {EventTarget | null} */
  let under = null;
  page.addEventListener("pointerover", ({ pointerType, target }) => {
    under = target;
    if (pointerType === "mouse" && (preview || isTerm(target))) when((each) => each.point(under));
  });
  page.addEventListener("focusin", ({ target }) => {
    if (preview || isTerm(target)) when((each) => each.focus(page.activeElement));
  });
  page.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") preview?.hide();
  });
}

/**
 * @param {EventTarget | null} target
 * @returns {boolean}
 */
function isTerm(target) {
  return target instanceof Element && target.closest("a.term") !== null;
}
