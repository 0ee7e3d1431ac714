// How much is drawn at random. SEGMENTQL_PROPERTY_RUNS is the number of worlds: 2 while a change is written, more before it
// lands (.ci/run), any number for a longer search.
const worlds = Number(process.env.SEGMENTQL_PROPERTY_RUNS ?? 2);

/** The number of draws of something that is drawn a fixed number of times for each world; at least 1. */
export function draws(timesAWorld = 1): number {
  return Math.ceil(worlds * timesAWorld);
}

const given = process.env.SEGMENTQL_PROPERTY_SEED;

/** The seed of a run that is to be repeated, which SEGMENTQL_PROPERTY_SEED names. */
export const seedOfRun = given === undefined ? undefined : Number(given);

/** How the message of a counterexample begins that a seed draws again. CI never runs such a test once more (test/retry.ts). */
export function drawnBy(seed: number): string {
  return `SEGMENTQL_PROPERTY_SEED=${seed}`;
}
