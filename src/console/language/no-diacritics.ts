// Stands for `diacritics` in bundles: only the search for countries by their names calls it, which nothing here asks for.

/** @throws Error always: no bundle searches for a country by a part of its name. */
export function remove(): never {
  throw new Error("Countries are not searched by name in a browser.");
}
