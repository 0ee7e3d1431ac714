// Cells as tools and people write them: dates, numbers, lists, and the types that they show.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PropertyType } from "../../../../src/documents/documents.js";
import { attempt } from "../../../../src/facts/record-error.js";
import { dateColumn } from "../../../../src/import/csv/cells/dates.js";
import { withoutCase } from "../../../../src/import/csv/cells/ids.js";
import { readList } from "../../../../src/import/csv/cells/lists.js";
import { exactly, type NumberFormat, readNumber } from "../../../../src/import/csv/cells/numbers.js";
import { typeInference } from "../../../../src/import/csv/cells/type-inference.js";

const now = Date.parse("2026-11-23T12:00:00Z");
const column = (format?: string | readonly string[], zone = "Europe/Warsaw") =>
  dateColumn({ format, zone }, "When", now);

describe("a column of dates without a format", () => {
  it.each([
    ["2026-03-01", "2026-02-28T23:00:00.000Z"],
    ["2026-03-01 09:30:05 -0500", "2026-03-01T14:30:05.000Z"],
    ["2026-03-01T09:30:05Z", "2026-03-01T09:30:05.000Z"],
    ["2026-03-01 09:30:05 UTC", "2026-03-01T09:30:05.000Z"],
    ["2026/3/1", "2026-02-28T23:00:00.000Z"],
    ["31.12.2026", "2026-12-30T23:00:00.000Z"],
    ["1.2.26 8:05", "2026-02-01T07:05:00.000Z"],
    ["13/02/2026", "2026-02-12T23:00:00.000Z"],
    ["02/13/2026 1:05 PM", "2026-02-13T12:05:00.000Z"],
    ["2/13/26 0:00", "2026-02-12T23:00:00.000Z"],
    ["04/04/2026", "2026-04-03T22:00:00.000Z"],
    ["Mar 5, 2026", "2026-03-04T23:00:00.000Z"],
    ["5 March 2026 10:00", "2026-03-05T09:00:00.000Z"],
    ["Mon, 23 Sep 2024 14:21:24 +0000", "2024-09-23T14:21:24.000Z"],
    ["March 1st, 2026", "2026-02-28T23:00:00.000Z"],
  ])("reads %s", (text, instant) => {
    expect(column().instant(text)).toBe(instant);
  });

  it.each([
    ["", 'is "", which is no date'],
    ["yesterday", 'is "yesterday", which is no date'],
    ["31.02.2026", "which is no date"],
    ["2026-02-30", "which is no date"],
    ["13/13/2026", "which is no date"],
    ["03/05", "and no row of the file shows whether days or months come first"],
    ["--03-05", "which has no year"],
    ["03/04/2026", 'give the format in a mapping, as "format": "M/d/yyyy"'],
  ])("refuses %j as an instant", (text, message) => {
    expect(() => column().instant(text)).toThrow(message);
  });

  it("learns from other rows whether days or months come first", () => {
    const [dayFirst, monthFirst, both] = [column(), column(), column()];
    dayFirst.observe("25/12/2025");
    monthFirst.observe("12/25/2025");
    for (const text of ["25/12/2025", "12/25/2025"]) both.observe(text);
    expect(dayFirst.day("03/04/2026")).toBe("2026-04-03");
    expect(monthFirst.day("03/04/2026")).toBe("2026-03-04");
    expect(() => both.day("03/04/2026")).toThrow("no row of the file shows");
  });

  it.each([
    ["28.02.1990", "1990-02-28"],
    ["1990-02-28 00:00:00", "1990-02-28"],
    ["--02-29", "--02-29"],
    ["28 Feb", "--02-28"],
    ["28.02.", "--02-28"],
    // Nobody is born in 2028 yet.
    ["28.02.28", "1928-02-28"],
    ["28.02.26", "2026-02-28"],
  ])("reads %s as a day that is over, without a year where it has none", (text, day) => {
    expect(column().pastDay(text)).toBe(day);
  });

  it("reads a day to come with a year of two digits", () => {
    expect(column().day("28.02.28")).toBe("2028-02-28");
  });
});

it("reads a date by the first of its formats that fits", () => {
  const dates = column(["MM/dd", "M/d/yyyy", "iso"]);
  expect(["02/29", "2/3/1990", "1990-02-03"].map(dates.day)).toEqual(["--02-29", "1990-02-03", "1990-02-03"]);
  expect(() => dates.day("3.2.1990")).toThrow(
    '`When` is "3.2.1990", which is no date of the form MM/dd or M/d/yyyy or iso',
  );
});

describe("numbers", () => {
  const read = (text: string, format: NumberFormat) => exactly(readNumber(text, format, "N"), text, "N");
  it.each<[string, NumberFormat, number]>([
    ["1234.5", {}, 1_234.5],
    ["-7", {}, -7],
    ["1,234.50", { groupSeparator: "," }, 1_234.5],
    ["1.234,50", { decimalSeparator: ",", groupSeparator: "." }, 1_234.5],
    ["10,50", { mayHaveCommas: true }, 10.5],
    ["10.50", { mayHaveCommas: true }, 10.5],
    ["1.234,5", { mayHaveCommas: true }, 1_234.5],
    ["1,234.5", { mayHaveCommas: true }, 1_234.5],
    ["0,125", { mayHaveCommas: true }, 0.125],
  ])("%s with %j is %d", (text, format, value) => {
    expect(read(text, format)).toBe(value);
  });

  it.each<[string, NumberFormat, string]>([
    ["10,50", {}, "which is no number as the mapping writes them"],
    ["1,5,0", { mayHaveCommas: true }, "which is no number as the mapping writes them"],
    ["1.500", { mayHaveCommas: true }, "whose point may group digits or begin the fraction"],
    ["1,500", { mayHaveCommas: true }, "whose comma may group digits or begin the fraction"],
    ["9007199254740993", {}, "which has more digits than a number here can hold exactly"],
    ["0.12345678901234567890", {}, "which has more digits than a number here can hold exactly"],
    ["12 EUR", {}, "which is no number as the mapping writes them"],
  ])("%s with %j is refused", (text, format, message) => {
    expect(() => read(text, format)).toThrow(message);
  });

  it("are what is written, or refused", () => {
    const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?$/);
    fc.assert(
      fc.property(digits, (text) => {
        const result = attempt(() => read(text, {}));
        if ("reason" in result) return;
        const [whole, fraction = ""] = text.replace("-", "").split(".");
        const back = result.value.toLocaleString("en", {
          useGrouping: false,
          maximumFractionDigits: 20,
          maximumSignificantDigits: 21,
        });
        const [wholeBack, fractionBack = ""] = back.replace("-", "").split(".");
        expect([wholeBack, fractionBack]).toEqual([whole, fraction.replace(/0+$/, "")]);
      }),
      { numRuns: 500 },
    );
  });
});

describe("lists", () => {
  it.each([
    ["a; b", ";", ["a", "b"]],
    ["vip, b2b", ",", ["vip", "b2b"]],
    ['"VIP","Summer 2026"', ",", ["VIP", "Summer 2026"]],
    ['"Paris, France", "say ""hi"""', ",", ["Paris, France", 'say "hi"']],
    ['"VIP",plain', ",", ["VIP", "plain"]],
    ['["red", "blue"]', ";", ["red", "blue"]],
    ["['red', 'blue']", ";", ["red", "blue"]],
    ["[1, 2.50]", ";", ["1", "2.50"]],
    ["[]", ";", []],
    [" ; ", ";", []],
    ["'s winters, vip", ",", ["'s winters", "vip"]],
    ["[draft] a; b", ";", ["[draft] a", "b"]],
    ["a|b", "|", ["a", "b"]],
  ])("%s is split into its elements", (text, separator, elements) => {
    expect(readList(text.trim(), separator)).toEqual(elements);
  });
});

describe("the type of a column", () => {
  it.each<[readonly string[], PropertyType | undefined]>([
    [["yes", "No", "", "true"], "boolean"],
    [["1", "2.5", "-3"], "number"],
    [["1", "yes"], "string"],
    [["1,234.50", "-1,234,567", "7"], "number"],
    [["1,234"], "string"],
    // Codes and ids are no numbers.
    [["007", "12"], "string"],
    [["+15550100"], "string"],
    [["7300000000001234"], "string"],
    [["2026-01-02", "3.4.2026"], "date"],
    [["2026-01-02", "2026-01-02 10:00:00"], "datetime"],
    [["02/03", "04/05"], "string"],
    // Whether days or months come first shows in another row, or never.
    [["02/03/2026", "25/12/2026"], "date"],
    [["02/03/2026", "04/05/2026"], "string"],
    [['["a"]', "[]"], "string[]"],
    [["red", "blue"], "string"],
    [["", ""], undefined],
  ])("of %j is %s", (cells, type) => {
    const dates = column();
    const inference = typeInference({}, dates);
    for (const cell of cells) dates.observe(cell);
    for (const cell of cells) inference.observe(cell);
    expect(inference.type()).toBe(type);
  });

  // Commas separate elements, and group no digits.
  it.each<[readonly string[], string, PropertyType]>([
    [["101,102,103", "7"], "any", "string[]"],
    [["7", "101,102,103"], ",", "string[]"],
    [["1,234.50"], "any", "string[]"],
    [["7", "8"], "any", "number"],
    [["101,102,103", "7"], ";", "number"],
  ])("of %j that may be lists separated by %j is %s", (cells, listSeparator, type) => {
    const inference = typeInference({ listSeparator }, column(), true);
    for (const cell of cells) inference.observe(cell);
    expect(inference.type()).toBe(type);
  });
});

it("removes the case from an e-mail address, and from no other id", () => {
  expect(["Ada@Example.com", "cus_Ab", "Ab"].map(withoutCase)).toEqual(["ada@example.com", "cus_Ab", "Ab"]);
});
