// A project's segments, over a server.
import { globalId, keyOf } from "../../graphql/server/global-id.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import {
  type ListedSegment,
  noSuchSegment,
  type SegmentSummary,
  type Segments,
  type ShownMembership,
  type ShownSegment,
} from "../segment/segments.js";
import { printDiagnostics } from "../terminal/output.js";
import { refuseUserErrors, type ServerClient, ServerRefusal, type UserError } from "./client.js";
import {
  type CustomerConnection,
  connectionOf,
  listOfServer,
  pageArguments,
  pageVariables,
  type ReadPage,
} from "./customers.js";
import { definitionOfServer } from "./definition.js";
import { type DiagnosticNode, diagnosticFields, diagnosticOf, momentOf, previewOnServer } from "./queries.js";

interface SegmentNode {
  readonly id: string;
  readonly name: string;
  readonly kind: "STATIC" | "AUTO_UPDATE";
  readonly archived: boolean;
  readonly query: string | null;
  readonly foundBy: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly diagnostics: readonly DiagnosticNode[];
  readonly status: string | null;
  readonly behindAt: string | null;
}

interface ShownNode extends SegmentNode {
  readonly problem: string | null;
  readonly progress: { readonly total: number | null; readonly done: number } | null;
  readonly computedAt: string | null;
  readonly liveSince: string | null;
  readonly uses: Names;
  readonly usedIn: Names;
}

interface Names {
  readonly nodes: readonly { readonly name: string }[];
}

const summaryFields = `id name kind archived query foundBy createdAt updatedAt status behindAt diagnostics ${diagnosticFields}`;
const shownFields = `${summaryFields} problem progress { total done } computedAt liveSince
  uses(first: 100) { nodes { name } } usedIn(first: 100) { nodes { name } }`;

const listSize = 100;

/** The segments of the client's project. */
export function serverSegments(client: ServerClient): Segments {
  const { ask } = client;
  /** The number of members, requested separately, since the server refuses it if the query is not valid. */
  const countOf = async (id: string, diagnostics: readonly DiagnosticNode[]): Promise<number | null> => {
    if (diagnostics.some(({ severity }) => severity === "ERROR")) return null;
    const { segment } = await ask<{ segment: { membersCount: number } }>(
      "query ($id: ID!) { segment(by: { id: $id }) { membersCount } }",
      { id },
    );
    return segment.membersCount;
  };
  const shown = async (node: ShownNode): Promise<ShownSegment> => ({
    ...summaryOf(node),
    count: await countOf(node.id, node.diagnostics),
    membership: membershipOf(node),
    diagnostics: node.diagnostics.map(diagnosticOf),
    uses: node.uses.nodes.map(({ name }) => name),
    usedIn: node.usedIn.nodes.map(({ name }) => name),
  });
  const change = async (
    field: string,
    type: string,
    input: object,
    source: string,
  ): Promise<ShownSegment> => {
    const answer = await ask<Record<string, Payload>>(
      `mutation ($input: ${type}!) { ${field}(input: $input) {
        userErrors { code message } diagnostics ${diagnosticFields} segment { ${shownFields} } } }`,
      { input },
    );
    const { userErrors, diagnostics, segment } = answer[field]!;
    if (userErrors[0]?.code === "INVALID_QUERY") {
      printDiagnostics(source, diagnostics.map(diagnosticOf));
      throw new CommandFailure(exitCodes.wrongQuery, "");
    }
    refuseUserErrors(userErrors);
    return shown(segment!);
  };
  return {
    definition: () => definitionOfServer(client),
    async list(archived) {
      const rows: ListedSegment[] = [];
      let after: string | undefined;
      for (;;) {
        const { segments } = await ask<{ segments: CustomerConnection<SegmentNode> }>(
          `query ($first: Int, $after: String, $archived: Boolean!) {
            segments(first: $first, after: $after, archived: $archived) ${connectionOf(summaryFields)} }`,
          { first: listSize, after, archived },
        );
        for (const node of segments.nodes) {
          const count = await countOf(node.id, node.diagnostics);
          const kept = count === null ? "mistaken" : (node.status?.toLowerCase() ?? "on demand");
          rows.push({
            ...summaryOf(node),
            count,
            status: node.kind === "STATIC" ? "static" : kept,
            ...(node.behindAt !== null && node.status === "LIVE" ? { behindAt: node.behindAt } : {}),
          });
        }
        if (!segments.pageInfo.hasNextPage) return rows;
        after = segments.edges.at(-1)?.cursor;
      }
    },
    named: async (name) => summaryOf(await segmentOfServer(client, name, summaryFields)),
    async show(id) {
      const { segment } = await ask<{ segment: ShownNode }>(
        `query ($id: ID!) { segment(by: { id: $id }) { ${shownFields} } }`,
        { id: globalId("Segment", id) },
      );
      return shown(segment);
    },
    members: (id, request) => membersOfServer(client, id, request),
    checkQuery: async (query, asOf) => (await previewOnServer(client, query, asOf)).diagnostics,
    create({ name, isStatic, query, sourceIds, asOf }) {
      if (query !== undefined && !isStatic)
        return change("segmentCreateAutoUpdate", "AutoUpdateSegmentInput", { name, query }, query);
      const members = query === undefined ? { sourceIds } : { query };
      const input = { name, members, asOf: momentOf(asOf) };
      return change("segmentCreateStatic", "StaticSegmentInput", input, query ?? "");
    },
    combine({ name, combination, segmentIds, isStatic }) {
      const input = {
        name,
        combination: combination.toUpperCase(),
        segmentIds: segmentIds.map((id) => globalId("Segment", id)),
        kind: isStatic ? "STATIC" : "AUTO_UPDATE",
      };
      return change("segmentCombine", "SegmentCombineInput", input, "");
    },
    update(id, changes) {
      const input = { ...changes, id: globalId("Segment", id) };
      return change("segmentUpdate", "SegmentUpdateInput", input, changes.query ?? "");
    },
    impact: (id, query) => impactOnServer(client, id, query),
    async remove(id) {
      const { segmentDelete } = await ask<{ segmentDelete: { userErrors: readonly UserError[] } }>(
        "mutation ($input: SegmentDeleteInput!) { segmentDelete(input: $input) { userErrors { code message } } }",
        { input: { id: globalId("Segment", id) } },
      );
      refuseUserErrors(segmentDelete.userErrors);
    },
  };
}

interface Payload {
  readonly userErrors: readonly UserError[];
  readonly diagnostics: readonly DiagnosticNode[];
  readonly segment: ShownNode | null;
}

function summaryOf(node: SegmentNode): SegmentSummary {
  const { name, archived, query, foundBy, createdAt, updatedAt } = node;
  return {
    id: keyOf("Segment", node.id),
    name,
    kind: node.kind === "STATIC" ? "static" : "auto_update",
    archived,
    query: query ?? undefined,
    foundBy: foundBy ?? undefined,
    createdAt,
    updatedAt,
  };
}

function membershipOf(node: ShownNode): ShownMembership | null {
  if (node.status === null) return null;
  return {
    status: node.status.toLowerCase() as ShownMembership["status"],
    total: node.progress?.total ?? undefined,
    populated: node.progress?.done,
    computedAt: node.computedAt ?? undefined,
    liveSince: node.liveSince ?? undefined,
    problem: node.problem ?? undefined,
  };
}

/** The segment with this name or, if none has it, with this id. @throws CommandFailure if there is none. */
export async function segmentOfServer(
  { ask }: ServerClient,
  name: string,
  fields: string,
): Promise<SegmentNode> {
  const { byName, byId } = await ask<{ byName: SegmentNode | null; byId: SegmentNode | null }>(
    `query ($name: String!, $id: ID!) {
      byName: segment(by: { name: $name }) { id name ${fields} } byId: segment(by: { id: $id }) { id name ${fields} } }`,
    { name, id: globalId("Segment", name) },
  );
  const found = byName ?? byId;
  if (found !== null) return found;
  throw new ServerRefusal("NOT_FOUND", noSuchSegment(name));
}

const membersQuery = (fields: string) =>
  `query ($id: ID!, $asOf: DateTime, $fresh: Boolean!, ${pageVariables}) { segment(by: { id: $id }) {
    members(asOf: $asOf, fresh: $fresh, ${pageArguments}) ${fields} } }`;

const membersOfServer: (
  client: ServerClient,
  ...request: Parameters<Segments["members"]>
) => ReturnType<Segments["members"]> = async ({ ask }, key, { asOf, fresh }) => {
  const request = { id: globalId("Segment", key), asOf: momentOf(asOf), fresh };
  const { segment } = await ask<{ segment: { members: { source: string; asOf: string } } }>(
    membersQuery("{ source asOf }"),
    { ...request, first: 0 },
  );
  const readPage: ReadPage = async <Node>(fields: string, page: object) => {
    const answer = await ask<{ segment: { members: CustomerConnection<Node> } }>(
      membersQuery(connectionOf(fields)),
      { ...request, ...page },
    );
    return answer.segment.members;
  };
  const count = async (): Promise<number> => {
    const answer = await ask<{ segment: { membersCount: number } }>(
      `query ($id: ID!, $asOf: DateTime, $fresh: Boolean!) {
        segment(by: { id: $id }) { membersCount(asOf: $asOf, fresh: $fresh) } }`,
      request,
    );
    return answer.segment.membersCount;
  };
  return {
    source: segment.members.source.toLowerCase() as Awaited<ReturnType<Segments["members"]>>["source"],
    asOf: new Date(segment.members.asOf),
    answer: listOfServer(readPage, count),
  };
};

const impactOnServer: (
  client: ServerClient,
  ...request: Parameters<Segments["impact"]>
) => ReturnType<Segments["impact"]> = async ({ ask }, key, query) => {
  const variables = { id: globalId("Segment", key), query };
  const { segmentImpact } = await ask<{
    segmentImpact: {
      readonly valid: boolean;
      readonly diagnostics: readonly DiagnosticNode[];
      readonly asOf: string;
      readonly canonical: string | null;
      readonly before: { readonly count: number } | null;
      readonly after: { readonly count: number } | null;
    };
  }>(
    `query ($id: ID!, $query: String!) { segmentImpact(segment: { id: $id }, query: $query) {
      valid asOf canonical before { count } after { count } diagnostics ${diagnosticFields} } }`,
    variables,
  );
  const groupOf = (group: "entering" | "leaving") => {
    const readPage: ReadPage = async <Node>(fields: string, page: object) => {
      const answer = await ask<{ segmentImpact: Record<string, { customers: CustomerConnection<Node> }> }>(
        `query ($id: ID!, $query: String!, ${pageVariables}) { segmentImpact(segment: { id: $id }, query: $query) {
          ${group} { customers(${pageArguments}) ${connectionOf(fields)} } } }`,
        { ...variables, ...page },
      );
      return answer.segmentImpact[group]!.customers;
    };
    const count = async (): Promise<number> => {
      const answer = await ask<{ segmentImpact: Record<string, { count: number }> }>(
        `query ($id: ID!, $query: String!) { segmentImpact(segment: { id: $id }, query: $query) { ${group} { count } } }`,
        variables,
      );
      return answer.segmentImpact[group]!.count;
    };
    return listOfServer(readPage, count);
  };
  const { diagnostics, asOf, canonical, before, after, valid } = segmentImpact;
  return {
    diagnostics: diagnostics.map(diagnosticOf),
    asOf: new Date(asOf),
    answer: valid
      ? {
          canonical: canonical!,
          before: before!.count,
          after: after!.count,
          entering: groupOf("entering"),
          leaving: groupOf("leaving"),
        }
      : undefined,
  };
};
