/**
 * In CI, a test that fails is run once more, since among some thirty thousand tests in real time one may meet a machine that stood
 * still; .ci/flaky-reporter.mjs names those that passed only then. A property's counterexample stands: it is a fault, however rare.
 */
export const retryInCi = process.env.CI === undefined ? 0 : { count: 1, condition: /^(?!Property failed)/ };
