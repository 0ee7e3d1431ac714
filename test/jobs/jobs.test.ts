// Jobs on every store: their work, their files, and what becomes of them when processes come and go.
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { strToU8, unzipSync, zipSync } from "fflate";
import { afterEach, describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import type { CollectionName } from "../../src/documents/collections.js";
import type { StoredDocument } from "../../src/documents/documents.js";
import type { JobDocument, JobType } from "../../src/documents/job-documents.js";
import type { Engine } from "../../src/engine.js";
import { readFile } from "../../src/jobs/files.js";
import { followJob } from "../../src/jobs/follow.js";
import { importRequest } from "../../src/jobs/import-request.js";
import {
  cancelJob,
  createJob,
  filesKeptMs,
  findJob,
  jobsOf,
  maxUnfinished,
  openJobs,
} from "../../src/jobs/jobs.js";
import { jobOfLink, linkTo } from "../../src/jobs/links.js";
import { type RunningJobs, runJobs } from "../../src/jobs/run.js";
import { takeUpload } from "../../src/jobs/upload.js";
import { deleteSegment } from "../../src/segments/change.js";
import { createStatic } from "../../src/segments/static.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { movableClock } from "../support/movable-clock.js";

const caller = { kind: "open", id: "open:127.0.0.1" };
const start = Date.parse("2026-11-30T10:00:00Z");

async function wholeOf(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe.each(everyStore)("jobs on $name", (underTest) => {
  const store = storeOfSuite(underTest);
  const { clock, moveTo, moveBy } = movableClock(start);
  const engine: Engine = { store, clock };
  const problems: unknown[] = [];
  let running: RunningJobs | undefined;
  let projects = 0;

  afterEach(async () => {
    await running?.stop();
    running = undefined;
    expect(problems.splice(0)).toEqual([]);
    moveTo(start);
  });

  const begin = (): void => {
    running = runJobs(engine, (error) => problems.push(error), 50);
  };
  /** An engine that calls `before` with what each transaction is about to write. */
  const engineWith = (
    before: (collection: CollectionName, documents: readonly StoredDocument[]) => Promise<void>,
  ): Engine => ({
    ...engine,
    store: {
      ...engine.store,
      write: (work, options) =>
        store.write(
          (transaction) =>
            work({
              getMany: (collection, ids) => transaction.getMany(collection, ids),
              recordsOf: (collection, customers) => transaction.recordsOf(collection, customers),
              put: async (collection, documents) => {
                await before(collection, documents);
                return transaction.put(collection, documents);
              },
              remove: (collection, ids) => transaction.remove(collection, ids),
            }),
          options,
        ),
    },
  });
  const newProject = async (definition: object = {}): Promise<string> => {
    projects += 1;
    const project = `shop${projects}`;
    await defineProject(engine, project, definition);
    return project;
  };
  const create = (project: string, type: JobType, request: object = {}): Promise<JobDocument> =>
    createJob(engine, project, { type, request: request as never, caller, needsUpload: type === "import" });
  const ended = async ({ project, job_id }: JobDocument): Promise<JobDocument> => {
    for (;;) {
      const found = await findJob(engine, project, job_id);
      if (found?.ended_at !== undefined) return found;
      await pause(20);
    }
  };
  const importing = async (
    project: string,
    fileName: string,
    content: string | Uint8Array,
    given: object = {},
  ) => {
    const job = await create(project, "import", importRequest({ fileName, clearEmpty: false, ...given }));
    await takeUpload(engine, job, Readable.from([Buffer.from(content as string)]));
    return ended(job);
  };
  const contentOf = async (job: JobDocument, index = 0): Promise<Buffer> =>
    wholeOf(readFile(engine, job, job.files[index]!));

  it("imports a file, and keeps what was rejected", async () => {
    const project = await newProject();
    begin();
    const lines = [
      { source_id: "a", name: "Ann" },
      { source_id: "b", created_at: "never" },
    ];
    const job = await importing(
      project,
      "people.ndjson",
      lines.map((line) => JSON.stringify(line)).join("\n"),
      {
        as: "customers",
      },
    );
    expect(job).toMatchObject({
      state: "succeeded",
      result: { customers: { read: 2, written: 1, unchanged: 0, rejected: 1 }, rejected: 1, warnings: [] },
      files: [{ name: "rejects.ndjson" }],
    });
    expect(JSON.parse(String(await contentOf(job)))).toMatchObject({ file: "people.ndjson", line: 2 });
  });

  it("reports in plain words why a file could not be imported, and names no folder of the machine", async () => {
    const project = await newProject();
    begin();
    const job = await importing(project, "odd.csv", "shoe size,colour\n42,red\n");
    expect(job.state).toBe("failed");
    expect(job.problem).toMatch(/^odd\.csv has the columns "shoe size", "colour", which are not those of/);
  });

  it("exports the customers of a query and the members of a segment as CSV", async () => {
    const computed = { "paid in all": "sum of amount of order", joined: "first order" };
    const project = await newProject({ metadataSchema: { plan: "string" }, computed });
    begin();
    const people = [
      { source_id: "a", name: 'Ann "Nan", Lee', address: { city: "Paris" }, metadata: { plan: "gold" } },
      { source_id: "b", name: "Bob\nLine", address: { city: "Łódź" } },
      { source_id: "c", address: { city: "Oslo" } },
    ];
    await importing(project, "people.json", JSON.stringify(people), { as: "customers" });
    const orders = [{ source_id: "o1", customer: "a", created_at: "2026-05-01", amount: 1_250 }];
    await importing(project, "orders.json", JSON.stringify(orders), { as: "orders" });
    const columns = ["name", "city", "plan", "total spent", "last order", "Paid in all", "joined"];
    const exported = await ended(
      await create(project, "audience", { query: "name is known", columns, fileName: "people.csv" }),
    );
    expect(exported).toMatchObject({
      state: "succeeded",
      result: { customers: 2 },
      progress: { phase: "customers", done: 2, total: 2 },
      files: [{ name: "people.csv" }],
    });
    expect(String(await contentOf(exported))).toBe(
      [
        "name,city,metadata.plan,orders.total_amount,orders.last_at,computed.`paid in all`,computed.joined",
        '"Ann ""Nan"", Lee",Paris,gold,12.50,2026-05-01T00:00:00.000Z,12.50,2026-05-01T00:00:00.000Z',
        '"Bob\nLine",Łódź,,0.00,,0.00,',
        "",
      ].join("\r\n"),
    );
    const { segment_id } = await createStatic(engine, project, { name: "Few", sourceIds: ["c", "a"] });
    const fileName = "few.csv";
    const few = { segmentId: segment_id, columns: ["source_id", "orders.count"], fileName };
    const ofSegment = await ended(await create(project, "audience", few));
    expect(String(await contentOf(ofSegment))).toBe("source_id,orders.count\r\na,1\r\nc,0\r\n");
    await deleteSegment(engine, project, segment_id);
    const gone = await ended(await create(project, "audience", few));
    expect(gone).toMatchObject({ state: "failed", files: [] });
    expect(gone.problem).toMatch(/^There is no segment/);
  });

  it("exports a project as an archive that another project imports to the same", async () => {
    const project = await newProject({ metadataSchema: { plan: "string" } });
    const other = await newProject();
    begin();
    const people = [{ source_id: "a", name: "Ann", metadata: { plan: "gold" } }, { source_id: "b" }];
    await importing(project, "people.json", JSON.stringify(people), { as: "customers" });
    const orders = [{ source_id: "o1", customer: "a", created_at: "2026-05-01", amount: 1_250 }];
    await importing(project, "orders.json", JSON.stringify(orders), { as: "orders" });
    const exported = await ended(await create(project, "export"));
    expect(exported).toMatchObject({ state: "succeeded", result: { customers: 2, orders: 1, segments: 0 } });
    expect(exported.files.map(({ name }) => name)).toEqual([`${project}-2026-11-30.zip`]);
    const archive = await contentOf(exported);
    expect(Object.keys(unzipSync(archive)).toSorted()).toEqual([
      "customers.ndjson.gz",
      "orders.ndjson.gz",
      "project.json",
    ]);
    const imported = await importing(other, "all.zip", archive);
    expect(imported).toMatchObject({
      state: "succeeded",
      result: { customers: { written: 2 }, orders: { written: 1 } },
    });
    const again = await importing(other, "all.zip", archive);
    expect(again).toMatchObject({
      state: "succeeded",
      result: { customers: { unchanged: 2 }, orders: { unchanged: 1 } },
    });
  });

  it("takes an archive of one CSV file, and refuses a damaged one", async () => {
    const project = await newProject();
    begin();
    const csv = zipSync({ "customers.csv": strToU8("source_id,name\na,Ann\n") });
    expect(await importing(project, "customers.zip", csv)).toMatchObject({
      state: "succeeded",
      result: { customers: { written: 1 } },
    });
    const whole = zipSync({
      "customers.ndjson": strToU8(`${JSON.stringify({ source_id: "c" })}\n`.repeat(500)),
    });
    const damaged = await importing(project, "customers.zip", whole.slice(0, 60));
    expect(damaged).toMatchObject({ state: "failed" });
    expect(damaged.problem).toMatch(/archive (is damaged|stops short)/);
  });

  it("changes the type of a key, and lists what could not be converted", async () => {
    const project = await newProject({ metadataSchema: { age: "string" } });
    begin();
    const people = ["21", "thirty"].map((age, index) => ({ source_id: `c${index}`, metadata: { age } }));
    await importing(project, "people.json", JSON.stringify(people), { as: "customers" });
    const job = await ended(await create(project, "retype", { of: "customers", key: "age", type: "number" }));
    expect(job).toMatchObject({
      state: "succeeded",
      result: {
        converted: 1,
        unconverted: 1,
        keptAs: "age (was string)",
        examples: [{ customer: "c1", value: "thirty" }],
      },
    });
    const unknown = await ended(
      await create(project, "retype", { of: "customers", key: "size", type: "number" }),
    );
    expect(unknown).toMatchObject({ state: "failed", problem: expect.stringContaining('no key "size"') });
  });

  it("cancels a job that waits at once, and one that runs within a while", async () => {
    const project = await newProject();
    const waiting = await create(project, "export");
    expect(await cancelJob(engine, project, waiting.job_id)).toMatchObject({ state: "canceled" });
    const lines = Array.from({ length: 60_000 }, (_, index) =>
      JSON.stringify({ source_id: `c${index}` }),
    ).join("\n");
    const job = await create(project, "import", { fileName: "c.ndjson", as: "customers", format: "json" });
    await takeUpload(engine, job, Readable.from([Buffer.from(lines)]));
    begin();
    while ((await findJob(engine, project, job.job_id))?.state !== "running") await pause(5);
    expect(await cancelJob(engine, project, job.job_id)).toMatchObject({
      state: "running",
      cancel_requested: true,
    });
    expect(await ended(job)).toMatchObject({ state: "canceled" });
    expect(await cancelJob(engine, project, job.job_id)).toMatchObject({ state: "canceled" });
    await expect(cancelJob(engine, project, "nobody")).rejects.toThrow('There is no job "nobody"');
  });

  it("restarts a job whose process failed or fell silent", async () => {
    const project = await newProject();
    const job = await create(project, "export");
    const silent = {
      ...job,
      state: "running",
      runner: "another",
      seen_at: new Date(clock()),
      started_at: new Date(clock()),
    };
    await store.write((transaction) => transaction.put("jobs", [silent as JobDocument]));
    begin();
    await pause(700);
    expect(await findJob(engine, project, job.job_id)).toMatchObject({ state: "running", runner: "another" });
    moveBy(31_000);
    expect(await ended(job)).toMatchObject({ state: "succeeded" });
  });

  it("hands a job back when its process stops", async () => {
    const project = await newProject();
    const lines = Array.from({ length: 5_000 }, (_, index) =>
      JSON.stringify({ source_id: `c${index}` }),
    ).join("\n");
    const job = await create(project, "import", { fileName: "c.ndjson", as: "customers", format: "json" });
    await takeUpload(engine, job, Readable.from([Buffer.from(lines)]));
    // Its first customers are not written before the process stops.
    let isWriting = (): void => undefined;
    let isStopping = (): void => undefined;
    const writing = new Promise<void>((resolve) => {
      isWriting = resolve;
    });
    const stopped = new Promise<void>((resolve) => {
      isStopping = resolve;
    });
    const held = engineWith(async (collection) => {
      if (collection !== "customers") return;
      isWriting();
      await stopped;
    });
    running = runJobs(held, (error) => problems.push(error));
    await writing;
    const stopping = running.stop();
    isStopping();
    await stopping;
    const back = await findJob(engine, project, job.job_id);
    expect(back).toMatchObject({ state: "waiting" });
    expect(back).not.toHaveProperty("runner");
    begin();
    const { state, result } = await ended(job);
    expect([state, (result!.customers as { read: number }).read]).toEqual(["succeeded", 5_000]);
  });

  it("reports a job's end to its followers, and lists the latest first", async () => {
    const project = await newProject();
    const first = await create(project, "export");
    moveBy(1);
    const second = await create(project, "export");
    expect((await jobsOf(engine, project)).map(({ _id }) => _id)).toEqual([second._id, first._id]);
    begin();
    const states: string[] = [];
    for await (const { state } of followJob(engine, second, new AbortController().signal)) states.push(state);
    expect([states[0], states.at(-1)]).toEqual(["waiting", "succeeded"]);
  });

  it("are begun, followed and canceled by the process itself without a poll", async () => {
    const project = await newProject();
    const never = 3_600_000;
    running = runJobs(engine, (error) => problems.push(error), never);
    const exported = await create(project, "export");
    const states: string[] = [];
    for await (const { state } of followJob(engine, exported, new AbortController().signal, never))
      states.push(state);
    expect(states.at(-1)).toBe("succeeded");
    const request = importRequest({ fileName: "c.ndjson", clearEmpty: false, as: "customers" });
    const imported = await create(project, "import", request);
    await takeUpload(engine, imported, Readable.from([Buffer.from('{"source_id":"a"}\n')]));
    expect((await ended(imported)).state).toBe("succeeded");
    const uploading = await create(project, "import", request);
    const followed: string[] = [];
    for await (const { state } of followJob(engine, uploading, new AbortController().signal, never)) {
      followed.push(state);
      if (state === "uploading") await cancelJob(engine, project, uploading.job_id);
    }
    expect(followed).toEqual(["uploading", "canceled"]);
  });

  it("keeps nothing of an upload that breaks off, and accepts only one file", async () => {
    const project = await newProject();
    const job = await create(project, "import", importRequest({ fileName: "c.csv", clearEmpty: false }));
    const chunks: string[] = [];
    const watching = engineWith(async (collection, documents) => {
      if (collection === "job_chunks") chunks.push(...documents.map(({ _id }) => _id));
    });
    const broken = async function* () {
      yield new Uint8Array(400 * 1024);
      throw new Error("The connection was lost.");
    };
    await expect(takeUpload(watching, job, broken())).rejects.toThrow("lost");
    expect(chunks).toHaveLength(1);
    expect(await store.getMany("job_chunks", chunks)).toEqual([undefined]);
    await takeUpload(engine, job, Readable.from([Buffer.from("source_id\na\n")]));
    await expect(takeUpload(engine, job, Readable.from([Buffer.from("x")]))).rejects.toThrow(
      "has its file already",
    );
  });

  it("deletes files after a day, and forgets them", async () => {
    const project = await newProject();
    begin();
    const job = await ended(await create(project, "export"));
    const [file] = job.files;
    expect((await openJobs(engine)).map(({ id }) => id)).toContain(job._id);
    moveBy(filesKeptMs + 1);
    while ((await findJob(engine, project, job.job_id))!.files.length > 0) await pause(20);
    await expect(wholeOf(readFile(engine, job, file!))).rejects.toThrow("has been deleted");
    expect((await openJobs(engine)).map(({ id }) => id)).not.toContain(job._id);
  });

  it("bounds how many jobs are unfinished", async () => {
    const project = await newProject();
    // At once: the limit holds in the transaction that creates a job.
    const created = await Promise.allSettled(
      Array.from({ length: maxUnfinished + 5 }, () => create(project, "export")),
    );
    expect(created.filter(({ status }) => status === "fulfilled")).toHaveLength(maxUnfinished);
    await expect(create(project, "export")).rejects.toThrow("are unfinished");
    for (const { job_id } of await jobsOf(engine, project)) await cancelJob(engine, project, job_id);
  });

  it("accepts its own links, until they expire", async () => {
    const project = await newProject();
    const job = await create(project, "import", importRequest({ fileName: "c.csv", clearEmpty: false }));
    const link = new URL(linkTo(engine, job, "upload").path, "http://localhost");
    const given = {
      project,
      jobId: job.job_id,
      key: "upload",
      expires: link.searchParams.get("expires")!,
      signature: link.searchParams.get("signature")!,
    };
    expect(link.pathname).toBe(`/files/${project}/${job.job_id}/upload`);
    expect(await jobOfLink(engine, given)).toMatchObject({ _id: job._id });
    const wrong = [
      { signature: "x" },
      { key: "another" },
      { expires: String(Number(given.expires) + 1) },
      { expires: "soon" },
      { jobId: "another" },
      { project: "another" },
    ];
    for (const each of wrong) expect(await jobOfLink(engine, { ...given, ...each })).toBeUndefined();
    moveBy(3_600_001);
    expect(await jobOfLink(engine, given)).toBeUndefined();
    await cancelJob(engine, project, job.job_id);
  });
});

describe("an import's request", () => {
  const given = { fileName: "people.csv", clearEmpty: false };
  it.each([
    [{ fileName: "people.docx" }, "fileName", "does not end with .csv"],
    [{ fileName: "../people.csv" }, "fileName", "no slash"],
    [{ fileName: " " }, "fileName", "1 to 255"],
    [{ fileName: "people.json" }, "collection", "what the records of the file are"],
    [{ fileName: "people.json", as: "customers", mapping: "shopify" }, "mapping", "for CSV files"],
    [{ mapping: "/etc/passwd" }, "mapping", 'There is no mapping "/etc/passwd"'],
    [{ mapping: { columns: "x".repeat(300_000) } }, "mapping", "at most 262144"],
    [{ clearEmpty: true, mode: "replace" }, "clearEmpty", "for the mode MERGE"],
    [{ encoding: "latin-9000" }, "encoding", "is no encoding"],
    [{ delimiter: "." }, "delimiter", "Write one of them"],
  ] as const)("%o is refused", (changed, field, message) => {
    expect(() => importRequest({ ...given, ...changed } as never)).toThrow(message);
    try {
      importRequest({ ...given, ...changed } as never);
    } catch (error) {
      expect(error).toMatchObject({ code: "INVALID_INPUT", field });
    }
  });
});
