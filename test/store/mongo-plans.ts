// Answers of `explain("executionStats")` in the forms that MongoDB's manual shows (Explain Results; for $lookup, "Execution
// Plan Statistics for Query with $lookup Pipeline Stage"), without the fields of time and of the server.

const scan = { stage: "COLLSCAN", nReturned: 3, works: 1001, direction: "forward", docsExamined: 1000 };

const fetched = {
  stage: "FETCH",
  nReturned: 40,
  works: 51,
  docsExamined: 50,
  inputStage: {
    stage: "IXSCAN",
    nReturned: 50,
    works: 51,
    keyPattern: { project: 1, "facts.email": 1 },
    indexName: "project_1_facts.email_1",
    direction: "forward",
    keysExamined: 52,
    seeks: 1,
  },
};

/** The same tree as the planner tells it, before it ran. */
const fetchedPlan = {
  stage: "FETCH",
  inputStage: { stage: "IXSCAN", indexName: "project_1_facts.email_1", direction: "forward" },
};

const planner = (winningPlan: object, collection = "customers") => ({
  namespace: `segmentql.${collection}`,
  indexFilterSet: false,
  winningPlan,
  rejectedPlans: [],
});

const statistics = (executionStages: { readonly nReturned: number }) => ({
  executionSuccess: true,
  nReturned: executionStages.nReturned,
  totalKeysExamined: 0,
  totalDocsExamined: 0,
  executionStages,
});

export const classicScan = {
  explainVersion: "1",
  queryPlanner: planner({ stage: "COLLSCAN", direction: "forward" }),
  executionStats: statistics(scan),
  ok: 1,
};

export const classicIndex = {
  explainVersion: "1",
  queryPlanner: planner(fetchedPlan),
  executionStats: statistics(fetched),
  ok: 1,
};

const or = {
  stage: "FETCH",
  nReturned: 5,
  docsExamined: 5,
  inputStage: {
    stage: "OR",
    nReturned: 5,
    inputStages: [
      { stage: "IXSCAN", nReturned: 2, indexName: "project_1_facts.city_1", keysExamined: 2 },
      { stage: "IXSCAN", nReturned: 4, indexName: "project_1_facts.name_1", keysExamined: 4 },
    ],
  },
};

export const classicOr = {
  explainVersion: "1",
  queryPlanner: planner({ stage: "FETCH", inputStage: { stage: "OR", inputStages: [] } }),
  executionStats: statistics(or),
  ok: 1,
};

export const classicId = {
  explainVersion: "1",
  queryPlanner: planner({ stage: "IDHACK" }),
  executionStats: statistics({ stage: "IDHACK", nReturned: 1, keysExamined: 1, docsExamined: 1 } as never),
  ok: 1,
};

export const classicStages = {
  explainVersion: "1",
  stages: [
    {
      $cursor: { queryPlanner: planner(fetchedPlan), executionStats: statistics(fetched) },
      nReturned: 40,
      executionTimeMillisEstimate: 6,
    },
    {
      $lookup: { from: "orders", as: "orders_seen", localField: "_id", foreignField: "customer" },
      totalDocsExamined: 90,
      totalKeysExamined: 91,
      collectionScans: 0,
      indexesUsed: ["customer_1"],
      nReturned: 40,
      executionTimeMillisEstimate: 8,
    },
    {
      $lookup: { from: "referrals", as: "referrals_seen", localField: "_id", foreignField: "customer" },
      totalDocsExamined: 4000,
      totalKeysExamined: 0,
      collectionScans: 40,
      indexesUsed: [],
      nReturned: 40,
    },
    { $set: { as_of: {} }, nReturned: 40 },
    { $group: { _id: { $const: null }, count: { $sum: { $const: 1 } } }, nReturned: 1 },
  ],
  ok: 1,
};

export const classicUnion = {
  explainVersion: "1",
  stages: [
    {
      $cursor: { queryPlanner: planner({ stage: "COLLSCAN" }), executionStats: statistics(scan) },
      nReturned: 3,
    },
    {
      $unionWith: {
        coll: "events",
        pipeline: [
          {
            $cursor: {
              queryPlanner: planner(fetchedPlan, "events"),
              executionStats: statistics(fetched),
            },
            nReturned: 40,
          },
        ],
      },
      nReturned: 43,
    },
  ],
  ok: 1,
};

/** The slot-based engine: `planNodeId` ties its finer stages to those of the plan. */
const slots = {
  stage: "nlj",
  planNodeId: 2,
  nReturned: 40,
  totalDocsExamined: 50,
  totalKeysExamined: 52,
  indexesUsed: ["project_1_facts.email_1"],
  outerStage: {
    stage: "cfilter",
    planNodeId: 1,
    nReturned: 50,
    inputStage: {
      stage: "ixseek",
      planNodeId: 1,
      nReturned: 50,
      indexName: "project_1_facts.email_1",
      keysExamined: 52,
      seeks: 1,
      numReads: 53,
    },
  },
  innerStage: {
    stage: "limit",
    planNodeId: 2,
    nReturned: 50,
    inputStage: { stage: "seek", planNodeId: 2, nReturned: 50, numReads: 50 },
  },
};

const slotPlan = {
  queryPlan: {
    stage: "FETCH",
    planNodeId: 2,
    inputStage: { stage: "IXSCAN", planNodeId: 1, indexName: "project_1_facts.email_1" },
  },
  slotBasedPlan: { slots: "$$RESULT=s11 env: { }", stages: "[2] nlj inner [] [s4, s7]" },
};

export const slotIndex = {
  explainVersion: "2",
  queryPlanner: planner(slotPlan),
  executionStats: statistics(slots),
  ok: 1,
};

export const slotLookup = {
  explainVersion: "2",
  queryPlanner: planner({
    queryPlan: {
      stage: "GROUP",
      planNodeId: 3,
      inputStage: {
        stage: "EQ_LOOKUP",
        planNodeId: 2,
        foreignCollection: "segmentql.orders",
        localField: "_id",
        foreignField: "customer",
        asField: "orders_seen",
        strategy: "IndexedLoopJoin",
        indexName: "customer_1",
        inputStage: { stage: "COLLSCAN", planNodeId: 1 },
      },
    },
    slotBasedPlan: { slots: "", stages: "" },
  }),
  executionStats: statistics({
    stage: "group",
    planNodeId: 3,
    nReturned: 1,
    inputStage: {
      stage: "nlj",
      planNodeId: 2,
      nReturned: 10,
      outerStage: { stage: "scan", planNodeId: 1, nReturned: 10, numReads: 10 },
      innerStage: {
        stage: "nlj",
        planNodeId: 2,
        nReturned: 10,
        outerStage: { stage: "ixseek", planNodeId: 2, nReturned: 25, keysExamined: 25, numReads: 35 },
        innerStage: { stage: "seek", planNodeId: 2, nReturned: 25, numReads: 25 },
      },
    },
  } as never),
  ok: 1,
};

/** A query that the router hands to the shards. */
export const shardedQuery = {
  queryPlanner: {
    mongosPlannerVersion: 1,
    winningPlan: {
      stage: "SHARD_MERGE",
      shards: [
        {
          shardName: "shard01",
          namespace: "segmentql.customers",
          winningPlan: fetchedPlan,
          rejectedPlans: [],
        },
        { shardName: "shard02", namespace: "segmentql.customers", winningPlan: slotPlan, rejectedPlans: [] },
      ],
    },
  },
  executionStats: {
    nReturned: 80,
    totalKeysExamined: 104,
    totalDocsExamined: 100,
    executionStages: {
      stage: "SHARD_MERGE",
      nReturned: 80,
      totalChildMillis: 3,
      shards: [
        { shardName: "shard01", executionSuccess: true, executionStages: fetched },
        { shardName: "shard02", executionSuccess: true, executionStages: slots },
      ],
    },
  },
  ok: 1,
};

/** A pipeline that the router splits: a part on each shard, and one that merges. */
export const shardedPipeline = {
  mergeType: "mongos",
  splitPipeline: {
    shardsPart: [{ $match: { project: { $eq: "shop" } } }],
    mergerPart: [{ $mergeCursors: {} }, { $group: { _id: null } }],
  },
  shards: {
    shard01: {
      host: "a.example:27018",
      explainVersion: "1",
      queryPlanner: planner(fetchedPlan),
      executionStats: statistics(fetched),
    },
    shard02: { host: "b.example:27018", ...classicStages },
  },
  ok: 1,
};
