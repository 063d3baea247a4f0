// Highlighting of text ranges; without browser support, the current range is selected instead.
// @ts-check

/** Whether the browser supports the CSS Custom Highlight API. */
export const canMark = "highlights" in CSS && typeof Highlight === "function";

/** The range that was selected because it could not be highlighted. @type {Range | null} */
let selected = null;

/**
 * Highlight ranges under a name known to the stylesheet.
 * @param {string} name
 * @param {Range[]} ranges
 */
export function highlight(name, ranges) {
  if (canMark) CSS.highlights.set(name, new Highlight(...ranges));
}

/**
 * Highlight the range that a reader is at, or select it where highlights are not supported.
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
 * Remove the highlights of a name.
 * @param {string} name
 */
export function unhighlight(name) {
  if (canMark) CSS.highlights.delete(name);
  if (selected && isSelectedHere()) getSelection()?.removeAllRanges();
  selected = null;
}

/**
 * Whether the current selection was made by this module and not by the reader.
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
