// How the customers of a sentence are spread over an attribute, against everyone: exact counts of the sentence with one more
// condition for each bar.
import type { ProjectNames } from "../language/protocol.js";
import { metadataKey } from "./columns.js";
import { readCounts } from "./narrowing.js";
import { readValues } from "./values.js";

export interface Bar {
  readonly label: string;
  /** Number of the sentence's customers in it. */
  readonly count: number;
  /** Number of all customers in it. */
  readonly everyone: number;
  /** The condition that is true of exactly these customers. */
  readonly condition: string;
}

type Spread = "values" | "figure" | "money" | "time";

const spreads: Readonly<Record<string, Spread>> = {
  country: "values",
  city: "values",
  source: "values",
  state: "values",
  "orders.total_amount": "money",
  "orders.average_amount": "money",
  "orders.last_amount": "money",
  "gift_cards.spent": "money",
  "gift_cards.balance": "money",
  "orders.count": "figure",
  "redemptions.count": "figure",
  "referrals.count": "figure",
  "loyalty.points": "figure",
  "loyalty.balance": "figure",
  "orders.last_at": "time",
  "orders.first_at": "time",
  created_at: "time",
};

const spreadOfType: Readonly<Record<string, Spread>> = {
  string: "values",
  "string[]": "values",
  number: "figure",
  date: "time",
  datetime: "time",
};

/** Attributes that customers can be spread over. */
export function spreadAttributes(names: ProjectNames): readonly string[] {
  const metadata = names.customerMetadata
    .filter(({ type }) => type in spreadOfType)
    .map(({ name }) => `metadata.${name}`);
  return [...Object.keys(spreads), ...metadata];
}

function spreadOf(attribute: string, names: ProjectNames): Spread {
  const known = spreads[attribute];
  if (known !== undefined) return known;
  const key = metadataKey(attribute);
  const type = names.customerMetadata.find(({ name }) => name === key)?.type ?? "string";
  return spreadOfType[type] ?? "values";
}

const maxValues = 7;

interface Slice {
  readonly label: string;
  readonly condition: string;
}

/** Reads the bars of an attribute. `query` is empty for everyone. @throws Error where there is no answer. */
export async function readSpread(
  names: ProjectNames,
  attribute: string,
  query: string,
  asOf: string | undefined,
  money: (amount: number) => string,
): Promise<readonly Bar[]> {
  const name = nameInQuery(attribute);
  const spread = spreadOf(attribute, names);
  const isSet = names.customerMetadata.some(
    (key) => key.name === metadataKey(attribute) && key.type === "string[]",
  );
  const slices = await slicesOf(spread, name, isSet, asOf, money);
  const everyone = await readCounts(
    slices.map(({ condition }) => condition),
    asOf,
  );
  const counts =
    query === ""
      ? everyone
      : await readCounts(
          slices.map(({ condition }) => `(${query}\n) and ${condition}`),
          asOf,
        );
  return slices.map(({ label, condition }, index) => ({
    label,
    condition,
    count: counts[index] ?? 0,
    everyone: everyone[index] ?? 0,
  }));
}

/** The attribute as a query names it: a key of several words is in backticks. */
function nameInQuery(attribute: string): string {
  const key = metadataKey(attribute);
  if (key === undefined || /^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return attribute;
  return `metadata.\`${key.replaceAll("`", "``")}\``;
}

async function slicesOf(
  spread: Spread,
  name: string,
  isSet: boolean,
  asOf: string | undefined,
  money: (amount: number) => string,
): Promise<readonly Slice[]> {
  if (spread === "time") return timeSlices(name);
  if (spread !== "values") return figureSlices(name, asOf, spread === "money" ? money : String);
  const values = await readValues({ attribute: name, search: "" }, maxValues);
  return values.map(({ value }) => ({
    label: value,
    condition: `${name} ${isSet ? "contains" : "is"} ${quoted(value)}`,
  }));
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, "\\$&").replace(/\n/g, "\\n")}"`;
}

const ages: readonly (readonly [string, string])[] = [
  ["30 days", "≤ 30 days"],
  ["90 days", "31–90"],
  ["180 days", "91–180"],
  ["365 days", "181–365"],
];

function timeSlices(name: string): readonly Slice[] {
  const recent = ages.map(([length, label], index) => {
    const younger = ages[index - 1]?.[0];
    const within = `${name} in the last ${length}`;
    return {
      label,
      condition: younger === undefined ? within : `(${within} and ${name} more than ${younger} ago)`,
    };
  });
  return [...recent, { label: "> 1 year", condition: `${name} more than 365 days ago` }];
}

const steps = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];
const maxBars = 7;

/** Slices between the steps 1, 2, 5, 10, …, those that contain customers, merged if there would be too many to read. */
async function figureSlices(
  name: string,
  asOf: string | undefined,
  write: (amount: number) => string,
): Promise<readonly Slice[]> {
  const above = await readCounts(
    steps.map((step) => `${name} > ${step}`),
    asOf,
  );
  const last = above.findIndex((count) => (count ?? 0) === 0);
  const reached = steps.slice(0, last === -1 ? steps.length : last + 1);
  const first = reached.findIndex((_, index) => (above[index] ?? 0) < (above[0] ?? 0) * 0.98);
  const used = reached.slice(Math.max(0, first - 1));
  const every = Math.max(1, Math.ceil((used.length - 1) / maxBars));
  const bounds = used.filter((_, index) => index % every === 0 || index === used.length - 1);
  if (bounds[0] !== 0) bounds.unshift(0);
  const none: Slice = { label: write(0), condition: `${name} is 0` };
  const bars = bounds.slice(1).map((bound, index): Slice => {
    const from = bounds[index] ?? 0;
    return {
      label: `${from === 0 ? "" : `${write(from)}–`}${from === 0 ? "≤ " : ""}${write(bound)}`,
      condition: `(${name} > ${from} and ${name} <= ${bound})`,
    };
  });
  return [none, ...bars];
}
