// The files of the console: cached indefinitely under the names that hold a hash of the content, asked for again under others.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtPages } from "../../src/http/console.js";

let folder: string;
let server: Server;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "segmentql-console-files-"));
  mkdirSync(join(folder, "assets"));
  for (const [path, content] of [
    ["index.html", "<!doctype html>%NONCE%"],
    ["robots.json", "{}"],
    ["assets/main-B_x-09aZ.js", "1;"],
    ["assets/unhashed.js", "2;"],
  ] as const)
    writeFileSync(join(folder, path), content);
  server = createServer(express().use(builtPages(folder)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe("the files of the console", () => {
  it.each([
    ["/assets/main-B_x-09aZ.js", "public, max-age=31536000, immutable"],
    ["/assets/unhashed.js", "no-cache"],
    ["/robots.json", "no-cache"],
    ["/", "no-store"],
    ["/segments", "no-store"],
  ])("%s is sent with cache-control: %s", async (path, expected) => {
    const answer = await fetch(url + path, { headers: { accept: "text/html" } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe(expected);
  });
});
