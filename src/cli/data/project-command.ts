// `segmentql project show`: a project's definition, for people or as in `project.json`.
import { definitionOf } from "../../export/records.js";
import { findProject } from "../../projects/projects.js";
import { definitionOfServer } from "../server/definition.js";
import { type GlobalOptions, withEither } from "../session.js";
import { print } from "../terminal/output.js";
import { printable } from "../terminal/terminal-text.js";

export async function showProjectCommand(
  options: GlobalOptions & { readonly json?: boolean },
): Promise<void> {
  const project = await withEither(options, false, {
    engine: (engine) => findProject(engine, options.project),
    server: definitionOfServer,
  });
  if (options.json) {
    print(JSON.stringify(definitionOf(project), undefined, 2));
    return;
  }
  const { timezone, currency, metadataSchema, metadataIndexes, orderMetadataSchema } = project;
  const schema = (keys: Readonly<Record<string, string>>) =>
    Object.entries(keys).map(([key, type]) => `${key} (${type})`);
  print(printable(`Project ${project.project}`));
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ["time zone", [timezone]],
    ["currency", [currency]],
    ["metadata", schema(metadataSchema)],
    ["indexed", [...(metadataIndexes ?? [])]],
    ["of orders", schema(orderMetadataSchema)],
    [
      "events",
      Object.entries(project.eventSchemas).map(([event, keys]) =>
        [event, ...(Object.keys(keys).length === 0 ? [] : [schema(keys).join(", ")])].join(": "),
      ),
    ],
    ["consents", [...project.consents]],
    ["campaigns", Object.entries(project.campaigns).map(([kind, names]) => `${kind}: ${names.join(", ")}`)],
  ];
  for (const [title, lines] of sections) {
    for (const [index, line] of lines.entries()) {
      print(printable(`  ${(index === 0 ? title : "").padEnd(10)} ${line}`));
    }
  }
}
