// Reads the names that the project's queries may use, in the form that the language worker takes.
import type { NamedSegment, ProjectNames } from "../language/protocol.js";
import { ask } from "./client.js";
import { ProjectNamesDocument, SegmentNamesDocument } from "./generated.js";
import { namesOf } from "./project-names.js";

/** Asks the service for all that queries may name. @throws Error if it does not answer. */
export async function readNames(): Promise<ProjectNames> {
  const [{ project }, active, archived] = await Promise.all([
    ask(ProjectNamesDocument, {}, true),
    readSegments(false),
    readSegments(true),
  ]);
  return namesOf(project, [...active, ...archived]);
}

/** Pages of segments that are read at most: as much as a worker can hold. */
const maxPages = 50;

async function readSegments(archived: boolean): Promise<readonly NamedSegment[]> {
  const found: NamedSegment[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page += 1) {
    const { segments }: { segments: SegmentsPage } = await ask(
      SegmentNamesDocument,
      { after, archived },
      true,
    );
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
