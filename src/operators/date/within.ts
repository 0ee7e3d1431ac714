// `within 7 days after created`, of dates: at most that far from another of the customer's dates. It consists of two comparisons
// with that date, which the checker makes.
import { forTypes, type Operator } from "../operator.js";

export const isWithin: Operator = {
  name: "within",
  spellings: ["is within", "within"],
  negatedSpellings: ["is not within", "not within"],
  operand: "distance",
  version: 2,
  tests: forTypes(["date", "datetime"], () => {
    throw new RangeError("A distance is no test of one value.");
  }),
};
