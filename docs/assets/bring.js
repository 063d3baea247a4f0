// Modules that are fetched when they are first needed.
// @ts-check

/**
 * Return a function that imports a module once; after a failure, the next call tries again.
 *
 * Browsers keep a failure for as long as a page is open, so each new attempt has another address.
 * @template Module
 * @param {(again: string) => Promise<Module>} load imports the module with something at the end of its address
 * @returns {() => Promise<Module>}
 */
export function bringing(load) {
  let failures = 0;
  /** @type {Promise<Module> | null} */
  let module = null;
  return () => {
    module ??= load(failures > 0 ? `?${failures}` : "").catch((error) => {
      module = null;
      failures += 1;
      throw error;
    });
    return module;
  };
}
