// The arithmetic of points, pure: lots that expire, what is left of them, and what a redemption takes.
import type { LoyaltyAccountDocument, PointLot } from "../documents/promotion-documents.js";

/** The parts of an account that change. */
export type Points = Pick<LoyaltyAccountDocument, "points" | "spent" | "expired" | "lots" | "next_expiry">;

export const noPoints: Points = { points: 0, spent: 0, expired: 0, lots: [] };

/** The points that are left. */
export function pointsLeft({ lots }: Points): number {
  return lots.reduce((sum, { points }) => sum + points, 0);
}

/** The same account with lots that are in order, those of one instant together. */
function withLots({ next_expiry: _, ...account }: Points, lots: readonly PointLot[]): Points {
  const byInstant = new Map<number, number>();
  for (const { points, expires_at } of lots) {
    const instant = expires_at?.getTime() ?? Number.POSITIVE_INFINITY;
    byInstant.set(instant, (byInstant.get(instant) ?? 0) + points);
  }
  const ordered = [...byInstant]
    .filter(([, points]) => points > 0)
    .sort(([one], [other]) => one - other)
    .map(([instant, points]) =>
      Number.isFinite(instant) ? { points, expires_at: new Date(instant) } : { points },
    );
  const next = ordered[0]?.expires_at;
  return { ...account, lots: ordered, ...(next === undefined ? {} : { next_expiry: next }) };
}

/** The account after what has expired at an instant, in milliseconds since the epoch. */
export function afterExpiry(account: Points, at: number): Points {
  const isOver = ({ expires_at }: PointLot) => expires_at !== undefined && expires_at.getTime() <= at;
  const over = account.lots.filter(isOver).reduce((sum, { points }) => sum + points, 0);
  if (over === 0) return account;
  return withLots(
    { ...account, expired: account.expired + over },
    account.lots.filter((lot) => !isOver(lot)),
  );
}

/** The account with more points. */
export function earned(account: Points, lot: PointLot): Points {
  return withLots({ ...account, points: account.points + lot.points }, [...account.lots, lot]);
}

/** The account without points, the first to expire first, and the lots that were taken. It has to have as many. */
export function spent(
  account: Points,
  points: number,
): { readonly account: Points; readonly lots: readonly PointLot[] } {
  const lots: PointLot[] = [];
  const left: PointLot[] = [];
  let missing = points;
  for (const lot of account.lots) {
    const taken = Math.min(lot.points, missing);
    missing -= taken;
    if (taken > 0) lots.push({ ...lot, points: taken });
    left.push({ ...lot, points: lot.points - taken });
  }
  return { account: withLots({ ...account, spent: account.spent + points }, left), lots };
}

/** The account with spent points given back; those whose time is over meanwhile expire. */
export function givenBack(account: Points, lots: readonly PointLot[], at: number): Points {
  const points = lots.reduce((sum, lot) => sum + lot.points, 0);
  return afterExpiry(withLots({ ...account, spent: account.spent - points }, [...account.lots, ...lots]), at);
}
