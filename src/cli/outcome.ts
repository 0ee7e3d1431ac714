// What the command line says of an error, and the exit code that it ends with.
import { exitCodes } from "./exit-codes.js";
import { CommandFailure } from "./failure.js";

/** What to say of an error, and the exit code. Errors of the domain are known by name, so as not to load its code here. */
export function outcomeOf(error: unknown): { readonly exitCode: number; readonly message: string } {
  if (error instanceof CommandFailure) return { exitCode: error.exitCode, message: error.message };
  if (!(error instanceof Error)) return { exitCode: exitCodes.failure, message: String(error) };
  if (error.name === "StoreError" && "code" in error) {
    return {
      exitCode: error.code === "LOCKED" ? exitCodes.dataInUse : exitCodes.failure,
      message: error.message,
    };
  }
  if (foreseen.has(error.name) || "syscall" in error)
    return { exitCode: exitCodes.failure, message: error.message };
  return {
    exitCode: exitCodes.failure,
    message: `This should not have happened. ${error.stack ?? error.message}`,
  };
}

const foreseen: ReadonlySet<string> = new Set([
  "UnknownProjectError",
  "ProjectError",
  "ImportError",
  "ExportError",
  "MappingError",
  "StoreChoiceError",
  "UnknownCustomerError",
  "TooManyRecordsError",
  "SampleError",
  "SegmentError",
  "WebhookError",
  "PositionError",
]);
