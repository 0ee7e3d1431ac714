// `segmentql redemption`: what may be redeemed, redemptions, and their rollback.
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { refuseUserErrors, type UserError } from "../server/client.js";
import type { GlobalOptions } from "../session.js";
import { print } from "../terminal/output.js";
import { printable } from "../terminal/terminal-text.js";
import { payloadOf, withApi } from "./api.js";

export interface RedemptionOptions extends GlobalOptions {
  readonly json?: boolean;
  readonly code?: string;
  readonly campaign?: string;
  readonly order?: string;
  readonly orderId?: string;
  readonly points?: number;
  readonly idempotencyKey?: string;
}

interface Obstacle {
  readonly kind: string;
  readonly message: string;
  readonly rule: { readonly name: string } | null;
  readonly why?: {
    readonly clauses: readonly {
      readonly holds: boolean;
      readonly sentence: string;
      readonly kind: string;
    }[];
    readonly nearest: { readonly sentences: readonly string[] } | null;
  } | null;
}

interface Validation {
  readonly valid: boolean;
  readonly obstacles: readonly Obstacle[];
  readonly campaign: { readonly name: string } | null;
  readonly discountAmount: { readonly formatted: string } | null;
}

const validationFields = `valid campaign { name } discountAmount { formatted }
  obstacles { kind message rule { name } why { clauses { kind holds sentence } nearest { sentences } } }`;

/** What the options redeem. @throws CommandFailure unless they name one thing. */
function targetOf({ code, campaign }: RedemptionOptions): object {
  if ((code === undefined) === (campaign === undefined))
    throw new CommandFailure(exitCodes.usage, "Redeem a --code or a --campaign: exactly one of them.");
  return code === undefined ? { campaign: { name: campaign } } : { code };
}

function orderOf({ order, orderId }: RedemptionOptions): object | undefined {
  if (order !== undefined) return { amount: { amount: order }, sourceId: orderId };
  if (orderId === undefined) return undefined;
  throw new CommandFailure(
    exitCodes.usage,
    "--order-id names an order: give its amount with --order as well.",
  );
}

/** Validates a redemption. If there are obstacles, the command fails. */
export async function validateCommand(customer: string, options: RedemptionOptions): Promise<void> {
  const variables = { target: targetOf(options), customer, order: orderOf(options), points: options.points };
  const { redemptionValidate: found } = await withApi(options, false, (ask) =>
    ask<{ readonly redemptionValidate: Validation }>(
      `query ($target: RedemptionTargetInput!, $customer: String!, $order: RedemptionOrderInput, $points: Int) {
        redemptionValidate(target: $target, redeemer: { customer: { sourceId: $customer } }, order: $order,
          points: $points) {
          ${validationFields} } }`,
      variables,
    ),
  );
  if (options.json) print(JSON.stringify(found, null, 2));
  else for (const line of validationLines(found)) print(line);
  if (!found.valid) throw new CommandFailure(exitCodes.failure, "It can't be redeemed.");
}

/** Lists what a customer qualifies for, and what is missing for the rest. */
export async function offersCommand(customer: string, options: RedemptionOptions): Promise<void> {
  const { promotionsFor: found } = await withApi(options, false, (ask) =>
    ask<{ readonly promotionsFor: readonly Validation[] }>(
      `query ($customer: String!, $order: RedemptionOrderInput) {
        promotionsFor(redeemer: { customer: { sourceId: $customer } }, order: $order) { ${validationFields} } }`,
      { customer, order: orderOf(options) },
    ),
  );
  if (options.json) print(JSON.stringify(found, null, 2));
  else for (const line of found.flatMap(validationLines)) print(line);
}

function validationLines({ valid, campaign, discountAmount, obstacles }: Validation): readonly string[] {
  const discount = discountAmount === null ? "" : `: ${discountAmount.formatted} off`;
  const head = `${valid ? "✓" : "✗"} ${campaign?.name ?? "no campaign"}${valid ? discount : ""}`;
  return [head, ...obstacles.flatMap(obstacleLines)].map(printable);
}

function obstacleLines({ message, why }: Obstacle): readonly string[] {
  const failing = (why?.clauses ?? []).filter(({ kind, holds }) => kind === "CONDITION" && !holds);
  const sentences = why?.nearest?.sentences ?? [];
  return [
    `    ${message}`,
    ...failing.map(({ sentence }) => `      ${sentence}`),
    ...sentences.map((sentence) => `      It would take: ${sentence}`),
  ];
}

interface Redemption {
  readonly id: string;
  readonly status: string;
  readonly discountAmount: { readonly formatted: string } | null;
}

const redemptionFields = "id status code campaign { name } at rolledBackAt discountAmount { formatted }";

/** Redeems, and prints the redemption's id. If there are obstacles, the command fails. */
export async function redeemCommand(customer: string, options: RedemptionOptions): Promise<void> {
  const input = {
    target: targetOf(options),
    customer: { sourceId: customer },
    order: orderOf(options),
    points: options.points,
    idempotencyKey: options.idempotencyKey,
  };
  const { redemptionRedeem: payload } = await withApi(options, true, (ask) =>
    ask<{
      readonly redemptionRedeem: {
        readonly redemption: Redemption | null;
        readonly userErrors: readonly UserError[];
      };
    }>(
      `mutation ($input: RedemptionRedeemInput!) { redemptionRedeem(input: $input) {
        redemption { ${redemptionFields} } userErrors { code message } } }`,
      { input },
    ),
  );
  refuseUserErrors(payload.userErrors);
  const redemption = payload.redemption!;
  if (options.json) print(JSON.stringify(redemption, null, 2));
  else
    print(
      `Redeemed ${redemption.id}${redemption.discountAmount === null ? "" : `: ${redemption.discountAmount.formatted} off`}`,
    );
}

/** Takes a redemption back. */
export async function rollbackCommand(id: string, options: RedemptionOptions): Promise<void> {
  const { redemption } = await withApi(options, true, (ask) =>
    payloadOf<{ readonly redemption: Redemption; readonly userErrors: readonly UserError[] }>(
      ask,
      `mutation ($input: RedemptionRollbackInput!) { redemptionRollback(input: $input) {
        redemption { ${redemptionFields} } userErrors { code message } } }`,
      { input: { id } },
    ),
  );
  print(options.json ? JSON.stringify(redemption, null, 2) : "Rolled back.");
}
