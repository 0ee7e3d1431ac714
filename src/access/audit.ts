// The audit log: which requests changed something, and who sent them.
import { randomUUID } from "node:crypto";
import { dayMs, systemClock } from "../clock.js";
import type { AuditDocument } from "../documents/access-documents.js";
import type { Engine } from "../engine.js";
import { readPlace, writePlace } from "../query/pages/place.js";
import { pageOfRows, type RowsPage, readWindow, type WindowRequest } from "../query/pages/window.js";
import type { Caller } from "./caller.js";

/** The most entries of one page. */
const maxAuditPage = 1_000;
/** The most ids that one entry holds. */
const maxTargets = 100;
/** Old entries of a project are deleted each time that it gets this many new ones, and with the first one of a process. */
const pruneEvery = 50;
/** The most projects whose entries are counted at once. */
const maxCounted = 10_000;
/** The most entries that are deleted at once: more than are added meanwhile, so that a backlog shrinks. */
const maxPruned = 200;
/** How long entries are kept by default, in days. */
export const defaultAuditDays = 400;

export interface AuditedRequest {
  readonly mutations: readonly string[];
  /** Global ids of what changed; more than 100 are cut. */
  readonly targets: readonly string[];
  readonly succeeded: boolean;
}

let written = 0;
/** How many entries this process has written, by project. */
const counts = new Map<string, number>();

/** Counts an entry. @returns true if old ones are due to be deleted with it. */
function countEntry(project: string): boolean {
  const count = counts.get(project) ?? 0;
  if (count === 0 && counts.size >= maxCounted) counts.clear();
  counts.set(project, count + 1);
  return count % pruneEvery === 0;
}

/** An id in the order in which this process writes entries, so that those of one instant are listed in theirs. */
function nextId(project: string): string {
  written += 1;
  const order = [systemClock().toString(36).padStart(9, "0"), written.toString(36).padStart(6, "0")];
  return `${project}/${order.join("-")}-${randomUUID()}`;
}

/** Adds an entry, and from time to time deletes entries older than `keptDays`. */
export async function writeAudit(
  engine: Engine,
  project: string,
  { kind, id }: Caller,
  { mutations, targets, succeeded }: AuditedRequest,
  keptDays: number = defaultAuditDays,
): Promise<void> {
  const entry: AuditDocument = {
    _id: nextId(project),
    project,
    at: new Date(engine.clock()),
    caller: { kind, id },
    mutations,
    targets: targets.slice(0, maxTargets),
    succeeded,
  };
  // An entry is written even if older ones can't be read.
  const old = countEntry(project)
    ? await entriesBefore(engine, project, engine.clock() - keptDays * dayMs).catch(() => [])
    : [];
  await engine.store.write(async (transaction) => {
    await transaction.put("audit_entries", [entry]);
    if (old.length > 0) await transaction.remove("audit_entries", old);
  });
}

/** `_id`s of the oldest entries that were written before an instant. */
async function entriesBefore({ store }: Engine, project: string, instant: number): Promise<string[]> {
  const oldest = await store.reads.access.auditPage(project, { newestFirst: false, limit: maxPruned });
  return oldest.filter(({ at }) => at.getTime() < instant).map(({ _id }) => _id);
}

/** One page of the project's log, the latest first. @throws CursorError. */
export async function auditPage(
  { store }: Engine,
  project: string,
  request: WindowRequest,
): Promise<RowsPage<AuditDocument> & { readonly cursors: readonly string[] }> {
  const window = readWindow(request, maxAuditPage, "entries");
  const behind = window.cursor === undefined ? undefined : readPlace(window.cursor, window.argument);
  const range = { newestFirst: !window.backwards, behind, limit: window.count + 1 };
  const page = pageOfRows(window, await store.reads.access.auditPage(project, range));
  return { ...page, cursors: page.nodes.map(writePlace) };
}
