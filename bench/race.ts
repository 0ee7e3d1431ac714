// Times the product against a hand-written baseline, in one run.
import { stopwatch } from "../src/clock.js";

export interface Timed {
  /** Medians over the rounds, in milliseconds. */
  readonly product: number;
  readonly byHand: number;
  /** The median of the rounds' ratios. */
  readonly ratio: number;
}

/** Alternates, so that other load on the machine affects both; the ratio is the median of the rounds' ratios. */
export async function race(
  product: () => Promise<unknown>,
  byHand: () => Promise<unknown>,
  rounds: number,
): Promise<Timed> {
  const times: { product: number; byHand: number }[] = [];
  for (let round = 0; round < rounds + 2; round += 1) {
    const first = round % 2 === 0;
    const one = await timeOf(first ? product : byHand);
    const other = await timeOf(first ? byHand : product);
    // Two rounds to warm up.
    if (round >= 2) times.push(first ? { product: one, byHand: other } : { product: other, byHand: one });
  }
  return {
    product: median(times.map((time) => time.product)),
    byHand: median(times.map((time) => time.byHand)),
    ratio: median(times.map((time) => time.product / time.byHand)),
  };
}

/** How long some work takes, in milliseconds. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const elapsed = stopwatch();
  await work();
  return elapsed();
}

/** How much processor time some work takes, in milliseconds: other processes are not included. */
export async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** The two times and their ratio, as cells of a table. */
export function row({ product, byHand, ratio }: Timed): string {
  return `${product.toFixed(1).padStart(9)}${byHand.toFixed(1).padStart(9)}${ratio.toFixed(2).padStart(7)}`;
}
