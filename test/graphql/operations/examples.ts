// The example operations of schema/operations, with the playground's variables.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { variablesOf as exampleVariables } from "../../../src/console/playground/variables.js";

const folder = fileURLToPath(new URL("../../../schema/operations/", import.meta.url));
/** Names of their files. */
export const exampleFiles = readdirSync(folder).sort();
export const exampleText = (file: string): string => readFileSync(join(folder, file), "utf8");

/** Variables of an operation, which the conformance world answers. @param segment the global id of an auto-update segment. */
export const variablesOf = (segment: string, file: string): object =>
  exampleVariables({ segment, customer: "crm-004" })[file.slice(0, -".graphql".length)] ?? {};
