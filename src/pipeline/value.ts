// The value of a customer's field as a pipeline computes it, for orders that no index serves.
import type { Field } from "../plan/plan.js";
import type { ActivitySource } from "./compile.js";
import { expressField } from "./express.js";
import { figuresIn, joinStages, placeFigure } from "./figures.js";
import { asOfStages, datedFields, placeAsOf } from "./records.js";
import type { Pipeline } from "./stage.js";

/**
 * The stages from customers as they are stored to `{ _id, source_id, value }`; the value is null if it is unknown. Tests of products
 * must be bound.
 */
export function valueStages(field: Field, activity: ActivitySource, asOf: number): Pipeline {
  const known = { kind: "predicate", field, test: { kind: "known" } } as const;
  const figures = figuresIn(known);
  const dated = activity === "records" ? datedFields(known) : [];
  const place = (each: Field): Field => {
    if (each.figure !== undefined) return placeFigure(each, figures);
    return activity === "records" ? placeAsOf(each) : each;
  };
  const value = { $ifNull: [expressField(place(field)), null] };
  return [
    ...(dated.length === 0 ? [] : asOfStages(dated, new Date(asOf))),
    ...joinStages(figures, [], place),
    { $project: { source_id: 1, value } },
  ];
}
