// On a redirect page: redirect with query and fragment, which the HTML redirect would lose.
// @ts-check
"use strict";

(() => {
  const target = document.querySelector("link[rel=canonical]");
  if (target instanceof HTMLLinkElement) location.replace(target.href + location.search + location.hash);
})();
