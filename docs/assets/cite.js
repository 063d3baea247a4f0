// The copy buttons of citations, each of which copies exactly the text next to it; and copying clauses that have
// citations between them.
// @ts-check

import { copy } from "./copy.js";
import { selectedParts } from "./selection.js";

const SHOWN = 2000;

/**
 * Show the buttons and activate them. Without JavaScript they stay hidden, and the texts can be selected by hand.
 * @param {Document} page
 */
export function offerCitations(page) {
  for (const block of page.querySelectorAll(".cites")) {
    for (const button of block.querySelectorAll(".cite__copy")) {
      if (button instanceof HTMLButtonElement && block instanceof HTMLElement) offer(block, button);
    }
  }
}

/**
 * On the page that shows a clause in every script, copy only the clauses of a selection that spans several, without any
 * citations the reader has opened between them. Nothing else between them can be selected.
 * @param {Document} page
 */
export function copyClausesAlone(page) {
  if (!page.querySelector(".pair")) return;
  page.addEventListener("copy", (event) => {
    const parts = selectedParts(page);
    if (parts.length < 2 || !event.clipboardData) return;
    event.clipboardData.setData("text/plain", parts.map((part) => part.text).join("\n"));
    event.preventDefault();
  });
}

/**
 * Return the current date in the reader's time zone: 2026-11-25.
 * @returns {string}
 */
function today() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/**
 * @param {HTMLElement} block
 * @param {HTMLButtonElement} button
 */
function offer(block, button) {
  const name = button.textContent;
  const status = block.querySelector("[role=status]");
  const text = button.closest(".cite")?.querySelector(".cite__text")?.textContent ?? "";
  const { copied = "", notCopied = "", accessed = "" } = block.dataset;
  let shown = 0;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = (await copy(text.replace(`[${accessed}]`, `[${today()}]`))) ? copied : notCopied;
    button.textContent = said;
    if (status) status.textContent = said;
    clearTimeout(shown);
    shown = setTimeout(() => {
      button.textContent = name;
      if (status) status.textContent = "";
    }, SHOWN);
  });
}
