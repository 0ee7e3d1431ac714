// Reads what the project's queries may name, in the shape in which the language worker takes it.
import type { NamedSegment, ProjectNames, TypedKey } from "../language/protocol.js";
import { ask } from "./client.js";
import { ProjectNamesDocument, SegmentNamesDocument } from "./generated.js";

const propertyTypes: Readonly<Record<string, string>> = {
  STRING: "string",
  NUMBER: "number",
  BOOLEAN: "boolean",
  DATE: "date",
  DATETIME: "datetime",
  STRINGS: "string[]",
  NUMBERS: "number[]",
  BOOLEANS: "boolean[]",
  DATES: "date[]",
  DATETIMES: "datetime[]",
};

function typedKeys(keys: readonly { readonly name: string; readonly type: string }[]): readonly TypedKey[] {
  return keys.map(({ name, type }) => ({ name, type: propertyTypes[type] ?? "string" }));
}

/** Asks the service for all that queries may name. @throws Error where it does not answer. */
export async function readNames(): Promise<ProjectNames> {
  const [{ project }, segments] = await Promise.all([ask(ProjectNamesDocument, {}, true), readSegments()]);
  return {
    project: project.id,
    timezone: project.timezone,
    currency: project.currency,
    customerMetadata: typedKeys(project.customerMetadata),
    orderMetadata: typedKeys(project.orderMetadata),
    events: project.events.map(({ name, properties }) => ({ name, properties: typedKeys(properties) })),
    consents: project.consents,
    campaigns: Object.fromEntries(project.campaigns.map(({ kind, names }) => [kind, names])),
    segments,
  };
}

/** Pages of segments that are read at most: what a worker can hold. */
const mostPages = 50;

async function readSegments(): Promise<readonly NamedSegment[]> {
  const found: NamedSegment[] = [];
  let after: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { segments }: { segments: SegmentsPage } = await ask(SegmentNamesDocument, { after }, true);
    for (const { id, name, archived, query } of segments.nodes)
      found.push({ id, name, archived, ...(query === null ? {} : { query }) });
    if (!segments.pageInfo.hasNextPage) break;
    after = segments.pageInfo.endCursor;
  }
  return found;
}

interface SegmentsPage {
  readonly nodes: readonly {
    readonly id: string;
    readonly name: string;
    readonly archived: boolean;
    readonly query: string | null;
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}
