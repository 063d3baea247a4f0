// The buttons that check the clause on the screen against the fingerprint that was published for it; what they do is
// fetched when the first of them is pressed.
// @ts-check

import { bringing } from "./bring.js";

/**
 * Show the buttons where the browser can compute a fingerprint, which it does for pages from a safe origin only.
 * @param {Document} page
 */
export function offerChecks(page) {
  if (!window.crypto?.subtle) return;
  /** @type {() => Promise<typeof import("./check.js")>} */
  const bring = bringing((again) => import("./check.js" + again));
  for (const button of page.querySelectorAll("button[data-fetch-clause]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const said = await bring().then(({ check }) => check(button)).catch(() => button.dataset.notChecked ?? "");
      const status = button.closest("section")?.querySelector(".checked");
      if (status) status.textContent = said;
    });
  }
}
