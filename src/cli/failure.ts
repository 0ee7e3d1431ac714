// The error by which a command ends.

/** Ends the command with an exit code; `message` goes to standard error, unless it is empty. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
  constructor(
    readonly exitCode: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
