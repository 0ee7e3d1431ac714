// What stops an export.

/** `message` names the folder and the mend. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}
