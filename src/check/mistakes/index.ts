// The usual mistakes, each list in the order in which it is asked, the most specific first.
import { absence, presence } from "./absence.js";
import { absoluteDate } from "./absolute-date.js";
import { amountInWords } from "./amount-words.js";
import { attributeInWhere } from "./attribute-in-where.js";
import { birthdayAsDate, birthdayInMonth, birthdaySoon } from "./birthday.js";
import { anniversaryWithYear } from "./birthday-with-year.js";
import { buying, countOfOrders, ordering, orderSign } from "./buying.js";
import { campaignNotTaken, misspeltCampaign } from "./campaign.js";
import { conditionInValue } from "./condition-in-value.js";
import { conditionInWhere } from "./condition-in-where.js";
import { consenting, subscriber } from "./consenting.js";
import { counterpart } from "./counterpart.js";
import { dateOtherwise } from "./date-otherwise.js";
import { daysAgo, lastDays, longerThan, slashedDate, withinDays } from "./date-words.js";
import { decimalComma } from "./decimal-comma.js";
import { markBehindText, markBehindValue, markBetween } from "./end-marks.js";
import { clauseOtherwise, eventAlone, lastOfEvent, timesOtherwise } from "./event-words.js";
import { hasNever } from "./has-never.js";
import { laterThanAgo } from "./later-than-ago.js";
import { missingAttribute } from "./missing-attribute.js";
import { missingOperator, missingOperatorOfType } from "./missing-operator.js";
import { missingProperty } from "./missing-property.js";
import { misspeltEvent, misspeltProperty, misspeltSegment } from "./misspelt-event.js";
import { misspeltName } from "./misspelt-name.js";
import { misspeltTwice } from "./misspelt-twice.js";
import { misspeltMonth, misspeltValue } from "./misspelt-value.js";
import type { Mistake, Suspicion } from "./mistake.js";
import { eventAsName, nameInWords } from "./name-in-words.js";
import { noValue, noValueAsText } from "./no-value.js";
import { oneInstant } from "./one-instant.js";
import { orEqual, orMore, plusBehindNumber } from "./or-more.js";
import { connectiveInText, otherConnectives } from "./other-connectives.js";
import { periodInProduct } from "./period-in-product.js";
import type { Phrase } from "./phrase.js";
import { places } from "./places.js";
import { rangeEnd } from "./range-end.js";
import { rangeWords } from "./range-words.js";
import { secondBound } from "./second-bound.js";
import { segmentWords, shareOfCustomers } from "./segment-words.js";
import { commaForAnd, neitherNor, valueBehindOr, valuesWithCommas } from "./several-values.js";
import { shareWithoutPercent } from "./share-without-percent.js";
import { signInText } from "./sign-in-text.js";
import { signingUp } from "./signing-up.js";
import { figureOtherwise, spending } from "./spending.js";
import { splitOperator } from "./split-operator.js";
import { allCustomersWho, orderBy, selectFrom, whoDid } from "./sql.js";
import { likePattern, patternAsText } from "./text-pattern.js";
import { colon, endOfText, partOfText, partsOfName } from "./text-words.js";
import { isFlag, truthOtherwise } from "./true-false.js";
import { runOnValue, twoNames } from "./two-conditions.js";
import { signBehindOperator, wordsBehindIs } from "./two-operators.js";
import { unknownCountry } from "./unknown-country.js";
import { upsideDown } from "./upside-down.js";
import { valueForCondition } from "./value-for-condition.js";
import { valueWithAnd } from "./value-with-and.js";
import { windowWords } from "./window-words.js";
import { wordedOperator } from "./worded-operator.js";

/** What surely is the mistake if its mend leads on: asked before the words of the whole condition are. */
export const sureMistakes: readonly Mistake[] = [
  rangeEnd,
  orMore,
  orEqual,
  attributeInWhere,
  conditionInWhere,
  splitOperator,
  wordedOperator,
  missingOperatorOfType,
  hasNever,
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
  misspeltEvent,
  misspeltProperty,
  misspeltSegment,
  missingProperty,
  shareWithoutPercent,
];

/** What may be the mistake, if no phrase is recognised. */
export const likelyMistakes: readonly Mistake[] = [
  missingOperator,
  valueForCondition,
  eventAsName,
  misspeltName,
  misspeltTwice,
  nameInWords,
  missingAttribute,
  runOnValue,
];

/** Recognised by the words of a condition. */
export const phrases: readonly Phrase[] = [
  markBetween,
  otherConnectives,
  commaForAnd,
  selectFrom,
  plusBehindNumber,
  rangeWords,
  secondBound,
  segmentWords,
  shareOfCustomers,
  ordering,
  countOfOrders,
  orderSign,
  spending,
  signingUp,
  consenting,
  subscriber,
  absence,
  presence,
  isFlag,
  lastOfEvent,
  timesOtherwise,
  clauseOtherwise,
  eventAlone,
  buying,
  birthdayInMonth,
  birthdaySoon,
  lastDays,
  withinDays,
  longerThan,
  daysAgo,
  slashedDate,
  likePattern,
  endOfText,
  partOfText,
  partsOfName,
  colon,
  valuesWithCommas,
  places,
  figureOtherwise,
  allCustomersWho,
  whoDid,
  orderBy,
];

/** Of conditions that check: all of them are asked. */
export const suspicions: readonly Suspicion[] = [
  signInText,
  connectiveInText,
  noValueAsText,
  periodInProduct,
  conditionInValue,
  neitherNor,
  markBehindText,
  patternAsText,
  birthdayAsDate,
  laterThanAgo,
  unknownCountry,
  oneInstant,
];
