// What JavaScript adds to a page that is complete without it. Each feature stands alone: where one cannot start, the page
// stays as it is without that one, and the error is there to be seen.
// @ts-check

import { rememberChoice, showChoice } from "./choice.js";
import { printAddress } from "./print.js";
import { offerChecks } from "./checks.js";
import { showPlace } from "./place.js";
import { offerPreviews } from "./previews.js";
import { copyClausesAlone, offerCitations } from "./cite.js";
import { offerSchemes } from "./scheme.js";
import { offerSearch } from "./search/find.js";
import { offerSelection } from "./selection.js";
import { keepPlace } from "./switch.js";

const FEATURES = [
  offerSchemes,
  keepPlace,
  rememberChoice,
  showChoice,
  printAddress,
  offerSearch,
  showPlace,
  offerSelection,
  offerPreviews,
  offerCitations,
  copyClausesAlone,
  offerChecks,
];

for (const start of FEATURES) {
  try {
    start(document);
  } catch (error) {
    console.error(error);
  }
}
