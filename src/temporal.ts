// Temporal, always from this package: it is small enough for browsers, so the server and the console use the same implementation.
export { Temporal } from "temporal-polyfill";
