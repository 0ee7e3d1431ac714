// A store of documents in memory whose pipelines are run by mingo: for tests of the pipelines without MongoDB. It keeps
// nothing.
import type { CollectionName, DocumentOf } from "../../src/documents/collections.js";
import { questionsByPipelines } from "../../src/store/mongo/questions.js";
import { readsByPipelines } from "../../src/store/mongo/reads/reads.js";
import type { PipelineRunner } from "../../src/store/mongo/run.js";
import { watchNesting } from "../../src/store/nested-writes.js";
import type { Store, Transaction } from "../../src/store/port.js";
import { aggregateTables, explainTables } from "./reader.js";
import { emptyTables, putInto, removeFrom } from "./tables.js";
import { beginTransaction, type DatabaseWrite } from "./transaction.js";

export interface PipelineStore extends Store {
  readonly pipelines: PipelineRunner;
}

/** A new, empty store. */
export function mingoStore(): PipelineStore {
  const tables = emptyTables();
  const nesting = watchNesting();
  let queue: Promise<unknown> = Promise.resolve();

  const runTransaction = async <Result>(
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> => {
    const { transaction, end } = beginTransaction(tables);
    let changes: readonly DatabaseWrite[] = [];
    let result: Result;
    try {
      result = await nesting.inside(() => work(transaction));
    } finally {
      changes = end();
    }
    for (const { collection, id, document } of changes) {
      if (document === null) removeFrom(tables[collection], id);
      else putInto(tables[collection], document);
    }
    return result;
  };

  const write: Store["write"] = async (work) => {
    nesting.refuseNested();
    const written = queue.then(() => runTransaction(work));
    queue = written.catch(() => undefined);
    return written;
  };

  const pipelines: PipelineRunner = {
    sortedPageSize: Number.MAX_SAFE_INTEGER,
    run: async <Row>(...[collection, pipeline, options]: Parameters<PipelineRunner["run"]>) => {
      const rows: readonly object[] = await aggregateTables(tables, collection, pipeline, options);
      return rows as readonly Row[];
    },
    explain: (collection, pipeline, options) => explainTables(tables, collection, pipeline, options),
  };

  const getMany = async <Name extends CollectionName>(collection: Name, ids: readonly string[]) =>
    ids.map((id) => tables[collection].byId.get(id) as DocumentOf[Name] | undefined);

  return {
    capabilities: { name: "mingo", concurrentWrites: 1 },
    pipelines,
    customers: questionsByPipelines(pipelines),
    reads: readsByPipelines(pipelines, (ids) => getMany("customers", ids)),
    getMany,
    write,
    writeDefinition: (definition) => write((transaction) => transaction.put("projects", [definition])),
    close: async () => {
      await queue;
    },
  };
}
