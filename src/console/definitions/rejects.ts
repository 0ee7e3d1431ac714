// The records that an import rejected, as pages show the first of them.

/** A record that an import rejected. */
export interface Reject {
  readonly line: number;
  readonly reason: string;
  readonly record: unknown;
}

/** The first rejected records of an import's file of them; no more of the file is read. @throws Error if it cannot be read. */
export async function readRejects(path: string, most: number): Promise<readonly Reject[]> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
  if (answer.body === null) return [];
  const lines = await firstLines(answer.body, most);
  return lines.map((line) => JSON.parse(line) as Reject);
}

/** The first lines of a text that are not empty. The stream is cancelled as soon as they are read. */
async function firstLines(body: ReadableStream<Uint8Array>, most: number): Promise<readonly string[]> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const lines: string[] = [];
  let rest = "";
  try {
    while (lines.length < most) {
      const { done, value } = await reader.read();
      const parts = (rest + (done ? decoder.decode() : decoder.decode(value, { stream: true }))).split("\n");
      rest = done ? "" : (parts.pop() ?? "");
      lines.push(...parts.filter((line) => line !== ""));
      if (done) break;
    }
  } finally {
    await reader.cancel();
  }
  return lines.slice(0, most);
}
