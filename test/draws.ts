// How much is drawn of what is drawn at random. SEGMENTQL_PROPERTY_RUNS is the number of worlds: 4 for who works on something,
// more before a change lands (.ci/run), as many as one has time for to look longer.
const worlds = Number(process.env.SEGMENTQL_PROPERTY_RUNS ?? 4);

/** How often something is to be drawn that comes so many times to a world; at least once. */
export function draws(timesAWorld = 1): number {
  return Math.ceil(worlds * timesAWorld);
}
