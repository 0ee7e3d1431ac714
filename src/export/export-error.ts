// What stops an export.

/** `message` names the folder and the fix. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}
