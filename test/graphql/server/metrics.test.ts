// `/metrics`: the metrics of a server and a maintainer.
import { afterAll, beforeAll, expect, it } from "vitest";
import { globalId } from "../../../src/graphql/server/global-id.js";
import { startMetricsServer } from "../../../src/http/monitoring/metrics.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { type Metrics, newMetrics } from "../../../src/metrics/metrics.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { settle } from "../../membership/live-shop.js";
import { type RunningService, runService, sendTo } from "../running-service.js";

let service: RunningService;
let metrics: Metrics;

beforeAll(async () => {
  service = await runService(
    (engine) => {
      metrics = newMetrics(engine, "default");
      return engine;
    },
    () => metrics,
  );
});
afterAll(() => service.stop());

/** The lines of these names, without their help. */
async function samplesOf(...names: readonly string[]): Promise<readonly string[]> {
  const { status, body, contentType } = await service.send({ method: "GET", path: "/metrics" });
  expect([status, contentType]).toEqual([200, "text/plain; version=0.0.4; charset=utf-8"]);
  return String(body)
    .split("\n")
    .filter((line) => names.some((name) => line.startsWith(`${name}{`)));
}

it("requests and operations are counted, with one line for each kind", async () => {
  await service.ask("{ project { timezone } }");
  await service.ask("{ nothing }");
  await service.ask(`mutation { segmentDelete(input: { id: "${globalId("Segment", "x")}" }) { deletedId } }`);
  await service.send({ method: "GET", path: "/made/up" });
  await service.send({ method: "PURGE", path: "/health" });
  expect(await samplesOf("segmentql_graphql_operation_duration_seconds_count")).toEqual([
    'segmentql_graphql_operation_duration_seconds_count{kind="query",outcome="ok"} 1',
    'segmentql_graphql_operation_duration_seconds_count{kind="none",outcome="errors"} 1',
    'segmentql_graphql_operation_duration_seconds_count{kind="mutation",outcome="ok"} 1',
  ]);
  expect(await samplesOf("segmentql_http_request_duration_seconds_count")).toEqual([
    'segmentql_http_request_duration_seconds_count{route="/graphql",method="POST",status="200"} 3',
    'segmentql_http_request_duration_seconds_count{route="other",method="GET",status="404"} 1',
    'segmentql_http_request_duration_seconds_count{route="/health",method="other",status="404"} 1',
    'segmentql_http_request_duration_seconds_count{route="/metrics",method="GET",status="200"} 1',
  ]);
});

it("waiting work, writes and verifications are counted", async () => {
  const { engine } = service;
  await createAutoUpdate(engine, "default", { name: "Poles", query: "country is PL" });
  await settle(engine, "default");
  await upsertCustomers(engine, "default", [{ source_id: "new" }]);
  metrics.verified({ project: "default", at: 5_000, segments: 3, differing: 2, differences: [] });
  const text = async () =>
    (await newMetrics(engine, "default").text())
      .split("\n")
      .filter((line) => /^segmentql_(c|o|t)\w*\{/.test(line));
  expect(await text()).toEqual([
    'segmentql_changes_waiting{project="default"} 1',
    'segmentql_oldest_change_age_seconds{project="default"} 0',
    'segmentql_tick_lag_seconds{project="default"} 0',
    'segmentql_outbox_events_total{project="default"} 24',
  ]);
  expect(
    await samplesOf(
      "segmentql_verify_differences",
      "segmentql_verify_last_run_timestamp_seconds",
      "segmentql_verified_segments_total",
    ),
  ).toEqual([
    'segmentql_verify_differences{project="default"} 2',
    'segmentql_verify_last_run_timestamp_seconds{project="default"} 5',
    'segmentql_verified_segments_total{project="default"} 3',
  ]);
});

it("pages of other sites are refused, also if only metrics are served", async () => {
  const headers = { host: "evil.example" };
  expect((await service.send({ method: "GET", path: "/metrics", headers })).status).toBe(403);
  const alone = await startMetricsServer(metrics, { host: "127.0.0.1", port: 0, report: () => undefined });
  const { port } = new URL(alone.url);
  const ask = (path: string, more = {}) => sendTo(port, { method: "GET", path, headers: more });
  expect((await ask("/metrics")).body).toContain("segmentql_changes_waiting");
  expect((await ask("/metrics", headers)).status).toBe(403);
  expect((await ask("/graphql")).status).toBe(404);
  await alone.close();
});
