// A server as the target of an import: records are read and checked here, and written by the API's mutations.
import type { RecordCollection } from "../../documents/collections.js";
import type { Profile, ProjectDocument } from "../../documents/documents.js";
import { recordOf } from "../../export/records.js";
import { numberInMemory } from "../../facts/content-key.js";
import { deriveFacts } from "../../facts/customer-facts.js";
import { customerId } from "../../facts/identity.js";
import { readProfile } from "../../facts/profile.js";
import { type CustomerPatch, combinedPatches, patched, readPatch } from "../../facts/profile-patch.js";
import { recordDocument } from "../../facts/record-documents.js";
import { attempt, type Rejection } from "../../facts/record-error.js";
import { globalId } from "../../graphql/server/global-id.js";
import type { ImportTarget } from "../../import/target.js";
import type { MergeOptions } from "../../ingest/customers.js";
import type { WriteResult } from "../../ingest/write-result.js";
import { readDefinition } from "../../projects/definition.js";
import { newProject } from "../../projects/projects.js";
import { inChunks } from "../../store/batches.js";
import { sendInputs } from "./batches.js";
import { type ServerClient, ServerRefusal } from "./client.js";
import { type CustomerNode, customerFields, profileOf } from "./customers.js";
import { defineOnServer, definitionOfServer } from "./definition.js";
import { customerInput, customerUpdateInput, recordKinds } from "./record-inputs.js";
import { writeSegmentOver } from "./segment-lines.js";

/** An upper bound of members; the server's own bound, which is not known here, may be lower. */
const maxStaticMembers = 1_000_000;
/** How many customers are looked up in one request. */
const lookedUp = 500;

/** An import target that writes to the client's project. */
export function serverTarget(client: ServerClient): ImportTarget {
  const { project } = client;
  let known: Promise<ProjectDocument | undefined> | undefined;
  const definition = () => {
    known ??= definitionOfServer(client).catch((error: unknown) => {
      if (error instanceof ServerRefusal && error.code === "UNKNOWN_PROJECT") return undefined;
      throw error;
    });
    return known;
  };
  const existing: ImportTarget["existing"] = async (sourceIds) =>
    new Set((await lookUp(client, sourceIds, "sourceId")).keys());
  const defined = async () => (await definition()) ?? newProject(project);
  return {
    project,
    now: Date.now,
    concurrentWrites: 2,
    maxStaticMembers,
    definition,
    async define(asked) {
      await defineOnServer(client, readDefinition(asked));
      known = undefined;
    },
    hasAny: (collection) => hasAny(client, collection),
    existing,
    async upsertCustomers(profiles) {
      const project = await defined();
      const read = profiles.map((record) => attempt(() => inputOf(readProfile(record), project)));
      return written(read, (inputs) =>
        sendInputs(client, { mutation: "customersUpsert", type: "CustomerInput" }, inputs),
      );
    },
    mergeCustomers: async (patches, options = {}) =>
      mergeCustomers(client, await defined(), patches, options),
    async upsertRecords(collection, records, { numbering = numberInMemory() } = {}) {
      const context = { project, definition: await defined(), numbering };
      return writeRecords(
        client,
        collection,
        records.map((record) => attempt(() => recordDocument(collection, record, context))),
      );
    },
    writeSegment: (line) => writeSegmentOver(client, line, existing),
  };
}

/** The profile as an input of the API. @throws RecordError if the server would refuse it. */
function inputOf(profile: Profile, definition: ProjectDocument): object {
  deriveFacts(profile, definition);
  return customerInput(profile, definition.timezone);
}

const presenceQueries = {
  customers: "{ found: customers(first: 1) { nodes { id } } }",
  orders: "{ found: orders(first: 1) { nodes { id } } }",
  gift_cards: `{ found: customers(first: 1, query: "gift card spent is not 0 or gift card balance is not 0") { nodes { id } } }`,
} as const;

async function hasAny({ ask }: ServerClient, collection: keyof typeof presenceQueries): Promise<boolean> {
  try {
    const { found } = await ask<{ found: { nodes: readonly object[] } }>(presenceQueries[collection]);
    return found.nodes.length > 0;
  } catch (error) {
    if (error instanceof ServerRefusal && error.code === "UNKNOWN_PROJECT") return false;
    throw error;
  }
}

/** The existing customers with the selected fields, by source id. */
async function lookUp<Fields extends { readonly sourceId: string }>(
  { ask, project }: ServerClient,
  sourceIds: readonly string[],
  fields: string,
): Promise<ReadonlyMap<string, Fields>> {
  const found = new Map<string, Fields>();
  for (const chunk of inChunks([...new Set(sourceIds)], lookedUp)) {
    const { nodes } = await ask<{ nodes: readonly (Fields | null)[] }>(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Customer { ${fields} } } }`,
      { ids: chunk.map((sourceId) => globalId("Customer", customerId(project, sourceId))) },
    );
    for (const node of nodes) if (node !== null) found.set(node.sourceId, node);
  }
  return found;
}

/** Sends the valid inputs, and puts their results in the places of the inputs. */
async function written(
  read: readonly ({ readonly value: object } | Rejection)[],
  send: (inputs: readonly object[]) => Promise<readonly WriteResult[]>,
): Promise<readonly WriteResult[]> {
  const results = await send(read.flatMap((each) => ("value" in each ? [each.value] : [])));
  let next = 0;
  return read.map((each) => ("value" in each ? results[next++]! : { status: "rejected", ...each }));
}

/** Updates existing customers, and adds the others with the defaults. Patches of the same customer are sent as one. */
async function mergeCustomers(
  client: ServerClient,
  definition: ProjectDocument,
  records: readonly unknown[],
  { defaults = {} }: MergeOptions,
): Promise<readonly WriteResult[]> {
  const read = records.map((record) => attempt(() => readPatch(record)));
  const patches = new Map<string, CustomerPatch>();
  for (const each of read) {
    if (!("value" in each)) continue;
    const { source_id } = each.value;
    const earlier = patches.get(source_id);
    patches.set(source_id, earlier === undefined ? each.value : combinedPatches(earlier, each.value));
  }
  const found = await lookUp<CustomerNode>(client, [...patches.keys()], customerFields);
  const [updates, additions] = [new Map<string, object>(), new Map<string, object>()];
  const rejected = new Map<string, WriteResult>();
  for (const [sourceId, patch] of patches) {
    const node = found.get(sourceId);
    const made = attempt(() => {
      if (node === undefined) {
        additions.set(sourceId, inputOf(patched({ ...defaults, source_id: sourceId }, patch), definition));
        return;
      }
      const before = profileOf(node);
      const missing = Object.fromEntries(
        Object.entries(defaults).filter(([name]) => !known(before[name as keyof typeof before])),
      );
      const after = patched(before, { ...missing, ...patch });
      deriveFacts(after, definition);
      const consents = patch.consents === undefined ? undefined : after.consents;
      updates.set(sourceId, customerUpdateInput({ ...missing, ...patch, consents }, definition.timezone));
    });
    if ("reason" in made) rejected.set(sourceId, { status: "rejected", ...made });
  }
  const send = async (inputs: ReadonlyMap<string, object>, mutation: string, type: string) => {
    const results = await sendInputs(client, { mutation, type }, [...inputs.values()]);
    return [...inputs.keys()].map((sourceId, index) => [sourceId, results[index]!] as const);
  };
  const results = new Map([
    ...rejected,
    ...(await send(additions, "customersUpsert", "CustomerInput")),
    ...(await send(updates, "customersUpdate", "CustomerUpdateInput")),
  ]);
  return read.map((each) =>
    "value" in each ? results.get(each.value.source_id)! : { status: "rejected", ...each },
  );
}

function known(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** A record without an id is identified by its content, and by its number among equal records of one request. */
const contentNumber = /\/content\/([^/]+)\/(\d+)$/;
/** The most equal records that can be sent in one request. */
const maxEquals = 400;

type Document = ReturnType<typeof recordDocument>;

/**
 * Sends records. The n-th of equal records without an id is sent together with the earlier ones, so that the server numbers it n.
 */
async function writeRecords(
  client: ServerClient,
  collection: RecordCollection,
  read: readonly ({ readonly value: Document } | Rejection)[],
): Promise<readonly WriteResult[]> {
  const kind = recordKinds[collection];
  const results: WriteResult[] = [];
  let waiting: { readonly input: object; readonly place: number | undefined }[] = [];
  let counts = new Map<string, number>();
  const flush = async (): Promise<void> => {
    const sent = waiting;
    [waiting, counts] = [[], new Map()];
    for (const [index, result] of (
      await sendInputs(
        client,
        kind,
        sent.map(({ input }) => input),
      )
    ).entries()) {
      const { place } = sent[index]!;
      if (place !== undefined) results[place] = result;
    }
  };
  for (const [place, each] of read.entries()) {
    if (!("value" in each)) {
      results[place] = { status: "rejected", ...each };
      continue;
    }
    const input = kind.input(recordOf(collection, each.value as never) as Readonly<Record<string, unknown>>);
    const [, hash = "", written = "1"] = contentNumber.exec(each.value._id) ?? [];
    const number = Number(written);
    if (number > maxEquals) {
      const reason = `more than ${maxEquals} equal records without an id can't be told apart over a server; give them ids`;
      results[place] = { status: "rejected", reason };
      continue;
    }
    if (waiting.length + number > maxEquals) await flush();
    for (let before = counts.get(hash) ?? 0; hash !== "" && before < number - 1; before += 1)
      waiting.push({ input, place: undefined });
    counts.set(hash, number);
    waiting.push({ input, place });
  }
  await flush();
  return results;
}
