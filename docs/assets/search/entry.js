// The search bundle: everything that its button, the results page and highlighted matches need once one is used.
// @ts-check

export { SearchDialog } from "./dialog.js";
export { showResults } from "./page.js";
export { hideMarks, showMarks } from "./marks.js";
