// The files of the site's own that our scripts read, fetched when they are needed.
// @ts-check

import { element } from "./dom.js";

/**
 * Return what a file holds; reject where it cannot be had.
 * @param {string} address
 * @returns {Promise<any>}
 */
export async function json(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/**
 * Ask for a file that a module on its way will read.
 * @param {string} address
 */
export function preload(address) {
  if (document.querySelector(`link[rel=preload][href="${address}"]`)) return;
  document.head.append(element("link", { rel: "preload", as: "fetch", crossorigin: "anonymous", href: address }));
}
