// The rooms of the house, in the order in which one may import another: each lists what it may import, and nothing that
// stands after it. `imports.test.ts` holds the code to this table, and CONTRIBUTING.md shows it.

export interface Room {
  /** The folder, from the package's root. */
  readonly path: string;
  /** What it holds, for CONTRIBUTING.md. */
  readonly holds: string;
  /** Names of the rooms that it may import: the last part of their paths. */
  readonly mayImport: readonly string[];
}

/**
 * Files of `src/` itself that any room may import: work in the background, whose work it is, the clock's port, Temporal, what
 * every part of the domain is given, a cache, turns.
 */
export const shared = [
  "src/background.ts",
  "src/client.ts",
  "src/clock.ts",
  "src/engine.ts",
  "src/environment.ts",
  "src/fair-queue.ts",
  "src/recent.ts",
  "src/temporal.ts",
  "src/trusted-documents.ts",
] as const;

const language = ["grammar", "documents", "plan", "operators", "catalog", "check"] as const;
const domain = [
  ...language,
  ...["pipeline", "predicate", "store", "facts", "projects", "ingest", "query", "suggest", "why", "segments"],
  ...[
    "membership",
    "outbox",
    "promotions",
    "messaging",
    "definitions",
    "metrics",
    "import",
    "export",
    "generate",
    "jobs",
    "access",
    "integrations",
  ],
] as const;

export const rooms: readonly Room[] = [
  {
    path: "grammar",
    holds: "tokens, Chevrotain parser, tree types, formatter, what may stand at a cursor, diagram",
    mayImport: [],
  },
  { path: "src/documents", holds: "shapes of the stored documents", mayImport: ["grammar"] },
  {
    path: "src/plan",
    holds: "the plan: frozen plain data, every name resolved, every value typed; its simplification",
    mayImport: [],
  },
  {
    path: "src/operators",
    holds:
      "one operator a file: spellings, types, counterparts; `encodings/`: each test for a store and for this process side by side",
    mayImport: ["plan"],
  },
  {
    path: "src/catalog",
    holds: "what a query may name: one row an attribute, its label and figure included",
    mayImport: ["grammar", "documents", "plan", "operators"],
  },
  {
    path: "src/check",
    holds: "tree + catalogue → plan, or diagnostics; `mistakes/`: one usual mistake a file, and its mend",
    mayImport: ["grammar", "documents", "plan", "operators", "catalog"],
  },
  {
    path: "src/facts",
    holds: "pure: from profiles and records to the facts and figures of a customer",
    mayImport: ["documents", "plan", "catalog"],
  },
  {
    path: "src/pipeline",
    holds: "plan → aggregation pipeline, as frozen data; no I/O",
    mayImport: ["plan", "operators"],
  },
  {
    path: "src/predicate",
    holds: "plan → predicate over one customer; the index of many predicates",
    mayImport: ["plan", "operators", "facts"],
  },
  {
    path: "src/sql",
    holds: "plan → SQL, as data: values bound, names and numbers of the layout in the text; no I/O",
    mayImport: ["plan", "operators"],
  },
  {
    path: "src/store",
    holds:
      "the port that the domain talks to: questions that are plans, and named reads; the stores that implement it",
    mayImport: ["documents", "plan", "operators", "pipeline", "sql", "predicate", "facts"],
  },
  {
    path: "src/projects",
    holds: "a project's definition, read and cached",
    mayImport: ["documents", "catalog", "store", "facts"],
  },
  {
    path: "src/ingest",
    holds: "writes of customers, orders, events, consents, balances; dirty marks; facts derived again",
    mayImport: ["documents", "plan", "catalog", "store", "facts", "projects"],
  },
  {
    path: "src/query",
    holds:
      "a query asked of the store: preview, pages, statistics, event strategy, cost, products and samples",
    mayImport: [...language, "pipeline", "predicate", "store", "facts", "projects", "ingest"],
  },
  {
    path: "src/suggest",
    holds: "what to write at a cursor, from the catalogue alone; `data/`: with values of the data",
    mayImport: [...language, "store", "projects", "query"],
  },
  {
    path: "src/why",
    holds: "why a customer is in or out, and the nearest change",
    mayImport: [...language, "predicate", "store", "facts", "projects", "query"],
  },
  {
    path: "src/segments",
    holds: "static and auto-update segments: saved, combined, compared",
    mayImport: [...language, "predicate", "store", "facts", "projects", "ingest", "query"],
  },
  {
    path: "src/membership",
    holds:
      "who is in what, live, with history: `live/` finds what a change or the time flips, `maintain/` writes it, `reads/` answers",
    mayImport: [...language, "predicate", "store", "facts", "projects", "ingest", "query", "segments"],
  },
  {
    path: "src/outbox",
    holds: "webhooks, the events that they receive, and their deliveries; retention of history",
    mayImport: ["documents", "store", "facts", "projects", "ingest", "query", "segments", "membership"],
  },
  {
    path: "src/promotions",
    holds:
      "validation rules; campaigns of discounts, gift cards, points and referrals; their codes; what may be redeemed, and what was",
    mayImport: [...language, "predicate", "store", "facts", "projects", "ingest", "query", "why", "segments"],
  },
  {
    path: "src/messaging",
    holds:
      "distributions: whom to write to, why, when and by which channel; their templates, and a message for each recipient, sent once",
    mayImport: [
      ...["grammar", "documents", "plan", "check", "store", "facts", "projects", "ingest", "query"],
      ...["segments", "membership", "outbox", "promotions"],
    ],
  },
  {
    path: "src/definitions",
    holds: "what changes a project as a whole: its definition, and the erasure of a person",
    mayImport: [
      "documents",
      "plan",
      "catalog",
      "check",
      "store",
      "facts",
      "projects",
      "ingest",
      "query",
      "segments",
      "promotions",
      "messaging",
    ],
  },
  {
    path: "src/metrics",
    holds: "what is measured while the service runs",
    mayImport: ["documents", "projects", "ingest", "membership", "outbox"],
  },
  {
    path: "src/import",
    holds: "data in bulk, in: CSV by mappings, and interchange folders",
    mayImport: [
      "documents",
      "plan",
      "catalog",
      "store",
      "facts",
      "projects",
      "ingest",
      "query",
      "segments",
      "definitions",
    ],
  },
  {
    path: "src/export",
    holds: "data in bulk, out",
    mayImport: [
      ...["documents", "catalog", "check", "store", "facts", "projects", "query", "why", "segments"],
      "import",
    ],
  },
  {
    path: "src/generate",
    holds: "shops that are made up, the demo shop among them",
    mayImport: ["documents", "catalog", "facts", "projects", "ingest", "definitions", "import", "export"],
  },
  {
    path: "src/jobs",
    holds:
      "long work in the background, with progress: imports, exports, audiences, changes of a key's type, codes; its files",
    mayImport: ["documents", "store", "projects", "promotions", "definitions", "import", "export"],
  },
  {
    path: "src/access",
    holds: "who may do what: API keys, tokens, limits, the audit log, answers to repeated requests",
    mayImport: ["documents", "store", "projects", "query"],
  },
  {
    path: "src/integrations",
    holds:
      "sources: other systems that send their customers and orders; `vendors/`: how each signs, and what its records are here",
    mayImport: [
      ...["documents", "plan", "store", "facts", "projects", "ingest", "definitions", "import", "access"],
      "outbox",
    ],
  },
  { path: "src/graphql", holds: "the GraphQL API, by subject", mayImport: domain },
  { path: "src/http", holds: "the server around it", mayImport: [...domain, "graphql"] },
  {
    path: "src/console",
    holds:
      "the console, a web page, by page; `language/`: the language in a worker and in an editor; `embed/`: that editor for other pages; `playground/`: the GraphQL playground, an application of its own",
    mayImport: [...language, "suggest"],
  },
  {
    path: "src/widget",
    holds: "the web widget, a script for the pages of shops, built with the console",
    mayImport: [],
  },
  {
    path: "src/cli",
    holds: "the command line, by subject",
    mayImport: [...domain, "graphql", "http"],
  },
];

/** What also runs in a browser: no module of Node is reached from these. */
export const browserRooms = [
  "grammar",
  "src/documents",
  "src/plan",
  "src/operators",
  "src/catalog",
  "src/check",
  "src/suggest/(?!data/)",
  "src/console/language",
] as const;

/** The maximum number of files in one folder, without those of its subfolders. */
export const maxFilesOfAFolder = 20;

/** The name by which other rooms list a room. */
export function nameOf({ path }: Pick<Room, "path">): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The table of CONTRIBUTING.md. */
export function roomsTable(): string {
  const rows = rooms.map(({ path, holds, mayImport }) => {
    const may = mayImport.length === 0 ? "nothing of ours" : mayImport.map((name) => `\`${name}\``).join(" ");
    return `| \`${path}/\` | ${holds} | ${may} |`;
  });
  return ["| room | holds | may import |", "| --- | --- | --- |", ...rows].join("\n");
}
