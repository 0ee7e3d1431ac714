// A project from the API, as the names that the language worker takes.
import { propertyTypesByName } from "../../documents/property-types.js";
import type { NamedSegment, ProjectNames, TypedKey } from "../language/protocol.js";
import type { ProjectNamesQuery } from "./generated.js";

interface DefinedKey {
  readonly name: string;
  readonly type: keyof typeof propertyTypesByName;
}

function typedKeys(keys: readonly DefinedKey[]): readonly TypedKey[] {
  return keys.map(({ name, type }) => ({ name, type: propertyTypesByName[type] }));
}

/** The names of a project and of its segments. */
export function namesOf(
  project: ProjectNamesQuery["project"],
  segments: readonly NamedSegment[],
): ProjectNames {
  return {
    project: project.name,
    timezone: project.timezone,
    currency: project.currency,
    customerMetadata: typedKeys(project.customerMetadata),
    orderMetadata: typedKeys(project.orderMetadata),
    events: project.events.map(({ name, properties }) => ({ name, properties: typedKeys(properties) })),
    consents: project.consents,
    computed: Object.fromEntries(project.computed.map(({ name, expression }) => [name, expression])),
    campaigns: Object.fromEntries(project.campaigns.map(({ kind, names }) => [kind, names])),
    segments,
  };
}
