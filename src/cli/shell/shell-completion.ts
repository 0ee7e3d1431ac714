// Completion with Tab in the shell.
import { commandOf, commands } from "./shell-commands.js";

/** A completion that is offered. */
export interface ShellOffer {
  /** The text in a list of offers. */
  readonly label: string;
  /** The text that replaces the range `replace`, which is in offsets, `end` exclusive. */
  readonly insert: string;
  readonly replace: { readonly start: number; readonly end: number };
  /** A line that describes the offer. */
  readonly documentation: string;
}

/** Completions of the beginning of a query, best first. */
export type Suggest = (beginning: string) => Promise<readonly ShellOffer[]>;

/** The first few customers whose source id begins with a text: source ids and names. */
export type FindCustomers = (
  beginning: string,
) => Promise<readonly { readonly sourceId: string; readonly name: string }[]>;

/** The data for completion. */
export interface CompletionSources {
  readonly suggest: Suggest;
  readonly customers: FindCustomers;
}

/** The result of Tab: text that replaces the end of the line, or a list of offers if it is ambiguous. */
export interface Completed {
  /** How many characters before the cursor are removed. */
  readonly drop: number;
  readonly insert: string;
  /** The offers to show if nothing can be inserted. */
  readonly offers: readonly ShellOffer[];
}

const nothing: Completed = { drop: 0, insert: "", offers: [] };

/**
 * Completes an entry.
 * @param pending the earlier lines of the entry.
 * @param line the current line up to the cursor.
 */
export async function completeEntry(
  pending: string,
  line: string,
  { suggest, customers }: CompletionSources,
): Promise<Completed> {
  const entry = pending === "" ? line : `${pending}\n${line}`;
  const name = /^\s*\\(\S*)$/.exec(entry);
  if (name !== null) return choose(commandOffers(name[1] ?? "", entry.length), entry, line);
  const found = commandOf(entry);
  const query = found === undefined ? entry : found.query;
  if (query === undefined) {
    const id = found?.command?.takes === "customer" ? /\s("[^"]*|[^\s"]*)$/.exec(entry)?.[1] : undefined;
    return id === undefined
      ? nothing
      : choose(await customerOffers(id, entry.length, customers), entry, line);
  }
  const before = entry.length - query.length;
  const offers = await suggest(query);
  const placed = offers.map((offer) => ({
    ...offer,
    replace: { start: offer.replace.start + before, end: offer.replace.end + before },
  }));
  return choose(placed, entry, line);
}

function commandOffers(beginning: string, end: number): readonly ShellOffer[] {
  return commands
    .filter(({ name }) => name.startsWith(beginning.toLowerCase()))
    .map(({ name, argument, about }) => ({
      label: `\\${name} ${argument}`.trim(),
      insert: `\\${name}${argument === "" ? "" : " "}`,
      replace: { start: end - beginning.length - 1, end },
      documentation: about,
    }));
}

async function customerOffers(
  written: string,
  end: number,
  customers: FindCustomers,
): Promise<readonly ShellOffer[]> {
  const found = await customers(written.replace(/^"/, ""));
  return found.map(({ sourceId, name }) => ({
    label: sourceId,
    insert: /[\s"]/.test(sourceId) || written.startsWith('"') ? `"${sourceId}"` : sourceId,
    replace: { start: end - written.length, end },
    documentation: name,
  }));
}

/** Inserts the only offer, or the common prefix of the offers that continue the typed text; otherwise shows the offers. */
function choose(offers: readonly ShellOffer[], entry: string, line: string): Completed {
  const [first] = offers;
  if (first === undefined) return nothing;
  const drop = entry.length - first.replace.start;
  // Text of an earlier line can't be replaced.
  if (drop > line.length) return { ...nothing, offers };
  const typed = line.slice(line.length - drop);
  if (offers.length === 1) {
    const insert = /[\s(]$/.test(first.insert) ? first.insert : `${first.insert} `;
    // The offered text may already be typed; there is nothing to add.
    return insert === typed ? nothing : { drop, insert, offers: [] };
  }
  // Some offers match by a word in their middle; only those that begin with the typed text continue it.
  const going = offers.filter(
    (offer) =>
      offer.replace.start === first.replace.start &&
      offer.insert.toLowerCase().startsWith(typed.toLowerCase()),
  );
  const insert = commonBeginning(going.map((offer) => offer.insert));
  return insert.length > typed.length ? { drop, insert, offers: [] } : { ...nothing, offers };
}

function commonBeginning(texts: readonly string[]): string {
  const [first = "", ...others] = texts;
  let length = first.length;
  for (const text of others) {
    while (!text.toLowerCase().startsWith(first.slice(0, length).toLowerCase())) length -= 1;
  }
  return first.slice(0, length);
}
