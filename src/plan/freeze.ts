// Plans and pipelines are handed about freely, so nobody may change one.

/** Freezes plain data all the way down, and returns it. Dates stay as they are: freezing does nothing to them. */
export function freezeDeeply<Data>(data: Data): Data {
  if (typeof data === "object" && data !== null && !Object.isFrozen(data) && !(data instanceof Date)) {
    for (const value of Object.values(data)) freezeDeeply(value);
    Object.freeze(data);
  }
  return data;
}
