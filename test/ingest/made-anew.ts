// Summaries computed from all records, regardless of their former state.

import type { Engine } from "../../src/engine.js";
import { summariseCustomers } from "../../src/ingest/summaries.js";
import { documents } from "../import/temporary-engine.js";

/** Computes every summary of the project again, as of the engine's clock. */
export async function makeSummariesAnew(engine: Engine, project: string): Promise<void> {
  const customers = await documents(engine, "customers", project);
  const ids = customers.map(({ _id }) => _id);
  await engine.store.write((transaction) => summariseCustomers(transaction, ids, engine.clock()));
}
