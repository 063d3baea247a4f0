// Checking a clause against the fingerprint that was published for it.
// @ts-check

import { json } from "./files.js";

/**
 * Return what is to be said of the clause beside a button, with its fingerprint; reject where none could be had.
 * @param {HTMLButtonElement} button
 * @returns {Promise<string>}
 */
export async function check(button) {
  const section = button.closest("section");
  const { fetchClause = "", same = "", differs = "" } = button.dataset;
  const text = section?.querySelector(".clause")?.textContent ?? "";
  const [published, own] = await Promise.all([json(fetchClause), fingerprint(text)]);
  const id = section?.id ?? "";
  const { sha256 } = published.clause?.texts[id] ?? published.given[id].text;
  return `${sha256 === own ? same : differs}\nSHA-256 ${own}`;
}

/**
 * Return the SHA-256 of a text in NFC, as UTF-8, in hexadecimal digits.
 * @param {string} text
 * @returns {Promise<string>}
 */
async function fingerprint(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text.normalize("NFC")));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
