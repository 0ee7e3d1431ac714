// Sets the consents (marketing permissions) of customers, and nothing else.
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { CustomerDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { deriveFacts } from "../facts/customer-facts.js";
import { customerId } from "../facts/identity.js";
import { attempt, RecordError } from "../facts/record-error.js";
import { identifier, noSuchCustomer, readShape } from "../facts/record-shape.js";
import { findProject, isRedefined } from "../projects/projects.js";
import { inChunks } from "../store/batches.js";
import { type DirtyMark, markDirty } from "./dirty-marks.js";
import { customerEvent, wantedTypes } from "./outgoing-events.js";
import { rederiveWritten } from "./rederive.js";
import { idsOf, type WriteResult } from "./write-result.js";

const maxBytes = 64 * 1024;
const batchSize = 1_000;

const shape = z.looseObject({
  customer: identifier,
  consents: z.array(z.string()).max(1_000, "has more than 1,000 elements"),
});

/**
 * Sets the consents of customers: those that a record names are granted, all others withdrawn. A batch of 1,000 is one
 * transaction; of several records of one customer, the last one wins.
 * @param records `{ customer, consents }`, where `customer` is the source id.
 * @returns the result for each record, in the same order; records of unknown customers are rejected.
 * @throws UnknownProjectError, ProjectError.
 */
export async function setConsents(
  engine: Engine,
  project: string,
  records: readonly unknown[],
): Promise<readonly WriteResult[]> {
  const definition = await findProject(engine, project);
  const results: WriteResult[] = [];
  for (const batch of inChunks(records, batchSize)) {
    const read = batch.map((record) => attempt(() => readShape(shape, record, maxBytes)));
    const ids = [
      ...new Set(read.flatMap((each) => ("value" in each ? [customerId(project, each.value.customer)] : []))),
    ];
    const wanted = await wantedTypes(engine, project);
    const written = await engine.store.write(async (transaction): Promise<readonly WriteResult[]> => {
      const stored = await transaction.getMany("customers", ids);
      const customers = new Map(ids.map((id, index) => [id, stored[index]]));
      const changed = new Map<string, CustomerDocument>();
      const marks: DirtyMark[] = [];
      const at = engine.clock();
      const results = read.map((each): WriteResult => {
        if ("reason" in each) return { status: "rejected", ...each };
        const { customer: sourceId, consents } = each.value;
        const id = customerId(project, sourceId);
        const made = attempt(() => {
          const before = customers.get(id);
          if (before === undefined) throw new RecordError(noSuchCustomer("customer", sourceId));
          const profile = { ...before.profile, consents };
          return { before, after: { ...before, profile, ...deriveFacts(profile, definition) } };
        });
        if ("reason" in made) return { status: "rejected", ...made };
        const { before, after } = made.value;
        if (isDeepStrictEqual(before, after)) return { status: "unchanged", id };
        customers.set(id, after);
        const isFirst = !changed.has(id);
        changed.set(id, after);
        marks.push({
          customer: after,
          change: { kind: "PROFILE", at, before },
          outgoing:
            isFirst && wanted.has("customer.updated") ? [customerEvent("customer.updated", after, at)] : [],
        });
        return { status: "written", id };
      });
      await transaction.put("customers", [...changed.values()]);
      await markDirty(transaction, marks);
      return results;
    });
    if (await isRedefined(engine, definition))
      await rederiveWritten(engine, "customers", project, idsOf(written));
    results.push(...written);
  }
  return results;
}
