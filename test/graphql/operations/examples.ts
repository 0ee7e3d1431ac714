// The example operations of schema/operations, with variables that the conformance world answers.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../schema/operations/", import.meta.url));
/** Names of their files. */
export const exampleFiles = readdirSync(folder).sort();
export const exampleText = (file: string): string => readFileSync(join(folder, file), "utf8");

/** Variables for each of them. @param segment the global id of an auto-update segment. */
export const variablesOf = (segment: string): Readonly<Record<string, object>> => ({
  "audience-export.graphql": { input: { audience: { query: "country is Poland" }, columns: ["email"] } },
  "create-segment.graphql": { name: "Parisians", query: "city is Paris" },
  "customer.graphql": { sourceId: "crm-004" },
  "define.graphql": {},
  "export.graphql": {},
  "form.graphql": {},
  "import.graphql": { input: { fileName: "people.csv", collection: "CUSTOMERS" } },
  "jobs.graphql": {},
  "list-segments.graphql": { search: "pol" },
  "preview-segment.graphql": { query: "country is Poland" },
  "segment-impact.graphql": { id: segment, query: "country is France" },
  "segment-members.graphql": { id: segment },
  "track.graphql": { customerSourceId: "crm-004", events: [{ type: "login", at: "2026-11-01T00:00:00Z" }] },
  "transitions.graphql": { segmentIds: [segment] },
  "upsert-customers.graphql": { input: [{ sourceId: "new", name: "New" }] },
  "upsert-orders.graphql": {
    input: [
      {
        sourceId: "new-1",
        customer: { sourceId: "crm-004" },
        createdAt: "2026-11-01T00:00:00Z",
        amount: { amount: "10.00" },
      },
    ],
  },
  "why.graphql": { query: "city is Paris and orders.count is at least 50", sourceId: "crm-004" },
});
