// A process of its own for the tests of the embedded store: writes pairs of documents, one transaction each, until it is
// killed (`pairs`), holds the folder until its input ends (`hold`), or opens, writes, closes and has nothing left to do
// (`once`). Says `ready` when the folder is open.
import { openEmbeddedStore } from "../../dist/src/store/embedded/store.js";

const [mode, folder] = process.argv.slice(2);
const store = await openEmbeddedStore(folder);
process.stdout.write("ready\n");

async function writePair(number) {
  await store.write(async (transaction) => {
    const fields = { project: "shop", customer: "c", number, padding: "x".repeat(number % 5_000) };
    await transaction.put("orders", [{ _id: `pair${number}`, ...fields }]);
    await transaction.put("events", [{ _id: `pair${number}`, ...fields }]);
    if (number >= 5) {
      await transaction.remove("orders", [`pair${number - 5}`]);
      await transaction.remove("events", [`pair${number - 5}`]);
    }
  });
}

if (mode === "pairs") for (let number = Number(process.argv[4]); ; number++) await writePair(number);
if (mode === "hold") {
  for await (const _ of process.stdin);
  await store.close();
}
if (mode === "once") {
  await writePair(0);
  await store.close();
}
