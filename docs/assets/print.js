// Printouts show the address of the page, at the end of the text and in the footer of each sheet.
// @ts-check

/**
 * Insert the page's address, without the fragment, wherever printouts show it.
 * @param {Document} page
 */
export function printAddress(page) {
  const address = canonical(page) || `${location.origin}${location.pathname}`;
  for (const place of page.querySelectorAll("[data-address]")) place.textContent = address;
  if (!("adoptedStyleSheets" in page)) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@page { @bottom-left { content: ${quoted(address)}; font: 9pt serif; } }`);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
}

/**
 * Return the page's canonical URL, or nothing if the site was built without its address.
 * @param {Document} page
 * @returns {string}
 */
function canonical(page) {
  const link = page.querySelector("link[rel=canonical]");
  return link instanceof HTMLLinkElement ? link.href : "";
}

/**
 * Return a text as a CSS string (CSS Syntax Level 3, 4.3.5).
 * @param {string} text
 * @returns {string}
 */
function quoted(text) {
  return `"${text.replace(/[^\w./:-]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`;
}
