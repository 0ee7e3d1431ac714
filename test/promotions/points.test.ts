// Points: whatever is earned, spent, given back and left to expire, nothing is lost, and what expires first is spent first.
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  afterExpiry,
  earned,
  givenBack,
  noPoints,
  type Points,
  pointsLeft,
  spent,
} from "../../src/promotions/points.js";

const at = (day: number): Date => new Date(Date.UTC(2026, 0, 1 + day));
const lots = ({ lots: left }: Points) => left.map(({ points, expires_at }) => [points, expires_at] as const);

it("those that expire first are spent first", () => {
  let account = earned(noPoints, { points: 10 });
  account = earned(account, { points: 5, expires_at: at(3) });
  account = earned(account, { points: 5, expires_at: at(2) });
  account = earned(account, { points: 1, expires_at: at(3) });
  expect(lots(account)).toEqual([
    [5, at(2)],
    [6, at(3)],
    [10, undefined],
  ]);
  expect(account.next_expiry).toEqual(at(2));
  const taken = spent(account, 12);
  expect(taken.lots).toEqual([
    { points: 5, expires_at: at(2) },
    { points: 6, expires_at: at(3) },
    { points: 1 },
  ]);
  expect(taken.account).toEqual({ points: 21, spent: 12, expired: 0, lots: [{ points: 9 }] });
});

it("points expire at their instant, and those given back too late at once", () => {
  const account = earned(earned(noPoints, { points: 3, expires_at: at(1) }), {
    points: 4,
    expires_at: at(5),
  });
  expect(afterExpiry(account, at(1).getTime() - 1)).toEqual(account);
  const taken = spent(account, 2);
  const later = afterExpiry(taken.account, at(1).getTime());
  expect(later).toEqual({
    ...{ points: 7, spent: 2, expired: 1, next_expiry: at(5) },
    lots: [{ points: 4, expires_at: at(5) }],
  });
  expect(givenBack(later, taken.lots, at(2).getTime())).toEqual({
    ...{ points: 7, spent: 0, expired: 3, next_expiry: at(5) },
    lots: [{ points: 4, expires_at: at(5) }],
  });
});

it("what was earned is what is left, spent and expired", () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant("earn" as const),
      points: fc.integer({ min: 1, max: 9 }),
      days: fc.option(fc.nat(9)),
    }),
    fc.record({ kind: fc.constant("spend" as const), points: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ kind: fc.constant("back" as const) }),
    fc.record({ kind: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 4 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      let [account, day] = [noPoints, 0];
      const redeemed: Points["lots"][] = [];
      for (const each of steps) {
        if (each.kind === "earn")
          account = earned(account, {
            points: each.points,
            ...(each.days === null ? {} : { expires_at: at(day + 1 + each.days) }),
          });
        if (each.kind === "wait") {
          day += each.days;
          account = afterExpiry(account, at(day).getTime());
        }
        if (each.kind === "spend" && pointsLeft(account) >= each.points) {
          const taken = spent(account, each.points);
          account = taken.account;
          redeemed.push(taken.lots);
        }
        const last = each.kind === "back" ? redeemed.pop() : undefined;
        if (last !== undefined) account = givenBack(account, last, at(day).getTime());
        expect(account.points).toBe(pointsLeft(account) + account.spent + account.expired);
        expect(account.spent).toBe(redeemed.flat().reduce((sum, { points }) => sum + points, 0));
        const instants = account.lots.map(({ expires_at }) => expires_at?.getTime() ?? Infinity);
        expect(instants).toEqual([...new Set(instants)].sort((one, other) => one - other));
        expect(account.next_expiry).toEqual(account.lots[0]?.expires_at);
        expect(Math.min(...instants)).toBeGreaterThan(at(day).getTime());
      }
    }),
  );
});
