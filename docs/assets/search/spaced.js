// What searching a text that has blanks between its words takes, as English has: fetched for editions in such a language.
// @ts-check

import { snippet } from "./snippet.js";

/** @typedef {import("./index.js").Index} Index */

/**
 * Return the matches of a word in a text that has blanks between words: those at the beginning of one and, but for
 * phrases, within one.
 * @param {Index} index
 * @param {string} part folded and, but for a phrase, without what is left out of account
 * @param {boolean} isPhrase
 * @returns {number[]} as the engine's places
 */
export function findWord(index, part, isPhrase) {
  /** @type {number[]} */
  const places = [];
  const text = isPhrase ? index.raw() : index.key;
  for (let place = text.indexOf(part); place >= 0; place = text.indexOf(part, place + 1)) {
    const start = isPhrase ? place : (index.at[place] ?? 0);
    const end = isPhrase ? place + part.length : (index.at[place + part.length - 1] ?? 0) + 1;
    if (/[\p{L}\p{N}]$/u.test(index.own.slice(0, start).slice(-1)) && /^[\p{L}\p{N}]/u.test(part)) continue;
    if (!isPhrase && /\s/u.test(index.own.slice(start, end))) continue;
    if (start >= (places.at(-1) ?? 0)) places.push(start, end);
  }
  return places;
}

/**
 * Return the pieces of a passage to show, with a blank between its paragraphs, too.
 * @param {import("./index.js").Data["passages"][number] | undefined} passage
 * @param {number[]} places
 * @param {number} room
 * @returns {import("./snippet.js").Piece[]}
 */
export function snippetOf(passage, places, room) {
  const text = passage?.text ?? "";
  const starts = [0, ...(passage?.breaks ?? [])];
  const spaced = starts.map((start, at) => text.slice(start, starts[at + 1])).join(" ");
  const moved = places.map((place, at) => place + starts.filter((start) => start > 0 && start < place + 1 - (at % 2)).length);
  return snippet(spaced, moved, room, "…");
}
