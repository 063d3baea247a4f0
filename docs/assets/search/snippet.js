// Excerpts of a passage that show every match in it.
// @ts-check

/** @typedef {{kind: "text" | "hit" | "gap", text: string}} Piece */

const LEAST = 6;

/** @type {Intl.Segmenter | undefined} */
let segmenter;

const CLOSING = /^[，。、；：？！”’」』）…]+/u;

/**
 * Return the pieces of a passage to show: each match, the context that fits, and gaps for what is left out.
 * @param {string} text
 * @param {number[]} places matches: start, end, start, end …, half-open, in order
 * @param {number} room how many characters fit; exceeded if the matches need more
 * @param {string} gap what stands for what is left out
 * @returns {Piece[]}
 */
export function snippet(text, places, room, gap = "……") {
  const windows = widest(text, places.length > 0 ? places : [0, 0], room);
  /** @type {Piece[]} */
  const pieces = [];
  let shown = 0;
  for (const [start, end] of windows) {
    if (start > shown) pieces.push({ kind: "gap", text: gap });
    pieces.push(...within(text, places, start, end));
    shown = end;
  }
  if (shown < text.length) pieces.push({ kind: "gap", text: gap });
  return pieces;
}

/**
 * Return the parts to show, with as much context around each match as there is room for.
 * @param {string} text
 * @param {number[]} places
 * @param {number} room
 * @returns {[number, number][]}
 */
function widest(text, places, room) {
  let low = LEAST;
  let high = Math.max(LEAST, Math.min(text.length, room));
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const length = around(text, places, middle).reduce((sum, [start, end]) => sum + end - start, 0);
    if (length <= room) low = middle;
    else high = middle - 1;
  }
  return around(text, places, low).map(([start, end]) => [
    start > 0 ? afterMarks(text, wordStart(text, start, places), places) : start,
    end < text.length ? wordEnd(text, end, places) : end,
  ]);
}

/**
 * Return the first offset from another on that is not inside a word, short of any place.
 * @param {string} text
 * @param {number} offset
 * @param {number[]} places
 * @returns {number}
 */
function wordStart(text, offset, places) {
  const [begins, ends] = wordAt(text, offset);
  return begins === offset || places.some((place) => place >= offset && place < ends) ? offset : ends;
}

/**
 * Return the last offset up to another that is not inside a word, beyond any place.
 * @param {string} text
 * @param {number} offset
 * @param {number[]} places
 * @returns {number}
 */
function wordEnd(text, offset, places) {
  const [begins] = wordAt(text, offset);
  return places.some((place) => place > begins && place <= offset) ? offset : begins;
}

/**
 * Return where the word at an offset begins and ends, as far as the browser knows words.
 * @param {string} text
 * @param {number} offset
 * @returns {[number, number]}
 */
function wordAt(text, offset) {
  if (!Intl.Segmenter) return [offset, offset];
  segmenter ??= new Intl.Segmenter("zh", { granularity: "word" });
  const { index, segment } = segmenter.segment(text).containing(offset) ?? { index: offset, segment: "" };
  return [index, index + segment.length];
}

/**
 * Return the parts within a given distance of a match, merged where they meet.
 * @param {string} text
 * @param {number[]} places
 * @param {number} context
 * @returns {[number, number][]}
 */
function around(text, places, context) {
  /** @type {[number, number][]} */
  const windows = [];
  for (let each = 0; each < places.length; each += 2) {
    const start = Math.max(0, (places[each] ?? 0) - context);
    const end = Math.min(text.length, (places[each + 1] ?? 0) + context);
    const last = windows.at(-1);
    if (last && start <= last[1] + 2) last[1] = Math.max(last[1], end);
    else windows.push([start, end]);
  }
  return windows;
}

/**
 * Return the first offset, from another on, that is not at a closing mark, without skipping any match.
 * @param {string} text
 * @param {number} start
 * @param {number[]} places
 * @returns {number}
 */
function afterMarks(text, start, places) {
  const after = start + (CLOSING.exec(text.slice(start))?.[0].length ?? 0);
  return places.some((place) => place >= start && place < after) ? start : after;
}

/**
 * @param {string} text
 * @param {number[]} places
 * @param {number} start
 * @param {number} end
 * @returns {Piece[]}
 */
function within(text, places, start, end) {
  /** @type {Piece[]} */
  const pieces = [];
  let position = start;
  for (let each = 0; each < places.length; each += 2) {
    const [from, to] = [places[each] ?? 0, places[each + 1] ?? 0];
    if (from < start || to > end) continue;
    pieces.push({ kind: "text", text: text.slice(position, from) }, { kind: "hit", text: text.slice(from, to) });
    position = to;
  }
  pieces.push({ kind: "text", text: text.slice(position, end) });
  return pieces.filter((piece) => piece.text);
}
