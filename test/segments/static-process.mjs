// A process of its own that makes a static segment of everybody in a project, for tests that kill it in the middle. Says before each
// of its transactions which one it is, and `made` when all is done. Past the transaction of the line `last` it does not go.
import { createStatic } from "../../dist/src/segments/static.js";
import { openStore } from "../../dist/src/store/open.js";

const [place, project, name, last] = process.argv.slice(2);
const uri = process.env.STORE_MONGODB_URI;
const store = await openStore(
  uri === undefined ? { folder: place } : { uri, mongo: { database: place, indexes: "none" } },
);
let writes = 0;
let line = "";
const say = (text) => {
  line = text;
  process.stdout.write(`${text}\n`);
};
const write = async (work) => {
  if (line === last) await new Promise(() => undefined);
  writes += 1;
  say(`write ${writes}`);
  return store.write(work);
};
// It is killed, never closed.
setInterval(() => undefined, 1_000);
const engine = { store: { ...store, write }, clock: () => Date.now() };
await createStatic(engine, project, { name, query: "source_id has any value" });
say("made");
