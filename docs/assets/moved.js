// On a page that has moved: goes on with the query and the place, which a redirect in HTML would lose.
// @ts-check
"use strict";

(() => {
  const target = document.querySelector("link[rel=canonical]");
  if (target instanceof HTMLLinkElement) location.replace(target.href + location.search + location.hash);
})();
