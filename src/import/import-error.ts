// The error that stops an import: a file or a mapping that can't be read at all. A single invalid row never stops it.

/** `message` names the file, the place in it if there is one, and the fix. */
export class ImportError extends Error {
  override readonly name = "ImportError";
}
