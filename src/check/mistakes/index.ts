// The common mistakes, each list in the order in which it is tried, the most specific first.

import { absoluteDate } from "./dates/absolute-date.js";
import { birthdayAsDate, birthdayInMonth, birthdaySoon } from "./dates/birthday.js";
import { anniversaryWithYear } from "./dates/birthday-with-year.js";
import { customerSince } from "./dates/customer-since.js";
import { dateOtherwise } from "./dates/date-otherwise.js";
import {
  datesFromTo,
  dateWithComma,
  daysAgo,
  lastDays,
  lastDaysOfFigure,
  longerThan,
  neverAsDate,
  shortUnit,
  slashedDate,
  withinDays,
} from "./dates/date-words.js";
import { laterThanAgo } from "./dates/later-than-ago.js";
import { oneInstant } from "./dates/one-instant.js";
import { periodYear } from "./dates/period-year.js";
import { upsideDown } from "./dates/upside-down.js";
import { windowWords } from "./dates/window-words.js";
import {
  boughtButNot,
  buying,
  countOfOrders,
  ordering,
  orderOver,
  orderSign,
  propertyOfOrder,
} from "./events/buying.js";
import {
  clauseOtherwise,
  countOfEvent,
  eventAlone,
  lastOfEvent,
  timesOfEvent,
  timesOtherwise,
} from "./events/event-words.js";
import { hasNever } from "./events/has-never.js";
import { missingProperty } from "./events/missing-property.js";
import { misspeltEvent, misspeltProperty, misspeltSegment } from "./events/misspelt-event.js";
import { periodInProduct } from "./events/period-in-product.js";
import { newCustomers, signingUp } from "./events/signing-up.js";
import { figureOtherwise, spending } from "./events/spending.js";
import { andThen, fromValue, sameInFirstStep, stepsOtherwise } from "./events/step-words.js";
import type { Mistake, Suspicion } from "./mistake.js";
import { attributeInWhere } from "./names/attribute-in-where.js";
import { campaignNotTaken, misspeltCampaign } from "./names/campaign.js";
import { conditionInWhere } from "./names/condition-in-where.js";
import { missingAttribute } from "./names/missing-attribute.js";
import { metadataWithoutKey, misspeltName } from "./names/misspelt-name.js";
import { misspeltTwice } from "./names/misspelt-twice.js";
import { eventAsName, nameInWords } from "./names/name-in-words.js";
import { runOnValue, twoNames } from "./names/two-conditions.js";
import { counterpart } from "./operators/counterpart.js";
import { missingOperator, missingOperatorOfType } from "./operators/missing-operator.js";
import { aged, hasNumberOf, numberFirst, referred } from "./operators/number-first.js";
import { operatorInText } from "./operators/operator-in-text.js";
import { orEqual, orMore, plusBehindNumber } from "./operators/or-more.js";
import { rangeEnd } from "./operators/range-end.js";
import { rangeWords } from "./operators/range-words.js";
import { secondBound } from "./operators/second-bound.js";
import { numberAsYear, splitOperator } from "./operators/split-operator.js";
import { likePattern, patternAsText } from "./operators/text-pattern.js";
import {
  colon,
  domainOfEmail,
  elementOfSet,
  endOfText,
  notEqual,
  olderThan,
  partOfText,
  partsOfName,
  tagged,
  valueInSet,
  valueThenName,
} from "./operators/text-words.js";
import { flagCustomers, flagWho, isFlag, truthOtherwise } from "./operators/true-false.js";
import { signBehindOperator, wordsBehindIs } from "./operators/two-operators.js";
import { wordedOperator } from "./operators/worded-operator.js";
import type { Phrase } from "./phrase.js";
import { amountInWords } from "./values/amount-words.js";
import { conditionInValue, presenceInValue } from "./values/condition-in-value.js";
import { decimalComma, spacedThousands } from "./values/decimal-comma.js";
import { markBehindText, markBehindValue, markBetween } from "./values/end-marks.js";
import { misspeltMonth, misspeltValue } from "./values/misspelt-value.js";
import { emptyText, noValue, noValueAsText } from "./values/no-value.js";
import { partOfEmail } from "./values/part-of-email.js";
import {
  commaForAnd,
  neitherNor,
  valueBehindOr,
  valuesWithBars,
  valuesWithCommas,
  valuesWithSemicolons,
} from "./values/several-values.js";
import { shareWithoutPercent } from "./values/share-without-percent.js";
import { signInText } from "./values/sign-in-text.js";
import { unknownCountry } from "./values/unknown-country.js";
import { valueForCondition } from "./values/value-for-condition.js";
import { valueWithAnd } from "./values/value-with-and.js";
import { absence, absenceOfEither, presence, presenceToo } from "./words/absence.js";
import { consentAsFlag, consenting, emailStatus, misspeltConsent, subscriber } from "./words/consenting.js";
import { numbersInWords } from "./words/numbers-in-words.js";
import { connectiveInText, otherConnectives } from "./words/other-connectives.js";
import { barsBetween, onlyOne, overAllTime, shopifyNames, someoneWho } from "./words/other-products.js";
import { places } from "./words/places.js";
import {
  secondSegment,
  segmentAlone,
  segmentOverTime,
  segmentWords,
  shareOfCustomers,
} from "./words/segment-words.js";
import { allCustomersWho, orderBy, selectFrom, sortingInText, whoDid } from "./words/sql.js";
import {
  daysSince,
  expression,
  functionOfOrders,
  functionOfText,
  instantByFunction,
  partOfDate,
  presenceByFunction,
} from "./words/sql-functions.js";

/** Certain if their fix passes its trial: tried before the phrases. */
export const sureMistakes: readonly Mistake[] = [
  customerSince,
  rangeEnd,
  orMore,
  orEqual,
  attributeInWhere,
  conditionInWhere,
  splitOperator,
  numberAsYear,
  wordedOperator,
  missingOperatorOfType,
  hasNever,
  andThen,
  twoNames,
  valueWithAnd,
  valueBehindOr,

  signBehindOperator,
  wordsBehindIs,
  noValue,
  markBehindValue,
  decimalComma,
  amountInWords,
  truthOtherwise,
  dateOtherwise,
  anniversaryWithYear,
  windowWords,
  misspeltValue,
  misspeltMonth,

  counterpart,
  absoluteDate,
  upsideDown,
  campaignNotTaken,
  misspeltCampaign,
  sameInFirstStep,
  stepsOtherwise,
  fromValue,
  misspeltEvent,
  misspeltProperty,
  misspeltSegment,
  missingProperty,
  shareWithoutPercent,
];

/** Possible explanations, tried if no phrase is recognised. */
export const likelyMistakes: readonly Mistake[] = [
  missingOperator,
  valueForCondition,
  eventAsName,
  metadataWithoutKey,
  misspeltName,
  misspeltTwice,
  nameInWords,
  missingAttribute,
  runOnValue,
];

/** Recognised by the words of a condition. */
export const phrases: readonly Phrase[] = [
  markBetween,
  barsBetween,
  overAllTime,
  boughtButNot,
  otherConnectives,
  commaForAnd,
  selectFrom,
  emptyText,
  functionOfText,
  functionOfOrders,
  instantByFunction,
  partOfDate,
  presenceByFunction,
  daysSince,
  expression,
  numberFirst,
  aged,
  plusBehindNumber,
  rangeWords,
  secondBound,
  segmentOverTime,
  segmentWords,
  segmentAlone,
  secondSegment,
  shareOfCustomers,
  someoneWho,
  shopifyNames,
  emailStatus,
  ordering,
  onlyOne,
  countOfOrders,
  orderSign,
  propertyOfOrder,
  orderOver,
  spending,
  signingUp,
  newCustomers,
  consenting,
  misspeltConsent,
  subscriber,
  consentAsFlag,
  flagWho,
  referred,
  hasNumberOf,
  elementOfSet,
  absenceOfEither,
  absence,
  presence,
  presenceToo,
  isFlag,
  flagCustomers,
  lastOfEvent,
  timesOtherwise,
  clauseOtherwise,
  countOfEvent,
  timesOfEvent,
  eventAlone,
  buying,
  birthdayInMonth,
  birthdaySoon,
  lastDays,
  lastDaysOfFigure,
  withinDays,
  longerThan,
  daysAgo,
  slashedDate,
  dateWithComma,
  datesFromTo,
  shortUnit,
  neverAsDate,
  likePattern,
  spacedThousands,
  valueInSet,
  domainOfEmail,
  notEqual,
  endOfText,
  partOfText,
  partsOfName,
  valueThenName,
  tagged,
  olderThan,
  colon,
  valuesWithCommas,
  places,
  figureOtherwise,
  allCustomersWho,
  whoDid,
  orderBy,
  numbersInWords,
];

/** For conditions that check: all of them are tried. */
export const suspicions: readonly Suspicion[] = [
  signInText,
  operatorInText,
  sortingInText,
  partOfEmail,
  connectiveInText,
  noValueAsText,
  periodInProduct,
  conditionInValue,
  presenceInValue,
  neitherNor,
  valuesWithBars,
  valuesWithSemicolons,
  markBehindText,
  patternAsText,
  birthdayAsDate,
  laterThanAgo,
  unknownCountry,
  oneInstant,
  periodYear,
];
