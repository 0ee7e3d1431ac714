// `SELECT * FROM customers WHERE country = 'Poland'`, `customers with …`: what precedes or follows a condition in other
// languages.
import { resolveName } from "../../../catalog/catalog.js";
import { countryCode } from "../../../catalog/countries.js";
import type { Catalog } from "../../../catalog/model.js";
import { diagnostic } from "../../failure.js";
import type { Suspicion } from "../mistake.js";
import { phrase } from "../phrase.js";
import { isBare, wordedTypes } from "../value.js";

export const selectFrom = phrase(
  /^(?:select .+? from \w+(?: as \w+| \w)?(?= where| ?$) ?)?(?:where )(?<rest>.+)$/i,
  ({ rest }) => [rest!],
  { leavesMore: true },
);

export const allCustomersWho = phrase(
  /^(?:(?:show|find|list|get|give|select|target|include)(?: me)? )?(?:all |every |any |only )?(?:the |of the |our |my )?(?:customers?|people|users?|clients?|contacts?|shoppers?|buyers?|everyone|everybody|anyone|those|someone)(?: (?:who|that|which|whose|where|with|having)(?: their| the)?)? (?<rest>.+)$/i,
  ({ rest }) => [
    rest!.replace(/^(?:have|has|had) (?=performed|placed|not)/i, "has "),
    rest!.replace(/^(?:are|is) /i, ""),
    `has ${rest}`,
  ],
  { leavesMore: true },
);

export const whoDid = phrase(
  /^(?:who|that|whose|which|i want|with)(?: have| has| are| is)? (?<rest>.+)$/i,
  ({ rest }) => [rest!],
  { leavesMore: true },
);

const orders = "(?:order|sort|sorted|ordered) by (?<by>[\\p{L}\\w. ]+)";

/** `order by name` alone. */
export const sorting = new RegExp(`^${orders}$`, "iu");

const textAndOrder = new RegExp(`^(?<rest>.+?) (?<order>${orders})$`, "iu");
const direction = / (?:asc|desc|ascending|descending)$/i;

/** A text and the sorting behind it, by an attribute or behind a country: `mail order by post` is no such text. */
export function sortedText(
  catalog: Catalog,
  text: string,
): { readonly rest: string; readonly order: string } | undefined {
  const { rest, order, by } = textAndOrder.exec(text)?.groups ?? {};
  if (rest === undefined || order === undefined || by === undefined) return undefined;
  const isSorted =
    resolveName(catalog, by.replace(direction, "")) !== undefined || countryCode(rest) !== undefined;
  return isSorted ? { rest, order } : undefined;
}

/** `city is Paris order by name`, where any text is a value. */
export const sortingInText: Suspicion = {
  of: wordedTypes,
  suspect: ({ operation: { operator, operands }, wanted }, { catalog, source }) => {
    const value = operands.at(-1);
    const sorted = value !== undefined && isBare(value) ? sortedText(catalog, value.text) : undefined;
    if (value === undefined || sorted === undefined) return [];
    const { rest, order } = sorted;
    const fix = { replacement: rest, span: value.span };
    const instead = `${source.raw(operator.span.start, value.span.start)}${rest}`;
    return [diagnostic("OPERATOR_IN_TEXT", [order, wanted.canonicalName, instead], value.span, { fix })];
  },
};

export const orderBy = phrase(
  /^(?<rest>.+?) (?:order by|sort by|sorted by|ordered by|group by|limit|having) .+$/i,
  ({ rest }) => [rest!],
  { leavesMore: true },
);
