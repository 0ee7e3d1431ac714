// `segmentql customer show`: a customer's profile, what they did, and which segments they are in.

import { formatMoney } from "../../catalog/money.js";
import type { CustomerDocument } from "../../documents/documents.js";
import { customerMemberships } from "../../membership/reads/of-customer.js";
import { findProject } from "../../projects/projects.js";
import { findCustomer } from "../../query/customer.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { asOfOption } from "../query/query-command.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { print } from "../terminal/output.js";
import { printable } from "../terminal/terminal-text.js";

export interface CustomerOptions extends GlobalOptions {
  readonly asOf?: string;
  readonly json?: boolean;
}

export async function showCustomerCommand(sourceId: string, options: CustomerOptions): Promise<void> {
  await withEngine(options, false, async (engine) => {
    const project = await findProject(engine, options.project);
    const customer = await findCustomer(engine, options.project, { sourceId });
    if (customer === undefined) {
      throw new CommandFailure(
        exitCodes.failure,
        printable(
          `There is no customer "${sourceId.slice(0, 80)}" in project ${options.project}. Case matters.`,
        ),
      );
    }
    const asOf = asOfOption(options.asOf, project);
    const found = await customerMemberships(engine, options.project, customer, { asOf });
    const segments = found.segments.flatMap(({ segment, member }) => (member ? [segment.name] : []));
    const { profile, activity } = customer;
    if (options.json) {
      print(
        JSON.stringify({ profile, activity, asOf: new Date(found.asOf).toISOString(), segments }, null, 2),
      );
      return;
    }
    print(printable(profile.name?.trim() || sourceId));
    for (const [label, value] of [...profileLines(customer), ...activityLines(customer, project.currency)])
      print(printable(`  ${label.padEnd(12)} ${value}`));
    if (asOf !== undefined) {
      const moment = new Date(asOf).toLocaleString("sv-SE", { timeZone: project.timezone });
      print(`\nAll this is as of now; as of ${moment} (${project.timezone}):`);
    }
    print(printable(`  ${"segments".padEnd(12)} ${segments.join(", ") || "none"}`));
    if (found.unanswerable.length > 0) {
      const names = found.unanswerable.map(({ name }) => name).join(", ");
      print(printable(`  ${"unknown".padEnd(12)} whether in ${names}: their queries have mistakes`));
    }
  });
}

type Line = readonly [label: string, value: string];

function profileLines({ profile }: CustomerDocument): readonly Line[] {
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

function activityLines({ activity }: CustomerDocument, currency: string): readonly Line[] {
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
      loyalty.campaigns.length > 0,
    ],
    [
      "gift cards",
      `${formatMoney(gift_cards.spent, currency)} spent, ${formatMoney(gift_cards.balance, currency)} left`,
      gift_cards.campaigns.length > 0,
    ],
  ];
  return lines.flatMap(([label, value, shown]) => (shown ? [[label, value] as const] : []));
}
