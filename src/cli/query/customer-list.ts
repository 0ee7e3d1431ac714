// Prints lists of customers: a table for people, or JSON, NDJSON and CSV for programs.
import { stopwatch } from "../../clock.js";
import type { ProjectDocument } from "../../documents/documents.js";
import { cellText, csvLine } from "../../export/customer-columns.js";
import { maxPageSize } from "../../query/page.js";
import type { ReadOptions } from "../../store/read-options.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { print } from "../terminal/output.js";
import { tableLines } from "../terminal/table.js";
import { type CustomerColumn, customerColumns, sortOrder } from "./customer-columns.js";
import type { CustomerListing, ListedCustomer, ListedPageRequest } from "./listed-customer.js";

const listFormats = ["table", "json", "ndjson", "csv"] as const;
type ListFormat = (typeof listFormats)[number];

/** The options of commands that list customers. */
export interface ListOptions {
  readonly asOf?: string;
  readonly format?: ListFormat;
  /** The same as `--format json`. */
  readonly json?: boolean;
  /** Attributes, separated by commas. */
  readonly columns?: string;
  /** An attribute, optionally followed by `asc` or `desc`. */
  readonly sort?: string;
  readonly limit?: number;
}

/** Customers to list, with a headline and further fields of the answer. */
export interface ListedCustomers {
  readonly answer: CustomerListing;
  /** The line above a table. */
  readonly headline: (count: number) => string;
  /** Fields of the JSON answer before `count` and the members. */
  readonly about: () => object;
}

/** The order of a list, by source id if none is given, and what its columns need. */
type ListRequest = Pick<ListedPageRequest, "sort" | "computedSort" | "computed">;

const defaultLimit = 20;

/** Prints customers in the format of the options. */
export async function printCustomers(
  { answer, headline, about }: ListedCustomers,
  definition: ProjectDocument,
  options: ListOptions,
): Promise<void> {
  const format = formatOf(options);
  const { limit } = options;
  const columns = customerColumns(definition, options.columns, options.asOf !== undefined);
  const order = sortOrder(definition, options.sort);
  const needed: ListRequest = { ...order, ...computedOf(columns) };
  const all = () => customersOf(answer, limit ?? Number.POSITIVE_INFINITY, needed);
  if (format === "ndjson") {
    for await (const customer of all()) print(JSON.stringify(recordOf(customer, columns)));
  } else if (format === "csv") {
    print(csvLine(columns.map(({ name }) => name)));
    for await (const customer of all()) print(csvLine(columns.map(({ value }) => cellText(value(customer)))));
  } else if (format === "json") {
    const members = await jsonMembers(answer, options, columns, needed);
    const count = limit === undefined ? members.members.length : await answer.count();
    print(JSON.stringify({ count, ...about(), ...members }));
  } else {
    const count = await answer.count();
    const shown = await firstCustomers(answer, limit ?? defaultLimit, undefined, needed);
    print(headline(count));
    if (shown.length > 0) print();
    for (const line of shown.length > 0 ? customerLines(shown, columns) : []) print(line);
    const more = count - shown.length;
    if (more > 0 && limit !== 0)
      print(`\n${more.toLocaleString("en")} more: --limit N shows N of them, --format csv all of them.`);
  }
}

function formatOf({ format, json }: ListOptions): ListFormat {
  if (json && format !== undefined && format !== "json")
    throw new CommandFailure(
      exitCodes.usage,
      `--json is --format json, and --format ${format} was asked for, too. Write one.`,
    );
  return json ? "json" : (format ?? "table");
}

/** The members as source ids, for which no customer is read; with `--columns` or `--sort`, as `customers` with their columns. */
async function jsonMembers(
  answer: ListedCustomers["answer"],
  { limit, columns: written }: ListOptions,
  columns: readonly CustomerColumn[],
  needed: ListRequest,
) {
  if (written === undefined && needed.sort === undefined && needed.computedSort === undefined)
    return { members: limit === 0 ? [] : await answer.sourceIds(limit) };
  const customers: ListedCustomer[] = [];
  for await (const customer of customersOf(answer, limit ?? Number.POSITIVE_INFINITY, needed))
    customers.push(customer);
  const members = customers.map(({ source_id }) => source_id);
  if (written === undefined) return { members };
  return { members, customers: customers.map((customer) => recordOf(customer, columns)) };
}

function computedOf(columns: readonly CustomerColumn[]): Pick<ListRequest, "computed"> {
  const computed = columns.flatMap((column) => column.computed ?? []);
  return computed.length === 0 ? {} : { computed };
}

function recordOf(customer: ListedCustomer, columns: readonly CustomerColumn[]): object {
  return Object.fromEntries(columns.map(({ name, value }) => [name, value(customer)]));
}

/** The customers of an answer one by one, read a page at a time. */
async function* customersOf(
  answer: Pick<CustomerListing, "customers">,
  limit: number,
  request: ListRequest = {},
  options?: ReadOptions,
): AsyncGenerator<ListedCustomer> {
  let [left, after]: [number, string | undefined] = [limit, undefined];
  while (left > 0) {
    const page = await answer.customers({ first: Math.min(left, maxPageSize), after, ...request }, options);
    yield* page.customers;
    if (!page.hasNextPage) return;
    left -= page.customers.length;
    after = page.cursors.at(-1);
  }
}

/** The first customers of an answer, at most `limit`; ordered by source id by default. */
export async function firstCustomers(
  answer: Pick<CustomerListing, "customers">,
  limit: number,
  options?: ReadOptions,
  request?: ListRequest,
): Promise<readonly ListedCustomer[]> {
  const customers: ListedCustomer[] = [];
  for await (const customer of customersOf(answer, limit, request, options)) customers.push(customer);
  return customers;
}

/** The lines of a table of customers, including its header. */
export function customerLines(
  customers: readonly ListedCustomer[],
  columns: readonly CustomerColumn[],
): readonly string[] {
  return tableLines(
    columns.map(({ column }) => column),
    customers.map((customer) => columns.map(({ text }) => text(customer))),
  );
}

/** `26 customers as of 2026-11-24 18:04:02 (Europe/Warsaw), found in 162 ms`. */
export function headline(count: number, asOf: Date, timezone: string, tookMs: number): string {
  const moment = asOf.toLocaleString("sv-SE", { timeZone: timezone });
  return `${customersText(count)} as of ${moment} (${timezone}), found in ${Math.round(tookMs)} ms`;
}

/** `1 customer`, `1,284 customers`. */
export function customersText(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "customer" : "customers"}`;
}

/** A stopwatch: the milliseconds since its creation, rounded to microseconds. */
export function roundedStopwatch(): () => number {
  const elapsed = stopwatch();
  return () => Math.round(elapsed() * 1_000) / 1_000;
}
