// `segmentql segment verify`, `rebuild` and `watch`, for the stored membership of auto-update segments.

import type { Engine } from "../../engine.js";
import { sourceIdOf } from "../../facts/identity.js";
import { rebuildSegment } from "../../membership/maintain/coordinator.js";
import { settleProject } from "../../membership/maintain/run.js";
import { presentPosition } from "../../membership/reads/feed.js";
import { followTransitions } from "../../membership/reads/follow.js";
import { verifyMembership } from "../../membership/reads/verify.js";
import { findProject } from "../../projects/projects.js";
import { segmentKey } from "../../segments/identity.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { clientOf, type GlobalOptions, withEngine } from "../session.js";
import { stopRequested } from "../terminal/interruption.js";
import { complain, print } from "../terminal/output.js";
import { printable } from "../terminal/terminal-text.js";
import { segmentCalled } from "./engine-segments.js";

export interface MembershipOptions extends GlobalOptions {
  readonly json?: boolean;
}

/** How many source ids of a difference are shown. */
const maxShown = 20;

/** Verifies the stored membership of every segment. Differences end the command with a special exit code. */
export async function verifyCommand(options: MembershipOptions): Promise<void> {
  await withEngine(options, false, async (engine) => {
    await findProject(engine, options.project);
    // If no maintainer is at work, its pending work is done first.
    await settleProject(engine, options.project);
    const report = await verifyMembership(engine, options.project);
    const { segments, pending, unanswerable, differences } = report;
    if (options.json)
      print(JSON.stringify({ ...report, asOf: new Date(report.asOf).toISOString() }, null, 2));
    else {
      for (const { segment, missing, surplus, inconsistent } of differences) {
        print(`${await nameOf(engine, options.project, segment)}:`);
        printSome("in it by its query, not by what is stored", missing);
        printSome("in it by what is stored, not by its query", surplus);
        printSome("whose stay in it is not in the history as it is stored", inconsistent);
      }
      for (const segment of unanswerable)
        print(`${await nameOf(engine, options.project, segment)}: its query is no longer right.`);
      const left =
        pending === 0 ? "" : ` ${pending.toLocaleString("en")} customers are still to be looked at.`;
      print(`${segments.toLocaleString("en")} live segments, ${differences.length} that differ.${left}`);
    }
    if (differences.length > 0) throw new CommandFailure(exitCodes.failure, "");
  });
}

function printSome(what: string, sourceIds: readonly string[]): void {
  if (sourceIds.length === 0) return;
  const more = sourceIds.length > maxShown ? ", …" : "";
  print(
    `  ${sourceIds.length.toLocaleString("en")} ${what}: ${sourceIds.slice(0, maxShown).map(printable).join(", ")}${more}`,
  );
}

async function nameOf(engine: Engine, project: string, segment: string): Promise<string> {
  const [found] = await engine.store.getMany("segments", [segmentKey(project, segment)]);
  return found === undefined ? segment : `"${printable(found.name)}"`;
}

/** Has a segment's membership rebuilt from its query. */
export async function rebuildCommand(name: string, options: MembershipOptions): Promise<void> {
  await withEngine(options, true, async (engine) => {
    const segment = await segmentCalled(engine, options.project, name);
    const begun = await rebuildSegment(engine, options.project, segment.segment_id);
    if (!begun) {
      throw new CommandFailure(
        exitCodes.failure,
        `"${printable(segment.name)}" is not kept live: it is a static segment, or no maintainer has taken it in yet.`,
      );
    }
    const done = await settleProject(engine, options.project);
    print(
      done
        ? "Rebuilt."
        : "A maintainer in another process is rebuilding it; segment verify reports the result.",
    );
  });
}

/** Prints entries and exits as they happen. */
export async function watchCommand(name: string | undefined, options: MembershipOptions): Promise<void> {
  const stopping = new AbortController();
  stopRequested().then(() => stopping.abort());
  const { signal } = stopping;
  const ready = () => complain("Entries and exits appear here. Ctrl+C stops.");
  const client = clientOf(options);
  if (client !== undefined) {
    const { changesOfServer } = await import("./watch-server.js");
    const broken = () => complain("The connection broke; trying to go on where it was.");
    const request = { client, segment: name, signal, ready, broken };
    for await (const change of changesOfServer(request)) {
      const { segment, sourceId, kind, at, cause } = change;
      printChange(
        { segment: segment.id, sourceId, kind, at, cause },
        `"${printable(segment.name)}"`,
        options,
      );
    }
    return;
  }
  await withEngine(options, false, async (engine) => {
    await findProject(engine, options.project);
    const segment = name === undefined ? undefined : await segmentCalled(engine, options.project, name);
    const segments = segment === undefined ? undefined : [segment.segment_id];
    const from = await presentPosition(engine, options.project);
    ready();
    for await (const { transition } of followTransitions(engine, options.project, from, {
      segments,
      signal,
    })) {
      const { segment: id, customer, kind, at, cause } = transition;
      const sourceId = sourceIdOf(options.project, customer);
      const change = { segment: id, sourceId, kind, at: at.toISOString(), cause };
      printChange(change, await nameOf(engine, options.project, id), options);
    }
  });
}

interface WatchedChange {
  readonly segment: string;
  readonly sourceId: string;
  readonly kind: "entered" | "left";
  readonly at: string;
  readonly cause: { readonly kind: string; readonly at: Date | string };
}

function printChange(change: WatchedChange, segmentName: string, { json }: MembershipOptions): void {
  if (json) print(JSON.stringify(change));
  else
    print(`${change.at}  ${printable(change.sourceId)} ${change.kind} ${segmentName} (${change.cause.kind})`);
}
