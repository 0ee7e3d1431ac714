// GraphQL over HTTP, by the audits of the specification's own package: https://graphql.github.io/graphql-over-http/draft/
import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningService, runService } from "../running-service.js";

let service: RunningService;
beforeAll(async () => {
  service = await runService();
});
afterAll(() => service.stop());

// The address is known only once the service runs.
const audits = serverAudits({ url: () => `${service.url}/graphql` });

it("there is an audit for every requirement and recommendation", () => {
  expect(audits.filter(({ name }) => /^(MUST|SHOULD) /.test(name)).length).toBeGreaterThanOrEqual(30);
});

it.each(
  audits.filter(({ name }) => /^(MUST|SHOULD) /.test(name)).map((audit) => [audit.name, audit] as const),
)("%s", async (_, audit) => {
  expect(await audit.fn()).toMatchObject({ status: "ok" });
});
