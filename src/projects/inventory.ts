// How many of something a project has, for limits of their number: counted in the transactions that create and delete them.
import type { Transaction } from "../store/port.js";

type Inventory =
  | "campaigns"
  | "validation_rules"
  | "distributions"
  | "sources"
  | "webhooks"
  /** Those that are not revoked. */
  | "api_keys";

function inventoryKey(project: string, of: Inventory): string {
  return `${project}/${of}`;
}

/**
 * Counts what the transaction creates. Creations that happen at once conflict, so a limit of their number
 * holds.
 * @param listed how many there are, if they have not been counted yet.
 * @returns how many there are with it.
 */
export async function countCreated(
  transaction: Transaction,
  project: string,
  of: Inventory,
  listed: number,
): Promise<number> {
  const _id = inventoryKey(project, of);
  const [found] = await transaction.getMany("redemption_counts", [_id]);
  const count = (found?.count ?? listed) + 1;
  await transaction.put("redemption_counts", [{ _id, project, campaign: "", count }]);
  return count;
}

/** Counts what the transaction deletes. */
export async function countDeleted(transaction: Transaction, project: string, of: Inventory): Promise<void> {
  const [found] = await transaction.getMany("redemption_counts", [inventoryKey(project, of)]);
  if (found !== undefined) await transaction.put("redemption_counts", [{ ...found, count: found.count - 1 }]);
}
