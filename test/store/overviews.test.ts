// Overviews of customers: on every store what the documents hold, and on the embedded store text with a checksum.
import { beforeAll, describe, expect, it } from "vitest";
import type { CustomerDocument } from "../../src/documents/documents.js";
import { simplifyPlan } from "../../src/plan/simplify.js";
import { type SortKey, sortKeys } from "../../src/store/customers.js";
import { overviewText, readOverview } from "../../src/store/embedded/overviews.js";
import { everyStore } from "./every-store.js";
import { customer, may } from "./reads/world.js";
import { storeOfSuite } from "./store-of-suite.js";

const made = (
  sourceId: string,
  profile: Partial<CustomerDocument["profile"]>,
  facts: Partial<CustomerDocument["facts"]>,
  orders: Partial<CustomerDocument["activity"]["orders"]> = {},
): CustomerDocument => {
  const plain = customer("shop", sourceId, { sample: 1 });
  return {
    ...plain,
    profile: { source_id: sourceId, ...profile },
    facts: { ...plain.facts, ...facts },
    activity: { ...plain.activity, orders: { ...plain.activity.orders, ...orders } },
  };
};

const people: readonly CustomerDocument[] = [
  made("a", {}, {}),
  made(
    "b",
    { name: "Ann Lee", email: "ann@example.com", address: { country: "Poland", city: "Gdynia" } },
    { name: "ann lee", email: "ann@example.com", country: "PL", created_at: may(3, 7) },
    { count: 2, total_amount: 12_345, last_at: may(4) },
  ),
  made("c", { name: "  ", email: null, address: { city: "Oslo" } }, {}),
  made(
    "d",
    { name: " Żaneta ", address: { country: "XX" } },
    { name: "żaneta" },
    { total_amount: 2 ** 53 - 1 },
  ),
];

/** What an overview holds of a document; an unknown value is left out. */
const shown = ({ _id, project, source_id, profile, facts, activity }: CustomerDocument): object => {
  const { count, total_amount, last_at } = activity.orders;
  const { address } = profile;
  return {
    _id,
    project,
    source_id,
    profile: {
      source_id,
      name: profile.name ?? undefined,
      email: profile.email ?? undefined,
      ...(address ? { address: { country: address.country ?? undefined } } : {}),
    },
    facts: { name: facts.name, email: facts.email, country: facts.country, created_at: facts.created_at },
    activity: { orders: { count, total_amount, last_at } },
  };
};

describe("the text of an overview", () => {
  it.each(people)("of $source_id is read as it was", (document) => {
    const { text, checksum } = overviewText(document);
    expect(readOverview(text, checksum)).toEqual(shown(document));
  });

  it("is refused if one character of it changed", () => {
    const { text, checksum } = overviewText(people[1]!);
    const damaged = text.replace("Ann", "Amn");
    expect(damaged).not.toBe(text);
    expect(() => readOverview(damaged, checksum)).toThrow(/is damaged: it is not what was written/);
  });
});

describe.each(everyStore)("overviews on $name", (underTest) => {
  const store = storeOfSuite(underTest);
  beforeAll(() => store.write((transaction) => transaction.put("customers", people)));

  const question = {
    plan: simplifyPlan({
      version: 1,
      project: "shop",
      asOf: may(20).getTime(),
      where: { kind: "constant", value: true },
    }),
    activity: "summary",
  } as const;

  it.each(Object.keys(sortKeys) as SortKey[])("by %s are of the customers of the page", async (by) => {
    const request = { sort: { by, descending: true }, limit: 3 } as const;
    const page = await store.customers.page(question, request);
    expect(page).toHaveLength(3);
    const overviews = await store.customers.overviews(question, request);
    // MongoDB returns a null of the profile as such.
    const known = JSON.parse(JSON.stringify(overviews), (_, value) => value ?? undefined);
    expect(known).toEqual(JSON.parse(JSON.stringify(page.map(shown))));
  });

  it("follow each write of a customer", async () => {
    const { sort, limit } = { sort: { by: "source_id", descending: true }, limit: 1 } as const;
    const last = async () => (await store.customers.overviews(question, { sort, limit }))[0];
    const put = (document: CustomerDocument) =>
      store.write((transaction) => transaction.put("customers", [document]));
    await put(made("z", { name: "Zoe" }, { name: "zoe" }));
    expect(await last()).toMatchObject({ source_id: "z", profile: { name: "Zoe" } });
    await put(made("z", { name: "Zoë" }, { name: "zoë" }, { count: 1 }));
    expect(await last()).toMatchObject({ profile: { name: "Zoë" }, activity: { orders: { count: 1 } } });
    await store.write((transaction) => transaction.remove("customers", ["shop/z"]));
    expect(await last()).toMatchObject({ source_id: "d" });
  });
});
