// Tab in the shell: what can be written at the cursor.
import { commandOf, commands } from "./shell-commands.js";

/** Something that could be written. */
export interface Offer {
  /** What a list shows. */
  readonly label: string;
  /** What to put where `replace` is: offsets in the text, `end` exclusive. */
  readonly insert: string;
  readonly replace: { readonly start: number; readonly end: number };
  /** One line on what it is. */
  readonly documentation: string;
}

/** What could be written at the end of a query that was begun, best first. */
export type Suggest = (beginning: string) => Promise<readonly Offer[]>;

/** Source ids of customers that begin so, and whose they are; at most a few. */
export type FindCustomers = (
  beginning: string,
) => Promise<readonly { readonly sourceId: string; readonly name: string }[]>;

/** What completion asks of the data. */
export interface CompletionSources {
  readonly suggest: Suggest;
  readonly customers: FindCustomers;
}

/** What Tab comes to: text that replaces the end of the line, or a list to choose from where it isn't sure. */
export interface Completed {
  /** How many characters before the cursor go. */
  readonly drop: number;
  readonly insert: string;
  /** Shown where nothing can be put in for sure. */
  readonly offers: readonly Offer[];
}

const nothing: Completed = { drop: 0, insert: "", offers: [] };

/**
 * Completes an entry.
 * @param pending the lines of the entry before this one.
 * @param line this one up to the cursor.
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

function commandOffers(beginning: string, end: number): readonly Offer[] {
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
): Promise<readonly Offer[]> {
  const found = await customers(written.replace(/^"/, ""));
  return found.map(({ sourceId, name }) => ({
    label: sourceId,
    insert: /[\s"]/.test(sourceId) || written.startsWith('"') ? `"${sourceId}"` : sourceId,
    replace: { start: end - written.length, end },
    documentation: name,
  }));
}

/** Puts in the only offer, or what all that go on from what is typed begin with; else shows them. */
function choose(offers: readonly Offer[], entry: string, line: string): Completed {
  const [first] = offers;
  if (first === undefined) return nothing;
  const drop = entry.length - first.replace.start;
  // What was written on an earlier line can't be changed from this one.
  if (drop > line.length) return { ...nothing, offers };
  const typed = line.slice(line.length - drop);
  if (offers.length === 1) {
    const insert = /[\s(]$/.test(first.insert) ? first.insert : `${first.insert} `;
    // The offered words may be typed already; what follows them is in no list.
    return insert === typed ? nothing : { drop, insert, offers: [] };
  }
  // Some are found by a word in their middle; those that begin as is typed say how it goes on.
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
