// Progressive enhancement: pages are complete without JavaScript. Each feature starts independently; if one fails, the
// page does without it and the error is logged.
// @ts-check

import { rememberChoice, showChoice } from "./choice.js";
import { takeFrame } from "./frame.js";
import { printAddress } from "./print.js";
import { offerChecks } from "./checks.js";
import { showPlace } from "./place.js";
import { offerPreviews } from "./previews.js";
import { copyClausesAlone, offerCitations } from "./cite.js";
import { offerSchemes } from "./scheme.js";
import { offerSearch } from "./search/find.js";
import { offerSelection } from "./selection.js";
import { keepForLater } from "./offline.js";
import { keepPlace } from "./switch.js";

const FEATURES = [
  // First, as the others look for what is in the frame.
  takeFrame,
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
  keepForLater,
];

for (const start of FEATURES) {
  try {
    start(document);
  } catch (error) {
    console.error(error);
  }
}
