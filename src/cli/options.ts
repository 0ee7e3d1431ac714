// Options that several commands take.
import { InvalidArgumentError, Option } from "commander";

/** `--as-of`. */
export const asOf = () =>
  new Option(
    "--as-of <moment>",
    "answer for this moment, as 2026-11-23T12:00:00Z, or without an offset in the project's zone",
  );
/** `--json`. */
export const json = (what: string) => new Option("--json", what);

/** The options of commands that list customers: `--format`, `--json`, `--columns`, `--sort` and `--limit`. */
export const listOptions = (whatJsonHas: string) => [
  new Option(
    "--format <format>",
    "table, json, ndjson (a line of JSON each) or csv; the last two list everyone",
  ).choices(["table", "json", "ndjson", "csv"]),
  json(`the same as --format json: ${whatJsonHas}`),
  new Option(
    "--columns <names>",
    "show these attributes, with commas between them, as name,city,total spent",
  ),
  new Option("--sort <attribute>", "list them in this order, as total spent desc"),
  new Option("--limit <n>", "show at most this many customers (a table shows 20)").argParser(
    wholeNumber(0, 10_000_000),
  ),
];

/** `--definition`. */
export const definition = () =>
  new Option(
    "--definition <file>",
    "check against the definition in this file, as an interchange folder's project.json, and open no store",
  );

/** `--history-days`. */
export const historyDays = () =>
  new Option(
    "--history-days <n>",
    "delete the history of entries and exits after so many days; without it, history is kept for ever",
  )
    .env("SEGMENTQL_HISTORY_DAYS")
    .argParser(wholeNumber(1, 36_500));

/** `--allow-private-webhooks`. */
export const allowPrivateWebhooks = () =>
  new Option(
    "--allow-private-webhooks",
    "let webhooks go to addresses of this machine and of private networks, and without TLS",
  );

/** Reads an option's value as a whole number within bounds. */
export function wholeNumber(least: number, most: number) {
  return (written: string): number => {
    const value = Number(written);
    if (!/^\d+$/.test(written) || value < least || value > most) {
      throw new InvalidArgumentError(`Write a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}
