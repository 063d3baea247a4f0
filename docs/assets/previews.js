// Previews of terms in the text, loaded when the first one is needed.
// @ts-check

import { bringing } from "./bring.js";

/**
 * Offer a preview for every term link in a page's clauses.
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
      // Without the module, a term is an ordinary link.
      bring().then(({ Preview }) => act((preview ??= new Preview(page))), () => {});
    }
  };
  // By the time the module has loaded, the pointer and the focus may have moved.
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
