// The conformance world as the console meets it: a running service, and the language that it makes of what the API says.
import { ProjectNamesDocument, SegmentNamesDocument } from "../../src/console/data/generated.js";
import { namesOf } from "../../src/console/data/project-names.js";
import type { LanguageService, NamedSegment } from "../../src/console/language/protocol.js";
import { languageOf } from "../../src/console/language/service.js";
import { type RunningService, runService } from "../graphql/running-service.js";

export interface ConsoleWorld {
  readonly service: RunningService;
  readonly language: LanguageService;
}

/** Starts the service, saves the segments, and reads the names through the API. */
export async function consoleWorld(segments: Readonly<Record<string, string>> = {}): Promise<ConsoleWorld> {
  const service = await runService();
  for (const [name, query] of Object.entries(segments)) {
    const { body } = await service.ask(
      "mutation($input: AutoUpdateSegmentInput!) { segmentCreateAutoUpdate(input: $input) { userErrors { message } } }",
      { input: { name, query } },
    );
    if (body.data.segmentCreateAutoUpdate.userErrors.length > 0) throw new Error(JSON.stringify(body));
  }
  return { service, language: await languageFrom(service) };
}

async function languageFrom(service: RunningService): Promise<LanguageService> {
  const project = await service.ask(ProjectNamesDocument.toString());
  const found = await service.ask(SegmentNamesDocument.toString(), { archived: false });
  const segments: readonly NamedSegment[] = found.body.data.segments.nodes.map(
    ({ query, ...segment }: { query: string | null }) => ({
      ...segment,
      ...(query === null ? {} : { query }),
    }),
  );
  return languageOf(namesOf(project.body.data.project, segments));
}
