// Made-up events put into MongoDB as the product stores them, by the bare driver: the benchmark is of questions, not of writing.
import type { Db } from "mongodb";
import type { ProjectDocument } from "../../src/documents/documents.js";
import { numberInMemory } from "../../src/facts/content-key.js";
import { recordDocument } from "../../src/facts/record-documents.js";
import { randomOf } from "../../src/generate/random.js";
import { inserter } from "../inserter.js";

/** The types of event that the questions are about. */
export const eventSchemas = {
  "page viewed": { url: "string", value: "number", mobile: "boolean" },
  checkout: { url: "string", value: "number", mobile: "boolean" },
  login: { url: "string", value: "number", mobile: "boolean" },
} as const satisfies ProjectDocument["eventSchemas"];

const urls = ["/", "/pricing", "/pricing/enterprise", "/blog", "/help", "/cart"];
const day = 24 * 60 * 60 * 1000;
const batchSize = 5_000;

/**
 * Inserts a number of events of these customers (by source id), spread over a year before `now` (milliseconds since the epoch).
 */
export async function loadEvents(
  database: Db,
  definition: ProjectDocument,
  customers: readonly string[],
  events: number,
  now: number,
  progress: (done: number) => void,
): Promise<void> {
  const random = randomOf(7, 0);
  const context = { project: definition.project, definition, numbering: numberInMemory() };
  const documents = inserter(database, "events", batchSize, progress);
  for (let index = 0; index < events; index += 1) {
    const draw = random.float();
    const type = draw < 0.6 ? "page viewed" : draw < 0.9 ? "login" : "checkout";
    // Some customers do much more than others.
    const customer = customers[Math.floor(random.float() ** 1.5 * customers.length)];
    const record = {
      id: `e${index}`,
      customer,
      type,
      at: new Date(now - random.int(0, 365 * day)).toISOString(),
      properties: {
        url: random.pick(urls),
        value: random.int(0, 299),
        mobile: random.chance(0.5),
      },
    };
    await documents.add(recordDocument("events", record, context));
  }
  await documents.end();
}
