// A process of its own that makes a static segment of everybody in a project, for tests that kill it in the middle. Says before each
// of its transactions which one it is, and `made` when all is done.
import { createStatic } from "../../dist/src/segments/static.js";
import { openStore } from "../../dist/src/store/open.js";

const [place, project, name] = process.argv.slice(2);
const uri = process.env.STORE_MONGODB_URI;
const store = await openStore(
  uri === undefined ? { folder: place } : { uri, mongo: { database: place, indexes: "none" } },
);
let writes = 0;
const write = async (work) => {
  writes += 1;
  process.stdout.write(`write ${writes}\n`);
  return store.write(work);
};
const engine = { store: { ...store, write }, clock: () => Date.now() };
await createStatic(engine, project, { name, query: "source_id has any value" });
process.stdout.write("made\n");
// It is killed, never closed.
setInterval(() => undefined, 1_000);
