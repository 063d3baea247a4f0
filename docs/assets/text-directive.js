// The `text=` directive, with which browsers find text on a page without our scripts.
// @ts-check

/** How many words of context go before and after, to tell identical passages apart. */
const CONTEXT = 2;
const LONGEST = 40;

/**
 * Return the directive for a range of characters (URL Fragment Text Directives, WICG), or nothing if the browser has no
 * word segmenter. Directives match whole words only, so the words at both ends are included in full.
 * @param {string} text
 * @param {number} start in characters (code points)
 * @param {number} end half-open
 * @returns {string}
 */
export function textDirective(text, start, end) {
  if (!("Segmenter" in Intl)) return "";
  const words = [...new Intl.Segmenter("zh", { granularity: "word" }).segment(text)].map((each) => each.segment);
  const first = wordAt(words, start);
  const last = wordAt(words, end - 1);
  const chosen = words.slice(first, last + 1);
  const before = words.slice(Math.max(0, first - CONTEXT), first).join("");
  const after = words.slice(last + 1, last + 1 + CONTEXT).join("");
  const whole = chosen.join("");
  const middle =
    whole.length <= LONGEST ? [whole] : [chosen.slice(0, CONTEXT + 1).join(""), chosen.slice(-CONTEXT - 1).join("")];
  const parts = [before && `${encoded(before)}-`, ...middle.map(encoded), after && `-${encoded(after)}`];
  return `text=${parts.filter(Boolean).join(",")}`;
}

/**
 * Return the index of the word that contains a character.
 * @param {string[]} words
 * @param {number} character
 * @returns {number}
 */
function wordAt(words, character) {
  let end = 0;
  return words.findIndex((word) => {
    end += [...word].length;
    return character < end;
  });
}

/**
 * Return a text encoded for use in a directive, in which hyphens, commas and ampersands are delimiters.
 * @param {string} text
 * @returns {string}
 */
function encoded(text) {
  return encodeURIComponent(text).replaceAll("-", "%2D");
}
