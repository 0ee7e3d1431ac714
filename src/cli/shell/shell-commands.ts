// The commands of the shell, which begin with `\`, one row for each.
import { catalogOf, listAttributes } from "../../catalog/catalog.js";
import { readInstant } from "../../facts/instants.js";
import { listSegments } from "../../segments/list.js";
import { why } from "../../why/why.js";
import { attributeLines } from "../query/attributes-command.js";
import { explanationLines } from "../query/explain-command.js";
import { mongoshCommand } from "../query/mongosh.js";
import { clauseLines, nearestLines } from "../query/why-command.js";
import { tableLines } from "../terminal/table.js";
import { printable } from "../terminal/terminal-text.js";
import type { EntryOutcome, ShellSession } from "./session.js";

export interface ShellCommand {
  readonly name: string;
  /** The argument: a query (by default the last one), a customer and a query, words, or nothing. */
  readonly takes: "query" | "customer" | "words" | "nothing";
  /** How the argument is shown in the help. */
  readonly argument: string;
  readonly about: string;
  readonly run: (session: ShellSession, argument: string) => Promise<EntryOutcome> | EntryOutcome;
}

/** The most customers that are shown at once. */
const maxShown = 1_000;
const maxSegments = 1_000;

export const commands: readonly ShellCommand[] = [
  {
    name: "count",
    takes: "query",
    argument: "[QUERY]",
    about: "how many customers it finds, and not who",
    run: (session, argument) => withQuery(session, argument, (query) => session.show(query, 0)),
  },
  {
    name: "why",
    takes: "customer",
    argument: "ID [QUERY]",
    about: "why the customer of this source id is in or out, and what would let them in",
    run: showWhy,
  },
  {
    name: "explain",
    takes: "query",
    argument: "[QUERY]",
    about: "how the store finds them, and what it reads for that",
    run: (session, argument) =>
      withAnswer(session, argument, async ({ answer }) => {
        session.table(explanationLines(await answer.explain({ signal: session.signal })));
      }),
  },
  {
    name: "pipeline",
    takes: "query",
    argument: "[QUERY]",
    about: "the MongoDB aggregation pipeline that it comes to, for mongosh",
    run: (session, argument) =>
      withAnswer(session, argument, async ({ answer }) => {
        session.print(mongoshCommand("customers", await answer.pipeline()));
      }),
  },
  {
    name: "format",
    takes: "query",
    argument: "[QUERY]",
    about: "the query as everybody would write it",
    run: (session, argument) =>
      withAnswer(session, argument, async ({ answer }) => session.print(answer.canonical)),
  },
  {
    name: "asof",
    takes: "words",
    argument: "[MOMENT]",
    about: "answer for that moment from now on, as 2026-02-01; without one, for the present again",
    run: setAsOf,
  },
  {
    name: "limit",
    takes: "words",
    argument: "N",
    about: `how many customers are shown, 0 to ${maxShown.toLocaleString("en")}`,
    run: setLimit,
  },
  {
    name: "attributes",
    takes: "words",
    argument: "[PART]",
    about: "what a query may name; with PART, only what has that in its name",
    run: showAttributes,
  },
  {
    name: "events",
    takes: "nothing",
    argument: "",
    about: "the events that a query may name, and their properties",
    run: showEvents,
  },
  {
    name: "segments",
    takes: "nothing",
    argument: "",
    about: "the segments that a query may name",
    run: showSegments,
  },
  { name: "help", takes: "nothing", argument: "", about: "this", run: showHelp },
  { name: "quit", takes: "nothing", argument: "", about: "leave; so does exit", run: () => "quit" },
];

/** Names of the same commands in other shells. */
const aliases: Readonly<Record<string, string>> = { "?": "help", exit: "quit", q: "quit" };

export interface FoundCommand {
  readonly name: string;
  /** Undefined if there is no command of that name. */
  readonly command: ShellCommand | undefined;
  readonly argument: string;
  /** The part of the argument that is a query, or the beginning of one, up to the entry's end; undefined if there can be none. */
  readonly query: string | undefined;
}

/** A customer's id, quoted if it contains a space, and the rest. */
const customerThenQuery = /^("[^"]*"|\S+)(?:\s+(.*))?$/s;

/** The command of an entry; undefined if the entry is a query. An unambiguous prefix of a command's name is enough. */
export function commandOf(entry: string): FoundCommand | undefined {
  const match = /^\s*\\(\S*)\s*(.*)$/s.exec(entry);
  if (match === null) return undefined;
  const name = match[1] ?? "";
  const wanted = aliases[name.toLowerCase()] ?? name.toLowerCase();
  const beginning = wanted === "" ? [] : commands.filter((command) => command.name.startsWith(wanted));
  const command = beginning.find((each) => each.name === wanted) ?? onlyOne(beginning);
  const argument = match[2] ?? "";
  const query =
    command?.takes === "query"
      ? argument
      : command?.takes === "customer"
        ? customerThenQuery.exec(argument)?.[2]
        : undefined;
  return { name, command, argument: argument.trimEnd(), query };
}

function onlyOne(found: readonly ShellCommand[]): ShellCommand | undefined {
  return found.length === 1 ? found[0] : undefined;
}

/** Runs `use` with the written query, or without one with the last query. */
async function withQuery(
  session: ShellSession,
  argument: string,
  use: (query: string) => Promise<EntryOutcome>,
): Promise<EntryOutcome> {
  const query = argument === "" ? session.kept.query : argument;
  if (query !== undefined) return use(query);
  session.complain("There is no query yet. Write it behind the command, or ask it first.");
  return "mistake";
}

function withAnswer(
  session: ShellSession,
  argument: string,
  use: (asked: NonNullable<Awaited<ReturnType<ShellSession["preview"]>>>) => Promise<void>,
): Promise<EntryOutcome> {
  return withQuery(session, argument, async (query) => {
    const asked = await session.preview(query);
    if (asked === undefined) return "mistake";
    await use(asked);
    return "fine";
  });
}

async function showWhy(session: ShellSession, argument: string): Promise<EntryOutcome> {
  const found = customerThenQuery.exec(argument);
  if (found === null) {
    session.complain(
      "Write the source id of a customer behind \\why, as the first column of an answer has it.",
    );
    return "mistake";
  }
  const sourceId = (found[1] ?? "").replace(/^"(.*)"$/s, "$1");
  return withQuery(session, found[2] ?? "", async (query) => {
    const { engine, project, signal, kept, colours, print } = session;
    const request = { query, customer: { sourceId }, asOf: kept.asOf?.instant };
    const { answer, diagnostics } = await why(engine, project, request, { signal });
    session.printDiagnostics(query, diagnostics);
    if (answer === undefined) return "mistake";
    kept.query = query;
    print(session.paint("bold", printable(`${sourceId} is ${answer.clause.holds ? "in" : "out"}`)));
    for (const line of clauseLines(answer.clause, colours)) print(line);
    for (const line of nearestLines(await answer.nearest?.({ signal }))) print(line);
    return "fine";
  });
}

function setAsOf({ kept, definition, print, complain }: ShellSession, argument: string): EntryOutcome {
  if (argument === "" || argument.toLowerCase() === "now") {
    kept.asOf = undefined;
    print("Answers are for the present.");
    return "fine";
  }
  const { timezone } = definition;
  const instant = readInstant(argument, timezone);
  if (instant === undefined) {
    complain(
      `"${argument.slice(0, 80)}" is no moment. Write one as 2026-02-01, 2026-02-01T10:00 (both in ${timezone}) or 2026-02-01T10:00:00Z; \\asof alone goes back to the present.`,
    );
    return "mistake";
  }
  kept.asOf = { written: argument, instant };
  const moment = new Date(instant).toLocaleString("sv-SE", { timeZone: timezone });
  print(
    `Answers are for ${moment} (${timezone}): orders and events as they were then, profiles as they are.`,
  );
  return "fine";
}

function setLimit({ kept, print, complain }: ShellSession, argument: string): EntryOutcome {
  const limit = Number(argument);
  if (!/^\d{1,6}$/.test(argument) || limit > maxShown) {
    complain(`Write a whole number from 0 to ${maxShown.toLocaleString("en")} behind \\limit.`);
    return "mistake";
  }
  kept.limit = limit;
  print(limit === 0 ? "Only the number is shown." : `At most ${limit.toLocaleString("en")} are shown.`);
  return "fine";
}

function showAttributes({ definition, print, table }: ShellSession, argument: string): EntryOutcome {
  const wanted = argument.toLowerCase();
  const found = listAttributes(catalogOf(definition)).filter(({ name, phrases }) =>
    [name, ...phrases].some((each) => each.toLowerCase().includes(wanted)),
  );
  if (found.length === 0) print(`No attribute has "${argument}" in its name; \\attributes lists them all.`);
  else table(attributeLines(found));
  return "fine";
}

function showEvents({ definition, table }: ShellSession): EntryOutcome {
  const lines = tableLines(
    [
      { title: "EVENT", align: "left", widest: 40 },
      { title: "ITS PROPERTIES", align: "left", widest: 400 },
    ],
    catalogOf(definition).events.map(({ name, properties }) => [
      name,
      properties.map((property) => `${property.name} (${property.type})`).join(", "),
    ]),
  );
  table(lines);
  return "fine";
}

async function showSegments({ engine, project, print, table }: ShellSession): Promise<EntryOutcome> {
  const segments = await listSegments(engine, project);
  if (segments.length === 0) {
    print("There are no segments yet.");
    return "fine";
  }
  const lines = tableLines(
    [
      { title: "SEGMENT", align: "left", widest: 40 },
      { title: "KIND", align: "left", widest: 12 },
      { title: "WHO", align: "left", widest: 400 },
    ],
    segments
      .slice(0, maxSegments)
      .map(({ name, kind, query, members }) => [
        name,
        kind.replace("_", "-"),
        query?.canonical.replace(/\s+/g, " ") ??
          `${(members?.size ?? 0).toLocaleString("en")} chosen customers`,
      ]),
  );
  table(lines);
  if (segments.length > maxSegments) print("There are more.");
  return "fine";
}

function showHelp({ print, paint }: ShellSession): EntryOutcome {
  const shown = commands.map(({ name, argument, about }) => ({
    usage: `\\${name} ${argument}`.trim(),
    about,
  }));
  const widest = Math.max(...shown.map(({ usage }) => usage.length));
  print(
    "Type a sentence and press Enter: it is answered with how many customers it means, and the first of them.",
  );
  print("");
  for (const { usage, about } of shown) print(`  ${paint("cyan", usage.padEnd(widest))}  ${about}`);
  print("");
  print("Without a QUERY the last one is meant. The beginning of a command's name is enough.");
  print(
    "A query goes on in the next line where a bracket or quote is open, or where the line ends with and, or, not or \\.",
  );
  print("Tab completes. Ctrl+C stops a query that runs, and twice leaves.");
  return "fine";
}
