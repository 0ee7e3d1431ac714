// Times contenders against one another in one run: in each round they take turns, so that other load on the machine
// affects all alike, and medians are taken over the rounds.

export interface Contender {
  readonly name: string;
  /** Does the work once for one text. */
  readonly run: (text: string) => unknown;
}

export interface Effort {
  readonly rounds: number;
  /** How long one contender's turn in a round takes, about, in milliseconds. */
  readonly turn: number;
  /** How long each contender runs before anything counts, so that its code is compiled as well as it gets, in milliseconds. */
  readonly warmUp: number;
}

/** What one contender takes for one text, in microseconds. */
export interface Timing {
  readonly name: string;
  /** The median over the rounds. */
  readonly microseconds: number;
  readonly rounds: readonly number[];
}

/** Times each contender over all texts, in microseconds a text. */
export function race(contenders: readonly Contender[], texts: readonly string[], effort: Effort): Timing[] {
  for (const contender of contenders) warmUp(contender, texts, effort);
  const entrants = contenders.map((contender) => ({
    ...contender,
    passes: warmUp(contender, texts, effort),
    rounds: [] as number[],
  }));
  for (let round = 0; round < effort.rounds; round += 1) {
    // Alternately forwards and backwards, so that none always follows the same other and inherits its caches.
    for (const entrant of round % 2 === 0 ? entrants : entrants.toReversed()) {
      const taken = timePasses(entrant, texts, entrant.passes);
      entrant.rounds.push((taken * 1_000) / (entrant.passes * texts.length));
    }
  }
  return entrants.map(({ name, rounds }) => ({ name, microseconds: median(rounds), rounds }));
}

/** How many times as fast one is as another: the median of the rounds' ratios. */
export function speedOver(one: Timing, other: Timing): number {
  return median(one.rounds.map((taken, round) => (other.rounds[round] ?? Number.NaN) / taken));
}

/** Runs a contender for a while. @returns how many passes over the texts fill a turn. */
function warmUp(contender: Contender, texts: readonly string[], effort: Effort): number {
  let passes = 0;
  let taken = 0;
  while (taken < effort.warmUp) {
    taken += timePasses(contender, texts, 1);
    passes += 1;
  }
  return Math.max(1, Math.round((passes * effort.turn) / taken));
}

function timePasses(contender: Contender, texts: readonly string[], passes: number): number {
  const started = performance.now();
  for (let pass = 0; pass < passes; pass += 1) {
    // Each result is used, so that no engine can optimise the work away.
    for (const text of texts)
      if (contender.run(text) === undefined) throw new Error(`nothing came of ${text}`);
  }
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
