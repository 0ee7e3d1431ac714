// The tools for assistants, each with its input and output, on one project. All answers are JSON.
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { catalogOf } from "../../catalog/catalog.js";
import type { Engine } from "../../engine.js";
import { findProject } from "../../projects/projects.js";
import { previewSegment } from "../../query/preview.js";
import { checkText } from "../../query/tree.js";
import { createAutoUpdate } from "../../segments/auto-update.js";
import { SegmentError } from "../../segments/segment-error.js";
import { suggestQuery } from "../../suggest/data/suggest-with-values.js";
import { why } from "../../why/why.js";

export interface ToolsOptions {
  readonly engine: Engine;
  readonly project: string;
  /** True if segments may be saved. */
  readonly writes: boolean;
  readonly version: string;
}

/** The most customers that a preview lists. */
const maxListed = 50;

const query = z
  .string()
  .max(65_536)
  .describe(
    "A query of the segment language, as: country is Poland and orders.total_amount is more than 100",
  );

/** A server with the tools of one project. Long because it is one list of tools. */
export function mcpServer({ engine, project, writes, version }: ToolsOptions): McpServer {
  const server = new McpServer(
    { name: "segmentql", version },
    {
      instructions:
        "Customer segments as sentences. List the attributes, write a query, check it, mend it by its diagnostics, preview it.",
    },
  );

  server.registerTool(
    "list_attributes",
    { description: "Lists what queries can use: attributes of customers, and events with their properties." },
    async () => {
      const { attributes, events } = catalogOf(await findProject(engine, project));
      return answer({
        attributes: attributes.map(({ name, phrases, type, values }) => ({ name, phrases, type, values })),
        events: events.map(({ name, properties }) => ({
          name,
          properties: properties.map((property) => ({ name: property.name, type: property.type })),
        })),
      });
    },
  );

  server.registerTool(
    "check_query",
    {
      description: "Checks a query: whether it is valid, its canonical form, and every mistake with its fix.",
      inputSchema: { query },
    },
    async ({ query: text }) => {
      const { canonical, diagnostics } = await checkText(engine, project, text, { values: true });
      return answer({ valid: canonical !== undefined, canonical, diagnostics: diagnostics.map(brief) });
    },
  );

  server.registerTool(
    "preview_segment",
    {
      description: "Counts the customers that match a query, and lists the first of them.",
      inputSchema: { query, first: z.int().min(0).max(maxListed).default(10) },
    },
    async ({ query: text, first }) => {
      const preview = await previewSegment(engine, project, { query: text });
      const diagnostics = (await preview.withValues()).map(brief);
      if (preview.answer === undefined) return answer({ valid: false, diagnostics });
      const [count, page] = await Promise.all([preview.answer.count(), preview.answer.customers({ first })]);
      const customers = page.customers.map(({ source_id, profile, activity }) => ({
        sourceId: source_id,
        name: profile.name,
        country: profile.address?.country,
        ordersCount: activity.orders.count,
      }));
      return answer({ valid: true, canonical: preview.answer.canonical, count, customers, diagnostics });
    },
  );

  server.registerTool(
    "explain_why",
    {
      description:
        "Explains why one customer matches a query or does not, clause by clause, and what would change it.",
      inputSchema: { query, sourceId: z.string().max(256).describe("Source id of the customer.") },
    },
    async ({ query: text, sourceId }) => {
      const found = await why(engine, project, { query: text, customer: { sourceId } });
      const diagnostics = found.diagnostics.map(brief);
      if (found.answer === undefined) return answer({ valid: false, diagnostics });
      const { clause, nearest } = found.answer;
      const sentences = (await nearest?.())?.sentences;
      return answer({ valid: true, holds: clause.holds, clause, nearest: sentences, diagnostics });
    },
  );

  server.registerTool(
    "suggest",
    {
      description:
        "Suggests what can be written at a position in a query: names, operators, values of the data.",
      inputSchema: { query, cursor: z.int().min(0).optional().describe("The end of the query if omitted.") },
    },
    async ({ query: text, cursor = text.length }) =>
      answer({ suggestions: await suggestQuery(engine, project, { query: text, cursor, first: 20 }) }),
  );

  if (writes) {
    server.registerTool(
      "save_segment",
      {
        description: "Saves a query as an auto-update segment.",
        inputSchema: { name: z.string().max(256), query },
      },
      async ({ name, query: text }) => {
        try {
          const segment = await createAutoUpdate(engine, project, { name, query: text });
          const { diagnostics } = await checkText(engine, project, text, { values: true });
          return answer({
            saved: true,
            id: segment.segment_id,
            name: segment.name,
            diagnostics: diagnostics.map(brief),
          });
        } catch (error) {
          if (!(error instanceof SegmentError)) throw error;
          return answer({ saved: false, problem: error.message, diagnostics: error.diagnostics.map(brief) });
        }
      },
    );
  }
  return server;
}

function brief({ code, severity, message, span, expected, fix }: Diagnostic) {
  return { code, severity, message, start: span.start, end: span.end, expected, fix: fix?.replacement };
}

function answer(value: object) {
  return { content: [{ type: "text" as const, text: JSON.stringify(value) }] };
}
