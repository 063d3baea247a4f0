// Pinyin search, by full syllables or initials, for queries in Latin letters that match nothing else.
// @ts-check

import { firstAt, startOf } from "./index.js";
import { textOf, unitsOf } from "./text.js";

/** @typedef {import("./index.js").Index} Index */

const SHORTEST_INITIALS = 3;
const LONGEST = 60;

/**
 * How the code units of a key are read.
 * @typedef {object} Sound
 * @property {string} initials the first letter of each reading, a line feed where there is none
 * @property {Uint16Array} readings the reading of each code unit, as its number in `syllables`; 0 for none
 * @property {Map<string, number>} syllables
 */

/** @type {WeakMap<Index, Sound>} */
const made = new WeakMap();

/**
 * Return the matches in the concatenated text that are read like the query: yimiao, shuzi jingji, sjwszz.
 * @param {Index} index
 * @param {string} query
 * @returns {number[]}
 */
export function findPinyin(index, query) {
  // Remove tone marks, which NFD makes combining characters of their own; the diaeresis of ü is not one of them.
  const letters = query.normalize("NFD").toLowerCase().replace(/u\u0308/gu, "v").replace(/[\s'’\u0300-\u036f]+/gu, "");
  if (letters.length < 2 || letters.length > LONGEST || !/^[a-z]+$/u.test(letters)) return [];
  const sound = soundOf(index);
  /** @type {Set<number>} */
  const starts = new Set();
  let length = 0;
  for (const syllables of segmentations(letters, sound.syllables)) {
    const initials = syllables.map((syllable) => syllable.charAt(0)).join("");
    for (let place = sound.initials.indexOf(initials); place >= 0; place = sound.initials.indexOf(initials, place + 1)) {
      const matches = syllables.every((syllable, offset) => {
        return sound.readings[place + offset] === sound.syllables.get(syllable);
      });
      if (matches) starts.add(place);
    }
    if (starts.size > 0) {
      length = syllables.length;
      break;
    }
  }
  if (starts.size === 0 && letters.length >= SHORTEST_INITIALS) {
    length = letters.length;
    let place = sound.initials.indexOf(letters);
    for (; place >= 0; place = sound.initials.indexOf(letters, place + length)) starts.add(place);
  }
  return [...starts].flatMap((start) => [index.at[start] ?? 0, (index.at[start + length - 1] ?? 0) + 1]);
}

/**
 * Return how each code unit of the key is read, computed on first use.
 * @param {Index} index
 * @returns {Sound}
 */
function soundOf(index) {
  const known = made.get(index);
  if (known) return known;
  const { data, at } = index;
  const names = new Set(Object.keys(data.pinyin).concat(data.readings.map(([, , syllable]) => syllable)));
  const syllables = new Map([...names].map((syllable, order) => [syllable, order + 1]));
  const usual = new Uint16Array(0x10000);
  for (const [syllable, characters] of Object.entries(data.pinyin)) {
    for (const character of characters) usual[character.charCodeAt(0)] = syllables.get(syllable) ?? 0;
  }
  const readings = unitsOf(data.simplified ? index.key : index.keyOther).map((unit) => usual[unit] ?? 0);
  for (const [passage, offset, syllable] of data.readings) {
    readings[firstAt(at, startOf(index, passage) + offset)] = syllables.get(syllable) ?? 0;
  }
  const letters = Uint16Array.from(["\n", ...names], (syllable) => syllable.charCodeAt(0));
  const sound = { initials: textOf(readings.map((reading) => letters[reading] ?? 0)), readings, syllables };
  made.set(index, sound);
  return sound;
}

/**
 * Yield the ways to split letters into syllables that occur in the text, long syllables first: xian is xian, then
 * xi'an.
 * @param {string} letters
 * @param {Map<string, number>} syllables
 * @param {{left: number}} budget how many more attempts to make, which bounds the time a query can take
 * @returns {Generator<string[]>}
 */
function* segmentations(letters, syllables, budget = { left: 2000 }) {
  if (!letters) {
    yield [];
    return;
  }
  for (let length = Math.min(6, letters.length); length > 0; length -= 1) {
    const head = letters.slice(0, length);
    if (!syllables.has(head)) continue;
    budget.left -= 1;
    if (budget.left < 0) return;
    for (const tail of segmentations(letters.slice(length), syllables, budget)) yield [head, ...tail];
  }
}
