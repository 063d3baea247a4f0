// The switch of script keeps the reader's place: the clause in the address, else the clause at the top of the screen.
// @ts-check

/**
 * Give the links to other editions the fragment of the reader's place when they are followed or their menu opens.
 * @param {Document} page
 */
export function keepPlace(page) {
  for (const link of page.querySelectorAll("a[data-switch]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const aim = () => {
      link.hash = place(page);
    };
    for (const event of ["pointerdown", "focus", "click"]) link.addEventListener(event, aim);
  }
}

/**
 * Return the fragment of the reader's place, or nothing at the top of a page.
 *
 * A fragment in the address stands for as long as what it names is on the screen: who has read on is elsewhere.
 * @param {Document} page
 * @returns {string}
 */
function place(page) {
  const named = page.getElementById(decoded(location.hash.slice(1)));
  if (location.hash && (!named || onScreen(named))) return location.hash;
  if (scrollY === 0) return "";
  const clause = [...page.querySelectorAll(".clause[id]")].find(onScreen);
  return clause ? `#${clause.id}` : "";
}

/**
 * Whether any of an element is below the header and above the screen's end.
 * @param {Element} element
 * @returns {boolean}
 */
function onScreen(element) {
  const header = element.ownerDocument.querySelector(".masthead")?.getBoundingClientRect().bottom ?? 0;
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > header && top < innerHeight;
}

/**
 * Return a fragment decoded, or as it is where it cannot be.
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
