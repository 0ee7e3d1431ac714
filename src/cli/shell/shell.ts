// The shell, independent of a terminal: answers entries one by one.
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { catalogOf } from "../../catalog/catalog.js";
import type { Catalog } from "../../catalog/model.js";
import { stopwatch } from "../../clock.js";
import { defaultProject, recentProject } from "../../projects/projects.js";
import { recentSegments } from "../../query/catalog.js";
import { previewSegment } from "../../query/preview.js";
import { suggestQuery } from "../../suggest/data/suggest-with-values.js";
import { outcomeOf } from "../outcome.js";
import { customerColumns } from "../query/customer-columns.js";
import { customerLines, firstCustomers, headline } from "../query/customer-list.js";
import { diagnosticsText } from "../query/diagnostics-text.js";
import { painter } from "../terminal/paint.js";
import { cutToWidth } from "../terminal/terminal-text.js";
import type { EntryOutcome, ShellRequest, ShellSession, ShellState, ShellSurroundings } from "./session.js";
import { commandOf } from "./shell-commands.js";
import type { FindCustomers, Suggest } from "./shell-completion.js";
import { isBlank } from "./shell-entry.js";

export interface Shell {
  /** Answers an entry: a query, or a command that begins with `\`. Never throws. */
  readonly execute: (entry: string, signal: AbortSignal) => Promise<EntryOutcome>;
  /** Completions of the beginning of a query, best first. */
  readonly suggest: Suggest;
  /** Customers whose source id begins with a text, for completion. */
  readonly customers: FindCustomers;
  /** The names that a query may use. */
  readonly catalog: () => Promise<Catalog>;
  /** The instant to answer for, in milliseconds since the epoch. */
  readonly asOf: () => number;
  /** The prompt. */
  readonly prompt: () => string;
}

const defaultShown = 10;

/** The most offers for Tab. */
const maxOffered = 50;
/** How long Tab waits for values of the data, in milliseconds: offers without them are better than a pause. */
const valuesMs = 500;

export function createShell(surroundings: ShellSurroundings): Shell {
  const { engine, project } = surroundings;
  const kept: ShellState = { limit: defaultShown };
  const paint = painter(surroundings.colours);
  return {
    async execute(entry, signal) {
      try {
        const definition = await recentProject(engine, project);
        return await run(entry, sessionOf({ ...surroundings, signal, paint, definition, kept }));
      } catch (error) {
        if (signal.aborted) return "stopped";
        surroundings.complain(paint("red", outcomeOf(error).message));
        return "failed";
      }
    },
    suggest: (query) =>
      suggestQuery(engine, project, {
        query,
        cursor: query.length,
        first: maxOffered,
        asOf: kept.asOf?.instant,
        patience: valuesMs,
      }),
    async customers(beginning) {
      const query =
        beginning === "" ? "source_id has any value" : `source_id starts with ${JSON.stringify(beginning)}`;
      const { answer } = await previewSegment(engine, project, { query });
      if (answer === undefined) return [];
      const found = await firstCustomers(answer, maxOffered, { maxTimeMs: valuesMs });
      return found.map(({ source_id, profile }) => ({ sourceId: source_id, name: profile.name ?? "" }));
    },
    async catalog() {
      const definition = await recentProject(engine, project);
      return catalogOf(definition, await recentSegments(engine, project));
    },
    asOf: () => kept.asOf?.instant ?? engine.clock(),
    prompt: () => {
      const when = kept.asOf === undefined ? "" : ` as of ${kept.asOf.written}`;
      const name = project === defaultProject ? "segmentql" : project;
      return `${paint("cyan", `${name}${when}`)}> `;
    },
  };
}

type Beginning = Pick<ShellSession, "signal" | "paint" | "definition" | "kept"> & ShellSurroundings;

function sessionOf(beginning: Beginning): ShellSession {
  const { engine, project, print, complain, colours, width, kept, signal, definition, paint } = beginning;
  const printDiagnostics = (query: string, diagnostics: readonly Diagnostic[]): void => {
    if (diagnostics.length > 0) complain(diagnosticsText(query, diagnostics, colours));
  };
  const preview = async (query: string): Promise<ShellRequest | undefined> => {
    const { answer, asOf, withValues } = await previewSegment(engine, project, {
      query,
      asOf: kept.asOf?.instant,
    });
    printDiagnostics(query, await withValues());
    if (answer === undefined) return undefined;
    kept.query = query;
    return { answer, asOf };
  };
  const table = (lines: readonly string[]): void => {
    const columns = width?.();
    for (const [index, line] of lines.entries()) {
      const shown = columns === undefined ? line : cutToWidth(line, columns);
      print(index === 0 ? paint("dim", shown) : shown);
    }
  };
  return {
    ...beginning,
    table,
    printDiagnostics,
    preview,
    async show(query, limit) {
      const elapsed = stopwatch();
      const asked = await preview(query);
      if (asked === undefined) return "mistake";
      const { answer, asOf } = asked;
      const count = await answer.count({ signal });
      const people = limit === 0 ? [] : await firstCustomers(answer, limit, { signal });
      print(paint("bold", headline(count, new Date(asOf), definition.timezone, elapsed())));
      if (people.length > 0)
        table(customerLines(people, customerColumns(definition, undefined, kept.asOf !== undefined)));
      const more = count - people.length;
      if (more > 0 && limit > 0) {
        print(paint("dim", `${more.toLocaleString("en")} more: \\limit N shows N of them from now on.`));
      }
      return "fine";
    },
  };
}

// Words that new users type instead of a command.
const plainWords: Readonly<Record<string, string>> = {
  help: "\\help",
  "?": "\\help",
  quit: "\\quit",
  exit: "\\quit",
};

async function run(entry: string, session: ShellSession): Promise<EntryOutcome> {
  const written = plainWords[entry.trim().toLowerCase()] ?? entry;
  const found = commandOf(written);
  if (found === undefined) return isBlank(written) ? "fine" : session.show(written, session.kept.limit);
  const { name, command, argument } = found;
  if (command === undefined) {
    session.complain(`There is no command \\${name}; \\help lists those that there are.`);
    return "mistake";
  }
  if (command.takes === "nothing" && argument !== "") {
    session.complain(`\\${command.name} takes nothing behind it.`);
    return "mistake";
  }
  return command.run(session, argument);
}
