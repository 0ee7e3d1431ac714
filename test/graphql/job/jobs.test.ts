// Jobs over GraphQL, and their files over HTTP.
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, expect, it } from "vitest";
import WebSocket from "ws";
import { type RunningJobs, runJobs } from "../../../src/jobs/run.js";
import { type RunningService, runService } from "../running-service.js";

let service: RunningService;
let jobs: RunningJobs;
const problems: unknown[] = [];

beforeAll(async () => {
  service = await runService();
  jobs = runJobs(service.engine, (error) => problems.push(error));
});

afterAll(async () => {
  await jobs.stop();
  await service.stop();
  expect([...problems, ...service.reported]).toEqual([]);
});

const createImport = `mutation ($input: ImportCreateInput!) {
  importCreate(input: $input) { job { id state fileName } upload { path } userErrors { field code message } }
}`;
const jobFields = `state type problem progress { phase done total } files { name bytes path }
  importResult { rowsRead rowsSkipped rejected counts { collection read written unchanged rejected } warnings { code } }
  audienceResult { customers }
  exportResult { segments counts { collection count } }
  retypeResult { converted unconverted keptAs examples { sourceId value } }`;

/** The job, followed over a subscription until it has ended, and the states that were reported. */
async function followed(id: string) {
  const client = createClient({
    url: service.url.replace("http", "ws").concat("/graphql"),
    webSocketImpl: WebSocket,
  });
  const seen = client.iterate<{ jobChanges: Record<string, unknown> }>({
    query: `subscription ($id: ID!) { jobChanges(id: $id) { ${jobFields} } }`,
    variables: { id },
  });
  const received: Record<string, unknown>[] = [];
  for await (const { data, errors } of seen) {
    expect(errors).toBeUndefined();
    received.push(data!.jobChanges);
  }
  await client.dispose();
  return { last: received.at(-1)!, states: received.map(({ state }) => state) };
}

function send(path: string, body: string, method = "PUT") {
  return service.send({ method, path, body, headers: { "content-type": "text/csv" } });
}

it("imports an uploaded file, and offers the rejected records", async () => {
  const { body } = await service.ask(createImport, {
    input: { fileName: "people.csv", collection: "CUSTOMERS", mode: "MERGE" },
  });
  const { job, upload, userErrors } = body.data.importCreate;
  expect([job.state, job.fileName, userErrors]).toEqual(["UPLOADING", "people.csv", []]);
  const csv = "source_id,name,created_at\nnew-1,Ann,2026-01-02\nnew-2,Bob,never\n,Nobody,\n";
  expect(await send(upload.path, csv)).toMatchObject({ status: 201, body: { state: "waiting" } });
  const { last, states } = await followed(job.id);
  expect(states.at(-1)).toBe("SUCCEEDED");
  expect(last).toMatchObject({
    type: "IMPORT",
    problem: null,
    files: [{ name: "rejects.ndjson" }],
    importResult: { rowsRead: 3, rowsSkipped: 1, rejected: 1 },
    exportResult: null,
    retypeResult: null,
  });
  const [file] = last.files as { path: string; bytes: number }[];
  const rejects = await send(file!.path, "", "GET");
  expect([rejects.status, rejects.contentType]).toEqual([200, "application/octet-stream"]);
  expect(Buffer.byteLength(rejects.body)).toBe(file!.bytes);
  expect(rejects.body).toContain("never");
  expect(await send(upload.path, csv)).toMatchObject({ status: 409 });
});

it("refuses addresses that it did not sign", async () => {
  const { body } = await service.ask(createImport, { input: { fileName: "people.csv" } });
  const { path } = body.data.importCreate.upload as { path: string };
  const wrong = [
    path.replace(/signature=./, "signature=_"),
    path.replace(/expires=\d/, "expires=9"),
    path.split("?")[0]!,
  ];
  for (const each of wrong) expect(await send(each, "source_id\na\n")).toMatchObject({ status: 403 });
  const id = body.data.importCreate.job.id;
  const canceled = await service.ask(
    `mutation ($id: ID!) { jobCancel(input: { id: $id }) { job { state } userErrors { message } } }`,
    { id },
  );
  expect(canceled.body.data.jobCancel).toEqual({ job: { state: "CANCELED" }, userErrors: [] });
  expect(await send(path, "source_id\na\n")).toMatchObject({ status: 409 });
});

it("exports the project, and offers its archive", async () => {
  const { body } = await service.ask("mutation { exportCreate { job { id } userErrors { message } } }");
  const { last } = await followed(body.data.exportCreate.job.id);
  expect(last).toMatchObject({ type: "EXPORT", state: "SUCCEEDED" });
  const [file] = last.files as { path: string; bytes: number; name: string }[];
  expect(file!.name).toMatch(/^default-.*\.zip$/);
  const response = await fetch(service.url + file!.path);
  expect(response.headers.get("content-disposition")).toContain(file!.name);
  const archive = Buffer.from(await response.arrayBuffer());
  expect([archive.length, archive.toString("latin1", 0, 2)]).toEqual([file!.bytes, "PK"]);
});

it("exports an audience as CSV, and offers its file", async () => {
  const audienceExport = `mutation ($input: AudienceExportInput!) {
    audienceExport(input: $input) { job { id } userErrors { field code message } }
  }`;
  const input = { audience: { query: "country is Poland" }, columns: ["source id", "email", "total spent"] };
  const { body } = await service.ask(audienceExport, { input });
  const { last } = await followed(body.data.audienceExport.job.id);
  const counted = await service.ask('{ segmentPreview(query: "country is Poland") { count } }');
  const { count } = counted.body.data.segmentPreview;
  expect(last).toMatchObject({ type: "AUDIENCE", state: "SUCCEEDED", audienceResult: { customers: count } });
  const [file] = last.files as { path: string; name: string }[];
  expect(file!.name).toBe("default-customers-2026-11-23.csv");
  const lines = (await (await fetch(service.url + file!.path)).text()).split("\r\n");
  expect([lines[0], lines.length]).toEqual(["source_id,email,orders.total_amount", count + 2]);
  expect(count).toBeGreaterThan(5);
});

it("changes a key's type, after a dry run", async () => {
  const retype = `mutation ($dryRun: Boolean!) {
    keyRetype(input: { of: CUSTOMER, key: "plan", type: NUMBER, dryRun: $dryRun }) { job { id } userErrors { message } }
  }`;
  const type = `{ project { metadata { name type } } }`;
  const before = await service.ask(type);
  const { body } = await service.ask(retype, { dryRun: true });
  const { last } = await followed(body.data.keyRetype.job.id);
  expect(last).toMatchObject({
    type: "RETYPE",
    state: "SUCCEEDED",
    retypeResult: { keptAs: "plan (was string)" },
  });
  expect(await service.ask(type)).toEqual(before);
});

it.each([
  [`keyRetype(input: { of: EVENT, key: "url", type: NUMBER })`, ["input", "event"], "INVALID_INPUT"],
  [`importCreate(input: { fileName: "a.docx" })`, ["input", "fileName"], "INVALID_INPUT"],
  [
    `importCreate(input: { fileName: "a.csv", mapping: { name: "/etc/passwd" } })`,
    ["input", "mapping"],
    "INVALID_INPUT",
  ],
  [
    `audienceExport(input: { audience: { query: "cuntry is Poland" } })`,
    ["input", "audience"],
    "INVALID_INPUT",
  ],
  [`audienceExport(input: { audience: { segment: { name: "None" } } })`, ["input", "audience"], "NOT_FOUND"],
  [
    `audienceExport(input: { audience: { query: "name is known" }, columns: ["shoe size"] })`,
    ["input", "columns"],
    "INVALID_INPUT",
  ],
  [
    `audienceExport(input: { audience: { query: "name is known" }, columns: [] })`,
    ["input", "columns"],
    "INVALID_INPUT",
  ],
  [`jobCancel(input: { id: "Sm9iOnVua25vd24" })`, ["input", "id"], "NOT_FOUND"],
])("%s is a user error", async (mutation, field, code) => {
  const { body } = await service.ask(`mutation { it: ${mutation} { job { id } userErrors { field code } } }`);
  expect(body.data.it).toEqual({ job: null, userErrors: [{ field, code }] });
});

it("lists jobs, and finds one by its id", async () => {
  const page = "nodes { id type } totalCount pageInfo { endCursor hasNextPage }";
  const first = await service.ask(`{ jobs(first: 3) { ${page} } }`);
  const { nodes, totalCount, pageInfo } = first.body.data.jobs;
  expect([totalCount, pageInfo.hasNextPage]).toEqual([5, true]);
  const rest = await service.ask(`query ($after: String) { jobs(first: 3, after: $after) { ${page} } }`, {
    after: pageInfo.endCursor,
  });
  // The clock is fixed: jobs of one instant are in any order.
  const all = [...nodes, ...rest.body.data.jobs.nodes].map(({ type }: { type: string }) => type);
  expect(all.toSorted()).toEqual(["AUDIENCE", "EXPORT", "IMPORT", "IMPORT", "RETYPE"]);
  const { id, type } = nodes[0];
  const found = await service.ask(
    "query ($id: ID!) { node(id: $id) { id ... on Job { type } } job(id: $id) { id } }",
    { id },
  );
  expect(found.body.data).toEqual({ node: { id, type }, job: { id } });
});
