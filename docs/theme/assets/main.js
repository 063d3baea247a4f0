// What JavaScript adds to a page that is complete without it.
// @ts-check

import { rememberChoice, showChoice } from "./choice.js";
import { printAddress } from "./print.js";
import { offerSchemes } from "./scheme.js";
import { keepPlace } from "./switch.js";

offerSchemes(document);
keepPlace(document);
rememberChoice(document);
showChoice(document);
printAddress(document);
