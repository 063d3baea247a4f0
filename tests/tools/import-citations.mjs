// What a reference manager makes of files: prints, by the path of each that is given, the CSL-JSON that Citation.js
// imports from it. What BibTeX means to those who know no biblatex stands under the path with "#bibtex" after it.
// @ts-check

import { readFileSync } from "node:fs";

import { Cite, plugins } from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";

const parse = plugins.config.get("@bibtex").parse;

/**
 * An entry of biblatex has to have the fields that its type asks for; BibTeX takes a type that it does not know as it is.
 * @param {string} path
 * @param {string} [type] What Citation.js calls the format, where it is not to find out by itself.
 * @returns {object[]}
 */
function records(path, type) {
  parse.strict = !type;
  return new Cite(readFileSync(path, "utf8"), { generateGraph: false, ...(type ? { forceType: type } : {}) }).data;
}

/** @type {Record<string, object[]>} */
const found = {};
for (const path of process.argv.slice(2)) {
  found[path] = records(path);
  if (path.endsWith(".bib")) found[`${path}#bibtex`] = records(path, "@bibtex/text");
}
process.stdout.write(JSON.stringify(found));
