// Gaps: intervals of time in which a segment's stored membership history is not exact, because time moved customers and was not
// followed instant by instant. Members at an instant in a gap are computed by the query.

import type { HistoryGap, HistoryGapsDocument } from "../documents/membership-documents.js";
import type { Engine } from "../engine.js";
import type { Transaction } from "../store/port.js";

/** How many gaps of one segment are stored; further ones are joined with their neighbours. */
const maxOfSegment = 8;

function gapsId(project: string): string {
  return `${project}/gaps`;
}

/**
 * Notes a gap of segments, inside the transaction that causes it. @param from in milliseconds since the epoch, as `to`; both
 * inclusive.
 */
export async function noteGap(
  transaction: Transaction,
  project: string,
  segments: readonly string[],
  from: number,
  to: number,
): Promise<void> {
  if (segments.length === 0) return;
  const _id = gapsId(project);
  const [known] = await transaction.getMany("maintenance", [_id]);
  const bySegment = new Map<string, readonly HistoryGap[]>();
  for (const gap of known?.kind === "gaps" ? known.gaps : [])
    bySegment.set(gap.segment, [...(bySegment.get(gap.segment) ?? []), gap]);
  for (const segment of segments) {
    const gap = { segment, from: new Date(from), to: new Date(to) };
    bySegment.set(segment, joined([...(bySegment.get(segment) ?? []), gap]));
  }
  const document: HistoryGapsDocument = { _id, project, kind: "gaps", gaps: [...bySegment.values()].flat() };
  await transaction.put("maintenance", [document]);
}

/** Joins gaps that overlap, and the two nearest gaps while there are more than `maxOfSegment`. */
function joined(gaps: readonly HistoryGap[]): readonly HistoryGap[] {
  const kept: HistoryGap[] = [];
  for (const gap of gaps.toSorted((one, other) => one.from.getTime() - other.from.getTime())) {
    const last = kept.at(-1);
    if (last !== undefined && gap.from <= last.to)
      kept[kept.length - 1] = { ...last, to: new Date(Math.max(gap.to.getTime(), last.to.getTime())) };
    else kept.push(gap);
  }
  while (kept.length > maxOfSegment) {
    const between = kept.slice(1).map((gap, index) => gap.from.getTime() - kept[index]!.to.getTime());
    const nearest = between.indexOf(Math.min(...between));
    kept.splice(nearest, 2, { ...kept[nearest]!, to: kept[nearest + 1]!.to });
  }
  return kept;
}

/** True if all of a gap is noted already. */
export async function isNoted(
  { store }: Engine,
  project: string,
  segments: readonly string[],
  from: number,
  to: number,
): Promise<boolean> {
  const [known] = await store.getMany("maintenance", [gapsId(project)]);
  if (known?.kind !== "gaps") return false;
  const covering = known.gaps.filter((gap) => gap.from.getTime() <= from && to <= gap.to.getTime());
  return segments.every((segment) => covering.some((gap) => gap.segment === segment));
}

/** Whether the history of a segment is exact as of an instant (milliseconds since the epoch). */
export type ExactHistory = (segment: string, at: number) => boolean;

/** Reads the gaps of a project. */
export async function exactHistoryOf({ store }: Engine, project: string): Promise<ExactHistory> {
  const [known] = await store.getMany("maintenance", [gapsId(project)]);
  const gaps = known?.kind === "gaps" ? known.gaps : [];
  return (segment, at) =>
    !gaps.some((gap) => gap.segment === segment && gap.from.getTime() <= at && at <= gap.to.getTime());
}
