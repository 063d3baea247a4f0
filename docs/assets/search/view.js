// The presentation of a reply: options for the list, sentences for the status, and suggestions.
// @ts-check

import { element } from "../dom.js";
import { withQuery } from "./address.js";
import { rangeOfLabels } from "../place-name.js";
import { placesIn } from "./engine.js";
import { idOf, isClause } from "./index.js";
import { simplifiedKey } from "./near.js";
import { snippet } from "./snippet.js";
import { strip } from "./text.js";
import { say } from "../words.js";

/** @typedef {import("./consult.js").Reply} Reply */
/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("../words.js").Words} Words */

/**
 * What an option links to and shows.
 * @typedef {object} Entry
 * @property {number} passage
 * @property {string} query what is highlighted on the page that the option opens; may be empty
 * @property {import("./engine.js").Result | null} result
 * @property {string} note shown next to the number; may be empty
 * @property {import("./quote.js").Quotation | null} quotation
 * @property {string} [place] the fragment of a sentence or of characters in it
 * @property {import("./whole.js").Copied} [copied] the passage in a copy of the whole text
 */

const MOST_NUMBERED = 50;
const MOST_QUOTED = 40;
/** Longer matches have the same meaning even inside a longer term. */
const LONGEST_INSIDE = 3;

/**
 * Return the entries of a reply: first the clauses that the query names and the source of a quotation, then the
 * results, which may include some of the former.
 * @param {Index} index
 * @param {Words} words
 * @param {Reply} reply
 * @returns {{first: Entry[], results: Entry[]}}
 */
export function entriesOf(index, words, reply) {
  const { answer, quotation } = reply;
  if (reply.whole) return { first: copiedEntries(reply.whole), results: [] };
  const mixed = answer.results.some((result) => result.literal);
  const all = answer.results.map((result) => {
    const word = insideOf(index, answer, result);
    const note = word ? say(words.inside, { word }) : mixed && !result.literal ? words.variant : "";
    return { ...entry(result.passage, answer.query), result, note, isInside: word !== "" };
  });
  const results = [...all.filter(({ isInside }) => !isInside), ...all.filter(({ isInside }) => isInside)];
  const first = numbered(index, answer.numbers).map(
    (passage) => ({
      ...(results.find((result) => result.passage === passage) ?? entry(passage, "")),
      ...(answer.place ? { place: answer.place, query: "" } : {}),
    }),
  );
  if (quotation) first.push({ ...entry(quotation.passage, quotedBy(index, quotation)), quotation });
  return { first, results };
}

/**
 * Return the sentences that say what was found, what was searched for, or that there is nothing.
 * @param {Index} index
 * @param {Words} words
 * @param {Reply} reply
 * @returns {string[]}
 */
export function sentencesOf(index, words, reply) {
  const { answer, quotation } = reply;
  if (reply.whole) return wholeSentences(index, words, reply.whole);
  if (quotation) return [verdict(index, words, quotation)];
  if (reply.tooLong) return [words.tooLong];
  if (reply.beyond) return [say(words.beyond, { number: reply.beyond })];
  const sentences = answer.results.length > 0 ? [count(index, words, answer)] : [];
  if (answer.via.length > 0) sentences.unshift(say(words.via, { names: quoted(words, answer.via) }));
  if (answer.pinyin) sentences.unshift(words.pinyin);
  if (answer.numbers) {
    if (sentences.length > 0) sentences.unshift(words.alsoText);
    return [say(words.byNumber, { where: clausesOf(words, ...answer.numbers) }), ...sentences];
  }
  return sentences.length > 0 ? sentences : nothing(index, words, reply);
}

/**
 * Return the sentences that say that nothing was found, or nothing with all of several words. What is typed in other
 * letters than the text has may be in another edition, where there is one in such letters.
 * @param {Index} index
 * @param {Words} words
 * @param {Reply} reply
 * @returns {string[]}
 */
function nothing(index, words, { answer, apart }) {
  const missing = apart.filter(({ found }) => !found).map(({ text }) => text);
  if (apart.length > 0 && missing.length === 0) return [words.apart, words.checked];
  const names = quoted(words, missing.length > 0 ? missing : [answer.query]);
  const isForeign = words.elsewhere && /\p{Script=Han}/u.test(answer.query) === Boolean(index.data.words);
  return [say(words.none, { names }), isForeign ? words.elsewhere : words.checked];
}

/**
 * Return the suggestions for a query without results, and their label.
 * @param {Words} words
 * @param {Reply} reply
 * @returns {{label: string, texts: string[]}}
 */
export function offersOf(words, { near, apart }) {
  if (near) return { label: { marks: words.nearMarks, close: words.near, part: words.part }[near.kind], texts: [near.text] };
  const found = apart.filter((word) => word.found).map(({ text }) => text);
  return { label: found.length < apart.length ? words.others : words.each, texts: found };
}

/**
 * Return an option of the list.
 * @param {Index} index
 * @param {Words} words
 * @param {Entry} shown
 * @param {{href: string, id: string, room: number}} option
 * @returns {HTMLAnchorElement}
 */
export function optionOf(index, words, shown, { href, id, room }) {
  const option = linkOf(index, words, shown, { href, room });
  for (const [name, value] of Object.entries({ role: "option", id, tabindex: "-1", "aria-selected": "false" })) {
    option.setAttribute(name, value);
  }
  return option;
}

/**
 * Return a link to a passage that says where it is and what was found there.
 * @param {Index} index
 * @param {Words} words
 * @param {Entry} shown
 * @param {{href: string, room: number}} option
 * @returns {HTMLAnchorElement}
 */
export function linkOf(index, words, shown, { href, room }) {
  const passage = index.data.passages[shown.passage];
  const name = nameOf(index, words, shown.passage, shown.quotation?.last);
  const head = element("span", { class: "hit__head" }, element("b", {}, name));
  if (passage && isClause(index, shown.passage)) head.append(" ", element("span", {}, themeOf(index, words, passage.theme)));
  if (shown.note) head.append(" ", element("span", { class: "hit__note" }, shown.note));
  const body = element("span", { class: "hit__text" });
  const places = placesOf(index, shown);
  for (const piece of index.spaced?.snippetOf(passage, places, room) ?? snippet(passage?.text ?? "", places, room)) {
    body.append(piece.kind === "hit" && !shown.quotation ? element("mark", {}, piece.text) : piece.text);
  }
  const link = element("a", { class: "hit", href }, head);
  const compared = shown.copied ?? (shown.quotation && !shown.quotation.literal ? shown.quotation : null);
  if (compared) link.append(...comparison(words, compared, readingsIn(index, shown.passage, compared)));
  else link.append(body);
  return link;
}

/**
 * Return the address of a passage: on the current page if it is there, else on its theme's page.
 * @param {Index} index
 * @param {Entry} shown
 * @param {string} root the address of the edition's home page
 * @returns {string}
 */
export function addressOf(index, shown, root) {
  const passage = index.data.passages[shown.passage];
  const slug = index.data.themes[passage?.theme ?? -1]?.slug;
  const id = idOf(index, shown.passage);
  const here = document.querySelector("article .clause[id]") && document.getElementById(id);
  const page = here ? location.href : new URL(slug ? `${slug}/` : "full/", root).href;
  return withQuery(page, shown.query, shown.place ?? id);
}

/**
 * Return the term that encloses every match of a result, which neither begins nor ends it, or an empty string: readers
 * who search for 中国 do not mean part of 发展中国家.
 * @param {Index} index
 * @param {import("./engine.js").Answer} answer
 * @param {import("./engine.js").Result} result
 * @returns {string}
 */
function insideOf(index, answer, result) {
  const [word, ...others] = answer.words;
  if (!word || strip(word.text).length > LONGEST_INSIDE || others.length > 0 || answer.via.length > 0 || answer.pinyin) return "";
  const text = index.data.passages[result.passage]?.text ?? "";
  const places = placesIn(index, result);
  let inside = "";
  for (let each = 0; each < places.length; each += 2) {
    const [start = 0, end = 0] = places.slice(each, each + 2);
    const part = text.slice(start, end);
    const around = index.data.names.find(([form]) => {
      const at = form.indexOf(part);
      return at > 0 && at + part.length < form.length && text.startsWith(form, start - at);
    });
    if (!around) return "";
    [inside] = around;
  }
  return inside;
}

/**
 * Return the name of a theme, or of the title, which belongs to none.
 * @param {Index} index
 * @param {Words} words
 * @param {number} theme
 * @returns {string}
 */
export function themeOf(index, words, theme) {
  return index.data.themes[theme]?.title ?? words.title;
}

/**
 * Return a query that highlights the text a quotation was aligned with, or an empty string if that spans several
 * passages, because searches do not.
 * @param {Index} index
 * @param {import("./quote.js").Quotation} quotation
 * @returns {string}
 */
function quotedBy(index, { passage, last, place }) {
  return last === passage ? `“${index.data.passages[passage]?.text.slice(...place)}”` : "";
}

/**
 * @param {number} passage
 * @param {string} query
 * @returns {Entry}
 */
function entry(passage, query) {
  return { passage, query, result: null, note: "", quotation: null };
}

/**
 * @param {Index} index
 * @param {Entry} shown
 * @returns {number[]}
 */
function placesOf(index, shown) {
  return shown.result ? placesIn(index, shown.result) : (shown.quotation?.place ?? []);
}

/**
 * @param {Index} index
 * @param {[number, number] | null} numbers
 * @returns {number[]}
 */
function numbered(index, numbers) {
  if (!numbers) return [];
  const [first, last] = numbers;
  return index.data.passages
    .flatMap(({ number }, passage) => (number && number >= first && number <= last ? [passage] : []))
    .slice(0, MOST_NUMBERED);
}

/**
 * Return the name of a passage, or of the clauses in a range of passages.
 * @param {Index} index
 * @param {Words} words
 * @param {number} passage
 * @param {number} [last]
 * @returns {string}
 */
function nameOf(index, words, passage, last = passage) {
  const names = index.data.passages
    .slice(passage, last + 1)
    .flatMap(({ number, name }) => (number === undefined ? [] : (name ?? say(words.clause, { number }))));
  const [first] = names;
  if (first) return rangeOfLabels(first, names.at(-1) ?? first, words.clauseRange);
  return index.data.passages[passage]?.theme === -1 ? words.title : words.heading;
}

/**
 * @param {Words} words
 * @param {number} first
 * @param {number} last
 * @returns {string}
 */
function clausesOf(words, first, last) {
  return first === last ? say(words.clause, { number: first }) : say(words.clauseRange, { first, last });
}

/**
 * @param {Index} index
 * @param {Words} words
 * @param {import("./engine.js").Answer} answer
 * @returns {string}
 */
function count(index, words, answer) {
  const clauses = answer.results.filter((result) => isClause(index, result.passage)).length;
  const headings = answer.results.length - clauses;
  const where = [];
  if (clauses > 0) where.push(say(words.clauses, { clauses }));
  if (headings > 0) where.push(say(words.headings, { headings }));
  return say(words.found, { where: where.join(words.separator), places: answer.places });
}

/**
 * @param {Index} index
 * @param {Words} words
 * @param {import("./quote.js").Quotation} quotation
 * @returns {string}
 */
function verdict(index, words, quotation) {
  const where = nameOf(index, words, quotation.passage, quotation.last);
  if (quotation.literal) return say(words.same, { where });
  if (quotation.differs) {
    const places = quotation.runs.filter((run) => run.kind === "wording").length;
    return say(words.differs, { where, places });
  }
  const script = quotation.runs.some((run) => run.kind === "script");
  return say(script ? (quotation.marked ? words.sameButScript : words.sameButBoth) : words.sameButMarks, { where });
}

/**
 * Return the text with the differences of a quotation or a copy, and the same differences in words.
 * @param {Words} words
 * @param {{runs: import("./align.js").Run[], marks?: {typed: string, text: string}[]}} quotation
 * @param {{text: string, seen: string}[]} readings found in other copies, and matching this quotation
 * @returns {HTMLElement[]}
 */
function comparison(words, quotation, readings) {
  const body = element("span", { class: "hit__text" });
  const list = element("span", { class: "hit__list" });
  for (const { kind, typed, text } of quotation.runs) {
    if (kind === "same") body.append(text);
    if (kind === "script") body.append(element("span", { class: "hit__script" }, text));
    if (kind !== "wording") continue;
    if (typed) body.append(element("del", {}, typed));
    if (text) body.append(element("ins", {}, text));
    const words_ = typed ? (text ? words.instead : words.extra) : words.missing;
    list.append(element("span", {}, say(words_, { typed, text })));
  }
  const script = quotation.runs.filter((run) => run.kind === "script");
  if (script.length > 0) {
    const pairs = script.map((run) => `${run.typed}→${run.text}`).join(words.separator);
    list.append(element("span", {}, say(words.script, { pairs })));
  }
  for (const { typed, text } of quotation.marks ?? []) {
    list.append(element("span", {}, say(typed ? (text ? words.instead : words.extra) : words.missing, { typed, text })));
  }
  for (const { text, seen } of readings) list.append(element("span", {}, say(words.asIn, { text, seen })));
  return [body, list];
}

/**
 * Return the known readings of other copies that a quotation of a passage contains.
 * @param {Index} index
 * @param {number} passage
 * @param {{runs: import("./align.js").Run[]}} quotation
 * @returns {{text: string, seen: string}[]}
 */
function readingsIn(index, passage, { runs }) {
  const { number } = index.data.passages[passage] ?? {};
  const typed = simplifiedKey(index, runs.map((run) => (run.kind === "wording" ? run.typed : run.text)).join(""));
  return index.data.variants.flatMap(([clause, , reading, seen]) =>
    clause === number && typed.includes(simplifiedKey(index, reading)) ? [{ text: reading, seen }] : [],
  );
}

/**
 * Return an entry for each passage that differs in a copy of the whole text.
 * @param {import("./whole.js").Comparison} whole
 * @returns {Entry[]}
 */
function copiedEntries({ copied }) {
  return copied.filter(({ differs }) => differs).map((each) => ({ ...entry(each.passage, ""), copied: each }));
}

/**
 * Return a summary of a copy of the whole text: how many clauses are the same, which are missing, and what was added.
 * @param {Index} index
 * @param {Words} words
 * @param {import("./whole.js").Comparison} whole
 * @returns {string[]}
 */
function wholeSentences(index, words, { copied, missing, added }) {
  const clauses = copied.filter(({ passage }) => isClause(index, passage));
  const differ = clauses.filter(({ differs }) => differs).length;
  const same = clauses.length - differ;
  const sentences = [say(differ > 0 ? words.wholeCompared : words.wholeSame, { same, differ })];
  if (missing.length > 0) {
    const [first = 0] = missing;
    const last = missing.at(-1) ?? first;
    const isRun = last - first === missing.length - 1;
    const names = isRun ? [nameOf(index, words, first, last)] : missing.map((passage) => nameOf(index, words, passage));
    const where = names.join(words.separator);
    sentences.push(say(words.wholeMissing, { where }));
  }
  if (added.length > 0) sentences.push(say(words.wholeAdded, { texts: quoted(words, added) }));
  return sentences;
}

/**
 * Return the quotation mark that stands for one within a quotation (GB/T 15834-2011, 4.8).
 * @param {string} mark
 * @returns {string}
 */
function innerMark(mark) {
  return "‘’『』".charAt("“”「」".indexOf(mark));
}

/**
 * Return texts in quotation marks, long ones cut; a final 。；， is dropped, because more punctuation follows, and so are
 * the marks that readers type to look for exact words.
 * @param {Words} words
 * @param {string[]} texts
 * @returns {string}
 */
function quoted(words, texts) {
  return texts
    .map((text) => {
      const bare = text.replaceAll('"', "").trim().replace(/^[“「](.+)[”」]$/u, "$1").replace(/[“”「」]/gu, innerMark) || text;
      const characters = [...bare.replace(/(.)[。；，]+$/u, "$1")];
      const short = characters.length > MOST_QUOTED ? `${characters.slice(0, MOST_QUOTED).join("")}……` : characters.join("");
      return say(words.quoted, { text: short });
    })
    .join(words.quotedBetween);
}
