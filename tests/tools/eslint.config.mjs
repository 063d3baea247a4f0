// What the oldest browsers of package.json can read and do, for the scripts of the site: syntax by edition of the
// language, what browsers offer by the tables of MDN.
import compat from "eslint-plugin-compat";
import syntax from "eslint-plugin-es-x";
import { readFileSync } from "node:fs";

const { browserslist } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

export default [
  {
    files: ["**/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module" },
    plugins: { compat, "es-x": syntax },
    rules: {
      "compat/compat": "error",
      ...Object.fromEntries(
        [
          // Newer than all browsers of the list can read: a whole file with any of these is a syntax error to them.
          "class-static-block",
          "regexp-lookbehind-assertions",
          "regexp-v-flag",
          "regexp-modifiers",
          "regexp-duplicate-named-capturing-groups",
          "import-attributes",
          "top-level-await",
          "using-declarations",
          // Methods that some of them do not have.
          "array-prototype-findlast-findlastindex",
          "array-prototype-toreversed",
          "array-prototype-tosorted",
          "array-prototype-tospliced",
          "array-prototype-with",
          "array-fromasync",
          "map-groupby",
          "object-groupby",
          "object-hasown",
          "promise-withresolvers",
          "promise-try",
          "set-prototype-union",
          "set-prototype-intersection",
          "set-prototype-difference",
          "set-prototype-issubsetof",
          "string-prototype-iswellformed",
          "string-prototype-towellformed",
        ].map((name) => [`es-x/no-${name}`, "error"]),
      ),
    },
    // What is looked for before it is used.
    settings: { "es-x": { aggressive: true }, browsers: browserslist, polyfills: ["Intl.Segmenter"] },
  },
];
