// The message and the exit code of the command line for an error.
import { exitCodes } from "./exit-codes.js";
import { CommandFailure } from "./failure.js";

/**
 * The message and the exit code for an error. Errors of the domain are recognised by their names, to avoid loading its code here.
 */
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
  "PromotionError",
  "MessageError",
  "RecordError",
]);
