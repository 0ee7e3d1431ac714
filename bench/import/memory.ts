// How much memory an import takes: files of order lines and of the exports that are recognised, each imported by a process that
// does nothing else.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";

export interface Memory {
  /** Peak memory of the process, in MB. */
  readonly rss: number;
  /** Peak of JavaScript's heap and buffers, in MB. */
  readonly heap: number;
  readonly seconds: number;
  /** How many documents a round trip compared; absent of an import alone. */
  readonly documents?: number;
}

/** Writes the lines of a file. */
export type LinesOf = (lines: number) => Generator<string>;

/** What is measured: an import alone, or a round trip: in, out by an export, in again, and every document compared. */
export type Measured = "memory" | "round-trip";

/** Writes a file of that many lines into `folder`, imports it in a process of its own, and removes it. */
export async function measureMemory(
  folder: string,
  lines: number,
  uri: string | undefined,
  content: LinesOf = orderLines,
  measured: Measured = "memory",
): Promise<Memory> {
  const file = join(folder, `lines-${lines}.csv`);
  await writeLines(file, content(lines));
  const child = fileURLToPath(new URL(`${measured}-child.js`, import.meta.url));
  const run = promisify(execFile);
  try {
    const { stdout } = await run(process.execPath, [
      `--max-old-space-size=${maxHeap[measured]}`,
      "--max-semi-space-size=8",
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
 * Node lets the heap grow to hundreds of megabytes before it collects garbage, so its size says nothing about what is needed.
 * Under this limit, an import that needed memory in proportion to the file would not finish.
 */
const maxHeap: Readonly<Record<Measured, number>> = {
  memory: 64,
  // Two stores are open, and pages of both are compared.
  "round-trip": 128,
};

/** The lines of an order are far apart, as in a file that is sorted by something else. */
function* orderLines(lines: number): Generator<string> {
  yield "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
  const orders = Math.ceil(lines / 3);
  for (let line = 0; line < lines; line += 1) {
    const order = (line * 7_919) % orders;
    const customer = order % Math.ceil(orders / 4);
    const product = line % 4_000;
    const day = String(1 + (order % 28)).padStart(2, "0");
    yield `${order},SKU${product},"Thing, number ${product}",${1 + (line % 5)},2011-10-${day} 16:21:00,1.25,${customer},France\n`;
  }
}

/** The first row of an export, repeated: each row has another customer and, if the columns name an order's id, another order. */
export function linesLike(fixture: string, orderColumns: readonly string[]): LinesOf {
  const [header, row] = parse(readFileSync(fixture), { relax_column_count: true, to: 2 }) as string[][];
  const written = (cells: readonly string[]): string =>
    `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`;
  return function* lines(count) {
    yield written(header!);
    for (let line = 0; line < count; line += 1) {
      const customer = orderColumns.length === 0 ? line : line % Math.ceil(count / 4);
      yield written(
        row!.map((cell, at) => {
          if (orderColumns.includes(header![at]!)) return String(1_000_000 + line);
          return cell.includes("@") ? `customer${customer}@example.com` : cell;
        }),
      );
    }
  };
}

async function writeLines(file: string, lines: Iterable<string>): Promise<void> {
  const output = createWriteStream(file);
  let text = "";
  for (const line of lines) {
    text += line;
    if (text.length < 65_536) continue;
    if (!output.write(text)) await once(output, "drain");
    text = "";
  }
  output.end(text);
  await once(output, "close");
}
