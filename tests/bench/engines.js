// The engines that are measured, each behind the same two functions: what a query finds, and how long it takes.
// @ts-check

/**
 * @typedef {object} Engine
 * @property {(query: string) => Promise<number[]> | number[]} ask the numbers of the clauses that a query finds
 * @property {(query: string) => unknown} answer the same without looking up which clauses they are, to be timed
 * @property {number} first milliseconds from the data being there to the first answer
 */

const FIRST = "合作";

/** @type {Record<string, (folder: string) => Promise<Engine>>} */
const OPEN = { ours, shelf, material, pagefind };

/** @type {Engine | null} */
let engine = null;

/**
 * Open an engine and return how long its first answer took from the data being there, in milliseconds.
 * @param {string} name
 * @param {string} folder
 * @returns {Promise<number>}
 */
export async function open(name, folder) {
  const opener = OPEN[name];
  if (!opener) throw new Error(name);
  engine = await opener(folder);
  return engine.first;
}

/**
 * Return what each query finds.
 * @param {string[]} queries
 * @returns {Promise<number[][]>}
 */
export async function ask(queries) {
  const answers = [];
  for (const query of queries) answers.push([...new Set(await engine?.ask(query))]);
  return answers;
}

/**
 * Return how long each query takes, in milliseconds, as the mean of some repetitions.
 * @param {string[]} queries
 * @param {number} repetitions
 * @returns {Promise<number[]>}
 */
export async function time(queries, repetitions) {
  const times = [];
  for (const query of queries) {
    const start = performance.now();
    for (let each = 0; each < repetitions; each += 1) await engine?.answer(query);
    times.push((performance.now() - start) / repetitions);
  }
  return times;
}

/**
 * @param {string} folder
 * @returns {Promise<Engine>}
 */
async function ours(folder) {
  const [{ indexOf }, { consult }] = await Promise.all(
    ["index", "consult"].map((name) => import(`/assets/search/${name}.js`)),
  );
  const text = await (await fetch(`${folder}/search.json`)).text();
  const start = performance.now();
  const index = indexOf(JSON.parse(text));
  /** @param {string} query */
  const ask = (query) => {
    const numbers = [];
    for (const { passage } of consult(index, query).answer.results) {
      const { number } = index.data.passages[passage];
      if (number) numbers.push(number);
    }
    return numbers;
  };
  ask(FIRST);
  const first = performance.now() - start;
  return { ask, answer: (query) => consult(index, query), first };
}

/**
 * The search over several statements, whose clauses are counted on from one to the next.
 * @param {string} folder
 * @returns {Promise<Engine>}
 */
async function shelf(folder) {
  const [{ indexOf }, { consult }, { counting, repliesOf }] = await Promise.all(
    ["index", "consult", "across"].map((name) => import(`/assets/search/${name}.js`)),
  );
  /** @type {{file: string, from: number}[]} */
  const listed = await (await fetch(`${folder}/list.json`)).json();
  const texts = await Promise.all(listed.map(async ({ file }) => (await fetch(`${folder}/${file}`)).text()));
  const start = performance.now();
  const indices = texts.map((text) => indexOf(JSON.parse(text)));
  /**
   * @param {string} query
   * @returns {{passage: number}[][]}
   */
  const answer = (query) => {
    /** @type {any[]} */
    const replies = repliesOf(
      indices.map((index) => (/** @type {boolean} */ deeply, /** @type {any} */ earlier) =>
        consult(index, query, { deeply, earlier }),
      ),
    );
    const counts = counting(replies);
    return replies.map((reply, at) => (counts[at] ? reply.answer.results : []));
  };
  /** @param {string} query */
  const ask = (query) =>
    answer(query).flatMap((results, at) => {
      const numbers = results.map(({ passage }) => indices[at].data.passages[passage].number);
      return numbers.filter(Boolean).map((/** @type {number} */ number) => number + (listed[at]?.from ?? 0));
    });
  ask(FIRST);
  return { ask, answer, first: performance.now() - start };
}

/**
 * The theme's own worker, spoken to as the theme's bundle does.
 * @param {string} folder
 * @returns {Promise<Engine>}
 */
async function material(folder) {
  const { worker: address } = await (await fetch(`${folder}/worker.json`)).json();
  const { config, docs } = await (await fetch(`${folder}/search/search_index.json`)).json();
  const worker = new Worker(`${folder}/${address}`);
  /** @param {unknown} message */
  const send = (message) =>
    new Promise((resolve, reject) => {
      worker.onmessage = (event) => resolve(event.data.data);
      worker.onerror = reject;
      worker.postMessage(message);
    });
  /** @param {string} query */
  const ask = async (query) => {
    const { items } = await send({ type: 2, data: query });
    return items.flat().flatMap((/** @type {{location: string, score: number}} */ item) => numberIn(item.location));
  };
  const start = performance.now();
  await send({ type: 0, data: { config, docs, options: { suggest: false } } });
  await ask(FIRST);
  return { ask, answer: ask, first: performance.now() - start };
}

/**
 * @param {string} folder
 * @returns {Promise<Engine>}
 */
async function pagefind(folder) {
  const found = await import(`${folder}/pagefind.js`);
  await found.options({ baseUrl: "/" });
  const start = performance.now();
  await found.init();
  /** @type {Map<string, number[]>} */
  const known = new Map();
  /** @param {{id: string, data: () => Promise<{url: string}>}} result */
  const numberOf = async (result) => {
    const numbers = known.get(result.id) ?? numberIn((await result.data()).url);
    known.set(result.id, numbers);
    return numbers;
  };
  /** @param {string} query */
  const ask = async (query) => (await Promise.all((await found.search(query)).results.map(numberOf))).flat();
  await found.search(FIRST);
  return { ask, answer: found.search, first: performance.now() - start };
}

/**
 * @param {string} address
 * @returns {number[]}
 */
function numberIn(address) {
  const number = /[#/]p(\d+)(?:\.html)?$/u.exec(address)?.[1];
  return number ? [Number(number)] : [];
}
