// Defines names that queries may use from then on.
import { refuse } from "../parts/useAction.js";
import { change } from "./client.js";
import {
  DefineConsentsDocument,
  DefineEventDocument,
  DefineMetadataDocument,
  type PropertyType,
} from "./generated.js";
import type { UndefinedName } from "./undefined-names.js";

export const propertyTypes: readonly PropertyType[] = [
  "STRING",
  "NUMBER",
  "BOOLEAN",
  "DATE",
  "DATETIME",
  "STRINGS",
  "NUMBERS",
  "BOOLEANS",
  "DATES",
  "DATETIMES",
];

/** Defines a name; `type` is that of a key or property. @throws Error if it is refused. */
export async function defineName({ kind, name, event }: UndefinedName, type: PropertyType): Promise<void> {
  const key = { name, type };
  switch (kind) {
    case "CUSTOMER_METADATA":
      return defineKey("CUSTOMER", key);
    case "ORDER_METADATA":
      return defineKey("ORDER", key);
    case "EVENT":
      return defineEvent(name, []);
    case "EVENT_PROPERTY":
      return defineEvent(event ?? "", [key]);
    default:
      return kind satisfies never;
  }
}

/** Defines a consent. @throws Error if it is refused. */
export async function defineConsent(name: string): Promise<void> {
  refuse((await change(DefineConsentsDocument, { input: { names: [name] } })).consentDefine);
}

interface TypedProperty {
  readonly name: string;
  readonly type: PropertyType;
}

async function defineKey(of: "CUSTOMER" | "ORDER", key: TypedProperty): Promise<void> {
  refuse((await change(DefineMetadataDocument, { input: { of, keys: [key] } })).metadataDefine);
}

async function defineEvent(name: string, properties: readonly TypedProperty[]): Promise<void> {
  refuse((await change(DefineEventDocument, { input: { name, properties: [...properties] } })).eventDefine);
}
