// Many clients at once, for a while: every request is answered without an error, and memory is bounded.
import { setTimeout as delay } from "node:timers/promises";
import { stopwatch } from "../../src/clock.js";
import { median } from "../race.js";
import { newClient, project } from "./world.js";

export interface ManyOptions {
  readonly clients: number;
  readonly seconds: number;
}

const operations: readonly string[] = [
  "{ customers(first: 20) { totalCount nodes { id name email ordersCount } } }",
  '{ segmentPreview(query: "country is Poland") { valid count customers(first: 10) { nodes { name } } } }',
  "{ customers(first: 50, sortBy: ORDERS_TOTAL_AMOUNT, descending: true) { nodes { name orders(first: 3) { nodes { amount { formatted } } } } } }",
  '{ segmentQuerySuggestions(query: "country is ", cursor: 11) { kind label } }',
  "{ orders(first: 20) { nodes { id amount { formatted } customer { name } } } }",
];

/** The maximum growth of memory while the clients ask, in MiB, whatever their number. */
const maxGrowth = 400;

export async function askManyAtOnce(url: string, { clients, seconds }: ManyOptions): Promise<void> {
  const elapsed = stopwatch();
  const times: number[] = [];
  const errors: string[] = [];
  const megabytes = (): number => Math.round(process.memoryUsage.rss() / 1024 / 1024);
  const before = megabytes();
  let largest = before;
  const one = async (number: number): Promise<void> => {
    const client = newClient(url, project);
    for (let turn = number; elapsed() < seconds * 1_000; turn += 1) {
      const took = stopwatch();
      try {
        const text = await client.ask(operations[turn % operations.length]!);
        if (text.includes('"errors"')) errors.push(text.slice(0, 300));
      } catch (error) {
        errors.push(String(error));
      }
      times.push(took());
    }
    client.close();
  };
  const watching = new AbortController();
  const watch = async (): Promise<void> => {
    while (!watching.signal.aborted) {
      largest = Math.max(largest, megabytes());
      await delay(100, undefined, { signal: watching.signal }).catch(() => undefined);
    }
  };
  const watched = watch();
  await Promise.all(Array.from({ length: clients }, (_, number) => one(number)));
  watching.abort();
  await watched;
  const perSecond = Math.round(times.length / (elapsed() / 1_000));
  const slowest = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
  console.log(
    `\n${clients} clients for ${seconds} s: ${times.length} requests, ${perSecond} a second, ${errors.length} errors; median ${median(times).toFixed(0)} ms, 99 % within ${slowest.toFixed(0)} ms; memory ${before} MiB before, ${largest} MiB at most (clients included)`,
  );
  if (errors.length > 0) throw new Error(`There were errors, as: ${errors[0]}`);
  if (largest - before > maxGrowth) throw new Error(`Memory grew by more than ${maxGrowth} MiB.`);
}
