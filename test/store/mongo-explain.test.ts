// What the servers tell of a plan, read into one shape.
import { describe, expect, it } from "vitest";
import { readExplanation } from "../../src/store/mongo/explain.js";
import type { ExplainedStep, Explanation } from "../../src/store/read-options.js";
import { documentDbPlans } from "./documentdb-plans.js";
import * as plans from "./mongo-plans.js";

/** A step on one line: `name collection index read>returned`, `-` for what is not told. */
function line({ name, collection, index, rowsRead, rowsReturned }: ExplainedStep): string {
  return `${name} ${collection ?? "-"} ${index ?? "-"} ${rowsRead ?? "-"}>${rowsReturned ?? "-"}`;
}

function brief({ steps, indexes, rowsRead, rowsReturned }: Explanation) {
  return { steps: steps.map(line), indexes, read: rowsRead, returned: rowsReturned };
}

const email = "project_1_facts.email_1";
const byEmail = [`IXSCAN customers ${email} 52>50`, "FETCH - - ->40"];

interface Case {
  readonly name: string;
  readonly answer: unknown;
  readonly steps: readonly string[];
  readonly indexes: readonly string[];
  readonly read?: number;
  readonly returned?: number;
}

const mongodb: readonly Case[] = [
  {
    name: "a scan",
    answer: plans.classicScan,
    steps: ["COLLSCAN customers - 1000>3"],
    indexes: [],
    read: 1000,
    returned: 3,
  },
  { name: "an index", answer: plans.classicIndex, steps: byEmail, indexes: [email], read: 52, returned: 40 },
  {
    name: "an $or of two indexes",
    answer: plans.classicOr,
    steps: [
      "IXSCAN customers project_1_facts.city_1 2>2",
      "IXSCAN customers project_1_facts.name_1 4>4",
      "OR - - ->5",
      "FETCH - - ->5",
    ],
    indexes: ["project_1_facts.city_1", "project_1_facts.name_1"],
    read: 6,
    returned: 5,
  },
  {
    name: "an _id",
    answer: plans.classicId,
    steps: ["IDHACK customers _id_ 1>1"],
    indexes: ["_id_"],
    read: 1,
    returned: 1,
  },
  {
    name: "stages behind a cursor, joins with an index and without",
    answer: plans.classicStages,
    steps: [
      ...byEmail,
      "$lookup orders customer_1 91>40",
      "$lookup referrals - 4000>40",
      "$set - - ->40",
      "$group - - ->1",
    ],
    indexes: [email, "customer_1"],
    read: 52 + 91 + 4000,
    returned: 1,
  },
  {
    name: "a union",
    answer: plans.classicUnion,
    steps: [
      "COLLSCAN customers - 1000>3",
      `IXSCAN events ${email} 52>50`,
      "FETCH - - ->40",
      "$unionWith events - ->43",
    ],
    indexes: [email],
    read: 1052,
    returned: 43,
  },
  {
    name: "the slot-based engine",
    answer: plans.slotIndex,
    steps: byEmail,
    indexes: [email],
    read: 52,
    returned: 40,
  },
  {
    name: "the slot-based engine's join",
    answer: plans.slotLookup,
    steps: ["COLLSCAN customers - 10>10", "EQ_LOOKUP orders customer_1 25>10", "GROUP - - ->1"],
    indexes: ["customer_1"],
    read: 35,
    returned: 1,
  },
  {
    name: "shards of a query, each with its engine",
    answer: plans.shardedQuery,
    steps: [...byEmail, ...byEmail, "SHARD_MERGE - - ->80"],
    indexes: [email],
    read: 104,
    returned: 80,
  },
  {
    name: "shards of a pipeline that is merged elsewhere: how many are left is not told",
    answer: plans.shardedPipeline,
    steps: [
      ...byEmail,
      ...byEmail,
      "$lookup orders customer_1 91>40",
      "$lookup referrals - 4000>40",
      "$set - - ->40",
      "$group - - ->1",
    ],
    indexes: [email, "customer_1"],
    read: 52 + 52 + 91 + 4000,
  },
  { name: "an answer without a plan", answer: { ok: 1 }, steps: [], indexes: [] },
  { name: "no answer", answer: null, steps: [], indexes: [] },
];

const documentdb: readonly Case[] = [
  {
    name: "an index",
    answer: { queryPlanner: documentDbPlans.prefix },
    steps: ["Bitmap Index Scan customers facts.email 111>111", "Bitmap Heap Scan customers - ->111"],
    indexes: ["facts.email"],
    read: 111,
    returned: 111,
  },
  {
    name: "a project's documents, thrown away",
    answer: { queryPlanner: documentDbPlans.scan },
    steps: ["Bitmap Index Scan customers n 20000>20000", "Bitmap Heap Scan customers - ->0"],
    indexes: ["n"],
    read: 20_000,
    returned: 0,
  },
  {
    name: "a page",
    answer: { queryPlanner: documentDbPlans.page },
    steps: [
      "Bitmap Index Scan customers n 20000>20000",
      "Bitmap Heap Scan customers - ->20000",
      "Sort - - ->100",
      "Limit - - ->100",
    ],
    indexes: ["n"],
    read: 20_000,
    returned: 100,
  },
  {
    name: "a join, counted for all of its loops",
    answer: { queryPlanner: documentDbPlans.lookup },
    steps: [
      "Bitmap Index Scan customers n 50>50",
      "Bitmap Heap Scan customers - ->50",
      "Bitmap Index Scan orders customer 50>50",
      "Bitmap Heap Scan orders - ->50",
      "Aggregate - - ->50",
      "Nested Loop - - ->50",
    ],
    indexes: ["n", "customer"],
    read: 100,
    returned: 50,
  },
  {
    name: "a union",
    answer: { queryPlanner: documentDbPlans.union },
    steps: [
      "Bitmap Index Scan customers n 1>1",
      "Bitmap Heap Scan customers - ->1",
      "Bitmap Index Scan orders customer 1>1",
      "Bitmap Heap Scan orders - ->1",
      "Append - - ->2",
    ],
    indexes: ["n", "customer"],
    read: 2,
    returned: 2,
  },
];

describe.each([
  ["MongoDB", mongodb],
  ["DocumentDB", documentdb],
] as const)("a plan of %s", (_, cases) => {
  it.each(cases)("$name", ({ answer, steps, indexes, read, returned }) => {
    expect(brief(readExplanation(answer, "customers"))).toEqual({ steps, indexes, read, returned });
  });
});
