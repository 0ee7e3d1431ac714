// The customer that a reader means by what they wrote: a source id, a whole name, or a whole e-mail.
import type { EveryoneListQuery } from "../data/generated.js";

export interface MeantCustomer {
  readonly sourceId: string;
  /** Null if it is not known. */
  readonly name: string | null;
  readonly email: string | null;
}

interface Found {
  readonly nodes: readonly MeantCustomer[];
  readonly pageInfo: Pick<EveryoneListQuery["customers"]["pageInfo"], "hasNextPage">;
}

/**
 * The one customer of those found whose source id is the text, or else whose name or e-mail is. Part of a name never counts, and a name
 * counts only if all customers that contain it are found. If there is no such customer, the text itself is the source id.
 */
export function meantOf(written: string, { nodes, pageInfo }: Found): MeantCustomer {
  const byId = nodes.find(({ sourceId }) => sourceId === written);
  const named = nodes.filter(({ name, email }) => name === written || email === written);
  const meant = byId ?? (named.length === 1 && !pageInfo.hasNextPage ? named[0] : undefined);
  if (meant === undefined) return { sourceId: written, name: null, email: null };
  return { sourceId: meant.sourceId, name: meant.name, email: meant.email };
}

/** The customer for the reader, as `Ann Regular (ann)`. */
export function customerText({ sourceId, name, email }: MeantCustomer): string {
  const shown = name ?? email;
  return shown === null || shown === sourceId ? sourceId : `${shown} (${sourceId})`;
}
