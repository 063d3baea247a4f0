// The `text=` directive, by which browsers find words on a page without any help of ours.
// @ts-check

/** So many words stand before and after, to tell one place from another that reads the same. */
const CONTEXT = 2;
const LONGEST = 40;

/**
 * Return the directive for characters of a text (URL Fragment Text Directives, WICG), or nothing where the browser does
 * not know the words of a text: directives find whole words only, so the words at both ends are taken in as a whole.
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
 * Return the index of the word that has a character.
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
 * Return a text as a part of a directive: a hyphen, a comma or an ampersand would end it.
 * @param {string} text
 * @returns {string}
 */
function encoded(text) {
  return encodeURIComponent(text).replaceAll("-", "%2D");
}
