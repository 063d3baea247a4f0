// On the page for what is missing: an address that names a clause in other words leads to it (/第七段/, /p7/, /6-8/).
// @ts-check

import { recall } from "./storage.js";
import { numbersOf } from "./search/query.js";

const { site = "/", clauses = "0", edition = "" } = document.body.dataset;
const inside = location.pathname.startsWith(site) ? location.pathname.slice(site.length) : "";
const numbers = numbersOf(decoded(inside.replace(/\/$/u, "")));

if (numbers && numbers[0] >= 1 && numbers[1] <= Number(clauses)) {
  const [first, last] = numbers;
  const whole = `${recall("edition") || edition}/full/#p${first}`;
  location.replace(site + (first === last ? `${first}/` : whole));
}

/**
 * Return a part of an address as people write it, or as it is where it is no UTF-8.
 * @param {string} address
 * @returns {string}
 */
function decoded(address) {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
