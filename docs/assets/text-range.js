// Characters of a clause and their positions in the page.
// @ts-check

/** The sentences of a clause, on pages that give them addresses and on those that do not; in lists and tables, too. */
const PARTS = ":scope > span:not([role]), :scope > p > span:not([role]), :scope td > span";

/**
 * Return the text nodes of a clause, without its number, or of a heading.
 * @param {Element} holder
 * @returns {Text[]}
 */
export function textNodes(holder) {
  const parts = holder.matches(".clause") ? holder.querySelectorAll(PARTS) : [holder];
  /** @type {Text[]} */
  const nodes = [];
  for (const part of parts) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node instanceof Text) nodes.push(node);
  }
  return nodes;
}

/**
 * Return the concatenated text of nodes.
 * @param {Text[]} nodes
 * @returns {string}
 */
export function textOfNodes(nodes) {
  return nodes.map((node) => node.data).join("");
}

/**
 * Return a range of the page for part of the nodes' text.
 * @param {Text[]} nodes
 * @param {number} start in UTF-16 code units from the beginning of the text
 * @param {number} end half-open
 * @returns {Range}
 */
export function rangeOf(nodes, start, end) {
  const range = new Range();
  range.setStart(...pointAt(nodes, start, false));
  range.setEnd(...pointAt(nodes, end, true));
  return range;
}

/**
 * Return the part of the nodes' text that a range covers, in UTF-16 code units, half-open, or null if it covers none.
 * @param {Text[]} nodes
 * @param {Range} range
 * @returns {[number, number] | null}
 */
export function coveredBy(nodes, range) {
  let offset = 0;
  let start = -1;
  let end = -1;
  for (const node of nodes) {
    if (range.intersectsNode(node)) {
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      if (to > from && start < 0) start = offset + from;
      if (to > from) end = offset + to;
    }
    offset += node.length;
  }
  return start < end ? [start, end] : null;
}

/**
 * Return the node, and the offset in it, for an offset in the text of several nodes.
 * @param {Text[]} nodes
 * @param {number} offset
 * @param {boolean} isEnd whether an offset on the boundary of two nodes belongs to the first
 * @returns {[Node, number]}
 */
function pointAt(nodes, offset, isEnd) {
  let left = offset;
  for (const node of nodes) {
    if (left < node.length || (isEnd && left === node.length)) return [node, left];
    left -= node.length;
  }
  const last = nodes.at(-1) ?? document;
  return [last, last instanceof Text ? last.length : 0];
}
