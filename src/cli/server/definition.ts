// Reads a project's definition from a server, and extends it by the API's mutations.
import type { MissingKey } from "../../definitions/missing.js";
import type { ProjectDocument, PropertyType } from "../../documents/documents.js";
import { propertyTypesByName } from "../../documents/property-types.js";
import type { ProjectDefinition } from "../../projects/definition.js";
import { changeOnServer, defineAttributeOnServer } from "./attributes.js";
import { type ServerClient, ServerRefusal } from "./client.js";

interface Key {
  readonly name: string;
  readonly type: keyof typeof propertyTypesByName;
}

interface ProjectAnswer {
  readonly name: string;
  readonly timezone: string;
  readonly currency: string;
  readonly customerMetadata: readonly Key[];
  readonly indexedMetadata: readonly string[];
  readonly orderMetadata: readonly Key[];
  readonly events: readonly { readonly name: string; readonly properties: readonly Key[] }[];
  readonly consents: readonly string[];
  readonly campaigns: readonly { readonly kind: string; readonly names: readonly string[] }[];
  readonly computed: readonly { readonly name: string; readonly expression: string }[];
}

const projectQuery = `{ project {
  name timezone currency indexedMetadata consents
  customerMetadata { name type } orderMetadata { name type }
  events { name properties { name type } } campaigns { kind names } computed { name expression }
} }`;

/** The project's definition. @throws ServerRefusal `UNKNOWN_PROJECT`. */
export async function definitionOfServer({ ask }: ServerClient): Promise<ProjectDocument> {
  const { project } = await ask<{ project: ProjectAnswer }>(projectQuery);
  const { name, timezone, currency, consents, indexedMetadata } = project;
  return {
    _id: name,
    project: name,
    timezone,
    currency,
    consents,
    metadataSchema: schemaOf(project.customerMetadata),
    ...(indexedMetadata.length === 0 ? {} : { metadataIndexes: indexedMetadata }),
    orderMetadataSchema: schemaOf(project.orderMetadata),
    eventSchemas: Object.fromEntries(
      project.events.map(({ name: event, properties }) => [event, schemaOf(properties)]),
    ),
    campaigns: Object.fromEntries(project.campaigns.map(({ kind, names }) => [kind, names])),
    ...(project.computed.length === 0
      ? {}
      : { computed: Object.fromEntries(project.computed.map(({ name, expression }) => [name, expression])) }),
  };
}

const missingKinds = {
  CUSTOMER_METADATA: "metadata",
  ORDER_METADATA: "order metadata",
  EVENT: "event",
  EVENT_PROPERTY: "event property",
} as const satisfies Readonly<Record<string, MissingKey["kind"]>>;

/** What the data has and the project does not define, from the records that the server reads for it. */
export async function undefinedNamesOfServer({ ask }: ServerClient): Promise<readonly MissingKey[]> {
  interface Answer {
    readonly kind: keyof typeof missingKinds;
    readonly name: string;
    readonly event: string | null;
    readonly type: Key["type"] | null;
    readonly count: number;
  }
  const { project } = await ask<{ project: { undefinedNames: readonly Answer[] } }>(
    "{ project { undefinedNames { kind name event type count } } }",
  );
  return project.undefinedNames.map(({ kind, name, event, type, count }) => ({
    kind: missingKinds[kind],
    name,
    count,
    ...(event === null ? {} : { event }),
    ...(type === null ? {} : { type: propertyTypesByName[type] }),
  }));
}

function schemaOf(keys: readonly Key[]): Readonly<Record<string, PropertyType>> {
  return Object.fromEntries(keys.map(({ name, type }) => [name, propertyTypesByName[type]]));
}

/** The API's names of types. */
export const typeNames = Object.fromEntries(
  Object.entries(propertyTypesByName).map(([name, type]) => [type, name]),
) as Readonly<Record<PropertyType, Key["type"]>>;

function keysOf(schema: Readonly<Record<string, PropertyType>>): readonly Key[] {
  return Object.entries(schema).map(([name, type]) => ({ name, type: typeNames[type] }));
}

/**
 * Adds to the project's definition, part by part: if a part is refused, the earlier ones remain.
 * @throws ServerRefusal if the server refuses a part.
 */
export async function defineOnServer(client: ServerClient, definition: ProjectDefinition): Promise<void> {
  const { timezone, currency, metadataIndexes, metadataSchema, orderMetadataSchema } = definition;
  const { eventSchemas = {}, consents, campaigns = {}, computed } = definition;
  const define = (mutation: string, type: string, input: object): Promise<void> =>
    changeOnServer(client, mutation, type, input);
  if (timezone !== undefined || currency !== undefined)
    await define("projectUpdate", "ProjectUpdateInput", { timezone, currency });
  for (const [of, schema] of [
    ["CUSTOMER", metadataSchema],
    ["ORDER", orderMetadataSchema],
  ] as const) {
    if (schema !== undefined && Object.keys(schema).length > 0)
      await define("metadataDefine", "MetadataDefineInput", { of, keys: keysOf(schema) });
  }
  for (const [name, properties] of Object.entries(eventSchemas))
    await define("eventDefine", "EventDefineInput", { name, properties: keysOf(properties) });
  if (consents !== undefined && consents.length > 0)
    await define("consentDefine", "ConsentDefineInput", { names: consents });
  for (const [kind, names] of Object.entries(campaigns))
    await define("campaignDefine", "CampaignDefineInput", { kind, names });
  if (metadataIndexes !== undefined)
    await define("projectUpdate", "ProjectUpdateInput", { indexedMetadata: metadataIndexes });
  if (computed !== undefined) await defineComputed(client, computed);
}

/**
 * Defines the attributes that the project does not have so. One may use another: those that are refused are tried again after the
 * others.
 */
async function defineComputed(
  client: ServerClient,
  computed: NonNullable<ProjectDefinition["computed"]>,
): Promise<void> {
  const { computed: known = {} } = await definitionOfServer(client);
  let left: readonly (readonly [string, string])[] = Object.entries(computed).filter(
    ([name, expression]) => known[name] !== expression,
  );
  while (left.length > 0) {
    const refused: (readonly [string, string])[] = [];
    let reason: unknown;
    for (const [name, expression] of left) {
      try {
        await defineAttributeOnServer(client, name, expression);
      } catch (error) {
        if (!(error instanceof ServerRefusal)) throw error;
        refused.push([name, expression]);
        reason ??= error;
      }
    }
    if (refused.length === left.length) throw reason;
    left = refused;
  }
}
