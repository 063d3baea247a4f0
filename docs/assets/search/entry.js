// All of the search, in one: what its button, its page and marked places need once one of them is used.
// @ts-check

export { SearchDialog } from "./dialog.js";
export { showResults } from "./page.js";
export { hideMarks, showMarks } from "./marks.js";
