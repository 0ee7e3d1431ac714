import { expect, it } from "vitest";
import { tableLines } from "../../../src/cli/terminal/table.js";

it("aligns columns by display width, cuts wide cells, and neutralises control sequences", () => {
  const lines = tableLines(
    [
      { title: "ID", align: "left", widest: 10 },
      { title: "NAME", align: "left", widest: 8 },
      { title: "ORDERS", align: "right", widest: 10 },
    ],
    [
      ["a-1", "東京", "1,234"],
      ["a-22", "Anna\u001b[2J", "5"],
      ["a-3", "Maximiliana", ""],
    ],
  );
  expect(lines).toEqual([
    "ID    NAME      ORDERS",
    "a-1   東京       1,234",
    "a-22  Anna␛[2J       5",
    "a-3   Maximil…",
  ]);
});
