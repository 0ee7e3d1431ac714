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
import {
  defineAttributeOnServer,
  impactOnServer,
  removeAttributeOnServer,
  renameAttributeOnServer,
} from "../server/attributes.js";
import type { ServerClient } from "../server/client.js";
import { type GlobalOptions, withEither } from "../session.js";
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
  const run = async (attributes: Attributes): Promise<void> => {
    if (rename !== undefined) {
      await attributes.rename(name, rename);
      print(printable(`"${name}" is "${rename}" now in project ${project}.`));
    } else if (remove) {
      await attributes.remove(name);
      print(printable(`Removed "${name}" from project ${project}.`));
    } else {
      await define(attributes, project, name, expression!, dryRun);
    }
  };
  await withEither(options, !dryRun, {
    engine: (engine) => run(attributesOf(engine, project)),
    server: (client) => run(attributesOnServer(client)),
  });
}

/** Changes a project's attributes, in the store or over a server. */
interface Attributes {
  readonly impact: (name: string, expression: string) => Promise<readonly Impact[]>;
  readonly define: (name: string, expression: string) => Promise<unknown>;
  readonly rename: (name: string, newName: string) => Promise<unknown>;
  readonly remove: (name: string) => Promise<unknown>;
}

type Impact = Omit<AttributeImpact, "segment"> & { readonly segment: { readonly name: string } };

function attributesOf(engine: Engine, project: string): Attributes {
  return {
    impact: (name, expression) => attributeImpact(engine, project, name, expression),
    define: (name, expression) => defineAttribute(engine, project, name, expression),
    rename: (name, newName) => renameAttribute(engine, project, name, newName),
    remove: (name) => removeAttribute(engine, project, name),
  };
}

function attributesOnServer(client: ServerClient): Attributes {
  return {
    impact: (name, expression) => impactOnServer(client, name, expression),
    define: (name, expression) => defineAttributeOnServer(client, name, expression),
    rename: (name, newName) => renameAttributeOnServer(client, name, newName),
    remove: (name) => removeAttributeOnServer(client, name),
  };
}

async function define(
  attributes: Attributes,
  project: string,
  name: string,
  expression: string,
  dryRun: boolean,
): Promise<void> {
  const impacts = await attributes.impact(name, expression);
  printImpacts(impacts);
  if (dryRun) {
    if (impacts.length === 0) print("No segment would change.");
    return;
  }
  await attributes.define(name, expression);
  print(printable(`Defined in project ${project}: ${name} (${expression}).`));
}

const columns = [
  { title: "SEGMENT", align: "left", widest: 40 },
  { title: "BEFORE", align: "right", widest: 12 },
  { title: "AFTER", align: "right", widest: 12 },
  { title: "ENTER", align: "right", widest: 12 },
  { title: "LEAVE", align: "right", widest: 12 },
] as const;

function printImpacts(impacts: readonly Impact[]): void {
  if (impacts.length === 0) return;
  const rows = impacts.map(({ segment, before, after, entering, leaving }) => [
    printable(segment.name),
    ...[before, after, entering, leaving].map((count) => count.toLocaleString("en")),
  ]);
  for (const line of tableLines(columns, rows)) print(line);
}
