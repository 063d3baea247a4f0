// What JavaScript adds to a page that is complete without it.
// @ts-check

import { rememberChoice, showChoice } from "./choice.js";
import { printAddress } from "./print.js";
import { showPlace } from "./place.js";
import { offerPreviews } from "./preview.js";
import { copyClausesAlone, offerCitations } from "./cite.js";
import { offerSchemes } from "./scheme.js";
import { offerSearch } from "./search/find.js";
import { offerSelection } from "./selection.js";
import { keepPlace } from "./switch.js";

offerSchemes(document);
keepPlace(document);
rememberChoice(document);
showChoice(document);
printAddress(document);
offerSearch(document);
showPlace(document);
offerSelection(document);
offerPreviews(document);
offerCitations(document);
copyClausesAlone(document);
