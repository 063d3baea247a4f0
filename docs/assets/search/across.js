// One query to several texts: what counts of what each of them replies.
// @ts-check

/** @typedef {import("./consult.js").Reply} Reply */

/** So many suggestions at most; each is from another text. */
const MOST = 3;

/**
 * Whether a reply has anything to show.
 * @param {Reply} reply
 * @returns {boolean}
 */
export function hasFound({ answer, quotation, whole }) {
  return answer.results.length > 0 || answer.numbers !== null || quotation !== null || whole !== null;
}

/**
 * Return for each reply to one query whether it counts, as if all texts were one: a copy of a whole text is nothing
 * else, and a query is taken for pinyin only where no text has it otherwise.
 * @param {Reply[]} replies
 * @returns {boolean[]}
 */
export function counting(replies) {
  const isCopy = replies.some(({ whole }) => whole !== null);
  const isWritten = replies.some((reply) => hasFound(reply) && !reply.answer.pinyin);
  return replies.map((reply) => {
    if (isCopy) return reply.whole !== null;
    return hasFound(reply) && !(isWritten && reply.answer.pinyin);
  });
}

/**
 * Return the order in which to show replies, as indices: those in which a quotation stands as it is first.
 * @param {Reply[]} replies
 * @returns {number[]}
 */
export function inOrder(replies) {
  const isExact = replies.map(({ quotation }) => quotation !== null && !quotation.differs);
  return [...replies.keys()].sort((one, other) => Number(isExact[other]) - Number(isExact[one]));
}

/**
 * Return the reply of each text to a query: what they have instead of it is looked for only where none has it.
 * @param {((deeply: boolean, earlier?: Reply) => Reply)[]} ask what each text replies
 * @returns {Reply[]}
 */
export function repliesOf(ask) {
  const replies = ask.map((each) => each(false));
  return replies.some(hasFound) ? replies : ask.map((each, at) => each(true, replies[at]));
}

/**
 * Return what texts have instead of a query that none of them has, each once.
 * @param {Reply[]} replies
 * @returns {string[]}
 */
export function suggestions(replies) {
  return [...new Set(replies.flatMap(({ near }) => near?.text ?? []))].slice(0, MOST);
}
