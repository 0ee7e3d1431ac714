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

/**
 * Takes something that only one may have, such as a name, so that one of those who ask for it at once gets it.
 * @returns whether it was free.
 */
export async function takePlace(transaction: Transaction, project: string, place: string): Promise<boolean> {
  const _id = `${project}/${place}`;
  const [taken] = await transaction.getMany("redemption_counts", [_id]);
  if (taken !== undefined) return false;
  await transaction.put("redemption_counts", [{ _id, project, campaign: "", count: 1 }]);
  return true;
}

/** Gives back what was taken. */
export async function leavePlaces(
  transaction: Transaction,
  project: string,
  places: readonly string[],
): Promise<void> {
  await transaction.remove(
    "redemption_counts",
    places.map((place) => `${project}/${place}`),
  );
}
