// Replaces `src/plan/temporal.ts` in bundles of the language: what the calendar asks of Temporal, by the package's functions, of which
// a bundle holds only those that are called.
import { getISO } from "temporal-polyfill/fns/Calendar";
import * as durations from "temporal-polyfill/fns/Duration";
import * as instants from "temporal-polyfill/fns/Instant";
import * as dates from "temporal-polyfill/fns/PlainDate";
import * as times from "temporal-polyfill/fns/PlainDateTime";
import * as zoned from "temporal-polyfill/fns/ZonedDateTime";

type Length = Parameters<typeof durations.fromFields>[0];
type Overflow = Parameters<typeof dates.fromFields>[1];
type DateFields = Parameters<typeof dates.fromFields>[0];

/** The beginning of the unit. */
interface Rounding {
  readonly smallestUnit: "minute" | "hour";
  readonly roundingMode: "floor";
}

const isoCalendar = () => getISO();

class ZonedDateTime {
  readonly #record: ReturnType<typeof instants.toZonedDateTimeISO>;
  constructor(record: ReturnType<typeof instants.toZonedDateTimeISO>) {
    this.#record = record;
  }
  get epochMilliseconds(): number {
    return this.#record.epochMilliseconds;
  }
  add(length: Length): ZonedDateTime {
    return new ZonedDateTime(zoned.add(this.#record, durations.fromFields(length)));
  }
  toPlainDate(): PlainDate {
    return new PlainDate(zoned.toPlainDate(this.#record));
  }
  round({ smallestUnit }: Rounding): ZonedDateTime {
    const start = smallestUnit === "hour" ? zoned.startOfHour : zoned.startOfMinute;
    return new ZonedDateTime(start(this.#record));
  }
}

class PlainDate {
  readonly #record: ReturnType<typeof dates.fromFields>;
  constructor(record: ReturnType<typeof dates.fromFields>) {
    this.#record = record;
  }
  static from(date: string | DateFields, overflow?: Overflow): PlainDate {
    return new PlainDate(
      typeof date === "string" ? dates.fromString(date, isoCalendar) : dates.fromFields(date, overflow),
    );
  }
  get month(): number {
    return this.#record.month;
  }
  get dayOfWeek(): number {
    return dates.dayOfWeek(this.#record);
  }
  add(length: Length): PlainDate {
    return new PlainDate(dates.add(this.#record, durations.fromFields(length)));
  }
  subtract(length: Length): PlainDate {
    return new PlainDate(dates.subtract(this.#record, durations.fromFields(length)));
  }
  with(fields: Parameters<typeof dates.withFields>[1]): PlainDate {
    return new PlainDate(dates.withFields(this.#record, fields));
  }
  toZonedDateTime(zone: string): ZonedDateTime {
    return new ZonedDateTime(dates.toZonedDateTime(this.#record, zone));
  }
  toString(): string {
    return dates.toString(this.#record);
  }
}

class PlainDateTime {
  readonly #record: ReturnType<typeof times.fromString>;
  constructor(record: ReturnType<typeof times.fromString>) {
    this.#record = record;
  }
  /** A text that names no wall time is an error whatever `overflow` says. */
  static from(text: string, _options: Overflow): PlainDateTime {
    return new PlainDateTime(times.fromString(text, isoCalendar));
  }
  toZonedDateTime(zone: string, options: Parameters<typeof times.toZonedDateTime>[2]): ZonedDateTime {
    return new ZonedDateTime(times.toZonedDateTime(this.#record, zone, options));
  }
  toString(): string {
    return times.toString(this.#record);
  }
}

const Instant = {
  from: (text: string) => ({ epochMilliseconds: instants.fromString(text).epochMilliseconds }),
  fromEpochMilliseconds: (epochMilliseconds: number) => ({
    toZonedDateTimeISO: (zone: string): ZonedDateTime =>
      new ZonedDateTime(instants.toZonedDateTimeISO(instants.fromEpochMilliseconds(epochMilliseconds), zone)),
  }),
};

export const Temporal = { Instant, PlainDate, PlainDateTime };
