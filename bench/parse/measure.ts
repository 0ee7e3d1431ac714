// Timing contenders against one another in one run: rounds in which each has its turn, so that what else the machine does
// meets all alike, and medians over the rounds.

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
    // To and fro, so that none always comes behind the same other and finds the caches as that one left them.
    for (const entrant of round % 2 === 0 ? entrants : entrants.toReversed()) {
      const taken = timePasses(entrant, texts, entrant.passes);
      entrant.rounds.push((taken * 1_000) / (entrant.passes * texts.length));
    }
  }
  return entrants.map(({ name, rounds }) => ({ name, microseconds: median(rounds), rounds }));
}

/** How many times as fast as another one is: the median over the rounds, each compared with its own. */
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
    // Each result is looked at, so that no engine can leave the work out.
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
