// A project from the API, as the names that the language worker takes.
import { propertyTypesByName } from "../../documents/property-types.js";
import type { NamedSegment, ProjectNames, TypedKey } from "../language/protocol.js";
import { ProjectNamesDocument, type ProjectNamesQuery, SegmentNamesDocument } from "./generated.js";
import type { TypedDocument } from "./typed-document.js";

/** Asks the API for a document. @throws Error if there is no answer, or an answer with errors. */
export type Ask = <Data, Variables extends Record<string, unknown>>(
  document: TypedDocument<Data, Variables>,
  variables: Variables,
) => Promise<Data>;

/** Asks for all that queries of the project may name. @throws Error as `ask` does. */
export async function readNamesBy(ask: Ask): Promise<ProjectNames> {
  const [{ project }, active, archived] = await Promise.all([
    ask(ProjectNamesDocument, {}),
    readSegments(ask, false),
    readSegments(ask, true),
  ]);
  return namesOf(project, [...active, ...archived]);
}

interface DefinedKey {
  readonly name: string;
  readonly type: keyof typeof propertyTypesByName;
}

function typedKeys(keys: readonly DefinedKey[]): readonly TypedKey[] {
  return keys.map(({ name, type }) => ({ name, type: propertyTypesByName[type] }));
}

/** The names of a project and of its segments. */
export function namesOf(
  project: ProjectNamesQuery["project"],
  segments: readonly NamedSegment[],
): ProjectNames {
  return {
    project: project.name,
    timezone: project.timezone,
    currency: project.currency,
    customerMetadata: typedKeys(project.customerMetadata),
    orderMetadata: typedKeys(project.orderMetadata),
    events: project.events.map(({ name, properties }) => ({ name, properties: typedKeys(properties) })),
    consents: project.consents,
    computed: Object.fromEntries(project.computed.map(({ name, expression }) => [name, expression])),
    campaigns: Object.fromEntries(project.campaigns.map(({ kind, names }) => [kind, names])),
    segments,
  };
}

/** Pages of segments that are read at most: as much as a worker can hold. */
const maxPages = 50;

async function readSegments(ask: Ask, archived: boolean): Promise<readonly NamedSegment[]> {
  const found: NamedSegment[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const { segments }: { segments: SegmentsPage } = await ask(SegmentNamesDocument, {
      after,
      archived,
    });
    for (const { query, ...segment } of segments.nodes)
      found.push({ ...segment, ...(query === null ? {} : { query }) });
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
