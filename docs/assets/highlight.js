// Places of the text that stand out: marked where browsers can, else the present one is selected.
// @ts-check

/** Whether the browser marks any number of places (CSS Custom Highlight API). */
export const canMark = "highlights" in CSS && typeof Highlight === "function";

/** The range that was selected because it could not be marked. @type {Range | null} */
let selected = null;

/**
 * Mark places under the name that the stylesheet has for them.
 * @param {string} name
 * @param {Range[]} ranges
 */
export function highlight(name, ranges) {
  if (canMark) CSS.highlights.set(name, new Highlight(...ranges));
}

/**
 * Mark the one place that a reader is at; where nothing can be marked it is selected.
 * @param {string} name
 * @param {Range} range
 */
export function highlightPresent(name, range) {
  highlight(name, [range]);
  if (canMark) return;
  const selection = getSelection();
  selected = range;
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/**
 * Take marks away.
 * @param {string} name
 */
export function unhighlight(name) {
  if (canMark) CSS.highlights.delete(name);
  if (selected && isSelectedHere()) getSelection()?.removeAllRanges();
  selected = null;
}

/**
 * Whether what is selected now was selected here, and not by the reader.
 * @returns {boolean}
 */
export function isSelectedHere() {
  const selection = getSelection();
  if (!selected || !selection || selection.rangeCount === 0) return false;
  const range = selection.getRangeAt(0);
  return (
    range.compareBoundaryPoints(Range.START_TO_START, selected) === 0 &&
    range.compareBoundaryPoints(Range.END_TO_END, selected) === 0
  );
}
