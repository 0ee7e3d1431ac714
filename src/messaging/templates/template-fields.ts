// The fields that templates can name, and their values for a customer.
import type { CustomerDocument, ProjectDocument, PropertyType } from "../../documents/documents.js";
import type { DistributionDocument, MessageEvent } from "../../documents/message-documents.js";

/** `value` has no fields of its own, `list` has elements; anything else has the fields listed. */
export type FieldShape = "value" | "list" | { readonly [name: string]: FieldShape };

/** What a template is checked against. */
export interface FieldsRequest {
  readonly definition: ProjectDocument;
  /** True if a code is handed out. */
  readonly hasCode: boolean;
  /** The type of the event that a message is about. */
  readonly eventType?: string | undefined;
}

/** The fields that a template can name. */
export function fieldsOf({ definition, hasCode, eventType }: FieldsRequest): FieldShape {
  const schema = eventType === undefined ? undefined : definition.eventSchemas[eventType];
  return {
    project: "value",
    distribution: { name: "value", purpose: "value" },
    customer: {
      source_id: "value",
      name: "value",
      email: "value",
      phone: "value",
      created_at: "value",
      birthdate: "value",
      address: { city: "value", state: "value", postal_code: "value", country: "value" },
      source: "value",
      consents: "list",
      metadata: shapesOf(definition.metadataSchema),
    },
    ...(hasCode ? { code: "value" as const } : {}),
    ...(schema === undefined
      ? {}
      : { event: { type: "value" as const, at: "value" as const, properties: shapesOf(schema) } }),
  };
}

function shapesOf(schema: Readonly<Record<string, PropertyType>>): FieldShape {
  return Object.fromEntries(
    Object.entries(schema).map(([key, type]) => [key, type.endsWith("[]") ? "list" : "value"] as const),
  );
}

/** The code in a preview to a customer who has none of the campaign. */
export const sampleCode = "SAMPLE-CODE";

/** The values of the fields for one customer. A value that is not known has no field. */
export function valuesOf(
  { project, name, purpose }: Pick<DistributionDocument, "project" | "name" | "purpose">,
  { profile }: CustomerDocument,
  { code, event }: { readonly code?: string | undefined; readonly event?: MessageEvent | undefined },
): Readonly<Record<string, unknown>> {
  return {
    project,
    distribution: { name, purpose },
    customer: profile,
    ...(code === undefined ? {} : { code }),
    ...(event === undefined ? {} : { event: { ...event, at: event.at.toISOString() } }),
  };
}
