// Dates as exports write them.
import { describe, expect, it } from "vitest";
import { dateReader } from "../../../src/import/csv/date-format.js";

describe("dateReader", () => {
  it.each([
    ["yyyy-MM-dd HH:mm:ss", "2011-10-06 16:20:05", "2011-10-06T15:20:05.000Z"],
    ["yyyy-MM-dd HH:mm:ss", "2011-12-06 16:20:00", "2011-12-06T16:20:00.000Z"],
    ["d/M/yyyy H:mm", "1/12/2010 8:26", "2010-12-01T08:26:00.000Z"],
    ["M/d/yyyy h:mm a", "12/1/2010 12:05 am", "2010-12-01T00:05:00.000Z"],
    ["M/d/yyyy h:mm a", "12/1/2010 12:05 PM", "2010-12-01T12:05:00.000Z"],
    ["dd.MM.yyyy", "06.10.2011", "2011-10-05T23:00:00.000Z"],
    ["iso", "2011-10-06T16:20:00+02:00", "2011-10-06T14:20:00.000Z"],
    ["iso", "2011-10-06", "2011-10-05T23:00:00.000Z"],
    // London's clock skips 01:30 on the one day and repeats it on the other.
    ["yyyy-MM-dd HH:mm", "2011-03-27 01:30", "2011-03-27T01:30:00.000Z"],
    ["yyyy-MM-dd HH:mm", "2011-10-30 01:30", "2011-10-30T00:30:00.000Z"],
  ])("%s reads %s in London", (format, text, instant) => {
    expect(new Date(dateReader(format, "Europe/London")!(text)!).toISOString()).toBe(instant);
  });

  it.each([
    ["yyyy-MM-dd", "2011-02-29"],
    ["yyyy-MM-dd", "2011-2-9"],
    ["dd.MM.yyyy", "06-10-2011"],
    ["dd.MM.yyyy", "06x10x2011"],
    ["yyyy-MM-dd HH:mm", "2011-02-09 24:00"],
    ["M/d/yyyy h:mm a", "1/1/2011 13:00 pm"],
    ["iso", "09.02.2011"],
  ])("%s does not read %s", (format, text) => {
    expect(dateReader(format, "UTC")!(text)).toBeUndefined();
  });

  it.each([["yyyy-MM"], ["dd.MM.yy"], ["yyyy-MM-dd d"], ["yyyy-MM-dd h:mm"], ["yyyy-MM-dd H:mm a"], [""]])(
    "%j is no format",
    (format) => {
      expect(dateReader(format, "UTC")).toBeUndefined();
    },
  );
});
