// Random decisions made from a list of numbers that fast-check draws, so that plain functions can make a query out of them
// and a smaller list makes a simpler query.
import fc from "fast-check";

export interface Choices {
  /** One of `options`, which has at least one. */
  pick<Option>(options: readonly Option[]): Option;
  /** True about `percent` times in a hundred. */
  chance(percent: number): boolean;
  /** A whole number from 0 up to and without `limit`. */
  below(limit: number): number;
}

const longest = 160;

/** Random choices. When the numbers have run out every choice is the first, which is always the plainest. */
export const choicesArbitrary: fc.Arbitrary<Choices> = fc
  .noBias(fc.array(fc.nat({ max: 9999 }), { minLength: longest, maxLength: longest, size: "max" }))
  .map(choicesFrom);

/** The choices that `numbers` encode. */
function choicesFrom(numbers: readonly number[]): Choices {
  let used = 0;
  const next = (): number => numbers[used++] ?? 0;
  const below = (limit: number): number => next() % limit;
  return {
    below,
    chance: (percent) => next() % 100 >= 100 - percent,
    pick: (options) => {
      const option = options[below(options.length)];
      if (option === undefined) throw new RangeError("The oracle was given nothing to pick from");
      return option;
    },
  };
}
