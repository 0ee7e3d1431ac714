// Projects of tests that need no store.
import type { ProjectDocument } from "../../src/documents/documents.js";

/** The definition of a project in Warsaw that counts in dollars and defines nothing but what is given. */
export function projectDocument(parts: Partial<ProjectDocument> = {}, name = "shop"): ProjectDocument {
  return {
    _id: name,
    project: name,
    timezone: "Europe/Warsaw",
    currency: "USD",
    metadataSchema: {},
    orderMetadataSchema: {},
    eventSchemas: {},
    consents: [],
    campaigns: {},
    ...parts,
  };
}
