// Reads the names that the project's queries may use, in the form that the language worker takes.
import type { ProjectNames } from "../language/protocol.js";
import { ask } from "./client.js";
import { readNamesBy } from "./project-names.js";

/** Asks the service for all that queries may name. @throws Error if it does not answer. */
export function readNames(): Promise<ProjectNames> {
  return readNamesBy((document, variables) => ask(document, variables, true));
}
