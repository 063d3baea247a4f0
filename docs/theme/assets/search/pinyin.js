// Pinyin, whole or by initials, where a query in Latin letters is nothing else that the text knows.
// @ts-check

/** @typedef {import("./index.js").Index} Index */

const SHORTEST_INITIALS = 3;
const LONGEST = 60;

/** @type {WeakMap<Index, {initials: string, readings: string[], syllables: Set<string>}>} */
const made = new WeakMap();

/**
 * Return the places in the joined text that are read as a query says: yimiao, shuzi jingji, sjwszz.
 * @param {Index} index
 * @param {string} query
 * @returns {number[]}
 */
export function findPinyin(index, query) {
  const letters = query.toLowerCase().replace(/ü/gu, "v").replace(/[\s'’]+/gu, "");
  if (letters.length < 2 || letters.length > LONGEST || !/^[a-z]+$/u.test(letters)) return [];
  const sound = soundOf(index);
  /** @type {Set<number>} */
  const starts = new Set();
  let length = 0;
  for (const syllables of segmentations(letters, sound.syllables)) {
    const initials = syllables.map((syllable) => syllable.charAt(0)).join("");
    for (let place = sound.initials.indexOf(initials); place >= 0; place = sound.initials.indexOf(initials, place + 1)) {
      if (syllables.every((syllable, offset) => sound.readings[place + offset] === syllable)) starts.add(place);
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
 * Return how each unit of the key is read, made when it is first asked for.
 * @param {Index} index
 * @returns {{initials: string, readings: string[], syllables: Set<string>}}
 */
function soundOf(index) {
  const known = made.get(index);
  if (known) return known;
  /** @type {Map<string, string>} */
  const usual = new Map();
  for (const [syllable, characters] of Object.entries(index.data.pinyin)) {
    for (const character of characters) usual.set(character, syllable);
  }
  /** @type {Map<number, string>} */
  const odd = new Map();
  for (const [passage, offset, syllable] of index.data.readings) {
    odd.set((index.starts[passage] ?? 0) + offset, syllable);
  }
  const key = index.data.simplified ? index.key : index.keyOther;
  const readings = new Array(key.length);
  const initials = new Array(key.length);
  for (let place = 0; place < key.length; place += 1) {
    const unit = key.charAt(place);
    const reading = odd.get(index.at[place] ?? 0) ?? usual.get(unit) ?? "";
    readings[place] = reading;
    initials[place] = reading ? reading.charAt(0) : "\n";
  }
  const syllables = new Set(Object.keys(index.data.pinyin).concat(index.data.readings.map((reading) => reading[2])));
  const sound = { initials: initials.join(""), readings, syllables };
  made.set(index, sound);
  return sound;
}

/**
 * Yield the ways to read letters as syllables that the text has, long syllables first: xian is xian, then xi'an.
 * @param {string} letters
 * @param {Set<string>} syllables
 * @param {{left: number}} budget how many more to try, so that no query takes long
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
