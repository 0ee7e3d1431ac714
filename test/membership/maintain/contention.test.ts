// Batches of marked customers after conflicts with other transactions: one by one at first, and around what remains locked.
import { expect, it } from "vitest";
import type { ChangeDocument } from "../../../src/documents/membership-documents.js";
import { Contention } from "../../../src/membership/maintain/contention.js";
import { defaultPace } from "../../../src/membership/maintain/pace.js";

const marks = [..."abcdefgh"].map((_id) => ({ _id }) as ChangeDocument);

it("a partition in which customers conflict is evaluated one by one, then in batches that grow", () => {
  let now = 0;
  const contention = new Contention({ ...defaultPace, runningTime: () => now });
  const next = (left: readonly ChangeDocument[] = marks): string => {
    const { batch, isMore } = contention.batchOf(3, left);
    return `${batch.map(({ _id }) => _id).join("")}${isMore ? " and more" : ""}`;
  };
  const note = (ids: string, isFree: boolean): void =>
    contention.note(
      3,
      marks.filter(({ _id }) => ids.includes(_id)),
      isFree,
    );
  expect(next()).toBe("abcdefgh");
  note("abcdefgh", false);
  expect(next()).toBe("a and more");
  // Other partitions are evaluated as before.
  expect(contention.batchOf(4, marks)).toEqual({ batch: marks, isMore: false });
  note("a", true);
  expect(next(marks.slice(1))).toBe("bc and more");
  note("bc", false);
  expect(next(marks.slice(1))).toBe("b and more");
  // It is locked: the partition rests, and then the others are tried before it.
  note("b", false);
  expect(next(marks.slice(1))).toBe("");
  now = 2_000;
  expect(next(marks.slice(1))).toBe("c and more");
  note("c", true);
  expect(next(marks.slice(3))).toBe("de and more");
  now = 5_000;
  expect(next([marks[1]!, ...marks.slice(5)])).toBe("bf and more");
  for (const ids of ["bf", "gh", "a", "b", "c", "d", "e"]) note(ids, true);
  expect(next()).toBe("abcdefgh");
});
