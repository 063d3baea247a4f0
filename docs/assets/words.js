// The interface strings of our scripts, which the build writes for each edition: `words.json`.
// @ts-check

/**
 * @typedef {object} Words
 * @property {string} all
 * @property {string} alsoText
 * @property {string} apart
 * @property {string} asIn
 * @property {string} back
 * @property {string} beyond
 * @property {string} broken
 * @property {string} byNumber
 * @property {string} checked
 * @property {string} cited
 * @property {string} clause
 * @property {string} clauseRange
 * @property {string} clauses
 * @property {string} clear
 * @property {string} copied
 * @property {string} copyCited
 * @property {string} copyLink
 * @property {string} copyText
 * @property {string} differs
 * @property {string} each
 * @property {string} elsewhere that a text in other letters is in another edition; empty where there is none
 * @property {string} extra
 * @property {string} filter
 * @property {string} found
 * @property {string} heading
 * @property {string} headings
 * @property {string} hint
 * @property {string} inside
 * @property {string} instead
 * @property {string} keys
 * @property {string} missing
 * @property {string} more
 * @property {string} near
 * @property {string} nearMarks
 * @property {string} next
 * @property {string} none
 * @property {string} notCopied
 * @property {string} onPage
 * @property {string} others
 * @property {string} part
 * @property {string} partly
 * @property {string} pinyin
 * @property {string} placeOnPage
 * @property {string} placesOnPage
 * @property {string} previous
 * @property {string} quoted
 * @property {string} quotedBetween what stands between quotations in a row; only readers of Traditional have a mark there
 * @property {string} results
 * @property {string} same
 * @property {string} sameButBoth
 * @property {string} sameButMarks
 * @property {string} sameButScript
 * @property {string} script
 * @property {string} selected
 * @property {string} separator
 * @property {string} share
 * @property {string} shortcut
 * @property {string} title
 * @property {string} tooLong
 * @property {string} variant
 * @property {string} via
 * @property {string} wholeAdded
 * @property {string} wholeCompared
 * @property {string} wholeMissing
 * @property {string} wholeSame
 */

/**
 * Return a string with its placeholders replaced by values: 第{number}段.
 * @param {string} words
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export function say(words, values) {
  return words.replace(/\{(\w+)\}/gu, (open, name) => String(values[name] ?? open));
}
