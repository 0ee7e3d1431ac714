// `is vip`, `not a vip`, `vip = 1`: a true/false attribute in other words.
import { resolveName } from "../../../catalog/catalog.js";
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";
import { pair, phrase } from "../phrase.js";

export const isFlag = phrase(
  /^(?:(?:is|are|has|was|be)(?<not> not|n['’]?t)?|(?<also>not))(?: an?| the)? (?<name>.+?)s?$/i,
  ({ not, also, name }, { catalog }) => {
    if (resolveName(catalog, name!)?.attribute.type !== "boolean") return [];
    return [not === "" && also === "" ? name! : `not ${name}`];
  },
  { isSynonym: (written) => !/^was/i.test(written) },
);

/** `vip customers`. */
export const flagCustomers = phrase(
  /^(?<name>.+?) (?:customers?|people|users?|members?|clients?)$/i,
  ({ name }, { catalog }) => (resolveName(catalog, name!)?.attribute.type === "boolean" ? [name!] : []),
  { isSynonym: () => true },
);

/** `vip who ordered in the last 30 days`, `vip with more than 3 orders`. */
export const flagWho = phrase(
  /^(?<name>.+?) (?:customers? )?(?:who|that|which|with|having) (?:have |has |are |is )?(?<rest>.+)$/i,
  ({ name, rest }, scope, stretch) =>
    resolveName(scope.catalog, name!)?.attribute.type === "boolean"
      ? [`${name} and ${rest}`, `${name} and has ${rest}`].map((each) => pair(each, scope, stretch))
      : [],
  { leavesMore: true },
);

const truths: Readonly<Record<string, string>> = {
  "1": "true",
  y: "true",
  t: "true",
  on: "true",
  "0": "false",
  n: "false",
  f: "false",
  off: "false",
};

export const truthOtherwise: Mistake = {
  of: ["NOT_TRUE_OR_FALSE"],
  recognise: ({ about: { value, wanted }, span, expected }) => {
    const meant = value === undefined ? undefined : truths[value.text.toLowerCase()];
    if (value === undefined || wanted === undefined || meant === undefined) return undefined;
    return diagnostic("NOT_TRUE_OR_FALSE", [value.text, wanted.attribute.name], span, {
      expected,
      fix: { replacement: meant, span },
    });
  },
};
