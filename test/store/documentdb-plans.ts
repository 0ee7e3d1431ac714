// `queryPlanner` as DocumentDB answered `explain` for pipelines on 20,000 customers and 5,000 orders, without the fields of
// cost and time.
export const documentDbPlans = {
  prefix: {
    namespace: "segmentql.customers",
    winningPlan: {
      "Node Type": "Custom Scan",
      "Actual Rows": 111,
      "Actual Loops": 1,
      namespaceName: "segmentql.customers",
      IndexDetails: [{ indexName: "facts.email" }],
      Plans: [
        {
          "Node Type": "Bitmap Heap Scan",
          "Relation Name": "documents_5",
          "Actual Rows": 111,
          "Actual Loops": 1,
          "Rows Removed by Index Recheck": 0,
          Plans: [
            {
              "Node Type": "Bitmap Index Scan",
              "Index Name": "facts.email",
              "Actual Rows": 111,
              "Actual Loops": 1,
            },
          ],
        },
      ],
    },
  },
  scan: {
    namespace: "segmentql.customers",
    winningPlan: {
      "Node Type": "Custom Scan",
      "Actual Rows": 0,
      "Actual Loops": 1,
      namespaceName: "segmentql.customers",
      IndexDetails: [{ indexName: "n" }],
      Plans: [
        {
          "Node Type": "Bitmap Heap Scan",
          "Relation Name": "documents_5",
          "Actual Rows": 0,
          "Actual Loops": 1,
          "Rows Removed by Index Recheck": 0,
          "Rows Removed by Filter": 20000,
          Plans: [
            { "Node Type": "Bitmap Index Scan", "Index Name": "n", "Actual Rows": 20000, "Actual Loops": 1 },
          ],
        },
      ],
    },
  },
  page: {
    namespace: "segmentql.customers",
    winningPlan: {
      "Node Type": "Limit",
      "Actual Rows": 100,
      "Actual Loops": 1,
      Plans: [
        {
          "Node Type": "Sort",
          "Actual Rows": 100,
          "Actual Loops": 1,
          Plans: [
            {
              "Node Type": "Custom Scan",
              "Actual Rows": 20000,
              "Actual Loops": 1,
              namespaceName: "segmentql.customers",
              IndexDetails: [{ indexName: "n" }],
              Plans: [
                {
                  "Node Type": "Bitmap Heap Scan",
                  "Relation Name": "documents_5",
                  "Actual Rows": 20000,
                  "Actual Loops": 1,
                  "Rows Removed by Index Recheck": 0,
                  Plans: [
                    {
                      "Node Type": "Bitmap Index Scan",
                      "Index Name": "n",
                      "Actual Rows": 20000,
                      "Actual Loops": 1,
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  },
  lookup: {
    namespace: "segmentql.customers",
    winningPlan: {
      "Node Type": "Nested Loop",
      "Actual Rows": 50,
      "Actual Loops": 1,
      Plans: [
        {
          "Node Type": "Custom Scan",
          "Actual Rows": 50,
          "Actual Loops": 1,
          namespaceName: "segmentql.customers",
          IndexDetails: [{ indexName: "n" }],
          Plans: [
            {
              "Node Type": "Bitmap Heap Scan",
              "Relation Name": "documents_5",
              "Actual Rows": 50,
              "Actual Loops": 1,
              "Rows Removed by Index Recheck": 0,
              Plans: [
                { "Node Type": "Bitmap Index Scan", "Index Name": "n", "Actual Rows": 50, "Actual Loops": 1 },
              ],
            },
          ],
        },
        {
          "Node Type": "Aggregate",
          "Actual Rows": 1,
          "Actual Loops": 50,
          Plans: [
            {
              "Node Type": "Custom Scan",
              "Actual Rows": 1,
              "Actual Loops": 50,
              namespaceName: "segmentql.orders",
              IndexDetails: [{ indexName: "customer" }],
              Plans: [
                {
                  "Node Type": "Bitmap Heap Scan",
                  "Relation Name": "documents_6",
                  "Actual Rows": 1,
                  "Actual Loops": 50,
                  "Rows Removed by Filter": 0,
                  Plans: [
                    {
                      "Node Type": "Bitmap Index Scan",
                      "Index Name": "customer",
                      "Actual Rows": 1,
                      "Actual Loops": 50,
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    },
  },
  union: {
    namespace: "segmentql.customers",
    winningPlan: {
      "Node Type": "Append",
      "Actual Rows": 2,
      "Actual Loops": 1,
      Plans: [
        {
          "Node Type": "Custom Scan",
          "Actual Rows": 1,
          "Actual Loops": 1,
          namespaceName: "segmentql.customers",
          IndexDetails: [{ indexName: "n" }],
          Plans: [
            {
              "Node Type": "Bitmap Heap Scan",
              "Relation Name": "documents_5",
              "Actual Rows": 1,
              "Actual Loops": 1,
              "Rows Removed by Index Recheck": 0,
              Plans: [
                { "Node Type": "Bitmap Index Scan", "Index Name": "n", "Actual Rows": 1, "Actual Loops": 1 },
              ],
            },
          ],
        },
        {
          "Node Type": "Custom Scan",
          "Actual Rows": 1,
          "Actual Loops": 1,
          namespaceName: "segmentql.orders",
          IndexDetails: [{ indexName: "customer" }],
          Plans: [
            {
              "Node Type": "Bitmap Heap Scan",
              "Relation Name": "documents_6",
              "Actual Rows": 1,
              "Actual Loops": 1,
              "Rows Removed by Index Recheck": 0,
              "Rows Removed by Filter": 0,
              Plans: [
                {
                  "Node Type": "Bitmap Index Scan",
                  "Index Name": "customer",
                  "Actual Rows": 1,
                  "Actual Loops": 1,
                },
              ],
            },
          ],
        },
      ],
    },
  },
} as const;
