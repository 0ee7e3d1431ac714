// The usual mistakes in the order in which they are asked, the most specific first.
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { type Failed, type Failure, plainDiagnostic } from "../failure.js";
import type { Reading, Scope } from "../scope.js";
import { absoluteDate } from "./absolute-date.js";
import { attributeInWhere } from "./attribute-in-where.js";
import { campaignNotTaken, misspeltCampaign } from "./campaign.js";
import { conditionInWhere } from "./condition-in-where.js";
import { counterpart } from "./counterpart.js";
import { dateOtherwise } from "./date-otherwise.js";
import { decimalComma } from "./decimal-comma.js";
import { hasNever } from "./has-never.js";
import { missingAttribute } from "./missing-attribute.js";
import { missingOperator } from "./missing-operator.js";
import { missingProperty } from "./missing-property.js";
import { misspeltEvent, misspeltProperty, misspeltSegment } from "./misspelt-event.js";
import { misspeltName } from "./misspelt-name.js";
import { misspeltMonth, misspeltValue } from "./misspelt-value.js";
import type { Mistake, Suspicion } from "./mistake.js";
import { oneInstant } from "./one-instant.js";
import { rangeEnd } from "./range-end.js";
import { shareWithoutPercent } from "./share-without-percent.js";
import { signInText } from "./sign-in-text.js";
import { splitOperator } from "./split-operator.js";
import { runOnValue, twoNames } from "./two-conditions.js";
import { signBehindOperator, wordsBehindIs } from "./two-operators.js";
import { unknownCountry } from "./unknown-country.js";
import { upsideDown } from "./upside-down.js";
import { valueForCondition } from "./value-for-condition.js";
import { windowWords } from "./window-words.js";
import { wordedOperator } from "./worded-operator.js";

const mistakes: readonly Mistake[] = [
  rangeEnd,
  attributeInWhere,
  conditionInWhere,
  splitOperator,
  wordedOperator,
  missingOperator,
  hasNever,
  twoNames,
  misspeltName,
  valueForCondition,
  missingAttribute,

  signBehindOperator,
  wordsBehindIs,
  runOnValue,
  decimalComma,
  dateOtherwise,
  windowWords,
  misspeltValue,
  misspeltMonth,

  counterpart,
  absoluteDate,
  upsideDown,
  campaignNotTaken,
  misspeltCampaign,
  misspeltEvent,
  misspeltProperty,
  misspeltSegment,
  missingProperty,
  shareWithoutPercent,
];

const suspicions: readonly Suspicion[] = [signInText, unknownCountry, oneInstant];

/** What is reported of a rule's failures: each by the first mistake that explains it, else as it is. */
export function diagnose(failed: Failed, scope: Scope): readonly Diagnostic[] {
  return [...failed.failures.flatMap((failure) => diagnoseOne(failure, scope)), ...failed.diagnosed];
}

function diagnoseOne(failure: Failure, scope: Scope): readonly Diagnostic[] {
  for (const mistake of mistakes) {
    const found = mistake.of.includes(failure.code) ? mistake.recognise(failure, scope) : undefined;
    if (found !== undefined) return found === "consequence" ? [] : [found];
  }
  return [plainDiagnostic(failure)];
}

/** What is reported of the values of a condition that checks. */
export function suspect(readings: readonly Reading[], scope: Scope): readonly Diagnostic[] {
  return readings.flatMap((reading) => suspicions.flatMap((suspicion) => suspicion.suspect(reading, scope)));
}
