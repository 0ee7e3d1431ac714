// `SELECT * FROM customers WHERE country = 'Poland'`, `customers with …`: what precedes or follows a condition in other
// languages.
import { phrase } from "../phrase.js";

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

export const orderBy = phrase(
  /^(?<rest>.+?) (?:order by|sort by|sorted by|ordered by|group by|limit|having) .+$/i,
  ({ rest }) => [rest!],
  { leavesMore: true },
);
