// The shop of the benchmark: customers with their orders and events, segments, and campaigns under rules that name segments.
import { noSegments } from "../../src/catalog/segments.js";
import type { SegmentDocument } from "../../src/documents/documents.js";
import type { CampaignDocument, ValidationRuleDocument } from "../../src/documents/promotion-documents.js";
import type { Engine } from "../../src/engine.js";
import { promotionKey } from "../../src/promotions/names.js";
import { segmentsChanged } from "../../src/query/catalog.js";
import { nameKey, segmentKey } from "../../src/segments/identity.js";
import { queryToSave } from "../../src/segments/saved-query.js";
import { definition, project, storedCustomers } from "../embedded/world.js";

export { project };

const together = 500;
/** The rules of each campaign. */
const rulesOfCampaign = 5;

const countries = ["Poland", "Germany", "France", "Spain", "Italy"];

/** A segment's query, by its number: of profiles, of orders, of events within a window, in turn. */
function queryOf(number: number): string {
  const country = countries[number % countries.length];
  switch (number % 4) {
    case 0:
      return `total spent is more than $${number % 700}`;
    case 1:
      return `country is ${country} and number of orders is at least ${(number % 6) + 1}`;
    case 2:
      return `the last purchased order is in the last ${(number % 300) + 1} days`;
    default:
      return `performed checkout in the last ${(number % 90) + 1} days or city is Warsaw`;
  }
}

export interface ShopSize {
  readonly customers: number;
  readonly segments: number;
  readonly rules: number;
}

/** @returns the names of the campaigns, which need no code. */
export async function makeShop(
  { store, clock }: Engine,
  { customers, segments, rules }: ShopSize,
): Promise<readonly string[]> {
  const now = new Date(clock());
  await store.writeDefinition(definition);
  let batch: ReturnType<typeof storedCustomers> extends Generator<infer Each> ? Each[] : never = [];
  const flush = async (): Promise<void> => {
    const these = batch;
    batch = [];
    await store.write(async (transaction) => {
      await transaction.put(
        "customers",
        these.map(({ customer }) => customer),
      );
      for (const name of ["orders", "events", "redemptions", "gift_cards", "loyalty", "referrals"] as const)
        await transaction.put(
          name,
          these.flatMap(({ records }) => records[name] as never[]),
        );
    });
  };
  for (const stored of storedCustomers(customers, now.getTime())) {
    batch.push(stored);
    if (batch.length === together) await flush();
  }
  await flush();

  // Written as they would be saved: saving each by itself is not what is timed.
  const common = { project, created_at: now, updated_at: now };
  const made = Array.from({ length: segments }, (_, number): SegmentDocument => {
    const id = `s${number}`;
    const name = `Segment ${number}`;
    return {
      ...common,
      ...{ _id: segmentKey(project, id), segment_id: id, name, name_key: nameKey(name) },
      ...{ kind: "auto_update", state: "active", archived: false, used_by: [] },
      query: queryToSave(queryOf(number), definition, noSegments, now.getTime()),
    };
  });
  const ruled = Array.from({ length: rules }, (_, number): ValidationRuleDocument => {
    const name = `Rule ${number}`;
    const segment = (offset: number) => `s${(number * 7 + offset * 1_009) % segments}`;
    const audience = { all_of: [], any_of: [segment(0), segment(1)], none_of: [segment(2)] };
    const used_by = [nameKey(`Campaign ${Math.floor(number / rulesOfCampaign)}`)];
    return {
      ...common,
      ...{ _id: promotionKey(project, nameKey(name)), name, name_key: nameKey(name) },
      ...{ audience, limits: { per_customer: 1 }, used_by },
    };
  });
  const campaigns = Array.from(
    { length: Math.ceil(rules / rulesOfCampaign) },
    (_, number): CampaignDocument => {
      const name = `Campaign ${number}`;
      return {
        ...common,
        ...{ _id: promotionKey(project, nameKey(name)), name, name_key: nameKey(name) },
        terms: { kind: "discount", discount: { kind: "percent", percent: "10" } },
        rules: ruled
          .slice(number * rulesOfCampaign, (number + 1) * rulesOfCampaign)
          .map(({ name_key }) => name_key),
        ...{ requires_code: false, active: true },
      };
    },
  );
  for (let start = 0; start < made.length; start += together)
    await store.write((transaction) => transaction.put("segments", made.slice(start, start + together)));
  await store.write(async (transaction) => {
    await transaction.put("validation_rules", ruled);
    await transaction.put("campaigns", campaigns);
  });
  segmentsChanged({ store, clock }, project);
  return campaigns.map(({ name }) => name);
}
