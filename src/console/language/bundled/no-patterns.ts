// Stands for Chevrotain's reading of regular expressions in bundles: each token says itself which characters it can start with,
// and the lexer is validated in tests alone.
export const failedOptimizationPrefixMsg = "";

export function getOptimizedStartCodesIndices(pattern: RegExp): number[] {
  throw new Error(`The token of ${pattern} has no start_chars_hint.`);
}

export function canMatchCharCode(): boolean {
  return false;
}

export function getRegExpAst(): void {}

export function clearRegExpParserCache(): void {}
