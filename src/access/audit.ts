// The audit log: which requests changed something, and who sent them.
import { randomUUID } from "node:crypto";
import { systemClock } from "../clock.js";
import type { AuditDocument } from "../documents/access-documents.js";
import type { Engine } from "../engine.js";
import { readPlace, writePlace } from "../query/pages/place.js";
import { pageOfRows, type RowsPage, readWindow, type WindowRequest } from "../query/pages/window.js";
import type { Caller } from "./caller.js";

/** The most entries of one page. */
const maxAuditPage = 1_000;
/** The most ids that one entry holds. */
const maxTargets = 100;

export interface AuditedRequest {
  readonly mutations: readonly string[];
  /** Global ids of what changed; more than 100 are cut. */
  readonly targets: readonly string[];
  readonly succeeded: boolean;
}

let written = 0;

/** An id in the order in which this process writes entries, so that those of one instant are listed in theirs. */
function nextId(project: string): string {
  written += 1;
  const order = [systemClock().toString(36).padStart(9, "0"), written.toString(36).padStart(6, "0")];
  return `${project}/${order.join("-")}-${randomUUID()}`;
}

/** Adds an entry. */
export async function writeAudit(
  engine: Engine,
  project: string,
  { kind, id }: Caller,
  { mutations, targets, succeeded }: AuditedRequest,
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
  await engine.store.write((transaction) => transaction.put("audit_entries", [entry]));
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
