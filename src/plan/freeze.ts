// Plans and pipelines are shared, so they must not change.

/** Freezes plain data deeply, and returns it. Dates are left as they are: freezing does nothing to them. */
export function freezeDeeply<Data>(data: Data): Data {
  if (typeof data === "object" && data !== null && !Object.isFrozen(data) && !(data instanceof Date)) {
    for (const value of Object.values(data)) freezeDeeply(value);
    Object.freeze(data);
  }
  return data;
}
