// `segmentql query`: how many customers a query finds, and who they are.

import { formatMoney } from "../../catalog/money.js";
import { stopwatch } from "../../clock.js";
import type { CustomerDocument, ProjectDocument } from "../../documents/documents.js";
import { findProject } from "../../projects/projects.js";
import { maxPageSize } from "../../query/page.js";
import { type PreviewAnswer, previewSegment } from "../../query/preview.js";
import type { ReadOptions } from "../../store/port.js";
import { parseAsOf } from "../instant.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { print, refuseWrongQuery } from "../terminal/output.js";
import { type Column, tableLines } from "../terminal/table.js";
import { queryText } from "./query-input.js";

export interface QueryOptions extends GlobalOptions {
  readonly asOf?: string;
  readonly json?: boolean;
  readonly limit?: number;
}

const defaultLimit = 20;

export async function queryCommand(argument: string | undefined, options: QueryOptions): Promise<void> {
  const source = await queryText(argument);
  await withEngine(options, false, async (engine) => {
    const elapsed = stopwatch();
    const project = await findProject(engine, options.project);
    const preview = await previewSegment(engine, options.project, {
      query: source,
      asOf: asOfOption(options.asOf, project),
    });
    refuseWrongQuery(source, preview.diagnostics);
    const answer = preview.answer!;
    const asOf = new Date(preview.asOf);
    if (options.json) {
      const members = options.limit === 0 ? [] : await answer.sourceIds(options.limit);
      const count = options.limit === undefined ? members.length : await answer.count();
      print(JSON.stringify({ count, asOf: asOf.toISOString(), tookMs: rounded(elapsed()), members }));
      return;
    }
    const count = await answer.count();
    const people = await firstCustomers(answer, options.limit ?? defaultLimit);
    print(headline(count, asOf, project.timezone, elapsed()));
    if (people.length > 0) {
      print();
      for (const line of peopleLines(people, project.currency, options.asOf !== undefined)) print(line);
    }
    const more = count - people.length;
    if (more > 0 && options.limit !== 0) {
      print(`\n${more.toLocaleString("en")} more: --limit N shows N of them, --json names all.`);
    }
  });
}

/** `--as-of` as an instant; undefined where it wasn't given. */
export function asOfOption(written: string | undefined, project: ProjectDocument): number | undefined {
  if (written === undefined) return undefined;
  return parseAsOf(written, project.timezone);
}

/** The first customers of an answer, in the usual order; at most `limit`. */
export async function firstCustomers(
  answer: Pick<PreviewAnswer, "customers">,
  limit: number,
  options?: ReadOptions,
): Promise<readonly CustomerDocument[]> {
  const people: CustomerDocument[] = [];
  let after: string | undefined;
  while (people.length < limit) {
    const first = Math.min(limit - people.length, maxPageSize);
    const page = await answer.customers({ first, after }, options);
    people.push(...page.customers);
    if (!page.hasNextPage) break;
    after = page.cursors.at(-1);
  }
  return people;
}

function columns(ofAnotherMoment: boolean): readonly Column[] {
  const when = ofAnotherMoment ? " NOW" : "";
  return [
    { title: "SOURCE ID", align: "left", widest: 40 },
    { title: "NAME", align: "left", widest: 30 },
    { title: "EMAIL", align: "left", widest: 40 },
    { title: "COUNTRY", align: "left", widest: 20 },
    { title: `ORDERS${when}`, align: "right", widest: 12 },
    { title: `TOTAL${when}`, align: "right", widest: 20 },
  ];
}

/**
 * The lines of a table of customers, its titles first.
 * @param ofAnotherMoment whether the customers are those of a moment that was asked for: what is told of them is today's, and
 * then says so.
 */
export function peopleLines(
  people: readonly CustomerDocument[],
  currency: string,
  ofAnotherMoment: boolean,
): readonly string[] {
  return tableLines(
    columns(ofAnotherMoment),
    people.map((person) => row(person, currency)),
  );
}

function row(person: CustomerDocument, currency: string): readonly string[] {
  const { profile, activity } = person;
  return [
    person.source_id,
    profile.name ?? "",
    profile.email ?? "",
    profile.address?.country ?? "",
    activity.orders.count.toLocaleString("en"),
    formatMoney(activity.orders.total_amount, currency),
  ];
}

/** `26 customers as of 2026-11-24 18:04:02 (Europe/Warsaw), found in 162 ms`. */
export function headline(count: number, asOf: Date, timezone: string, tookMs: number): string {
  const noun = count === 1 ? "customer" : "customers";
  const moment = asOf.toLocaleString("sv-SE", { timeZone: timezone });
  return `${count.toLocaleString("en")} ${noun} as of ${moment} (${timezone}), found in ${Math.round(tookMs)} ms`;
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
