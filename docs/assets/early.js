// Runs before the page is painted, so that a colour scheme chosen earlier never flashes into place.
// @ts-check
"use strict";

(() => {
  try {
    const scheme = localStorage.getItem("scheme");
    if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
  } catch {
    // A browser that forbids storage shows the scheme of the system.
  }
})();
