// Reads of sources and of what they sent as SQL.
import type { SourceDocument } from "../../../documents/source-documents.js";
import { sql } from "../../../operators/encodings/sql.js";
import type { SourceReads } from "../../reads/sources.js";
import { documentsOf, limited, type QueryRunner, textsOf } from "../run.js";

export function sourceReads(runner: QueryRunner): SourceReads {
  return {
    all: (project, options) =>
      documentsOf<SourceDocument>(
        runner,
        sql`SELECT d.document, d.checksum, d.id FROM sources_documents AS d WHERE d.project = ${project}`,
        options,
      ),

    recordIds: (project, of, limit, options) => {
      const condition = "source" in of ? sql`d.source = ${of.source}` : sql`d.customer = ${of.customer}`;
      return textsOf(
        runner,
        limited(
          sql`SELECT d.id FROM source_records_documents AS d WHERE d.project = ${project} AND ${condition}`,
          limit,
        ),
        options,
      );
    },
  };
}
