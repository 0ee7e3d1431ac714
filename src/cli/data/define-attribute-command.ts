// `segmentql define attribute`: attributes that a project defines by expressions.
import {
  type AttributeImpact,
  attributeImpact,
  defineAttribute,
  removeAttribute,
  renameAttribute,
} from "../../definitions/attributes.js";
import type { Engine } from "../../engine.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { print } from "../terminal/output.js";
import { tableLines } from "../terminal/table.js";
import { printable } from "../terminal/terminal-text.js";

interface AttributeOptions extends GlobalOptions {
  readonly rename?: string;
  readonly remove?: boolean;
  readonly dryRun?: boolean;
}

export async function defineAttributeCommand(
  name: string,
  expression: string | undefined,
  options: AttributeOptions,
): Promise<void> {
  const { project, rename, remove = false, dryRun = false } = options;
  const asked = [expression !== undefined, rename !== undefined, remove].filter(Boolean).length;
  if (asked !== 1 || (dryRun && expression === undefined)) {
    throw new CommandFailure(
      exitCodes.usage,
      'Give an expression, as segmentql define attribute "lifetime value" "sum of amount of order"; or --rename or --remove.',
    );
  }
  await withEngine(options, !dryRun, async (engine) => {
    if (rename !== undefined) {
      await renameAttribute(engine, project, name, rename);
      print(printable(`"${name}" is "${rename}" now in project ${project}.`));
    } else if (remove) {
      await removeAttribute(engine, project, name);
      print(printable(`Removed "${name}" from project ${project}.`));
    } else {
      await define(engine, project, name, expression!, dryRun);
    }
  });
}

async function define(
  engine: Engine,
  project: string,
  name: string,
  expression: string,
  dryRun: boolean,
): Promise<void> {
  const impacts = await attributeImpact(engine, project, name, expression);
  printImpacts(impacts);
  if (dryRun) {
    if (impacts.length === 0) print("No segment would change.");
    return;
  }
  await defineAttribute(engine, project, name, expression);
  print(printable(`Defined in project ${project}: ${name} (${expression}).`));
}

const columns = [
  { title: "SEGMENT", align: "left", widest: 40 },
  { title: "BEFORE", align: "right", widest: 12 },
  { title: "AFTER", align: "right", widest: 12 },
  { title: "ENTER", align: "right", widest: 12 },
  { title: "LEAVE", align: "right", widest: 12 },
] as const;

function printImpacts(impacts: readonly AttributeImpact[]): void {
  if (impacts.length === 0) return;
  const rows = impacts.map(({ segment, before, after, entering, leaving }) => [
    printable(segment.name),
    ...[before, after, entering, leaving].map((count) => count.toLocaleString("en")),
  ]);
  for (const line of tableLines(columns, rows)) print(line);
}
