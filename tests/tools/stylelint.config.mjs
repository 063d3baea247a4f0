// What the oldest browsers of package.json know of the stylesheet's properties and values. A feature stands below only
// if a page is complete without it.
import { readFileSync } from "node:fs";

const { browserslist } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

const BESIDES = [
  "css-content-visibility", // the menu stays folded, as it is on a phone
  "css-has", // a sentence is marked without its clause
  "css-overscroll-behavior", // the page scrolls on behind the dialog
  "css-paged-media", // paper has no running numbers
  "css-selection", // selected text has the system's colours
  "css-text-justify", // lines are justified as the browser does it
  "css-widows-orphans",
  "extended-system-fonts", // code is in another face
  "text-size-adjust",
  "viewport-unit-variants", // after a rule with the unit that all know
];

export default {
  plugins: ["stylelint-no-unsupported-browser-features"],
  rules: {
    "plugin/no-unsupported-browser-features": [
      true,
      { browsers: browserslist, severity: "error", ignorePartialSupport: true, ignore: BESIDES },
    ],
  },
};
