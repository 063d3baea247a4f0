// The reader's selection within clauses, and the toolbar that offers to copy it.
// @ts-check

import { bringing } from "./bring.js";
import { isSelectedHere } from "./highlight.js";
import { coveredBy, textNodes, textOfNodes } from "./text-range.js";

/**
 * A selected part of a clause; offsets are in characters (code points), half-open.
 * @typedef {object} Part
 * @property {Element} clause
 * @property {number} number 0 for what is named by more than a number
 * @property {string} id
 * @property {string} label what it is called, if that is more than its number
 * @property {number} start
 * @property {number} end
 * @property {string} text exactly as in the clause
 */

const PAUSE = 150;

/**
 * Show the toolbar whenever part of a clause is selected.
 * @param {Document} page
 */
export function offerSelection(page) {
  if (!page.querySelector(".clause")) return;
  /** @type {() => Promise<typeof import("./selection-bar.js")>} */
  const bring = bringing((again) => import("./selection-bar.js" + again));
  /** @type {import("./selection-bar.js").SelectionBar | null} */
  let bar = null;
  let pending = 0;
  const react = async () => {
    const parts = isSelectedHere() ? [] : selectedParts(page);
    if (parts.length > 0 && !bar) {
      const module = await bring().catch(() => null);
      if (module) bar ??= new module.SelectionBar();
    }
    await bar?.show(parts);
  };
  page.addEventListener("selectionchange", () => {
    clearTimeout(pending);
    pending = setTimeout(react, PAUSE);
  });
}

/**
 * Return the selected parts of clauses, in text order.
 * @param {Document} page
 * @returns {Part[]}
 */
export function selectedParts(page) {
  const selection = page.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return [];
  const range = selection.getRangeAt(0);
  return [...page.querySelectorAll(".clause")].flatMap((clause) => {
    const nodes = range.intersectsNode(clause) ? textNodes(clause) : [];
    const covered = coveredBy(nodes, range);
    if (!covered) return [];
    const text = textOfNodes(nodes);
    const selected = text.slice(...covered);
    const start = [...text.slice(0, covered[0])].length;
    const holder = clause.closest("[data-number]");
    const said = holder instanceof HTMLElement ? holder.dataset : {};
    const id = said.id ?? (said.number ? `p${said.number}` : clause.id);
    const label = said.label ?? (said.number ? "" : (clause.querySelector(".number")?.getAttribute("aria-label") ?? ""));
    const number = /^p\d+$/u.test(id) ? Number(id.slice(1)) : 0;
    return [{ clause, number, id, label, start, end: start + [...selected].length, text: selected }];
  });
}
