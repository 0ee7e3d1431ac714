// Temporal, from the one package that the product takes it from: small enough for a browser, and the same there as here.
export { Temporal } from "temporal-polyfill";
