// Variables of the operations in schema/operations.

/** What they name that differs from one project to the next. */
export interface ExampleData {
  /** Global id of an auto-update segment. */
  readonly segment: string;
  /** A customer's id in the source system. */
  readonly customer: string;
}

const day = "2026-11-01T00:00:00Z";

/** The customer of examples that change something: nobody real, so that no one is moved by a try. */
const invented = "example-customer";

/** Variables of each operation that has some, by the name of its file without the ending. */
export const variablesOf = ({ segment, customer }: ExampleData): Readonly<Record<string, object>> => ({
  "audience-export": { input: { audience: { query: "country is Poland" }, columns: ["email"] } },
  "create-segment": { name: "Parisians", query: "city is Paris" },
  customer: { sourceId: customer },
  import: { input: { fileName: "people.csv", collection: "CUSTOMERS" } },
  "list-segments": { search: "" },
  "preview-segment": { query: "country is Poland" },
  "segment-changes": { segmentIds: [segment] },
  "segment-impact": { id: segment, query: "country is France" },
  "segment-members": { id: segment },
  track: { customerSourceId: invented, events: [{ type: "login", at: day }] },
  transitions: { segmentIds: [segment] },
  "upsert-customers": { input: [{ sourceId: invented, name: "Example" }] },
  "upsert-orders": {
    input: [
      {
        sourceId: "example-order",
        customer: { sourceId: invented },
        createdAt: day,
        amount: { amount: "10.00" },
      },
    ],
  },
  why: { query: "city is Paris and orders.count is at least 50", sourceId: customer },
});
