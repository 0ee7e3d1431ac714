// Replaces `diacritics` in bundles: only the search for countries by name calls it, which nothing here uses.

/** @throws Error always: no bundle searches for a country by a part of its name. */
export function remove(): never {
  throw new Error("Countries are not searched by name in a browser.");
}
