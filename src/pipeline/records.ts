// Activity as it was at another instant: the stages that compute the summary's figures from the records themselves.
import type { MongoExpression } from "../operators/encodings/encoding.js";
import { canceledStatus, succeededResult } from "../plan/counted.js";
import { customerFieldsOf } from "../plan/fields.js";
import type { Field, FieldScope, PlanNode } from "../plan/plan.js";
import { type SummaryFigure, summaryFigures } from "../plan/summary-figures.js";
import type { PipelineStage } from "./stage.js";

type RecordScope = Extract<FieldScope, "orders" | "redemptions" | "referrals">;

/** The field of the figures computed from the records while the pipeline runs. */
const root = "as_of";

const undated: ReadonlySet<FieldScope> = new Set([
  "profile",
  "balances",
  "figure",
  "record",
  "line",
  "previous",
  "previousLine",
]);

/** True of attributes whose summary figures depend on as-of. */
export function isDated(field: Field): boolean {
  return !undated.has(field.scope);
}

/** The field as the stages below store it. */
export function placeAsOf(field: Field): Field {
  if (!isDated(field)) return field;
  return {
    ...field,
    path: moved(field.path),
    ...(field.sizePath === undefined ? {} : { sizePath: moved(field.sizePath) }),
    ...(field.campaign === undefined
      ? {}
      : { campaign: { ...field.campaign, listPath: moved(field.campaign.listPath) } }),
  };
}

function moved(path: string): string {
  return path.replace(/^activity\./, `${root}.`);
}

/** Every field of a node whose summary figures depend on as-of. */
export function datedFields(node: PlanNode): readonly Field[] {
  return customerFieldsOf(node).filter(isDated);
}

const records = (scope: RecordScope): string => `${scope}_seen`;

/** What a record must be to count at as-of, beyond its time. */
const counts: Readonly<Record<RecordScope, (record: string) => readonly MongoExpression[]>> = {
  orders: (record) => [{ $ne: [`${record}.status`, canceledStatus] }],
  redemptions: (record) => [{ $eq: [`${record}.result`, succeededResult] }],
  referrals: () => [],
};

const orders = `$${records("orders")}`;
const last = { $first: { $sortArray: { input: orders, sortBy: { at: -1, source_id: -1 } } } };
const union = (keys: string): MongoExpression => ({
  $reduce: { input: `${orders}.${keys}`, initialValue: [], in: { $setUnion: ["$$value", "$$this"] } },
});

/** A figure that is one aggregate of the records. */
function aggregated(figure: SummaryFigure): MongoExpression {
  const list = `$${records(figure.records)}`;
  switch (figure.aggregate) {
    case "count":
      return { $size: list };
    case "sum":
      return { $sum: `${list}.${figure.of}` };
    case "average":
      return { $avg: `${list}.${figure.of}` };
    case "min":
      return { $min: `${list}.${figure.of}` };
    case "max":
      return { $max: `${list}.${figure.of}` };
    default:
      return figure satisfies never;
  }
}

/** The figures that are no single aggregate, by their paths in the summary. */
const otherFigures: Readonly<Record<string, MongoExpression>> = {
  "orders.last_amount": { $let: { vars: { last }, in: "$$last.amount" } },
  "orders.items": union("item_keys"),
  "orders.product_count": { $size: union("product_keys") },
};

function figureAt(path: string): MongoExpression {
  const summary = summaryFigures[path];
  return summary === undefined ? otherFigures[path] : aggregated(summary);
}

/** The stages that store the figures of these fields, as of an instant, at the paths of `placeAsOf`. */
export function asOfStages(fields: readonly Field[], asOf: Date): readonly PipelineStage[] {
  const scopes = [...new Set(fields.map((field) => field.scope as RecordScope))];
  const joins = scopes.flatMap((scope): PipelineStage[] => [
    { $lookup: { from: scope, localField: "_id", foreignField: "customer", as: records(scope) } },
    {
      $set: {
        [records(scope)]: {
          $filter: {
            input: `$${records(scope)}`,
            as: "record",
            cond: { $and: [{ $lte: ["$$record.at", asOf] }, ...counts[scope]("$$record")] },
          },
        },
      },
    },
  ]);
  return [...joins, { $set: figuresOf(fields) }];
}

function figuresOf(fields: readonly Field[]): Readonly<Record<string, MongoExpression>> {
  const set: Record<string, MongoExpression> = {};
  const campaigns = new Map<string, Set<string>>();
  for (const field of fields) {
    if (field.campaign !== undefined) {
      const names = campaigns.get(field.campaign.listPath) ?? new Set();
      campaigns.set(field.campaign.listPath, names.add(field.campaign.name));
      continue;
    }
    for (const path of [field.path, field.sizePath]) {
      if (path !== undefined) set[moved(path)] = figureAt(path.replace(/^activity\./, ""));
    }
  }
  for (const [listPath, names] of campaigns) {
    set[moved(listPath)] = [...names].map((name) => ({ campaign: { $literal: name }, count: countIn(name) }));
  }
  return set;
}

/** Referrals are the only dated records that a query narrows to a campaign. */
function countIn(campaign: string): MongoExpression {
  return {
    $size: {
      $filter: {
        input: `$${records("referrals")}`,
        as: "record",
        cond: { $eq: ["$$record.campaign", { $literal: campaign }] },
      },
    },
  };
}

/** The fields that the stages add to a stored customer. */
export function addedAsOf(fields: readonly Field[]): readonly string[] {
  const scopes = [...new Set(fields.map((field) => field.scope as RecordScope))];
  return [root, ...scopes.map(records)];
}
