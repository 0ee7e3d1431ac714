// The offsets from UTC that a zone's clocks have had and will have, over the years that queries are likely to need.
import { Temporal } from "../temporal.js";

/** From this instant on (milliseconds since the epoch), local time is `offset` milliseconds ahead of UTC. */
export interface Offset {
  readonly from: number;
  readonly offset: number;
}

/** Within these years every change is known; before and after them the nearest offset applies. */
const firstYear = 1900;
const lastYear = 2100;

const known = new Map<string, readonly Offset[]>();

/** The offsets of a zone (IANA name) in the order of time; the first is from the beginning of time. */
export function offsetsOf(zone: string): readonly Offset[] {
  const found = known.get(zone) ?? findOffsets(zone);
  known.set(zone, found);
  return found;
}

function findOffsets(zone: string): readonly Offset[] {
  const offset = ({ offsetNanoseconds }: Temporal.ZonedDateTime): number => offsetNanoseconds / 1_000_000;
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(firstYear, 0)).toZonedDateTimeISO(zone);
  const offsets: Offset[] = [{ from: Number.NEGATIVE_INFINITY, offset: offset(at) }];
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    if (next === null || next.year > lastYear) return offsets;
    offsets.push({ from: next.epochMilliseconds, offset: offset(next) });
    at = next;
  }
}
