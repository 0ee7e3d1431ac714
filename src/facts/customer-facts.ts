// Derives the facts of a customer: the values that queries read, in comparable form.
import { countryValue } from "../catalog/countries.js";
import { enumerationValue, intercomTypes, sources } from "../catalog/enumerations.js";
import type { CustomerDocument, Facts, Profile, ProjectDocument } from "../documents/documents.js";
import { metadataSlot } from "../documents/metadata-slot.js";
import { isListType } from "../documents/property-types.js";
import { normaliseText, reverseText } from "../plan/text.js";
import { isDay, readInstant } from "./instants.js";
import { RecordError } from "./record-error.js";
import { shorten } from "./record-shape.js";
import { typedEntries } from "./typed-values.js";
import { isYearlessDay } from "./yearless-day.js";

export type DerivedFacts = Pick<CustomerDocument, "facts" | "reversed" | "yearly">;

const textNames = [
  "name",
  "email",
  "phone",
  "city",
  "state",
  "postal_code",
  "mailchimp_list",
  "web_widget_id",
] as const satisfies readonly (keyof Facts)[];

/**
 * The facts of a profile under a project's schema, consents and zone.
 * @throws RecordError for an invalid value: a day that does not exist, an unknown source or consent, metadata of another type
 * than the schema's.
 */
export function deriveFacts(profile: Profile, definition: ProjectDocument): DerivedFacts {
  const metadata = metadataFacts(profile, definition);
  const texts: Partial<Record<(typeof textNames)[number], string>> = {};
  const reversed: Record<string, unknown> = { source_id: reverseText(profile.source_id) };
  const given = givenTexts(profile);
  for (const name of textNames) {
    const text = known(given[name]);
    if (text === undefined) continue;
    texts[name] = text;
    reversed[name] = reverseText(text);
  }
  const born = day(profile.birthdate, "birthdate");
  // For a birthday without a year, the day of the year is known, but the date, and so the age, is not.
  const birthdate = born !== undefined && isYearlessDay(born) ? undefined : born;
  const facts: Facts = {
    source_id: profile.source_id,
    ...texts,
    ...field("country", country(profile)),
    ...field("created_at", instant(profile.created_at, "created_at", definition.timezone)),
    ...field("birthdate", birthdate),
    ...field("source", oneOf(sources, profile.source, "source")),
    ...field(
      "intercom_type",
      oneOf(intercomTypes, profile.source_metadata?.intercom?.type, "source_metadata.intercom.type"),
    ),
    consents: consents(profile, definition),
    metadata: metadata.facts,
  };
  return {
    facts,
    reversed: { ...reversed, metadata: metadata.reversed },
    yearly: { ...field("birthdate", born?.slice(-5)), metadata: metadata.yearly },
  };
}

type TextName = (typeof textNames)[number];

function givenTexts(profile: Profile): Readonly<Record<TextName, string | null | undefined>> {
  return {
    name: profile.name,
    email: profile.email,
    phone: profile.phone,
    city: profile.address?.city,
    state: profile.address?.state,
    postal_code: profile.address?.postal_code,
    mailchimp_list: profile.source_metadata?.mailchimp?.list,
    web_widget_id: profile.source_metadata?.web_widget?.id,
  };
}

/** An object with that one field, or with none: an unknown value has no field. */
function field<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [name in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in Name]?: Value });
}

function known(text: string | null | undefined): string | undefined {
  return text === null || text === undefined ? undefined : normaliseText(text) || undefined;
}

function country(profile: Profile): string | undefined {
  const written = profile.address?.country;
  return written === null || written === undefined ? undefined : countryValue(written);
}

function day(written: string | null | undefined, name: string): string | undefined {
  const text = known(written);
  if (text === undefined || isDay(text) || isYearlessDay(text)) return text;
  throw new RecordError(
    `\`${name}\` is "${shorten(text)}", which is no day; write one as 1990-02-28, or as --02-28 without its year`,
  );
}

function instant(written: string | null | undefined, name: string, zone: string): Date | undefined {
  if (known(written) === undefined) return undefined;
  const milliseconds = readInstant(written!.trim(), zone);
  if (milliseconds !== undefined) return new Date(milliseconds);
  throw new RecordError(
    `\`${name}\` is "${shorten(written!)}", which is no date; write one as 2026-02-01 or 2026-02-01T10:00:00Z`,
  );
}

function oneOf<Value extends string>(
  values: readonly Value[],
  written: string | null | undefined,
  name: string,
): Value | undefined {
  if (known(written) === undefined) return undefined;
  const value = enumerationValue(values, written!);
  if (value !== undefined) return value;
  throw new RecordError(`\`${name}\` is "${shorten(written!)}"; it must be one of ${values.join(", ")}`);
}

function consents(profile: Profile, definition: ProjectDocument): readonly string[] {
  const granted = new Set((profile.consents ?? []).map(normaliseText).filter((consent) => consent !== ""));
  const defined = new Set(definition.consents.map(normaliseText));
  for (const consent of granted) {
    if (defined.has(consent)) continue;
    const choice =
      definition.consents.length === 0
        ? "it has none"
        : `it has ${definition.consents.slice(0, 20).join(", ")}`;
    throw new RecordError(
      `\`consents\` holds "${shorten(consent)}", which is no consent of the project (${choice}); correct it, or define it: segmentql define consent "${shorten(consent)}"`,
    );
  }
  return [...granted];
}

function metadataFacts(profile: Profile, definition: ProjectDocument) {
  const facts: Record<string, unknown> = {};
  const reversed: Record<string, string> = {};
  const yearly: Record<string, string> = {};
  for (const [key, type] of Object.entries(definition.metadataSchema)) {
    // A missing set is empty, not unknown.
    if (isListType(type)) facts[metadataSlot(key, type)] = [];
  }
  for (const { key, type, value, yearDay } of typedEntries(
    profile.metadata ?? {},
    definition.metadataSchema,
    "metadata",
    definition.timezone,
  )) {
    const slot = metadataSlot(key, type);
    if (yearDay !== undefined) yearly[slot] = yearDay;
    if (value === undefined) continue;
    facts[slot] = value;
    if (type === "string" && typeof value === "string") reversed[slot] = reverseText(value);
  }
  return { facts, reversed, yearly };
}
