// Notes tests that failed and then passed when they were run once more: a line each, and the error, in the file SEGMENTQL_FLAKY.
import { appendFileSync } from "node:fs";

export default class FlakyReporter {
  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky !== true) return;
    const [error] = test.result().errors ?? [];
    const message = (error?.message ?? "").split("\n").slice(0, 6).join("\n    ");
    appendFileSync(
      process.env.SEGMENTQL_FLAKY,
      `PASSED ONLY WHEN RUN ONCE MORE: ${test.module.relativeModuleId}: ${test.fullName}\n    ${message}\n`,
    );
  }
}
