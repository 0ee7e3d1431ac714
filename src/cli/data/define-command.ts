// `segmentql define`: adds to a project's definition, and changes the types of existing keys.
import { defineProject } from "../../definitions/define.js";
import { definitionOfMissing, type MissingKey, missingDefinitions } from "../../definitions/missing.js";
import { type RetypeOptions, type RetypeResult, type Retyping, retype } from "../../definitions/retype.js";
import type { ProjectDocument, PropertyType } from "../../documents/documents.js";
import { schemaOfEvents } from "../../facts/record-facts.js";
import { namedAs } from "../../facts/typed-values.js";
import { type ProjectDefinition, propertyTypes, readDefinition } from "../../projects/definition.js";
import { findDefinedProject, newProject } from "../../projects/projects.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { defineOnServer, definitionOfServer, undefinedNamesOfServer } from "../server/definition.js";
import { retypeOnServer } from "../server/retype.js";
import { type GlobalOptions, withEither } from "../session.js";
import { stoppable } from "../terminal/interruption.js";
import { complain, print } from "../terminal/output.js";
import { tableLines } from "../terminal/table.js";
import { printable } from "../terminal/terminal-text.js";

interface KeyOptions extends GlobalOptions {
  readonly of?: "customers" | "orders";
  readonly dryRun?: boolean;
}

export async function defineMetadataCommand(written: readonly string[], options: KeyOptions): Promise<void> {
  const keys = readKeys(written);
  const of = options.of ?? "customers";
  const field = of === "customers" ? "metadataSchema" : "orderMetadataSchema";
  await defineKeys(
    options,
    keys,
    of,
    (definition) => definition[field],
    (schema) => ({ [field]: schema }),
  );
}

export async function defineEventCommand(
  name: string,
  written: readonly string[],
  options: KeyOptions,
): Promise<void> {
  const keys = readKeys(written);
  const named = (definition: ProjectDocument) => namedAs(Object.keys(definition.eventSchemas), name) ?? name;
  await defineKeys(
    options,
    keys,
    { event: name },
    (definition) => schemaOfEvents(named(definition), definition),
    (schema, definition) => ({ eventSchemas: { [named(definition)]: schema } }),
  );
}

export async function defineConsentCommand(names: readonly string[], options: GlobalOptions): Promise<void> {
  await withEither(options, true, {
    engine: async (engine) => void (await defineProject(engine, options.project, { consents: names })),
    server: (client) => defineOnServer(client, { consents: [...names] }),
  });
  print(printable(`Defined in project ${options.project}: ${names.join(", ")}.`));
}

export async function defineProjectCommand(
  options: GlobalOptions & { readonly timezone?: string; readonly currency?: string },
): Promise<void> {
  const { project, timezone, currency } = options;
  const { timezone: zone, currency: code } = await withEither(options, true, {
    engine: (engine) => defineProject(engine, project, { timezone, currency }),
    server: async (client) => {
      await defineOnServer(client, { timezone, currency });
      return definitionOfServer(client);
    },
  });
  print(`Project ${project} is in ${zone} and counts in ${code}.`);
}

export async function defineMissingCommand(
  options: GlobalOptions & { readonly missing?: boolean; readonly yes?: boolean },
): Promise<void> {
  if (options.missing !== true) {
    throw new CommandFailure(
      exitCodes.usage,
      "Say what to define: metadata, event, consent, attribute or project, or --missing. segmentql help define shows examples.",
    );
  }
  await withEither(options, options.yes === true, {
    engine: (engine) =>
      defineMissing(options, {
        find: () =>
          stoppable("Stopped. Nothing was changed.", (signal) =>
            missingDefinitions(engine, options.project, { signal }),
          ),
        define: (definition) => defineProject(engine, options.project, definition),
      }),
    server: (client) =>
      defineMissing(options, {
        find: () => undefinedNamesOfServer(client),
        define: (definition) => defineOnServer(client, definition),
      }),
  });
}

interface MissingNames {
  readonly find: () => Promise<readonly MissingKey[]>;
  readonly define: (definition: ProjectDefinition) => Promise<unknown>;
}

async function defineMissing(
  { project, yes = false }: GlobalOptions & { readonly yes?: boolean },
  { find, define }: MissingNames,
): Promise<void> {
  const missing = await find();
  if (missing.length === 0) {
    print("The project defines everything that its data has.");
    return;
  }
  printMissing(missing);
  if (!yes) return;
  const mixed = missing.filter(hasSeveralTypes);
  if (mixed.length < missing.length) {
    await define(readDefinition(definitionOfMissing(missing)));
    print(`Defined in project ${project}.`);
  }
  if (mixed.length > 0)
    print(
      "Those of several types are not defined: no query can name them until their values are of one type.",
    );
}

const hasSeveralTypes = ({ kind, type }: MissingKey): boolean => kind !== "event" && type === undefined;

function printMissing(missing: readonly MissingKey[]): void {
  const columns = [
    { title: "KIND", align: "left", widest: 16 },
    { title: "NAME", align: "left", widest: 60 },
    { title: "TYPE", align: "left", widest: 12 },
    { title: "RECORDS", align: "right", widest: 16 },
  ] as const;
  const rows = missing.map(({ kind, event, name, type, count }) => [
    kind,
    printable(event === undefined ? name : `${event}: ${name}`),
    type ?? (kind === "event" ? "" : "several"),
    count.toLocaleString("en"),
  ]);
  for (const line of tableLines(columns, rows)) print(line);
}

type Schema = Readonly<Record<string, PropertyType>>;

/** Defines keys; keys that have another type are converted, one after the other. */
async function defineKeys(
  options: KeyOptions,
  keys: Schema,
  of: Retyping["of"],
  schemaOf: (definition: ProjectDocument) => Schema,
  definitionOf: (schema: Schema, definition: ProjectDocument) => object,
): Promise<void> {
  const { project, dryRun = false } = options;
  await withEither(options, !dryRun, {
    engine: async (engine) => {
      const definition = (await findDefinedProject(engine, project)) ?? newProject(project);
      const { added, changed } = apart(keys, schemaOf(definition));
      if (!dryRun && (Object.keys(added).length > 0 || changed.length === 0)) {
        await defineProject(engine, project, definitionOf(added, definition));
        printDefined(project, of, added);
      }
      for (const key of changed)
        await convert({ of, key, type: keys[key]! }, dryRun, (retyping, given) =>
          retype(engine, project, retyping, given),
        );
    },
    server: async (client) => {
      const definition = await definitionOfServer(client);
      const { added, changed } = apart(keys, schemaOf(definition));
      if (!dryRun && (Object.keys(added).length > 0 || changed.length === 0)) {
        await defineOnServer(client, readDefinition(definitionOf(added, definition)));
        printDefined(project, of, added);
      }
      const known = schemaOf(definition);
      for (const key of changed) {
        const from = known[namedAs(Object.keys(known), key)!]!;
        await convert({ of, key, type: keys[key]! }, dryRun, (retyping, given) =>
          retypeOnServer(client, retyping, from, given),
        );
      }
    },
  });
}

/** The new keys, and the names of the keys whose type changes. */
function apart(keys: Schema, known: Schema): { readonly added: Schema; readonly changed: readonly string[] } {
  const changed = Object.keys(keys).filter((key) => {
    const name = namedAs(Object.keys(known), key);
    return name !== undefined && known[name] !== keys[key];
  });
  const added = Object.fromEntries(Object.entries(keys).filter(([key]) => !changed.includes(key)));
  return { added, changed };
}

function printDefined(project: string, of: Retyping["of"], added: Schema): void {
  const keys = Object.entries(added).map(([key, type]) => `${key} (${type})`);
  const names = typeof of === "string" ? keys : [`event ${of.event}`, ...keys];
  print(printable(`Defined in project ${project}${names.length === 0 ? "" : `: ${names.join(", ")}`}.`));
}

/** The number of documents between two lines of a conversion's progress. */
const betweenLines = 100_000;

async function convert(
  retyping: Retyping,
  dryRun: boolean,
  change: (retyping: Retyping, options: RetypeOptions) => Promise<RetypeResult>,
): Promise<void> {
  const { key, type } = retyping;
  let said = 0;
  const result = await stoppable(
    "Stopped. Run the same command again and it goes on to the same end.",
    (signal) =>
      change(retyping, {
        dryRun,
        signal,
        onProgress: (done) => {
          if (done - said < betweenLines) return;
          said = done;
          complain(`${key}: ${done.toLocaleString("en")} records read`);
        },
      }),
  );
  printConversion(key, type, result, dryRun);
}

function printConversion(key: string, type: PropertyType, result: RetypeResult, dryRun: boolean): void {
  const { from, converted, unconverted, keptAs, examples } = result;
  const [is, are] = dryRun ? ["would be", "would be"] : ["is", "are"];
  print(
    printable(
      `${key} ${is} ${type} (was ${from}): ${converted.toLocaleString("en")} values ${are} converted, ${unconverted.toLocaleString("en")} can't be.`,
    ),
  );
  if (unconverted === 0) return;
  print(printable(`These ${are} kept as "${keptAs}":`));
  for (const { customer, value } of examples) print(printable(`  ${customer}: ${JSON.stringify(value)}`));
  if (unconverted > examples.length)
    print(`  and ${(unconverted - examples.length).toLocaleString("en")} more`);
}

/** @throws CommandFailure if a word is not KEY=TYPE. */
function readKeys(written: readonly string[]): Schema {
  const keys = written.map((word) => {
    const end = word.lastIndexOf("=");
    const [key, type] = [word.slice(0, end).trim(), word.slice(end + 1).trim()];
    const known = propertyTypes.find((each) => each === type);
    if (end === -1 || key === "" || known === undefined) {
      throw new CommandFailure(
        exitCodes.usage,
        printable(
          `"${word.slice(0, 80)}" is no key with its type. Write it as age=number; a type is one of ${propertyTypes.join(", ")}.`,
        ),
      );
    }
    return [key, known] as const;
  });
  return Object.fromEntries(keys);
}
