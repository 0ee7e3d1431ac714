// `segmentql gift-card` and `segmentql points`: what customers hold.
import type { UserError } from "../server/client.js";
import type { GlobalOptions } from "../session.js";
import { print } from "../terminal/output.js";
import { payloadOf, withApi } from "./api.js";

export interface BalanceOptions extends GlobalOptions {
  readonly json?: boolean;
  readonly code?: string;
  readonly idempotencyKey?: string;
}

/** Issues a gift card, and prints its code. */
export async function issueGiftCardCommand(
  campaign: string,
  customer: string,
  amount: string,
  options: BalanceOptions,
): Promise<void> {
  const input = {
    campaign: { name: campaign },
    customer: { sourceId: customer },
    amount: { amount },
    code: options.code,
    idempotencyKey: options.idempotencyKey,
  };
  const { code } = await withApi(options, true, (ask) =>
    payloadOf<{ readonly code: { readonly code: string }; readonly userErrors: readonly UserError[] }>(
      ask,
      "mutation ($input: GiftCardIssueInput!) { giftCardIssue(input: $input) { code { code } userErrors { code message } } }",
      { input },
    ),
  );
  print(code.code);
}

interface Account {
  readonly points: number;
  readonly spent: number;
  readonly expired: number;
  readonly balance: number;
  readonly nextExpiryAt: string | null;
}

const accountFields = "points spent expired balance nextExpiryAt";

/** Adds points, and prints the account. */
export async function addPointsCommand(
  campaign: string,
  customer: string,
  points: number,
  options: BalanceOptions,
): Promise<void> {
  const input = {
    campaign: { name: campaign },
    customer: { sourceId: customer },
    points,
    idempotencyKey: options.idempotencyKey,
  };
  const { account } = await withApi(options, true, (ask) =>
    payloadOf<{ readonly account: Account; readonly userErrors: readonly UserError[] }>(
      ask,
      `mutation ($input: LoyaltyPointsAddInput!) { loyaltyPointsAdd(input: $input) {
        account { ${accountFields} } userErrors { code message } } }`,
      { input },
    ),
  );
  show(account, options);
}

/** Prints a customer's points. */
export async function showPointsCommand(
  campaign: string,
  customer: string,
  options: BalanceOptions,
): Promise<void> {
  const { loyaltyAccount } = await withApi(options, false, (ask) =>
    ask<{ readonly loyaltyAccount: Account }>(
      `query ($campaign: String!, $customer: String!) {
        loyaltyAccount(campaign: { name: $campaign }, customer: { sourceId: $customer }) { ${accountFields} } }`,
      { campaign, customer },
    ),
  );
  show(loyaltyAccount, options);
}

function show(account: Account, { json }: BalanceOptions): void {
  if (json) {
    print(JSON.stringify(account, null, 2));
    return;
  }
  const { points, spent, expired, balance, nextExpiryAt } = account;
  const [left, earned, used, over] = [balance, points, spent, expired].map((count) =>
    count.toLocaleString("en"),
  );
  const next = nextExpiryAt === null ? "" : `; the next expire at ${nextExpiryAt}`;
  print(`${left} points: ${earned} earned, ${used} spent, ${over} expired${next}`);
}
