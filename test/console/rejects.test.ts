// The rejected records that a page shows: the first lines of their file, of which no more is read.
import { afterEach, expect, it, vi } from "vitest";
import { readRejects } from "../../src/console/definitions/rejects.js";

afterEach(() => vi.unstubAllGlobals());

const reject = (line: number) => ({ line, reason: "Not a žloty.", record: { id: line } });
const bytes = (text: string) => new TextEncoder().encode(text);

/** Answers with the chunks, one whenever it is asked for. */
function serve(chunks: Iterator<Uint8Array>) {
  const served = { chunks: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        const { done, value } = chunks.next();
        if (done) return controller.close();
        served.chunks += 1;
        controller.enqueue(value);
      },
      cancel: () => {
        served.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  vi.stubGlobal("fetch", async () => new Response(body));
  return served;
}

it("reads lines that any chunk may cut, also within a letter", async () => {
  const file = `${JSON.stringify(reject(1))}\n\n${JSON.stringify(reject(2))}\n${JSON.stringify(reject(3))}`;
  const each = [...bytes(file)].map((byte) => Uint8Array.of(byte));
  serve(each.values());
  expect(await readRejects("/rejects", 20)).toEqual([reject(1), reject(2), reject(3)]);
});

it("stops at the lines that are wanted, however long the file is", async () => {
  function* endless() {
    for (let line = 1; ; line += 1) yield bytes(`${JSON.stringify(reject(line))}\n`);
  }
  const served = serve(endless());
  expect(await readRejects("/rejects", 3)).toEqual([reject(1), reject(2), reject(3)]);
  expect(served).toEqual({ chunks: 3, isCancelled: true });
});
