// Exact numbers for the oracle: fractions of big integers, so that no comparison is ever rounded.

/** `over` is above 0. */
export interface Fraction {
  readonly top: bigint;
  readonly over: bigint;
}

/** The fraction that a plain decimal text (`-3.50`) denotes. Throws a SyntaxError for anything else. */
export function decimal(text: string): Fraction {
  const [whole = "", part = ""] = text.split(".");
  return { top: BigInt(`${whole}${part}`), over: 10n ** BigInt(part.length) };
}

/** The fraction that a JSON number denotes: the decimal that it prints as. */
export function fractionOf(value: number): Fraction {
  const [digits = "", exponent = "0"] = String(value).split("e");
  const { top, over } = decimal(digits);
  const power = Number(exponent);
  return power < 0 ? { top, over: over * 10n ** BigInt(-power) } : { top: top * 10n ** BigInt(power), over };
}

/** The sum; 0 if there are none. */
export function sumOf(fractions: readonly Fraction[]): Fraction {
  return fractions.reduce(
    (sum, { top, over }) => ({ top: sum.top * over + top * sum.over, over: sum.over * over }),
    { top: 0n, over: 1n },
  );
}

/** Their average; undefined if there are none. */
export function averageOf(fractions: readonly Fraction[]): Fraction | undefined {
  const { top, over } = sumOf(fractions);
  return fractions.length === 0 ? undefined : { top, over: over * BigInt(fractions.length) };
}

/** `top` shared among `over`, which is above 0. */
export function ratio(top: number, over: number): Fraction {
  return { top: BigInt(top), over: BigInt(over) };
}

/** Below 0 if `left` is less, 0 if equal, above 0 if more. */
export function compareFractions(left: Fraction, right: Fraction): number {
  const difference = left.top * right.over - right.top * left.over;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** How many digits the minor unit of each currency that worlds use has. */
export const minorDigits: Readonly<Record<string, number>> = {
  USD: 2,
  EUR: 2,
  PLN: 2,
  CAD: 2,
  JPY: 0,
  KWD: 3,
};
