import type { Pipeline } from "../../pipeline/stage.js";

// Converts pipelines to MongoDB's Extended JSON (relaxed, v2), so that JSON keeps their types and MongoDB's tools accept them.
// https://github.com/mongodb/specifications/blob/master/source/extended-json/extended-json.md
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The pipeline as JSON values: dates as `{"$date": …}`, patterns as `{"$regularExpression": …}`. */
export function extendedJson(pipeline: Pipeline): Json {
  return convert(pipeline);
}

function convert(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return convertNumber(value);
  if (value instanceof Date) return convertDate(value);
  if (value instanceof RegExp) return { $regularExpression: { pattern: value.source, options: value.flags } };
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value === "object") {
    const entries = Object.entries(value).filter(([, held]) => held !== undefined);
    return Object.fromEntries(entries.map(([key, held]) => [key, convert(held)]));
  }
  throw new TypeError(`A pipeline holds a ${typeof value}, which MongoDB has no value for.`);
}

function convertNumber(value: number): Json {
  if (Number.isFinite(value)) return value;
  return { $numberDouble: Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity" };
}

function convertDate(date: Date): Json {
  const year = date.getUTCFullYear();
  // The relaxed format uses ISO 8601 for these years only.
  return year >= 1970 && year <= 9999
    ? { $date: date.toISOString() }
    : { $date: { $numberLong: String(date.getTime()) } };
}

/** Reads the pipeline from the output of `extendedJson`. */
export function fromExtendedJson(json: Json): Pipeline {
  return revive(json) as Pipeline;
}

function revive(json: Json): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(revive);
  const held = json as Readonly<Record<string, Json>>;
  const [[name, value] = ["", null] as const, ...others] = Object.entries(held);
  if (others.length === 0) {
    if (name === "$date") return revivedDate(value);
    if (name === "$numberDouble") return Number(value);
    if (name === "$regularExpression") {
      const { pattern, options } = value as { readonly pattern: string; readonly options: string };
      return new RegExp(pattern, options);
    }
  }
  return Object.fromEntries(Object.entries(held).map(([key, each]) => [key, revive(each)]));
}

function revivedDate(value: Json): Date {
  return new Date(
    typeof value === "string" ? value : Number((value as { readonly $numberLong: string }).$numberLong),
  );
}
