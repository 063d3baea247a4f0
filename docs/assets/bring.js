// Lazy loading of modules.
// @ts-check

/**
 * Return a function that imports a module once; after a failure, the next call tries again.
 *
 * Browsers cache a failed import for the lifetime of the page, so every retry uses a different URL.
 * @template Module
 * @param {(again: string) => Promise<Module>} load imports the module with the given suffix at the end of its URL
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
