// Runs before the first paint, so that a stored colour scheme does not flash in.
// @ts-check
"use strict";

(() => {
  try {
    const scheme = localStorage.getItem("scheme");
    if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
  } catch {
    // If storage is blocked, the system's scheme applies.
  }
})();
