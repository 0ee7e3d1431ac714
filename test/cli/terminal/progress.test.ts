import { PassThrough } from "node:stream";
import { afterEach, expect, it, vi } from "vitest";
import { progressDisplay } from "../../../src/cli/terminal/progress.js";

afterEach(() => {
  vi.restoreAllMocks();
});

function display(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 120 }) as unknown as NodeJS.WriteStream;
  return { stream, progress: progressDisplay(stream) };
}

/** All that was written: from Node 26 on, a stream is read one write at a time. */
function writtenTo(stream: NodeJS.WriteStream): string {
  const parts: string[] = [];
  for (let part = stream.read(); part !== null; part = stream.read()) parts.push(String(part));
  return parts.join("");
}

it("draws a bar for each phase on a terminal, by bytes if those are known, and leaves the cursor visible", () => {
  const { stream, progress } = display(true);
  progress.update({ phase: "rows", done: 5_000, bytes: 250, totalBytes: 1_000 });
  progress.update({ phase: "gift_cards", done: 1_234, total: 2_468 });
  progress.stop();
  const drawn = writtenTo(stream);
  expect(drawn).toMatch(/rows {9}█{7,8}░+ {3,}25% {2}5,000, [\d,]+\/s/);
  expect(drawn).toMatch(/gift cards {2,}█{15}░{15} {3,}50% {2}1,234, [\d,]+\/s/);
  expect(drawn.lastIndexOf("\u001b[?25h")).toBeGreaterThan(drawn.lastIndexOf("\u001b[?25l"));
});

it("draws no share if the total is unknown", () => {
  const { stream, progress } = display(true);
  progress.update({ phase: "customers", done: 7 });
  progress.stop();
  const drawn = writtenTo(stream);
  expect(drawn).toMatch(/customers {4,}░{30} {2}7, /);
  expect(drawn).not.toContain("%");
});

it("prints a line now and then if there is no terminal", () => {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const lines: string[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => lines.push(String(text)) > 0);
  const { stream, progress } = display(false);
  for (let second = 1; second <= 12; second += 1) {
    now = second * 1_000;
    progress.update({ phase: "orders", done: second * 100, total: 2_000 });
  }
  progress.stop();
  expect(lines).toEqual(["orders: 25%  500, 100/s, 15 s left\n", "orders: 50%  1,000, 100/s, 10 s left\n"]);
  expect(stream.read()).toBeNull();
});
