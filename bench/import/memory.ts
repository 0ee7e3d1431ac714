// How much memory an import takes: files of order lines, each imported by a process that does nothing else.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export interface Memory {
  /** The most that the process had at once, in MB. */
  readonly rss: number;
  /** The most of it that was JavaScript's heap and buffers, in MB. */
  readonly heap: number;
  readonly seconds: number;
}

/** Writes a file of that many lines into `folder`, imports it, and removes it. */
export async function measureMemory(folder: string, lines: number, uri: string | undefined): Promise<Memory> {
  const file = join(folder, `lines-${lines}.csv`);
  await writeLines(file, lines);
  const child = fileURLToPath(new URL("memory-child.js", import.meta.url));
  const run = promisify(execFile);
  try {
    const { stdout } = await run(process.execPath, [
      ...limits,
      child,
      file,
      ...(uri === undefined ? [] : [uri]),
    ]);
    return JSON.parse(stdout) as Memory;
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * Node lets the heap grow to hundreds of megabytes before it collects what is no longer used, which says nothing of what is
 * needed. Held to this, an import that needed memory in proportion to the file would not come to its end.
 */
export const mostHeap = 64;
const limits = [`--max-old-space-size=${mostHeap}`, "--max-semi-space-size=8"];

const header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

/** The lines of an order lie far apart, as in a file that was sorted by something else. */
async function writeLines(file: string, lines: number): Promise<void> {
  const output = createWriteStream(file);
  output.write(header);
  const orders = Math.ceil(lines / 3);
  let text = "";
  for (let line = 0; line < lines; line += 1) {
    const order = (line * 7_919) % orders;
    const customer = order % Math.ceil(orders / 4);
    const product = line % 4_000;
    const day = String(1 + (order % 28)).padStart(2, "0");
    text += `${order},SKU${product},"Thing, number ${product}",${1 + (line % 5)},2011-10-${day} 16:21:00,1.25,${customer},France\n`;
    if (text.length < 65_536) continue;
    if (!output.write(text)) await once(output, "drain");
    text = "";
  }
  output.end(text);
  await once(output, "close");
}
