// A customer's values in words, by the type of their attribute; text as the profile spells it.

import { countryName } from "../catalog/countries.js";
import type { Aspect, Attribute } from "../catalog/model.js";
import { normaliseText } from "../plan/text.js";
import { givenValue, profilePath, spokenName } from "./facts.js";
import type { Subject } from "./subject.js";
import {
  spokenDayOfYear,
  spokenInstant,
  spokenList,
  spokenMoney,
  spokenNumber,
  spokenText,
} from "./wording.js";

type Spoken = Pick<Attribute, "name" | "type"> & Partial<Attribute>;

/** A known value of an attribute that is not a set. */
export function spokenValue(attribute: Spoken, value: unknown, subject: Subject, aspect?: Aspect): string {
  if (value instanceof Date) return spokenInstant(value.getTime(), subject);
  if (typeof value === "number")
    return attribute.type === "money" ? spokenMoney(value, subject) : spokenNumber(value);
  if (typeof value === "boolean") return String(value);
  const text = String(value);
  switch (attribute.type) {
    case "country":
      return /^[A-Z]{2}$/.test(text) ? countryName(text) : spokenText(asGiven(attribute, text, subject));
    case "date":
      return aspect === undefined
        ? text
        : `${text}, so the day of the year is ${spokenDayOfYear(text.slice(5))}`;
    case "number":
    case "boolean":
    case "month":
    case "yearly":
    case "text":
    case "exact":
    case "enumeration":
    case "money":
    case "datetime":
    case "product":
    case "set":
      return spokenText(asGiven(attribute, text, subject));
    default:
      return attribute.type satisfies never;
  }
}

/** Text compares without its case; people read it as it was written. */
function asGiven(attribute: Spoken, text: string, { catalog, customer }: Subject): string {
  if (attribute.field === undefined || attribute.field.scope !== "profile") return text;
  const path = profilePath(catalog, attribute as Attribute);
  const given = path === undefined ? undefined : givenValue(customer.profile, path);
  return typeof given === "string" && normaliseText(given) === text ? given.trim() : text;
}

/** The content of a set, as a clause; if `size` is given, the number of different elements. */
export function spokenSet(
  attribute: Attribute,
  value: unknown,
  size: number | undefined,
  subject: Subject,
): string {
  const name = spokenName(attribute);
  const elements: readonly unknown[] = Array.isArray(value) ? value : [];
  const product = attribute.element === "product";
  const shown = product
    ? productsBought(elements, subject)
    : elements.map((each) => spokenElement(attribute, each, subject));
  if (size !== undefined) {
    const what = product
      ? `different product${size === 1 ? " was" : "s were"} bought`
      : `different value${size === 1 ? "" : "s"}`;
    if (product) return `${spokenNumber(size)} ${what}`;
    return attribute.name === "consents"
      ? `${spokenNumber(size)} consent${size === 1 ? " is" : "s are"} granted`
      : `${name} has ${spokenNumber(size)} ${what}`;
  }
  if (elements.length === 0) {
    if (product) return "no product was bought";
    return attribute.name === "consents" ? "no consent is granted" : `${name} has no value`;
  }
  if (product) return `bought ${spokenList(shown)}`;
  if (attribute.name === "consents") return `consents granted are ${spokenList(shown)}`;
  return `${name} has ${spokenList(shown)}`;
}

function spokenElement(attribute: Attribute, element: unknown, subject: Subject): string {
  const { element: type, values } = attribute;
  if (typeof element === "string" && values !== undefined)
    return values.find((each) => normaliseText(each) === element) ?? element;
  if (typeof element === "string" && attribute.field.scope === "profile") {
    const path = profilePath(subject.catalog, attribute);
    const given = path === undefined ? undefined : givenValue(subject.customer.profile, path);
    const list: readonly unknown[] = Array.isArray(given) ? given : [];
    const found = list.find((each) => typeof each === "string" && normaliseText(each) === element);
    return spokenText(typeof found === "string" ? found.trim() : element);
  }
  return spokenValue(
    { name: attribute.name, type: type === undefined || type === "product" ? "text" : type },
    element,
    subject,
  );
}

/** Several spellings of one name are said once. */
function productsBought(keys: readonly unknown[], { productName }: Subject): readonly string[] {
  return [...new Set(keys.map((key) => spokenText(productName(String(key)) ?? "another product")))];
}
