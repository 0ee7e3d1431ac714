// Temporal as the calendar uses it. Bundles of the language replace this module by the console's `few-temporal.ts`.
export { Temporal } from "../temporal.js";
