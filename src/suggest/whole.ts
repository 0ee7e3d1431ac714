// Whether the words before the cursor are whole, so that something may follow them.
import type { Behind } from "../../grammar/completion/expectation.js";
import { isPeriodText } from "../../grammar/parser/periods.js";
import { resolveName } from "../catalog/catalog.js";
import { enumerationValue } from "../catalog/enumerations.js";
import { findEventType } from "../catalog/events.js";
import type { Catalog, ElementType } from "../catalog/model.js";
import { readDate, readDayOfYear, readDuration, readMonth } from "../check/dates.js";
import { operatorsByName } from "../operators/index.js";
import { isComparable, type ResolvedSubject, resolveSubject } from "./subject.js";

/** True if the words are complete; of a value, only its beginning is checked. */
export function isWhole(catalog: Catalog, behind: Behind | undefined): boolean {
  switch (behind?.kind) {
    case undefined:
      return true;
    case "event":
      return findEventType(catalog, behind.words) !== undefined;
    case "property":
      return catalog.events.some((event) => resolveName(event.catalog, behind.words) !== undefined);
    case "attribute":
      return comparableAttribute(catalog, behind.words, resolveSubject(catalog, behind.comparedWith));
    case "flag":
      return resolveSubject(catalog, behind.subject)?.type === "boolean";
    case "operator": {
      const type = resolveSubject(catalog, behind.subject)?.type;
      return type !== undefined && operatorsByName.get(behind.operator)?.tests[type] !== undefined;
    }
    case "value": {
      const subject = resolveSubject(catalog, behind.subject);
      // If the subject is unknown, nothing is known to be wrong.
      if (subject === undefined) return true;
      const operator = operatorsByName.get(behind.operator);
      const compared = /^(?:the )?customer['’]s (.+)$/i.exec(behind.words)?.[1];
      if (compared !== undefined) return comparableAttribute(catalog, compared, subject);
      if (operator?.tests[subject.type] === undefined) return false;
      if (operator.operand === "period") return isPeriodText(behind.words.trim());
      if (operator.operand === "duration") return readDuration(behind.words) !== undefined;
      return operator.operandType === "number"
        ? hasDigit(behind.words)
        : isValue(catalog, subject, behind.words);
    }
    default:
      return behind satisfies never;
  }
}

/** True if the words name an attribute of the customer's whose values can be compared with the subject's. */
function comparableAttribute(catalog: Catalog, words: string, subject: ResolvedSubject | undefined): boolean {
  const attribute = resolveName(catalog, words)?.attribute;
  return attribute !== undefined && subject !== undefined && isComparable(subject, attribute);
}

function hasDigit(words: string): boolean {
  return /\d/.test(words);
}

function isValue(catalog: Catalog, { type, attribute }: ResolvedSubject, words: string): boolean {
  const compared: ElementType = type === "set" ? (attribute?.element ?? "text") : type;
  switch (compared) {
    case "number":
    case "money":
      return hasDigit(words);
    case "boolean":
      return /^(?:true|false|yes|no)$/i.test(words.trim());
    case "enumeration":
      return enumerationValue(attribute?.values ?? [], words) !== undefined;
    case "month":
      return readMonth(words) !== undefined;
    case "date":
    case "datetime":
    case "yearly": {
      // Which instant it is doesn't matter.
      const now = { asOf: 0, zone: catalog.timezone };
      return readDate(words, now).kind !== "none" || readDayOfYear(words, now) !== undefined;
    }
    case "country":
    case "text":
    case "exact":
    case "product":
    case "set":
      return true;
    default:
      return compared satisfies never;
  }
}
