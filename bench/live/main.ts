// Live membership: the cost of a customer's change, and of a tick of the clock, compared with evaluating everything again. On one
// core, in this process, except the last, which takes the whole path through the MongoDB that `MONGODB_URI` names. `--toy` checks
// that it works.
import { parseArgs } from "node:util";
import { growthContest, matchingContest } from "./matching.js";
import { storedContest } from "./stored.js";
import { tickContest } from "./tick.js";

const { toy } = parseArgs({ options: { toy: { type: "boolean", default: false } } }).values;
const now = Date.parse("2026-11-23T12:00:00Z");

console.log(`Which segments a change flips${toy ? "; a toy run" : ""}; medians of processor time, a change`);
await matchingContest(toy, now);
await growthContest(toy, now);
await tickContest(toy, now);
await storedContest(toy, now);
