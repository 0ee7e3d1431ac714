// Writes a made-up shop of any size directly into a store, or into an interchange folder; memory holds a few hundred customers at
// a time.

import { defineProject, hasAny } from "../definitions/define.js";
import type { Engine } from "../engine.js";
import { writeFolder } from "../export/folder-writer.js";
import { writeInLanes } from "../import/lanes.js";
import { type ImportedCollection, importedCollections } from "../import/summary.js";
import { upsertCustomers } from "../ingest/customers.js";
import { upsertRecords } from "../ingest/records.js";
import type { WriteResult } from "../ingest/write-result.js";
import { findDefinedProject, ProjectError } from "../projects/projects.js";
import { idPrefix, type MadeUpCustomer, madeUpCustomers, type ShopPlan } from "./shop.js";
import { shopProject } from "./stock.js";

const batchSize = 250;

interface GenerateProgress {
  readonly phase: "customers";
  readonly done: number;
  readonly total: number;
}

export interface GenerateOptions {
  /** Stops between two batches; what a store has by then remains, and a folder is not created. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: GenerateProgress) => void;
}

/** The numbers of generated records. */
export type GenerateSummary = Readonly<Record<ImportedCollection, number>>;

/**
 * Fills a project with a made-up shop. It is idempotent, also after it was stopped or killed.
 * @throws ProjectError if the project has other customers, or its definition conflicts with the shop's.
 */
export async function generateIntoStore(
  engine: Engine,
  project: string,
  plan: ShopPlan,
  options: GenerateOptions = {},
): Promise<GenerateSummary> {
  // An invalid project name is reported before the project is read.
  await findDefinedProject(engine, project);
  if ((await hasAny(engine, project, "customers")) && !(await hasMadeUp(engine, project))) {
    throw new ProjectError(
      `Project ${project} has customers of its own, among whom made-up ones would be lost. Name another project.`,
    );
  }
  await defineProject(engine, project, shopProject);
  const counter = countRecords();
  const knownProducts = new Set<string>();
  let done = 0;
  const write = async (batch: readonly MadeUpCustomer[]): Promise<void> => {
    options.signal?.throwIfAborted();
    const profiles = batch.map((customer) => customer.profile);
    allTaken(await upsertCustomers(engine, project, profiles));
    for (const collection of importedCollections) {
      if (collection === "customers") continue;
      const records = batch.flatMap((customer) => customer.records[collection]);
      if (records.length > 0)
        allTaken(await upsertRecords(engine, project, collection, records, { knownProducts }));
    }
    counter.add(batch);
    done += batch.length;
    options.onProgress?.({ phase: "customers", done, total: plan.customers });
  };
  const all = (customers: Iterable<MadeUpCustomer>) =>
    writeInLanes<MadeUpCustomer>(engine.store.capabilities, batchSize, write, async ({ add }) => {
      for (const customer of customers)
        await add(customer.profile.source_id, customer.profile.source_id, customer);
    });
  // The last customer's presence means that all others are written, so it is written after them.
  let last: MadeUpCustomer | undefined;
  await all(
    (function* () {
      for (const customer of madeUpCustomers(plan)) {
        if (last !== undefined) yield last;
        last = customer;
      }
    })(),
  );
  if (last !== undefined) await all([last]);
  return counter.counts;
}

/** True if the project has a made-up customer. */
export async function hasMadeUp(engine: Engine, project: string): Promise<boolean> {
  const first = `${project}/${idPrefix}`;
  const [found] = await engine.store.reads.customers.identities(project, first, 1);
  return found !== undefined && found._id < `${first}:`;
}

/**
 * Writes a made-up shop as an interchange folder.
 * @param folder must not exist yet, or be empty.
 * @throws ExportError if the folder is not empty, or can't be written.
 */
export async function generateFolder(
  folder: string,
  plan: ShopPlan,
  options: GenerateOptions & { readonly plain?: boolean } = {},
): Promise<GenerateSummary> {
  return writeFolder(folder, options, async (writer) => {
    await writer.json("project", shopProject);
    const files = importedCollections.map((collection) => ({ collection, file: writer.records(collection) }));
    const counter = countRecords();
    let done = 0;
    let batch: MadeUpCustomer[] = [];
    const flush = async (): Promise<void> => {
      options.signal?.throwIfAborted();
      await Promise.all(files.map(({ collection, file }) => file.write(recordsOf(collection, batch))));
      counter.add(batch);
      done += batch.length;
      batch = [];
      options.onProgress?.({ phase: "customers", done, total: plan.customers });
    };
    for (const customer of madeUpCustomers(plan)) {
      batch.push(customer);
      if (batch.length >= batchSize) await flush();
    }
    await flush();
    return counter.counts;
  });
}

function recordsOf(collection: ImportedCollection, batch: readonly MadeUpCustomer[]): readonly object[] {
  return collection === "customers"
    ? batch.map((customer) => customer.profile)
    : batch.flatMap((customer) => customer.records[collection]);
}

function countRecords() {
  const counts = Object.fromEntries(importedCollections.map((name) => [name, 0])) as Record<
    ImportedCollection,
    number
  >;
  return {
    counts,
    add(batch: readonly MadeUpCustomer[]): void {
      for (const collection of importedCollections) counts[collection] += recordsOf(collection, batch).length;
    },
  };
}

function allTaken(results: readonly WriteResult[]): void {
  for (const result of results)
    if (result.status === "rejected") throw new Error(`The made-up shop is wrong: ${result.reason}`);
}
