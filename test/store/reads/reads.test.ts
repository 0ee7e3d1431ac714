// Every named read on every store: what it returns, in which order, and nothing of another project.
import { beforeAll, describe, expect, it } from "vitest";
import { everyStore } from "../every-store.js";
import { storeOfSuite } from "../store-of-suite.js";
import { accessCases } from "./access-cases.js";
import { dataCases } from "./data-cases.js";
import { membershipCases } from "./membership-cases.js";
import { messagingCases } from "./messaging-cases.js";
import { promotionCases } from "./promotion-cases.js";
import { putWorld } from "./world.js";

const cases = [...dataCases, ...membershipCases, ...accessCases, ...promotionCases, ...messagingCases];

describe.each(everyStore)("named reads on $name", (underTest) => {
  const store = storeOfSuite(underTest);
  beforeAll(() => putWorld(store));

  it.each(cases)("%s", async (_, read, expected) => {
    expect(await read(store.reads)).toEqual(expected);
  });

  it("all of them have a case", () => {
    const named = Object.entries(store.reads).flatMap(([subject, group]) =>
      Object.keys(group).map((name) => `${subject}.${name}`),
    );
    expect([...new Set(cases.map(([name]) => name))].toSorted()).toEqual(named.toSorted());
  });

  it("stop when they are aborted", async () => {
    const signal = AbortSignal.abort(new Error("gone"));
    await expect(store.reads.customers.sample("shop", 1, { signal })).rejects.toThrow("gone");
    await expect(store.reads.webhooks.all("shop", { signal })).rejects.toThrow("gone");
  });
});
