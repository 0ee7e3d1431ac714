// Random draws that are the same for the same seed, on every machine and in every version of Node, and that take nanoseconds.

/** A choice among several, prepared once. */
export type PreparedChoice<Value> = (random: Random) => Value;

export interface Random {
  /** In [0, 1). */
  float(): number;
  /** A whole number, both ends included. */
  int(least: number, most: number): number;
  chance(share: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
  /** Of the standard normal distribution. */
  normal(): number;
  /** Of the exponential distribution of this mean. */
  exponential(mean: number): number;
}

/**
 * A separate stream of draws for each pair of a seed and a number (sfc32 of Chris Doty-Humphrey's PractRand, its state mixed by
 * the finaliser of MurmurHash3).
 */
export function randomOf(seed: number, number: number): Random {
  let [a, b, c] = [mixed(seed), mixed(seed ^ 0x9e3779b9 ^ mixed(number)), mixed(number ^ 0x85ebca6b)];
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  const float = () => next() / 4_294_967_296;
  return {
    float,
    int: (least, most) => least + Math.floor(float() * (most - least + 1)),
    chance: (share) => float() < share,
    pick: (values) => values[Math.floor(float() * values.length)]!,
    normal: () => Math.sqrt(-2 * Math.log(1 - float())) * Math.cos(2 * Math.PI * float()),
    exponential: (mean) => -mean * Math.log(1 - float()),
  };
}

/** A choice by weight. */
export function weighted<Value extends { readonly weight: number }>(
  values: readonly Value[],
): PreparedChoice<Value> {
  const ends: number[] = [];
  let total = 0;
  for (const { weight } of values) {
    total += weight;
    ends.push(total);
  }
  return (random) => {
    const at = random.float() * total;
    return values[ends.findIndex((end) => at < end)]!;
  };
}

/** The fields that `make` returns, with probability `share`; otherwise none: real lists of customers have gaps. */
export function sometimes<Fields extends object>(
  random: Random,
  share: number,
  make: () => Fields,
): Fields | Record<string, never> {
  return random.chance(share) ? make() : {};
}

/** Calls `make` a number of times, numbered from 1. */
export function times<Item>(count: number, make: (number: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}

function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
