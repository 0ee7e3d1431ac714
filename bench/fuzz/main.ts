// Runs everything on a million mutated sentences: `npm run bench -- fuzz`, or fewer with `--inputs 10000`, others with
// `--seed 2`. Nothing may throw, take more than 50 ms of processor time, or leak memory. `--toy` runs on 3,000.
import { parseArgs } from "node:util";
import { checkedQueries, queries } from "../parse/queries.js";
import { fuzz, maxMs } from "./fuzz.js";
import { sentences } from "./sentences.js";

const { values } = parseArgs({
  options: {
    toy: { type: "boolean", default: false },
    inputs: { type: "string" },
    seed: { type: "string", default: "1" },
  },
});
const inputs = Number(values.inputs ?? (values.toy ? 3_000 : 1_000_000));
const maxGrowth = 20 * 1024 * 1024;

const result = fuzz([...queries, ...checkedQueries, ...sentences], inputs, Number(values.seed), (done) => {
  process.stderr.write(`${done.toLocaleString("en")} so far
`);
});
const { failures, heap, parsed, seconds, slowestMs, valid } = result;
const growth = heap[1] - heap[0];
const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
console.log(`${inputs.toLocaleString("en")} inputs in ${seconds.toFixed(0)} s, seed ${values.seed}`);
console.log(`  ${parsed.toLocaleString("en")} could be parsed, ${valid.toLocaleString("en")} were right`);
console.log(
  `  slowest ${slowestMs.toFixed(1)} ms (bound ${maxMs}): ${slowestMs <= maxMs ? "met" : "MISSED"}`,
);
console.log(
  `  live heap ${megabytes(heap[0])} after a tenth, ${megabytes(heap[1])} at the end (bound: 20 MB more): ${growth <= maxGrowth ? "met" : "MISSED"}`,
);
console.log(`  ${failures.length === 0 ? "nothing went wrong" : `WRONG:\n${failures.join("\n")}`}`);
if (failures.length > 0 || growth > maxGrowth) process.exitCode = 1;
