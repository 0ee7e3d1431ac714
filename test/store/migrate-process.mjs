// Migrates a place from the format before this program's by a migration of its own, until it is done or killed. The place is a folder, or a database where
// WRITER_MONGODB_URI names a server. Says how many documents are done after each transaction, and at last `done`.
import { formatVersion } from "../../dist/src/documents/collections.js";
import { migrateStore } from "../../dist/src/store/migrate.js";

const [place] = process.argv.slice(2);
const uri = process.env.WRITER_MONGODB_URI;
const known = [
  {
    from: formatVersion - 1,
    documents: {
      // Done twice, it would be seen.
      customers: (document) => ({
        ...document,
        facts: { ...document.facts, name: `${document.facts.name}!` },
      }),
      events: (document) => ({
        ...document,
        properties: { ...document.properties, count: document.properties.count + 1 },
      }),
    },
  },
];
await migrateStore(uri === undefined ? { folder: place } : { uri, database: place }, {
  known,
  batchSize: 20,
  progressed: (documents) => process.stdout.write(`${documents}\n`),
});
process.stdout.write("done\n");
