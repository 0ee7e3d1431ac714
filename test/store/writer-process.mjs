// A process of its own for the tests of the stores: writes pairs of documents, one transaction each, until it is killed
// (`pairs`, from a number on), holds the store until its input ends (`hold`), or opens, writes, closes and has nothing left to do
// (`once`). The place is a folder, or a database where WRITER_MONGODB_URI names a server. Says `ready` when the store is open; of
// pairs, when so many as are asked for were written.
import { openStore } from "../../dist/src/store/open.js";

const [mode, place, first = "0", asked = "0"] = process.argv.slice(2);
const uri = process.env.WRITER_MONGODB_URI;
const store = await openStore(
  uri === undefined ? { folder: place } : { uri, mongo: { database: place, indexes: "none" } },
);
const ready = () => process.stdout.write("ready\n");
if (mode !== "pairs") ready();

async function writePair(number) {
  await store.write(async (transaction) => {
    const fields = { project: "shop", customer: "c", number, padding: "x".repeat(number % 5_000) };
    await transaction.put("orders", [{ _id: `shop/pair${number}`, ...fields }]);
    await transaction.put("events", [{ _id: `shop/pair${number}`, ...fields }]);
    if (number >= 5) {
      await transaction.remove("orders", [`shop/pair${number - 5}`]);
      await transaction.remove("events", [`shop/pair${number - 5}`]);
    }
  });
}

if (mode === "pairs") {
  for (let written = 0; ; written++) {
    if (written === Number(asked)) ready();
    await writePair(Number(first) + written);
  }
}
if (mode === "hold") {
  for await (const _ of process.stdin);
  await store.close();
}
if (mode === "once") {
  await writePair(0);
  await store.close();
}
