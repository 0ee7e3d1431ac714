// `segmentql customer show`: a customer's profile, figures and segments.

import { formatMoney } from "../../catalog/money.js";
import type { CustomerDocument, ProjectDocument } from "../../documents/documents.js";
import type { Engine } from "../../engine.js";
import { customerMemberships } from "../../membership/reads/of-customer.js";
import { findProject } from "../../projects/projects.js";
import { findCustomer } from "../../query/customer.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import type { ListedCustomer } from "../query/listed-customer.js";
import { asOfOption } from "../query/query-command.js";
import type { ServerClient } from "../server/client.js";
import { customerOfServer } from "../server/customers.js";
import { definitionOfServer } from "../server/definition.js";
import { type GlobalOptions, withEither } from "../session.js";
import { print } from "../terminal/output.js";
import { printable } from "../terminal/terminal-text.js";

export interface CustomerOptions extends GlobalOptions {
  readonly asOf?: string;
  readonly json?: boolean;
}

export async function showCustomerCommand(sourceId: string, options: CustomerOptions): Promise<void> {
  const { customer, project, asOf, segments, unanswerable } = await withEither(options, false, {
    engine: (engine) => readCustomer(engine, sourceId, options),
    server: (client) => customerOver(client, sourceId, options),
  });
  const { profile, activity } = customer;
  if (options.json) {
    print(JSON.stringify({ profile, activity, asOf: asOf?.toISOString(), segments }, null, 2));
    return;
  }
  print(printable(profile.name?.trim() || sourceId));
  for (const [label, value] of [...profileLines(customer), ...activityLines(customer, project.currency)])
    print(printable(`  ${label.padEnd(12)} ${value}`));
  if (options.asOf !== undefined && asOf !== undefined) {
    const moment = asOf.toLocaleString("sv-SE", { timeZone: project.timezone });
    print(`\nAll this is as of now; as of ${moment} (${project.timezone}):`);
  }
  print(printable(`  ${"segments".padEnd(12)} ${segments.join(", ") || "none"}`));
  if (unanswerable.length > 0) {
    print(
      printable(
        `  ${"unknown".padEnd(12)} whether in ${unanswerable.join(", ")}: their queries have mistakes`,
      ),
    );
  }
}

interface ShownCustomer {
  readonly customer: ListedCustomer;
  readonly project: ProjectDocument;
  /** The instant of the memberships. */
  readonly asOf: Date;
  /** Names of segments. */
  readonly segments: readonly string[];
  /** Names of segments whose queries have mistakes. */
  readonly unanswerable: readonly string[];
}

async function readCustomer(
  engine: Engine,
  sourceId: string,
  options: CustomerOptions,
): Promise<ShownCustomer> {
  const project = await findProject(engine, options.project);
  const customer = await findCustomer(engine, options.project, { sourceId });
  if (customer === undefined) throw noSuchCustomer(sourceId, options.project);
  const asOf = asOfOption(options.asOf, project);
  const found = await customerMemberships(engine, options.project, customer, { asOf });
  const segments = found.segments.flatMap(({ segment, member }) => (member ? [segment.name] : []));
  const { profile } = customer;
  return {
    customer: { source_id: sourceId, profile, activity: listedActivity(customer) },
    project,
    asOf: new Date(found.asOf),
    segments,
    unanswerable: found.unanswerable.map(({ name }) => name),
  };
}

async function customerOver(
  client: ServerClient,
  sourceId: string,
  options: CustomerOptions,
): Promise<ShownCustomer> {
  const project = await definitionOfServer(client);
  const found = await customerOfServer(client, sourceId, asOfOption(options.asOf, project));
  if (found === undefined) throw noSuchCustomer(sourceId, options.project);
  return { ...found, project };
}

function noSuchCustomer(sourceId: string, project: string): CommandFailure {
  return new CommandFailure(
    exitCodes.failure,
    printable(`There is no customer "${sourceId.slice(0, 80)}" in project ${project}. Case matters.`),
  );
}

/** The shown figures of a customer. */
function listedActivity({ activity }: CustomerDocument): ListedCustomer["activity"] {
  const { redemptions, referrals, gift_cards, loyalty } = activity;
  const { items: _items, product_count: _products, ...orders } = activity.orders;
  return {
    orders,
    redemptions,
    referrals: { count: referrals.count },
    gift_cards: { spent: gift_cards.spent, balance: gift_cards.balance },
    loyalty: { points: loyalty.points, balance: loyalty.balance },
  };
}

type Line = readonly [label: string, value: string];

function profileLines({ profile }: ListedCustomer): readonly Line[] {
  const { address, source_id, consents, metadata } = profile;
  const place = [address?.city, address?.state, address?.postal_code, address?.country];
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    ["source id", source_id],
    ["email", profile.email],
    ["phone", profile.phone],
    ["address", place.filter((part) => part).join(", ")],
    ["created", profile.created_at],
    ["birthdate", profile.birthdate],
    ["source", profile.source],
    ["consents", consents?.join(", ")],
    ...Object.entries(metadata ?? {}).map(
      ([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)] as const,
    ),
  ];
  return lines.flatMap(([label, value]) => (value ? [[label, value] as const] : []));
}

function activityLines({ activity }: ListedCustomer, currency: string): readonly Line[] {
  const { orders, redemptions, referrals, loyalty, gift_cards } = activity;
  const orderLine = `${orders.count.toLocaleString("en")}, ${formatMoney(orders.total_amount, currency)} in all`;
  const last =
    orders.last_at === undefined ? "" : `, the last on ${orders.last_at.toISOString().slice(0, 10)}`;
  const lines: readonly (readonly [string, string, boolean])[] = [
    ["orders", `${orderLine}${last}`, true],
    ["redemptions", redemptions.count.toLocaleString("en"), redemptions.count > 0],
    ["referred", referrals.count.toLocaleString("en"), referrals.count > 0],
    [
      "points",
      `${loyalty.points.toLocaleString("en")}, ${loyalty.balance.toLocaleString("en")} left`,
      loyalty.points !== 0 || loyalty.balance !== 0,
    ],
    [
      "gift cards",
      `${formatMoney(gift_cards.spent, currency)} spent, ${formatMoney(gift_cards.balance, currency)} left`,
      gift_cards.spent !== 0 || gift_cards.balance !== 0,
    ],
  ];
  return lines.flatMap(([label, value, shown]) => (shown ? [[label, value] as const] : []));
}
