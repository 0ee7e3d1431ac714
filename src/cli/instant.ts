// Parses the instants of options.
import { readInstant } from "../facts/instants.js";
import { exitCodes } from "./exit-codes.js";
import { CommandFailure } from "./failure.js";

/** The instant of `--as-of`, as `parseInstant` reads it. */
export function parseAsOf(written: string, timeZone: string): number {
  return parseInstant("--as-of", written, timeZone);
}

/**
 * The instant of an option, in milliseconds since the epoch. It is a time with an offset (`2026-11-23T12:00:00Z`, `…+01:00`), a time without
 * one in `timeZone`, or a date, which means its first moment in `timeZone`.
 * @throws CommandFailure if it is none of these.
 */
export function parseInstant(option: string, written: string, timeZone: string): number {
  const instant = readInstant(written.trim(), timeZone);
  if (instant !== undefined) return instant;
  throw new CommandFailure(
    exitCodes.usage,
    `${option} is "${written}", which is no moment. Write one as 2026-11-23T12:00:00Z, or as 2026-11-23T12:00 or 2026-11-23 in the project's time zone (${timeZone}).`,
  );
}
