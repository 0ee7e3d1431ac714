// The many ways to write one value, each of which language.md allows: quoted or bare, grouped, in other dates' clothes.
import { reservedWords } from "./attributes.js";
import { wallAt } from "./calendar.js";
import type { Choices } from "./choices.js";
import type { DateValue, Span } from "./tree.js";

/** The words with each letter's case by chance; nothing but ASCII letters changes. */
export function anyCase(words: string, choices: Choices): string {
  const style = choices.below(6);
  if (style < 3) return words;
  if (style === 3) return words.toUpperCase();
  if (style === 4) return words.replace(/^[a-z]/, (letter) => letter.toUpperCase());
  return words.replace(/[a-z]/g, (letter) => (choices.chance(50) ? letter.toUpperCase() : letter));
}

/** `and` or `or` in any case, at times with line breaks and comments around it. */
export function writeJoiner(word: "and" | "or", choices: Choices): string {
  const written = anyCase(word, choices);
  return choices.pick([
    written,
    written,
    written,
    `\n${written}`,
    `${written}\n `,
    `# don't (stop, or "here\n${written}`,
    `${written} -- and so on)\n`,
    `${written}\t`,
  ]);
}

// Letters, digits and the signs that can't be read as anything else; an apostrophe only between two of them.
const bareWord = /^[\p{L}\p{N}.+/@*_$%&~][\p{L}\p{N}\p{M}.+/@*_:$%&~-]*('[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*$/u;
const endings = new Set(["unknown", "known", "empty", "value"]);

/**
 * Whether the language allows a text without quotes, and nothing makes it ambiguous; `inside` an event, where more words end it.
 */
export function canStandBare(text: string, inside = false): boolean {
  const words = text.split(" ");
  const lower = words.map((word) => word.toLowerCase());
  return (
    words.every((word) => bareWord.test(word)) &&
    !reservedWords.has(lower[0] ?? "") &&
    !endings.has(lower[lower.length - 1] ?? "") &&
    // A bare value runs over other words of the language, as in `Stratford on Avon`.
    !lower.some((word) =>
      inside ? reservedWords.has(word) : word === "and" || word === "or" || word === "not",
    )
  );
}

/** A text between quotes of either kind. */
export function quoted(text: string, choices: Choices): string {
  const quote = choices.pick(['"', "'"]);
  return `${quote}${text.replace(/[\\"']/g, (sign) => (sign === "\\" || sign === quote ? `\\${sign}` : sign))}${quote}`;
}

/** A text as a value. */
export function writeText(text: string, choices: Choices, inside = false): string {
  return canStandBare(text, inside) && choices.chance(60) ? text : quoted(text, choices);
}

/** A plain decimal with its digits grouped, with zeros that change nothing, or quoted. No thousands commas inside lists. */
export function writeNumber(decimal: string, inList: boolean, choices: Choices): string {
  const sign = decimal.startsWith("-") ? "-" : "";
  const [whole = "0", part = ""] = decimal.slice(sign.length).split(".");
  const grouped = (separator: string): string => whole.replace(/\B(?=(\d{3})+$)/g, separator);
  const fraction = part === "" ? "" : `.${part}`;
  const forms = [`${sign}${whole}${fraction}`, `${sign}${grouped("_")}${fraction}`];
  if (!inList) forms.push(`${sign}${grouped(",")}${fraction}`);
  // `1.02` may be written as the day and month 01.02 would be: a number is wanted here, so a number it is.
  if (whole.length === 1 && part.length === 2) forms.push(`${sign}0${whole}${fraction}`);
  forms.push(`${sign}${whole}${fraction === "" ? ".0" : `${fraction}0`}`);
  const form = choices.pick(forms);
  return choices.chance(10) ? `"${form}"` : form;
}

const dollars = new Set(["USD", "CAD"]);

/** An amount in major units, with or without the project's currency. */
export function writeMoney(decimal: string, currency: string, inList: boolean, choices: Choices): string {
  const number = writeNumber(decimal, inList, choices);
  if (number.startsWith('"')) return number;
  const forms = [number, `${number} ${currency}`];
  if (!decimal.startsWith("-") && dollars.has(currency)) forms.push(`$${number}`, `"$${number}"`);
  if (!decimal.startsWith("-") && currency === "EUR") forms.push(`€${number}`);
  return choices.pick(forms);
}

/** `30 days`; one may be left out. */
export function writeSpan(span: Span, choices: Choices): string {
  const unit = anyCase(choices.chance(30) === (span.amount === 1) ? `${span.unit}s` : span.unit, choices);
  return span.amount === 1 && choices.chance(50) ? unit : `${span.amount} ${unit}`;
}

const two = (number: number): string => String(number).padStart(2, "0");

/** A date as text. */
export function writeDate(date: DateValue, choices: Choices): string {
  const text = dateText(date, choices);
  // Quotes never change a type.
  return (date.kind === "day" || date.kind === "time") && choices.chance(10) ? `"${text}"` : text;
}

function dateText(date: DateValue, choices: Choices): string {
  switch (date.kind) {
    case "day":
      return choices.chance(50)
        ? `${date.year}-${two(date.month)}-${two(date.day)}`
        : `${two(date.day)}.${two(date.month)}.${date.year}`;
    case "day and month":
      return `${two(date.day)}.${two(date.month)}`;
    case "relative day":
      return anyCase(["yesterday", "today", "tomorrow"][date.days + 1] ?? "today", choices);
    case "time": {
      const day = `${date.year}-${two(date.month)}-${two(date.day)}`;
      const seconds = date.second === undefined ? "" : `:${two(date.second)}`;
      return `${day}T${two(date.hour)}:${two(date.minute)}${seconds}${offsetText(date.offsetMinutes)}`;
    }
    case "now":
      return anyCase("now", choices);
    case "ago":
      return `${writeSpan(date.span, choices)} ${anyCase("ago", choices)}`;
    case "ahead":
      return `${anyCase("in", choices)} ${writeSpan(date.span, choices)}`;
    case "start":
      return anyCase(`start of ${date.of}`, choices);
  }
}

function offsetText(minutes: number | undefined): string {
  if (minutes === undefined) return "";
  if (minutes === 0) return "Z";
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The minute or second that an instant is in, written for some zone. */
export function timeAt(instant: number, zone: string, choices: Choices): DateValue {
  const offsetMinutes = choices.pick([null, 0, 120, -300, 345]) ?? undefined;
  const { year, month, day, hour, minute, second } =
    offsetMinutes === undefined ? wallAt(instant, zone) : wallAt(instant + offsetMinutes * 60_000, "UTC");
  const time = { kind: "time", year, month, day, hour, minute, offsetMinutes } as const;
  return choices.chance(50) ? { ...time, second } : time;
}

/** A list of written values, in either bracket. */
export function writeList(values: readonly string[], choices: Choices): string {
  return choices.chance(20) ? `[${values.join(", ")}]` : `(${values.join(", ")})`;
}
