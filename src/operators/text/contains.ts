// `contains`: a part of a text, or an element of a set.
import { forTypes, type Operator } from "../operator.js";
import { spanOf } from "../spans.js";

export const contains: Operator = {
  name: "contains",
  spellings: ["contains"],
  negatedSpellings: ["does not contain"],
  spoken: ["contain", "contains", "containing", "include", "includes", "including"],
  misworded: ["like", "match", "matches"],
  counterparts: ["is"],
  operand: "value",
  tests: {
    ...forTypes(["text", "exact", "product"], (operands) => ({
      kind: "contains",
      text: String(operands[0]?.from),
    })),
    set: (operands) => ({ kind: "hasAny", values: operands.map(spanOf) }),
  },
};
