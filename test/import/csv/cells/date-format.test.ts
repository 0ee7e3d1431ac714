// Dates as exports write them, by a pattern.
import { describe, expect, it } from "vitest";
import { datePattern, dayOf, instantOf, isoDate } from "../../../../src/import/csv/cells/date-format.js";

const reader = (format: string) => (format === "iso" ? isoDate : datePattern(format)!);
const instant = (format: string, text: string) => {
  const at = instantOf(reader(format)(text)!, "Europe/London");
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe("datePattern", () => {
  it.each([
    ["yyyy-MM-dd HH:mm:ss", "2011-10-06 16:20:05", "2011-10-06T15:20:05.000Z"],
    ["yyyy-MM-dd HH:mm:ss", "2011-12-06 16:20:00", "2011-12-06T16:20:00.000Z"],
    ["d/M/yyyy H:mm", "1/12/2010 8:26", "2010-12-01T08:26:00.000Z"],
    ["M/d/yyyy h:mm a", "12/1/2010 12:05 am", "2010-12-01T00:05:00.000Z"],
    ["M/d/yyyy h:mm a", "12/1/2010 12:05 PM", "2010-12-01T12:05:00.000Z"],
    ["dd.MM.yyyy", "06.10.2011", "2011-10-05T23:00:00.000Z"],
    ["dd.MM.yy", "06.10.11", "2011-10-05T23:00:00.000Z"],
    ["M/d/yy", "1/31/29", "2029-01-31T00:00:00.000Z"],
    ["M/d/yy", "1/31/30", "1930-01-31T00:00:00.000Z"],
    ["d MMM yyyy", "3 March 2026", "2026-03-03T00:00:00.000Z"],
    ["EEE, d MMM yyyy HH:mm:ss xx", "Mon, 23 Sep 2024 14:21:24 +0000", "2024-09-23T14:21:24.000Z"],
    ["yyyy-MM-dd HH:mm:ss xx", "2026-03-01 09:30:05 -0500", "2026-03-01T14:30:05.000Z"],
    ["iso", "2011-10-06T16:20:00+02:00", "2011-10-06T14:20:00.000Z"],
    ["iso", "2011-10-06 16:20:00.25 -0500", "2011-10-06T21:20:00.250Z"],
    ["iso", "2011-10-06", "2011-10-05T23:00:00.000Z"],
    // London's clock skips 01:30 on the one day and repeats it on the other.
    ["yyyy-MM-dd HH:mm", "2011-03-27 01:30", "2011-03-27T01:30:00.000Z"],
    ["yyyy-MM-dd HH:mm", "2011-10-30 01:30", "2011-10-30T00:30:00.000Z"],
  ])("%s reads %s in London", (format, text, expected) => {
    expect(instant(format, text)).toBe(expected);
  });

  it.each([
    ["MM/dd", "02/29", "--02-29"],
    ["MM/dd", "12/31", "--12-31"],
    ["d MMM", "3 Mar", "--03-03"],
    ["iso", "--02-28", "--02-28"],
    ["iso", "1990-02-28", "1990-02-28"],
    ["iso", "1990-02-28T23:30:00-05:00", "1990-02-28"],
  ])("%s reads %s as a day, with a year or without", (format, text, day) => {
    expect(dayOf(reader(format)(text)!)).toBe(day);
  });

  it("has no instant if it has no year", () => {
    expect(instant("MM/dd", "02/28")).toBeUndefined();
  });

  it.each([
    ["yyyy-MM-dd", "2011-02-29"],
    ["yyyy-MM-dd", "2011-2-9"],
    ["dd.MM.yyyy", "06-10-2011"],
    ["dd.MM.yyyy", "06x10x2011"],
    ["MM/dd", "02/30"],
    ["d MMM yyyy", "3 Mrz 2026"],
    ["yyyy-MM-dd HH:mm", "2011-02-09 24:00"],
    ["M/d/yyyy h:mm a", "1/1/2011 13:00 pm"],
    ["iso", "09.02.2011"],
    ["iso", "--02-30"],
  ])("%s does not read %s", (format, text) => {
    expect(reader(format)(text)).toBeUndefined();
  });

  it.each([
    ["yyyy-MM"],
    ["yyyy-MM-dd d"],
    ["yyyy-MM-dd h:mm"],
    ["yyyy-MM-dd H:mm a"],
    ["yyyy-yy-MM-dd"],
    ["MMM M d"],
    [""],
  ])("%j is no format", (format) => {
    expect(datePattern(format)).toBeUndefined();
  });
});
