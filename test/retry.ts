/**
 * What a failed test says, if CI may run it once more. A counterexample of a property is a fault, however rare: not that of
 * fast-check, and not that of a test which reports its seed (`drawnBy` of test/draws.ts).
 */
export const mayRunAgain = /^(?!Property failed|SEGMENTQL_PROPERTY_SEED=)/;

/**
 * In CI, a test that fails is run once more, since among some thirty thousand tests in real time one may meet a machine that stood
 * still; .ci/flaky-reporter.mjs names those that passed only then.
 */
export const retryInCi = process.env.CI === undefined ? 0 : { count: 1, condition: mayRunAgain };
