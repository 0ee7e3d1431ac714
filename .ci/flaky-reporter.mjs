// Notes tests that failed and then passed when they were run once more: a line each, and the error, in the file SEGMENTQL_FLAKY.
// A counterexample among the errors is a fault all the same: the run fails.
import { appendFileSync } from "node:fs";
import { mayRunAgain } from "../test/retry.ts";

export default class FlakyReporter {
  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky !== true) return;
    const messages = (test.result().errors ?? []).map(({ message }) => message);
    const counterexample = messages.find((message) => !mayRunAgain.test(message));
    if (counterexample !== undefined) process.exitCode = 1;
    const [title, message] =
      counterexample === undefined
        ? ["PASSED ONLY WHEN RUN ONCE MORE", messages[0] ?? ""]
        : ["COUNTEREXAMPLE RUN AGAIN", counterexample];
    const lines = message.split("\n").slice(0, 6).join("\n    ");
    appendFileSync(
      process.env.SEGMENTQL_FLAKY,
      `${title}: ${test.module.relativeModuleId}: ${test.fullName}\n    ${lines}\n`,
    );
  }
}
