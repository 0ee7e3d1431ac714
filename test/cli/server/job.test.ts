// A job on a server is followed to its end, whatever that is.
import { expect, it } from "vitest";
import type { ServerClient } from "../../../src/cli/server/client.js";
import { followJob, jobFields, type ServerJob } from "../../../src/cli/server/job.js";

const running: ServerJob = { id: "j", state: "RUNNING", problem: null, progress: { done: 7 } };

/** A server that answers with these jobs in turn, and the operations that it was asked. */
function serverOf(jobs: readonly (ServerJob | null)[]) {
  const left = [...jobs];
  const asked: string[] = [];
  const ask = (async (query: string) => {
    asked.push(query.includes("jobCancel") ? "jobCancel" : "job");
    return { job: left.shift() };
  }) as ServerClient["ask"];
  return { ask, asked };
}

it("succeeds with the job as it ended", async () => {
  const ended: ServerJob = { ...running, state: "SUCCEEDED", progress: { done: 9 } };
  const { ask, asked } = serverOf([running, ended]);
  const progress: number[] = [];
  const onProgress = (done: number) => progress.push(done);
  expect(await followJob(ask, running, jobFields, { work: "the work", onProgress })).toEqual(ended);
  expect(asked).toEqual(["job", "job"]);
  expect(progress).toEqual([7, 7]);
});

it.each([
  [{ ...running, state: "FAILED", problem: 'There is no campaign "x".' }, 'There is no campaign "x".'],
  [{ ...running, state: "CANCELED" }, "The server canceled the work. Run the command again."],
  [null, "The server has lost the job. Run the command again."],
] as const)("fails if the job is %j in the end", async (ended, message) => {
  const { ask } = serverOf([ended]);
  await expect(followJob(ask, running, jobFields, { work: "the work" })).rejects.toMatchObject({
    exitCode: 1,
    message,
  });
});

it("cancels the job if the command is interrupted", async () => {
  const { ask, asked } = serverOf([]);
  const interruption = new AbortController();
  const onProgress = () => interruption.abort();
  await expect(
    followJob(ask, running, jobFields, { work: "the work", signal: interruption.signal, onProgress }),
  ).rejects.toThrow();
  expect(asked).toEqual(["jobCancel"]);
});
