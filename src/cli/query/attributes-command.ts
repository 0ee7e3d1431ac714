// `segmentql attributes`: lists the attributes that a query may name.
import { type AttributeDescription, catalogOf, listAttributes } from "../../catalog/catalog.js";
import { findProject } from "../../projects/projects.js";
import { definitionOfServer } from "../server/definition.js";
import { type GlobalOptions, withEither } from "../session.js";
import { print } from "../terminal/output.js";
import { tableLines } from "../terminal/table.js";

export interface AttributesOptions extends GlobalOptions {
  readonly json?: boolean;
}

export async function attributesCommand(options: AttributesOptions): Promise<void> {
  const definition = await withEither(options, false, {
    engine: (engine) => findProject(engine, options.project),
    server: definitionOfServer,
  });
  const attributes = listAttributes(catalogOf(definition));
  if (options.json) {
    print(JSON.stringify(attributes, null, 2));
    return;
  }
  for (const line of attributeLines(attributes)) print(line);
  print("\n--json lists the comparisons of each, too.");
}

/** The lines of a table of attributes, including its header. */
export function attributeLines(attributes: readonly AttributeDescription[]): readonly string[] {
  return tableLines(
    [
      { title: "NAME", align: "left", widest: 40 },
      { title: "TYPE", align: "left", widest: 24 },
      { title: "ALSO CALLED", align: "left", widest: 160 },
    ],
    attributes.map(({ name, type, phrases }) => [name, type, phrases.join(", ")]),
  );
}
