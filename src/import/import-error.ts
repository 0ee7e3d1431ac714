// What stops an import: a file or a mapping that can't be read at all. A single bad row never does.

/** `message` names the file, the place in it where there is one, and the mend. */
export class ImportError extends Error {
  override readonly name = "ImportError";
}
