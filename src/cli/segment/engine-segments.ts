// A project's segments, read and changed in the store.
import type { SegmentDocument } from "../../documents/documents.js";
import type { LiveSegmentDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { liveStateOf } from "../../membership/reads/history.js";
import { behindAt, segmentMembers } from "../../membership/reads/members.js";
import { findProject } from "../../projects/projects.js";
import { previewSegment } from "../../query/preview.js";
import { createAutoUpdate } from "../../segments/auto-update.js";
import { deleteSegment, updateSegment } from "../../segments/change.js";
import { combineSegments } from "../../segments/combine.js";
import { segmentImpact } from "../../segments/impact.js";
import { listSegments } from "../../segments/list.js";
import { everySegment, queryOf, segmentNamed, segmentsOf } from "../../segments/read.js";
import { SegmentError } from "../../segments/segment-error.js";
import { createStatic } from "../../segments/static.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { listOfEngine } from "../query/engine-list.js";
import { printDiagnostics } from "../terminal/output.js";
import {
  isAnswerable,
  noSuchSegment,
  type SegmentSummary,
  type Segments,
  type ShownMembership,
  type ShownSegment,
} from "./segments.js";

/** The segments of a project. */
export function engineSegments(engine: Engine, project: string): Segments {
  const definition = () => findProject(engine, project);
  const show = async (id: string): Promise<ShownSegment> => {
    const [segment] = await segmentsOf(engine, project, [id]);
    return described(engine, segment!);
  };
  return {
    definition,
    async list(archived) {
      await definition();
      const names = await everySegment(engine, project);
      const behind = await behindAt(engine, project);
      const rows = [];
      for (const segment of await listSegments(engine, project, { archived })) {
        const query = await queryOf(engine, segment, names);
        const live = await liveStateOf(engine, project, segment.segment_id);
        const isRight = isAnswerable(query?.diagnostics);
        const kept = isRight ? (live?.status ?? "on demand") : "mistaken";
        rows.push({
          ...summaryOf(segment, query?.text),
          count: isRight ? await countOf(engine, segment) : null,
          status: segment.kind === "static" ? "static" : kept,
          ...(behind !== undefined && live?.status === "live"
            ? { behindAt: new Date(behind).toISOString() }
            : {}),
        });
      }
      return rows;
    },
    named: async (name) => summaryOf(await segmentCalled(engine, project, name), undefined),
    show,
    async members(id, request) {
      const answer = await segmentMembers(engine, project, id, request);
      const list = listOfEngine(engine, project, answer);
      return { source: answer.source, asOf: new Date(answer.asOf), answer: list };
    },
    async checkQuery(query, asOf) {
      const preview = await previewSegment(engine, project, { query, asOf });
      return preview.withValues();
    },
    async create({ isStatic, query, ...segment }) {
      const made = await refusing(query ?? "", () =>
        query !== undefined && !isStatic
          ? createAutoUpdate(engine, project, { name: segment.name, query })
          : createStatic(engine, project, { ...segment, query }),
      );
      return show(made.segment_id);
    },
    async combine({ isStatic, ...combination }) {
      const kind = isStatic ? "static" : "auto_update";
      const made = await refusing("", () => combineSegments(engine, project, { ...combination, kind }));
      return show(made.segment_id);
    },
    async update(id, changes) {
      await refusing(changes.query ?? "", () => updateSegment(engine, project, id, changes));
      return show(id);
    },
    async impact(id, query) {
      const { diagnostics, asOf, answer } = await segmentImpact(engine, project, id, query);
      return {
        diagnostics,
        asOf: new Date(asOf),
        answer: answer && {
          ...answer,
          before: await answer.before.count(),
          after: await answer.after.count(),
        },
      };
    },
    async remove(id) {
      await deleteSegment(engine, project, id);
    },
  };
}

/** Runs a change; the diagnostics of an invalid query are shown in its text. */
async function refusing<Value>(source: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SegmentError) || error.code !== "INVALID_QUERY") throw error;
    printDiagnostics(source, error.diagnostics);
    throw new CommandFailure(exitCodes.wrongQuery, "", { cause: error });
  }
}

/** The segment with this name or, if none has it, with this id. @throws SegmentError `NOT_FOUND`. */
export async function segmentCalled(engine: Engine, project: string, name: string): Promise<SegmentDocument> {
  await findProject(engine, project);
  const found = (await segmentNamed(engine, project, name)) ?? (await segmentsOf(engine, project, [name]))[0];
  if (found !== undefined) return found;
  throw new SegmentError("NOT_FOUND", "id", noSuchSegment(name));
}

async function countOf(engine: Engine, { project, segment_id }: SegmentDocument): Promise<number> {
  return (await segmentMembers(engine, project, segment_id)).count();
}

async function described(engine: Engine, segment: SegmentDocument): Promise<ShownSegment> {
  const { project } = segment;
  const query = await queryOf(engine, segment, await everySegment(engine, project));
  const names = async (ids: readonly string[]) =>
    (await segmentsOf(engine, project, ids)).map((other) => other.name);
  const live = await liveStateOf(engine, project, segment.segment_id);
  return {
    ...summaryOf(segment, query?.text),
    count: isAnswerable(query?.diagnostics) ? await countOf(engine, segment) : null,
    membership: live === undefined ? null : membershipOf(live),
    diagnostics: query?.diagnostics ?? [],
    uses: await names(segment.query?.uses ?? []),
    usedIn: await names(segment.used_by),
  };
}

function membershipOf({
  status,
  total,
  populated,
  computed_at,
  live_since,
  problem,
}: LiveSegmentDocument): ShownMembership {
  return {
    status,
    total,
    populated,
    computedAt: computed_at?.toISOString(),
    liveSince: live_since?.toISOString(),
    problem,
  };
}

function summaryOf(segment: SegmentDocument, query: string | undefined): SegmentSummary {
  return {
    id: segment.segment_id,
    name: segment.name,
    kind: segment.kind,
    archived: segment.archived,
    query,
    foundBy: segment.members?.found_by,
    createdAt: segment.created_at.toISOString(),
    updatedAt: segment.updated_at.toISOString(),
  };
}
