// An audience as CSV: the members of a segment, or the customers that a query matches, with columns.
import { catalogOf } from "../catalog/catalog.js";
import type { Engine } from "../engine.js";
import { findProject } from "../projects/projects.js";
import { withComputed } from "../query/computed-values.js";
import { maxPageSize } from "../query/page.js";
import { type PreviewAnswer, previewSegment } from "../query/preview.js";
import { membersOf } from "../segments/read.js";
import { SegmentError } from "../segments/segment-error.js";
import {
  attributeReader,
  cellText,
  columnAttribute,
  columnValue,
  computedAmong,
  csvLine,
  defaultColumnNames,
} from "./customer-columns.js";
import { ExportError } from "./export-error.js";

/** The most columns of an audience. */
export const maxColumns = 100;

/** Exactly one of `segmentId` and `query`. */
export interface AudienceFileRequest {
  readonly segmentId?: string;
  readonly query?: string;
  /** Names of attributes; the default ones if it is omitted. */
  readonly columns?: readonly string[];
}

/** A mistake in the request for an audience. */
export class AudienceError extends ExportError {
  constructor(
    readonly field: "audience" | "columns",
    message: string,
  ) {
    super(message);
  }
}

export interface AudienceFile {
  readonly count: () => Promise<number>;
  /** The lines of the file, each with its end: the names of the columns, then the customers by source id. */
  readonly lines: (signal: AbortSignal) => AsyncGenerator<readonly string[]>;
}

/**
 * Checks a request, and reads nothing of the customers until the audience is used.
 * @throws AudienceError if the query has mistakes, there is no such segment, or a column is not an attribute; UnknownProjectError.
 */
export async function readAudience(
  engine: Engine,
  project: string,
  { segmentId, query, columns = defaultColumnNames }: AudienceFileRequest,
): Promise<AudienceFile> {
  const definition = await findProject(engine, project);
  const catalog = catalogOf(definition);
  if (columns.length === 0 || columns.length > maxColumns)
    throw new AudienceError("columns", `An audience has 1 to ${maxColumns} columns.`);
  const attributes = columns.map((written) => mended("columns", () => columnAttribute(catalog, written)));
  const computed = computedAmong(attributes);
  const cells = attributes.map((attribute) => {
    const read = attributeReader(catalog, attribute);
    return {
      name: attribute.name,
      text: (customer: Parameters<typeof read>[0]) =>
        cellText(columnValue(read(customer), attribute, definition.currency)),
    };
  });
  // Customers are members, and have the values of computed columns, at the same instant.
  const asOf = engine.clock();
  const answer = await answerOf(engine, project, segmentId, query, asOf);
  return {
    count: () => answer.count(),
    lines: async function* (signal) {
      yield [`${csvLine(cells.map(({ name }) => name))}\r\n`];
      let after: string | undefined;
      for (;;) {
        const page = await answer.customers({ first: maxPageSize, after }, { signal });
        const customers = await withComputed(engine, definition, page.customers, computed, asOf);
        yield customers.map((customer) => `${csvLine(cells.map(({ text }) => text(customer)))}\r\n`);
        if (!page.hasNextPage) return;
        after = page.cursors.at(-1);
      }
    },
  };
}

async function answerOf(
  engine: Engine,
  project: string,
  segmentId: string | undefined,
  query: string | undefined,
  asOf: number,
): Promise<PreviewAnswer> {
  if (segmentId !== undefined) {
    try {
      return await membersOf(engine, project, segmentId, asOf);
    } catch (error) {
      if (error instanceof SegmentError) throw new AudienceError("audience", error.message);
      throw error;
    }
  }
  const { answer, diagnostics } = await previewSegment(engine, project, { query: query ?? "", asOf });
  if (answer !== undefined) return answer;
  throw new AudienceError(
    "audience",
    diagnostics[0]?.message ?? "The query has a mistake. Check it with `segmentPreview`.",
  );
}

function mended<Result>(field: AudienceError["field"], work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof ExportError) throw new AudienceError(field, error.message);
    throw error;
  }
}
