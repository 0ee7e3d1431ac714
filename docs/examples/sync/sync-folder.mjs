// Sends a folder of records to SegmentQL, and goes on where it stopped: node sync-folder.mjs FOLDER URL
// The key, if the service asks for one, is in SEGMENTQL_KEY. Needs nothing but Node 20.
//
// The folder holds files called customers*.ndjson and orders*.ndjson. Each line is a record as the mutations `customersUpsert` and
// `ordersUpsert` take it. Where each file stands is in .sync.json in the folder, written after each batch: a run that is killed is simply
// repeated, lines that are appended later are sent by the next run, and a file that was replaced is sent from its beginning.
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const [folder, url] = process.argv.slice(2);
if (folder === undefined || url === undefined) {
  console.error(
    "Usage: node sync-folder.mjs FOLDER URL, as node sync-folder.mjs crm http://localhost:4000/graphql",
  );
  process.exit(2);
}

/** The service takes 1,000 records and a body of 1 MiB at once. */
const maxRecords = 500;
const maxBytes = 800_000;
const maxAttempts = 8;
const stateFile = join(folder, ".sync.json");
/** Customers first: an order is of a customer. */
const kinds = [
  { begins: "customers", mutation: "customersUpsert", input: "CustomerInput" },
  { begins: "orders", mutation: "ordersUpsert", input: "OrderInput" },
];

const hashOf = (text) => createHash("sha256").update(text).digest("hex");

async function readState() {
  try {
    return JSON.parse(await readFile(stateFile, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return {};
    throw error;
  }
}

/** Replaces the state at once, so that a run that is killed here leaves the former one. */
async function writeState(state) {
  await writeFile(`${stateFile}.new`, JSON.stringify(state, null, 2));
  await rename(`${stateFile}.new`, stateFile);
}

/** The hash of a file's first bytes: if they have changed, the file is another one. */
async function hashOfStart(path, end) {
  const hash = createHash("sha256");
  if (end > 0) for await (const chunk of createReadStream(path, { end: end - 1 })) hash.update(chunk);
  return hash;
}

/** The lines of a file from a byte on, each with its bytes. A last line without an end may still be being written: it is reported, not sent. */
async function* linesFrom(path, start) {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { start })) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield rest.subarray(0, end + 1);
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.toString("utf8").trim() === "") return;
  console.error(`${path}: the last line has no end and was not sent`);
  process.exitCode = 1;
}

async function* batchesFrom(path, start) {
  let lines = [];
  let bytes = 0;
  for await (const line of linesFrom(path, start)) {
    if (lines.length === maxRecords || (bytes > 0 && bytes + line.length > maxBytes)) {
      yield lines;
      [lines, bytes] = [[], 0];
    }
    lines.push(line);
    bytes += line.length;
  }
  if (lines.length > 0) yield lines;
}

/** The service refuses the whole request, as it does if a field of one record is of another type. */
class RefusedError extends Error {}

/** Sends records, again with the same key if the answer does not arrive: the service executes them once. */
async function send({ mutation, input }, records, key) {
  const query = `mutation Sync($input: [${input}!]!) { ${mutation}(input: $input) { results { status } userErrors { field message } } }`;
  const headers = { "content-type": "application/json", "idempotency-key": key };
  if (process.env.SEGMENTQL_KEY) headers.authorization = `Bearer ${process.env.SEGMENTQL_KEY}`;
  const request = { method: "POST", headers, body: JSON.stringify({ query, variables: { input: records } }) };
  for (let attempt = 1; ; attempt += 1) {
    let problem;
    try {
      const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(60_000) });
      const { data, errors } = await answer.json();
      if (data?.[mutation]) return data[mutation];
      problem = errors?.[0]?.message ?? `The service answered with status ${answer.status}.`;
      const code = errors?.[0]?.extensions?.code;
      if (code === "BAD_USER_INPUT") throw new RefusedError(problem);
      if (!["TIMEOUT", "UNAVAILABLE", "TOO_MANY_REQUESTS"].includes(code)) throw new Error(problem);
    } catch (error) {
      const isPassing =
        error.name === "TimeoutError" || error.name === "SyntaxError" || error.cause !== undefined;
      if (problem === error.message || !isPassing) throw error;
      problem = error.cause?.message ?? error.message;
    }
    if (attempt === maxAttempts) throw new Error(problem);
    await wait(250 * 2 ** attempt);
  }
}

/**
 * Sends a batch. If it is refused, each half is sent by itself, down to the record that is refused alone.
 * @param given records with their lines.
 * @param keyOf makes the key of a part of the batch from the lines where it begins and ends.
 * @returns how many were sent and rejected, and what is wrong with which line.
 */
async function sendBatch(kind, given, keyOf) {
  const parts = [given];
  const total = { sent: 0, rejected: 0, problems: [] };
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    try {
      const records = part.map(({ record }) => record);
      const { results, userErrors } = await send(kind, records, keyOf(part[0].line, part.at(-1).line));
      const rejected = results.filter(({ status }) => status === "REJECTED").length;
      total.sent += results.length - rejected;
      total.rejected += rejected;
      for (const { field, message } of userErrors) {
        const index = field?.map(Number).find(Number.isInteger);
        total.problems.push({ line: part[index]?.line, message });
      }
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      const half = Math.ceil(part.length / 2);
      if (part.length > 1) parts.push(part.slice(half), part.slice(0, half));
      else {
        total.rejected += 1;
        total.problems.push({ line: part[0].line, message: error.message });
      }
    }
  }
  return total;
}

const state = await readState();
const total = { sent: 0, rejected: 0 };
const names = (await readdir(folder)).filter((name) => name.endsWith(".ndjson")).sort();
for (const kind of kinds) {
  for (const name of names.filter((each) => each.startsWith(kind.begins))) {
    const path = join(folder, name);
    // `pass` makes the keys of batches differ from those of an earlier content of the file.
    let { offset, line, hash: expected, pass } = state[name] ?? { offset: 0, line: 0 };
    const isShorter = (await stat(path)).size < offset;
    let hash = await hashOfStart(path, isShorter ? 0 : offset);
    if (isShorter || hash.copy().digest("hex") !== expected) {
      [offset, line, hash, pass] = [0, 0, await hashOfStart(path, 0), randomUUID()];
      state[name] = { offset, line, hash: hash.copy().digest("hex"), pass };
      await writeState(state);
    }
    for await (const lines of batchesFrom(path, offset)) {
      const records = lines.map((each, index) => {
        const text = each.toString("utf8").trim();
        if (text === "") return undefined;
        try {
          return JSON.parse(text);
        } catch (error) {
          throw new Error(`${path}:${line + index + 1} is not JSON: ${error.message}`);
        }
      });
      const given = records.flatMap((record, index) =>
        record === undefined ? [] : [{ record, line: line + index + 1 }],
      );
      const bytes = Buffer.concat(lines);
      if (given.length > 0) {
        const keyOf = (first, last) => hashOf(`${name} ${pass} ${offset} ${hashOf(bytes)} ${first} ${last}`);
        const { sent, rejected, problems } = await sendBatch(kind, given, keyOf).catch((error) => {
          throw new Error(`${path}, lines ${line + 1} to ${line + lines.length}: ${error.message}`, {
            cause: error,
          });
        });
        total.sent += sent;
        total.rejected += rejected;
        for (const problem of problems)
          console.error(`${path}${problem.line === undefined ? "" : `:${problem.line}`} ${problem.message}`);
      }
      hash.update(bytes);
      offset += bytes.length;
      line += lines.length;
      state[name] = { offset, line, hash: hash.copy().digest("hex"), pass };
      await writeState(state);
    }
  }
}
console.log(`${total.sent} sent, ${total.rejected} rejected.`);
if (total.rejected > 0) process.exitCode = 1;
