// What a MongoDB URI says and leaves unsaid, which servers are refused, and which store is opened. No server is needed.
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { assertTransactions } from "../../src/store/mongo/connect.js";
import { openMongoStore } from "../../src/store/mongo/store.js";
import { readMongoUri } from "../../src/store/mongo/uri.js";
import { openStore, StoreChoiceError } from "../../src/store/open.js";
import { StoreError } from "../../src/store/port.js";

async function refusal(opening: Promise<unknown>): Promise<StoreError> {
  const outcome: unknown = await opening.catch((error: unknown) => error);
  if (outcome instanceof StoreError) return outcome;
  throw new Error("It opened, or failed with something else.", { cause: outcome });
}

describe("a URI", () => {
  const read: readonly (readonly [uri: string, database: string, hosts: string])[] = [
    ["mongodb://localhost", "segmentql", "localhost"],
    ["mongodb://localhost:27018/?replicaSet=rs0", "segmentql", "localhost:27018"],
    ["mongodb://ann:p%40ss@a.example:1,b.example:2/shop?tls=true", "shop", "a.example:1, b.example:2"],
    ["mongodb+srv://ann:secret@cluster0.example.net/my%5Fshop", "my_shop", "cluster0.example.net"],
    ["mongodb://[::1]:27017/shop", "shop", "[::1]:27017"],
  ];
  it.each(read)("%s", (uri, database, hosts) => {
    expect(readMongoUri(uri)).toMatchObject({ database, hosts });
  });

  it("gets sensible defaults where it is silent, and only there", () => {
    expect(readMongoUri("mongodb://localhost").options).toEqual({
      appName: "segmentql",
      w: "majority",
      retryWrites: true,
      serverSelectionTimeoutMS: 5_000,
      connectTimeoutMS: 10_000,
      waitQueueTimeoutMS: 10_000,
      maxPoolSize: 50,
    });
    const { options } = readMongoUri(
      "mongodb://localhost/?W=1&appname=mine&SERVERSELECTIONTIMEOUTMS=9&maxPoolSize=3",
    );
    expect(options).toEqual({ retryWrites: true, connectTimeoutMS: 10_000, waitQueueTimeoutMS: 10_000 });
  });

  const refused: readonly (readonly [uri: string, message: string])[] = [
    ["localhost:27017", "it has another form"],
    ["postgres://ann:secret@localhost/shop", "it has another form"],
    ["mongodb://", "it has another form"],
    ["mongodb://ann:sec@ret@localhost/%E0%A4%A", "it has another form"],
    ["mongodb://ann:secret@localhost/a%24b", "can't be the name of a database"],
    ["mongodb://ann:secret@localhost/shop?nonsense=1", "nonsense"],
    ["mongodb://ann:se%cret@localhost/shop", "The MongoDB URI can't be read"],
    ["mongodb://ann:secret@localhost:99999/shop", "The MongoDB URI can't be read"],
  ];
  it.each(refused)("%s is refused without a word of the password", async (uri, message) => {
    const error = await refusal(openMongoStore(uri));
    expect(error.code).toBe("UNAVAILABLE");
    expect(error.message).toContain(message);
    expect(error.message).toContain("Write it as mongodb://");
    const shown = `${error.stack}${JSON.stringify(error.cause ?? "")}`;
    expect(shown).not.toMatch(/secret|sec@ret|se%cret/);
  });
});

describe("a server that can't be used", () => {
  it("is named when it can't be reached, with the reason and the mend", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    await new Promise((resolve) => server.close(resolve));
    const error = await refusal(
      openMongoStore(`mongodb://ann:secret@127.0.0.1:${port}/shop?serverSelectionTimeoutMS=200`),
    );
    expect(error.code).toBe("UNAVAILABLE");
    expect(error.message).toBe(
      `MongoDB at 127.0.0.1:${port} can't be reached: connect ECONNREFUSED 127.0.0.1:${port}. Check that it runs and that ` +
        "the URI names it rightly. Once it is back, the same works again.",
    );
  });

  it.each([
    [{ setName: "rs0" }, undefined],
    [{ msg: "isdbgrid" }, undefined],
    [{}, "mongod --replSet rs0, then once rs.initiate() in mongosh, and add ?replicaSet=rs0"],
    [{ isreplicaset: true }, "Run rs.initiate() there once"],
  ])("a server without transactions is refused with the way out: %j", (hello, message) => {
    const asserted = () => assertTransactions(hello, "a.example:27017");
    if (message === undefined) expect(asserted).not.toThrow();
    else {
      expect(asserted).toThrow(message);
      expect(asserted).toThrow("MongoDB at a.example:27017");
    }
  });
});

describe("the choice of a store", () => {
  it("is an error with a URI and a folder, and with neither", async () => {
    const both = openStore({ uri: "mongodb://localhost", folder: "data" });
    await expect(both).rejects.toBeInstanceOf(StoreChoiceError);
    await expect(both).rejects.toThrow("Unset MONGODB_URI, or leave the folder out.");
    await expect(openStore({ uri: "" })).rejects.toThrow("Set MONGODB_URI, or name a data folder.");
  });
});
