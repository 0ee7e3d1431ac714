// Ways to ask one world the same query: the engine, the command line, GraphQL. Each at an as-of that is given, and at the
// present of a clock of that instant.
import { cp } from "node:fs/promises";
import { expect } from "vitest";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { exitCodes } from "../../src/cli/exit-codes.js";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { type ActivitySource, type EventStrategy, strategiesOf } from "../../src/pipeline/compile.js";
import { simplifyPlan } from "../../src/plan/simplify.js";
import { compilePredicate } from "../../src/predicate/compile.js";
import { findProject } from "../../src/projects/projects.js";
import { previewSegment } from "../../src/query/preview.js";
import { bindProducts } from "../../src/query/products.js";
import { checkText, checkTree } from "../../src/query/tree.js";
import type { Store } from "../../src/store/port.js";
import { runCommand } from "../cli/command-line.js";
import { mongoUri } from "../store/every-store.js";
import { documentsIn } from "../store/watched.js";

interface ErrorAnswer {
  readonly code: string;
  readonly severity: string;
  readonly span: { readonly start: number; readonly end: number };
}

export type Answered =
  | { readonly members: readonly string[]; readonly diagnostics: readonly ErrorAnswer[] }
  | { readonly members: null; readonly diagnostics: readonly ErrorAnswer[] };

export type Ask = (query: string) => Promise<Answered>;

/** Asks the engine itself; `activity` forces where figures are read from. */
export function askEngine(
  store: Store,
  now: number,
  asOf: number | undefined,
  activity?: ActivitySource,
): Ask {
  const engine: Engine = { store, clock: fixedClock(now) };
  return async (query) => {
    const { answer, diagnostics } = await previewSegment(engine, "default", { query, asOf, activity });
    return { members: answer === undefined ? null : await answer.sourceIds(), diagnostics };
  };
}

/** Asks the engine with a forced event strategy, if the query allows it; else with its own choice. */
export function askByStrategy(
  store: Store,
  now: number,
  activity: ActivitySource,
  wanted: EventStrategy,
): Ask {
  const engine: Engine = { store, clock: fixedClock(now) };
  return async (query) => {
    const { plan } = checkQuery(query, catalogOf(await findProject(engine, "default")), now);
    const strategy =
      plan !== undefined && strategiesOf(simplifyPlan(plan)).includes(wanted) ? wanted : undefined;
    const { answer, diagnostics } = await previewSegment(engine, "default", { query, activity, strategy });
    if (answer === undefined) return { members: null, diagnostics };
    const members = await answer.sourceIds();
    expect(await answer.count(), query).toBe(members.length);
    return { members, diagnostics };
  };
}

/** Asks what a query's tree says, when the tree has been JSON for a while. */
export function askAsTree(store: Store, now: number): Ask {
  const engine: Engine = { store, clock: fixedClock(now) };
  const ask = askEngine(store, now, undefined);
  return async (query) => {
    const { tree, canonical, diagnostics } = await checkText(engine, "default", query);
    if (canonical === undefined) return { members: null, diagnostics };
    const read = await checkTree(engine, "default", JSON.parse(JSON.stringify(tree)));
    expect(read, query).toMatchObject({ canonical, tree });
    return ask(read.text ?? "");
  };
}

/** Evaluates the closure of a query for every customer with its records. */
export function askPredicate(store: Store, now: number): Ask {
  const engine: Engine = { store, clock: fixedClock(now) };
  return async (query) => {
    const checked = checkQuery(query, catalogOf(await findProject(engine, "default")), now);
    const { plan, diagnostics } = checked;
    if (plan === undefined) return { members: null, diagnostics };
    const holds = compilePredicate((await bindProducts(store, plan)).where);
    const customers = await documentsIn(store, "customers", "default");
    const events = await documentsIn(store, "events", "default");
    const orders = await documentsIn(store, "orders", "default");
    const redemptions = await documentsIn(store, "redemptions", "default");
    const referrals = await documentsIn(store, "referrals", "default");
    const members = customers.filter(({ _id, ...customer }) =>
      holds({
        ...customer,
        records: {
          events: events.filter((event) => event.customer === _id),
          orders: orders.filter((order) => order.customer === _id),
          redemptions: redemptions.filter((redemption) => redemption.customer === _id),
          referrals: referrals.filter((referral) => referral.customer === _id),
        },
      }),
    );
    return { members: members.map(({ source_id }) => source_id), diagnostics };
  };
}

/** Where the command line finds a store's data: a folder, or a MongoDB's URI with the database in it. */
export interface CommandPlace {
  readonly data?: string;
  readonly uri?: string;
}

/** The same data, for the command line: another copy of a closed embedded store's folder, or the database itself. */
export async function commandPlace(place: string, isEmbedded: boolean): Promise<CommandPlace> {
  if (isEmbedded) {
    await cp(place, `${place}.copy`, { recursive: true });
    return { data: `${place}.copy` };
  }
  const uri = new URL(mongoUri ?? "");
  uri.pathname = `/${place}`;
  return { uri: uri.href };
}

/**
 * Asks `segmentql query --json`, and for what is wrong `segmentql check --json`, in this process. `clock` is what
 * SEGMENTQL_CLOCK says.
 */
export function askCommand(place: CommandPlace, clock: string | undefined, asOf: string | undefined): Ask {
  const run = commandsAt(place, clock);
  return async (query) => {
    const asked = await run(["query", query, "--json", ...(asOf === undefined ? [] : ["--as-of", asOf])]);
    if (asked.exitCode === 0) return { members: JSON.parse(asked.output).members, diagnostics: [] };
    expect(asked.exitCode, asked.errors).toBe(exitCodes.wrongQuery);
    const checked = await run(["check", query, "--json", ...(asOf === undefined ? [] : ["--as-of", asOf])]);
    expect(checked.exitCode, checked.errors).toBe(exitCodes.wrongQuery);
    return { members: null, diagnostics: JSON.parse(checked.output).diagnostics };
  };
}

/** The command line over a store's data. */
export function commandsAt({ data, uri }: CommandPlace, clock: string | undefined) {
  const place = data === undefined ? [] : ["--data", data];
  const environment = { SEGMENTQL_CLOCK: clock, MONGODB_URI: uri };
  return (words: readonly string[], input?: string) => runCommand([...place, ...words], input, environment);
}

const document = `query ($query: String!, $asOf: DateTime) {
  segmentPreview(query: $query, asOf: $asOf) {
    valid count
    diagnostics { code severity span { start end } }
    customers(first: 1000) { nodes { sourceId } pageInfo { hasNextPage } }
  }
}`;

/** Asks segmentPreview over HTTP. */
export function askGraphql(url: string, asOf: string | undefined): Ask {
  return async (query) => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: document, variables: { query, asOf } }),
    });
    const { data, errors } = (await response.json()) as ReturnType<typeof JSON.parse>;
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    const { valid, count, diagnostics, customers } = data.segmentPreview;
    if (!valid) return { members: null, diagnostics };
    const members = customers.nodes.map((node: { sourceId: string }) => node.sourceId);
    if (members.length !== count)
      throw new Error(`count is ${count}, and there are ${members.length} customers`);
    return { members, diagnostics };
  };
}
