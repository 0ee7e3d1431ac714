// `segmentql mcp`: the tools, called by the SDK's own client over HTTP and in memory.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKey } from "../../../src/access/keys.js";
import { serveMcp } from "../../../src/cli/mcp/mcp-command.js";
import { mcpServer } from "../../../src/cli/mcp/tools.js";
import { type RunningService, runService } from "../../graphql/running-service.js";

let service: RunningService;
let client: Client;
beforeAll(async () => {
  service = await runService();
  client = await connected(true);
});
afterAll(async () => {
  await client.close();
  await service.stop();
});

async function connected(writes: boolean): Promise<Client> {
  const [one, other] = InMemoryTransport.createLinkedPair();
  await mcpServer({ engine: service.engine, project: "default", writes, version: "0" }).connect(one);
  const made = new Client({ name: "test", version: "0" });
  await made.connect(other);
  return made;
}

async function call(name: string, input: Record<string, unknown> = {}, from = client) {
  const { content } = await from.callTool({ name, arguments: input });
  const [first] = content as { text: string }[];
  return JSON.parse(first!.text);
}

describe("tools", () => {
  it("are listed; those that write only if they may", async () => {
    const names = async (from: Client) => (await from.listTools()).tools.map(({ name }) => name);
    const readers = ["list_attributes", "check_query", "preview_segment", "explain_why", "suggest"];
    expect(await names(client)).toEqual([...readers, "save_segment"]);
    const reader = await connected(false);
    expect(await names(reader)).toEqual(readers);
    await reader.close();
  });

  it("list attributes and events", async () => {
    const { attributes, events } = await call("list_attributes");
    expect(attributes).toContainEqual(
      expect.objectContaining({ name: "orders.total_amount", type: "money" }),
    );
    expect(events[0].name).toBe("order");
  });

  it("report mistakes so that a model can fix its query, then preview it", async () => {
    const wrong = await call("check_query", { query: "emial has any value" });
    expect(wrong).toMatchObject({ valid: false, diagnostics: [{ code: "UNKNOWN_ATTRIBUTE", fix: "email" }] });
    const [{ start, end, fix }] = wrong.diagnostics;
    const text = "emial has any value";
    const mended = `${text.slice(0, start)}${fix}${text.slice(end)}`;
    const preview = await call("preview_segment", { query: mended, first: 2 });
    expect(preview).toMatchObject({ valid: true, canonical: "email has any value", count: 55 });
    expect(preview.customers).toHaveLength(2);
  });

  it("warn of a value that no customer has, whatever is asked", async () => {
    const query = "city is Prais";
    const diagnostics = [
      expect.objectContaining({ code: "NO_SUCH_VALUE", severity: "WARNING", fix: "paris" }),
    ];
    expect(await call("check_query", { query })).toMatchObject({ valid: true, diagnostics });
    expect(await call("preview_segment", { query })).toMatchObject({ valid: true, count: 0, diagnostics });
    expect(await call("explain_why", { query, sourceId: "crm-004" })).toMatchObject({
      holds: false,
      diagnostics,
    });
    expect(await call("save_segment", { name: "Prais", query })).toMatchObject({ saved: true, diagnostics });
  });

  it("explain why, and suggest", async () => {
    const found = await call("explain_why", { query: "city is Paris and age > 30", sourceId: "crm-004" });
    expect(found).toMatchObject({ valid: true, holds: false, nearest: ["set age to 31"] });
    const { suggestions } = await call("suggest", { query: "country " });
    expect(suggestions.length).toBeGreaterThan(3);
  });

  it("save a segment, and say why a save is refused", async () => {
    const input = { name: "Assistants' Poles", query: "country is Poland" };
    expect(await call("save_segment", input)).toMatchObject({ saved: true, name: input.name });
    expect(await call("save_segment", input)).toMatchObject({ saved: false, problem: expect.any(String) });
  });
});

it("over HTTP, the key decides the project of the tools, and whether they write", async () => {
  const server = await serveMcp(service.engine, { project: "default", host: "127.0.0.1", port: 0 }, "0");
  try {
    const { key } = await createKey(service.engine, "default", { name: "Assistant", scope: "read" });
    const over = new Client({ name: "test", version: "0" });
    const headers = { authorization: `Bearer ${key}` };
    await over.connect(
      new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`), { requestInit: { headers } }),
    );
    expect((await over.listTools()).tools.map(({ name }) => name)).not.toContain("save_segment");
    expect(await call("check_query", { query: "city is Paris" }, over)).toMatchObject({ valid: true });
    await over.close();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const refused = await fetch(`${server.url}/mcp`, { method: "POST", body: "{}" });
    expect(refused.status).toBe(401);
  } finally {
    await server.close();
  }
});
