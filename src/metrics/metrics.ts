// The Prometheus metrics of a process: the requests that it has answered, and how membership is maintained.
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { WebhookDocument } from "../documents/membership-documents.js";
import type { Engine } from "../engine.js";
import type { VerifiedTurn } from "../membership/maintain/verify-schedule.js";
import type { AttemptOutcome } from "../outbox/deliver.js";
import { listedProjects } from "../projects/directory.js";
import { type Backlog, backlogOf } from "./backlog.js";
import { type WebhookBacklog, webhookBacklogsOf } from "./webhooks.js";

export interface Metrics {
  /** All metrics, in Prometheus' text format. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
  /** A request was answered. `seconds` is how long that took. */
  readonly requestAnswered: (route: string, method: string, status: number, seconds: number) => void;
  /** A GraphQL operation was answered: a query, a mutation, or what could not be read as either. */
  readonly operationAnswered: (kind: string, outcome: "ok" | "errors", seconds: number) => void;
  readonly verified: (turn: VerifiedTurn) => void;
  /** A batch was sent to a webhook once. */
  readonly deliveryAttempted: (webhook: WebhookDocument, outcome: AttemptOutcome) => void;
}

/** The most projects that are reported, since a scrape reads the store for each. */
const maxProjects = 100;

/** How long the values read for a scrape are reused, in milliseconds. */
const freshMs = 2_000;

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Metrics in a separate registry. @param project a project that is reported even if it is not listed.
 * Long because it is one list of metrics.
 */
export function newMetrics(engine: Engine, project: string): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: "segmentql_http_request_duration_seconds",
    help: "How long answers to HTTP requests took, and how many there were.",
    labelNames: ["route", "method", "status"] as const,
    buckets,
    registers,
  });
  const operations = new Histogram({
    name: "segmentql_graphql_operation_duration_seconds",
    help: "How long GraphQL operations took, and how many there were.",
    labelNames: ["kind", "outcome"] as const,
    buckets,
    registers,
  });
  const labelNames = ["project"] as const;
  const differences = new Gauge({
    name: "segmentql_verify_differences",
    help: "Customers whose stored membership the queries contradict, in the segments verified last.",
    labelNames,
    registers,
  });
  const verifiedAt = new Gauge({
    name: "segmentql_verify_last_run_timestamp_seconds",
    help: "When segments were last verified by this process.",
    labelNames,
    registers,
  });
  const verifiedSegments = new Counter({
    name: "segmentql_verified_segments_total",
    help: "Segments that this process has verified.",
    labelNames,
    registers,
  });
  const [waiting, oldest, lag, unowned, failed] = (
    [
      ["segmentql_changes_waiting", "Changed customers that are not evaluated yet, counted up to 100,000."],
      ["segmentql_oldest_change_age_seconds", "For how long the first of these has waited."],
      ["segmentql_tick_lag_seconds", "How far the clock of time-driven membership is behind."],
      ["segmentql_partitions_unowned", "Partitions of customers that no maintainer holds."],
      ["segmentql_segments_failed", "Segments whose members could not be determined, which are tried again."],
    ] as const
  ).map(([name, help]) => new Gauge({ name, help, labelNames, registers }));
  const unreadable = new Counter({
    name: "segmentql_unreadable_projects_total",
    help: "Scrapes for which the backlog of a project could not be read.",
    labelNames,
    registers,
  });
  const transitions = new Counter({
    name: "segmentql_outbox_events_total",
    help: "Entries, exits and the other events of webhooks that were numbered, by any process.",
    labelNames,
    registers,
  });
  const ofWebhook = ["project", "webhook"] as const;
  const attempts = new Counter({
    name: "segmentql_webhook_attempts_total",
    help: "Batches that this process sent to webhooks, by what came of it; given_up is a failure that was the last.",
    labelNames: [...ofWebhook, "outcome"] as const,
    registers,
  });
  const [undelivered, oldestUndelivered, deadLetters] = (
    [
      [
        "segmentql_webhook_transitions_waiting",
        "Events, of all types and segments, that a webhook has yet to be served.",
      ],
      ["segmentql_webhook_oldest_waiting_age_seconds", "How long ago the first of these happened."],
      ["segmentql_webhook_dead_letters", "Batches that were given up and not replayed."],
    ] as const
  ).map(([name, help]) => new Gauge({ name, help, labelNames: ofWebhook, registers }));
  /** Webhooks whose attempts were counted: they are reported until their project is read and has them no more. */
  const counted = new Map<string, { readonly project: string; readonly webhook: string }>();
  const refreshWebhooks = (
    read: ReadonlySet<string>,
    backlogs: readonly (WebhookBacklog & { readonly project: string })[],
  ): void => {
    for (const metric of [undelivered!, oldestUndelivered!, deadLetters!]) metric.reset();
    const present = new Set<string>();
    for (const { project: each, webhook, ...backlog } of backlogs) {
      const labels = { project: each, webhook };
      present.add(`${each}/${webhook}`);
      undelivered!.set(labels, backlog.waiting);
      oldestUndelivered!.set(labels, backlog.oldestSeconds);
      deadLetters!.set(labels, backlog.deadLetters);
    }
    for (const [key, labels] of counted) {
      if (!read.has(labels.project) || present.has(key)) continue;
      for (const outcome of ["delivered", "failed", "given_up"]) attempts.remove({ ...labels, outcome });
      counted.delete(key);
    }
  };
  const storeUp = new Gauge({
    name: "segmentql_store_up",
    help: "1 if the store answered the last scrape, else 0.",
    registers,
  });
  let until = 0;
  let reading: Promise<void> = Promise.resolve();
  const refresh = async (): Promise<void> => {
    const projects = [...new Set([project, ...(await listedProjects(engine))])].slice(0, maxProjects);
    const found: [string, Backlog][] = [];
    const webhooks: (WebhookBacklog & { readonly project: string })[] = [];
    const read = new Set<string>();
    for (const each of projects) {
      // A project that can't be read does not stop the report of the others.
      try {
        found.push([each, await backlogOf(engine, each)]);
        for (const backlog of await webhookBacklogsOf(engine, each))
          webhooks.push({ ...backlog, project: each });
        read.add(each);
      } catch {
        unreadable.inc({ project: each });
      }
    }
    refreshWebhooks(read, webhooks);
    for (const metric of [waiting!, oldest!, lag!, unowned!, failed!, transitions]) metric.reset();
    for (const [each, backlog] of found) {
      waiting!.set({ project: each }, backlog.waiting);
      oldest!.set({ project: each }, backlog.oldestSeconds);
      if (backlog.tickLagSeconds !== undefined) lag!.set({ project: each }, backlog.tickLagSeconds);
      unowned!.set({ project: each }, backlog.unowned);
      failed!.set({ project: each }, backlog.failed);
      transitions.inc({ project: each }, backlog.transitions);
    }
  };
  const text = async (): Promise<string> => {
    if (performance.now() >= until) {
      until = performance.now() + freshMs;
      reading = refresh();
    }
    // Without the store, the process still reports what it knows by itself.
    const answers = await reading.then(
      () => true,
      () => false,
    );
    storeUp.set(answers ? 1 : 0);
    return registry.metrics();
  };
  return {
    text,
    contentType: registry.contentType,
    requestAnswered: (route, method, status, seconds) =>
      requests.observe({ route, method, status: String(status) }, seconds),
    operationAnswered: (kind, outcome, seconds) => operations.observe({ kind, outcome }, seconds),
    deliveryAttempted: ({ project: which, webhook_id: webhook }, outcome) => {
      counted.set(`${which}/${webhook}`, { project: which, webhook });
      attempts.inc({ project: which, webhook, outcome });
    },
    verified: ({ project: which, at, segments, differing }) => {
      differences.set({ project: which }, differing);
      verifiedAt.set({ project: which }, at / 1_000);
      verifiedSegments.inc({ project: which }, segments);
    },
  };
}
