// The checker's catalogue, from the project's names as the API returns them.
import { catalogOf } from "../../catalog/catalog.js";
import type { Catalog } from "../../catalog/model.js";
import { noSegments, type SegmentNames, segmentNames } from "../../catalog/segments.js";
import { parseQuery } from "../../check/check.js";
import type { ProjectDocument, PropertyType } from "../../documents/documents.js";
import type { ProjectNames, TypedKey } from "./protocol.js";

/** The catalogue for a text: with segments only if the text can name any, as on the server. */
export type CatalogFor = (text: string) => Catalog;

/** Reads names into catalogues, once. */
export function catalogsOf(names: ProjectNames): CatalogFor {
  const definition = definitionOf(names);
  const plain = catalogOf(definition);
  let segments: SegmentNames | undefined;
  return (text) => {
    if (!/segment/i.test(text)) return plain;
    segments ??= names.segments.length === 0 ? noSegments : readSegments(names);
    return catalogOf(definition, segments);
  };
}

function definitionOf(names: ProjectNames): ProjectDocument {
  return {
    _id: names.project,
    project: names.project,
    timezone: names.timezone,
    currency: names.currency,
    metadataSchema: schemaOf(names.customerMetadata),
    orderMetadataSchema: schemaOf(names.orderMetadata),
    eventSchemas: Object.fromEntries(
      names.events.map(({ name, properties }) => [name, schemaOf(properties)]),
    ),
    consents: names.consents,
    ...(names.computed === undefined ? {} : { computed: names.computed }),
    campaigns: names.campaigns,
  };
}

function schemaOf(keys: readonly TypedKey[]): Readonly<Record<string, PropertyType>> {
  return Object.fromEntries(keys.map(({ name, type }) => [name, type as PropertyType]));
}

function readSegments({ segments }: ProjectNames): SegmentNames {
  return segmentNames(
    segments.map(({ id, name, archived, query }) => ({
      id,
      name,
      archived,
      ...(query === undefined ? {} : { query: { canonical: query, tree: parseQuery(query).tree } }),
    })),
  );
}
