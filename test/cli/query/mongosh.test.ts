import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { mongoshCommand } from "../../../src/cli/query/mongosh.js";
import type { Filter } from "../../../src/operators/encodings/encoding.js";

/** Runs a command as mongosh would, with a stand-in for the database. */
function run(command: string): unknown {
  const asked: unknown[] = [];
  const db = {
    getCollection: (name: string) => ({ aggregate: (pipeline: unknown) => asked.push(name, pipeline) }),
  };
  runInNewContext(command, { db, ISODate: (text: string) => new Date(text), RegExp });
  return asked;
}

describe("mongoshCommand", () => {
  it("writes a short pipeline on a line", () => {
    expect(mongoshCommand("customers", [{ $match: { project: "default" } }, { $limit: 3 }])).toBe(
      'db.getCollection("customers").aggregate([{ $match: { project: "default" } }, { $limit: 3 }])',
    );
  });

  it("breaks a long pipeline, and quotes only the keys that need it", () => {
    const pipeline = [
      {
        $match: {
          project: "default",
          "facts.created_at": { $lt: new Date("2026-11-23T12:00:00Z") },
          "reversed.email": { $regex: "^ku\\." },
        },
      },
    ];
    expect(mongoshCommand("customers", pipeline)).toBe(
      [
        'db.getCollection("customers").aggregate([',
        "  {",
        "    $match: {",
        '      project: "default",',
        '      "facts.created_at": { $lt: ISODate("2026-11-23T12:00:00.000Z") },',
        '      "reversed.email": { $regex: "^ku\\\\." }',
        "    }",
        "  }",
        "])",
      ].join("\n"),
    );
  });

  it("yields the same pipeline when mongosh runs it, whatever users typed", () => {
    const pipeline = [
      {
        $match: {
          "facts.metadata.s_is%20vip": {
            $in: ['"; db.dropDatabase(); "', "`\u0024{1}`", "line\u2028break", "\\", "日本"],
          },
          n: { $gte: -1.5, $lt: 1e21 },
          b: true,
          nothing: null,
          at: new Date("2026-03-29T01:00:00.123Z"),
          pattern: /^a\/b/i,
          empty: { list: [], object: {} },
        },
      },
      { $limit: 1 },
    ];
    expect(JSON.stringify(run(mongoshCommand("customers", pipeline)))).toBe(
      JSON.stringify(["customers", pipeline]),
    );
    expect(String((run(mongoshCommand("c", [{ p: /^a\/b/i }])) as [string, [{ p: RegExp }]])[1][0].p)).toBe(
      "/^a\\/b/i",
    );
  });

  it("does not treat a key as the object's prototype", () => {
    const pipeline = [{ $match: JSON.parse('{"__proto__": {"polluted": 1}}') as Filter }];
    expect(mongoshCommand("customers", pipeline)).toContain('{ ["__proto__"]: { polluted: 1 } }');
  });
});
