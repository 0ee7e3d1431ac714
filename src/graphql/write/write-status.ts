// The result of writing a record.
import { registerEnumType } from "type-graphql";
import type { WriteResult } from "../../ingest/write-result.js";

export const statuses = { WRITTEN: "written", UNCHANGED: "unchanged", REJECTED: "rejected" } as const;
export type WriteStatus = WriteResult["status"];

registerEnumType(statuses, {
  name: "WriteStatus",
  description: "What became of a record.",
  valuesConfig: {
    WRITTEN: { description: "It was stored." },
    UNCHANGED: { description: "It was already stored with the same content." },
    REJECTED: { description: "It was not stored: see `userErrors`." },
  },
});
