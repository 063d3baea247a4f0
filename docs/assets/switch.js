// The language picker keeps the reader's position: the clause in the address, else the clause at the top of the screen.
// @ts-check

/**
 * Update the fragment of the links to other editions whenever one is focused, pressed or clicked. Opening its context
 * menu counts as pressing it.
 * @param {Document} page
 */
export function keepPlace(page) {
  for (const link of page.querySelectorAll("a[data-switch]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const aim = () => {
      // A text of its own has other characters, which stand behind a sign that its links name.
      link.hash = place(page).split(link.dataset.own || " ")[0] ?? "";
    };
    for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, aim);
  }
}

/**
 * Return the fragment for the reader's position, with its sign or without, or an empty string at the top of a page.
 *
 * The address's own fragment is used only while its target is on screen, because readers may have scrolled on.
 * @param {Document} page
 * @returns {string}
 */
function place(page) {
  const named = page.getElementById(decoded(location.hash.slice(1)));
  if (location.hash && (!named || onScreen(named))) return location.hash;
  if (scrollY === 0) return "";
  return [...page.querySelectorAll(".clause[id]")].find(onScreen)?.id ?? "";
}

/**
 * Whether any part of an element is visible below the header.
 * @param {Element} element
 * @returns {boolean}
 */
function onScreen(element) {
  const header = element.ownerDocument.querySelector(".masthead")?.getBoundingClientRect().bottom ?? 0;
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > header && top < innerHeight;
}

/**
 * Return a fragment decoded, or unchanged if it is malformed.
 * @param {string} fragment
 * @returns {string}
 */
function decoded(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
