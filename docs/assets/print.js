// Paper carries the address it was printed from, at the end of the text and at the foot of each sheet.
// @ts-check

/**
 * Put the page's own address, without the place in it, where print shows one.
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
 * Return the address that the page gives itself, if the site knows where it is published.
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
