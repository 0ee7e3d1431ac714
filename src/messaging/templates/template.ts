// Templates of messages: Liquid, by liquidjs, bounded in size, time, memory and output. No template reads a file or another template.
import { Liquid, type Template } from "liquidjs";
import { closest } from "../../check/closest.js";
import type { DistributionChannel, MessageTemplate } from "../../documents/message-documents.js";
import { MessageError } from "../message-error.js";
import type { FieldShape } from "./template-fields.js";

/** The most characters of a body and of a subject as written. */
export const maxBodyLength = 32_768;
const maxSubjectLength = 1_000;
/** The most characters of a rendered message, and of a rendered subject. */
const [maxRendered, maxRenderedSubject] = [262_144, 998];
/** The longest that rendering may take, in milliseconds, and the most elements and characters that it may create. */
const [maxRenderMs, maxMemory] = [250, 2_000_000];

type Encoding = "html" | "text";

/** Tags that load other templates. */
const leftOutTags = ["include", "render", "layout", "block"] as const;

const engines: Readonly<Record<Encoding, Liquid>> = { html: newEngine("html"), text: newEngine("text") };

function newEngine(encoding: Encoding): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    relativeReference: false,
    templates: {},
    timezoneOffset: "UTC",
    locale: "en",
    parseLimit: maxBodyLength,
    renderLimit: maxRenderMs,
    memoryLimit: maxMemory,
    ...(encoding === "html" ? { outputEscape: "escape" as const } : {}),
  });
  for (const tag of leftOutTags) delete engine.tags[tag];
  // It switches escaping off.
  delete engine.filters.raw;
  if (encoding === "html") {
    delete engine.tags.capture;
    // Every value is escaped when it is written: these would escape it twice.
    for (const filter of ["escape", "escape_once", "xml_escape"])
      engine.registerFilter(filter, (value: unknown) => value);
  }
  return engine;
}

/** A rendered message. */
export interface Rendered {
  /** Only of e-mail. */
  readonly subject?: string;
  /** HTML of e-mail, plain text of webhooks. */
  readonly body: string;
}

/** Renders the messages of one distribution. @throws TemplateError. */
export type Renderer = (values: object) => Rendered;

/** A template that can't be rendered for a customer; `message` says why. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
}

/**
 * Checks a template for saving: its syntax, its size, and that it names only fields that exist.
 * @throws MessageError `INVALID_TEMPLATE`.
 */
export function checkTemplate(
  { subject, body }: MessageTemplate,
  channel: DistributionChannel["kind"],
  fields: FieldShape,
): MessageTemplate {
  if (body.trim() === "") throw invalid("body", "The body of a message is empty. Write what it says.");
  if (channel === "email" && (subject ?? "").trim() === "")
    throw invalid("subject", "An e-mail needs a subject. Write one.");
  if (channel === "webhook" && subject !== undefined)
    throw invalid("subject", "Only an e-mail has a subject. Leave it out.");
  refuseLong(body, "body", maxBodyLength);
  checkPart(engines[channel === "email" ? "html" : "text"], body, "body", fields);
  if (subject === undefined) return { body };
  refuseLong(subject, "subject", maxSubjectLength);
  checkPart(engines.text, subject, "subject", fields);
  return { subject, body };
}

function refuseLong(text: string, field: string, most: number): void {
  if (text.length > most)
    throw invalid(
      field,
      `The ${field} has ${text.length.toLocaleString("en")} characters; ${most.toLocaleString("en")} is the most.`,
    );
}

function checkPart(engine: Liquid, text: string, field: string, fields: FieldShape): void {
  const parsed = parsePart(engine, text, field);
  for (const variables of Object.values(engine.analyzeSync(parsed, { partials: false }).globals))
    for (const { segments, location } of variables) checkPath(segments, location, field, fields);
}

function parsePart(engine: Liquid, text: string, field: string): Template[] {
  try {
    return engine.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const mend = message.startsWith('tag "capture" not found')
      ? " In e-mail, what `capture` collects would be escaped twice. Write it where it is used."
      : "";
    throw invalid(field, `The ${field} is not a Liquid template: ${message}.${mend}`, error);
  }
}

/** The fields that Liquid gives values of its own: of a list its length and ends, of a text its length. */
const ownFields: Readonly<Record<"list" | "value", readonly string[]>> = {
  list: ["size", "first", "last"],
  value: ["size"],
};

/** @throws MessageError if a path of a template names no field. */
function checkPath(
  segments: readonly unknown[],
  { row, col }: { readonly row: number; readonly col: number },
  field: string,
  fields: FieldShape,
): void {
  const place = `The ${field}, line ${row}, column ${col}:`;
  let shape = fields;
  for (const [index, segment] of segments.entries()) {
    const path = segments.slice(0, index).join(".");
    if (typeof segment === "object")
      throw invalid(field, `${place} the field of \`${path}\` is computed. Write its name.`);
    const written = String(segment);
    if (shape === "value" || shape === "list") {
      if (ownFields[shape].includes(written) || (shape === "list" && typeof segment === "number")) return;
      throw invalid(field, `${place} \`${path}\` has no field \`${shortened(written)}\`.`);
    }
    if (!Object.hasOwn(shape, written)) throw unknownField(place, field, path, written, Object.keys(shape));
    shape = shape[written]!;
  }
  if (typeof shape !== "object") return;
  const path = segments.join(".");
  throw invalid(field, `${place} \`${path}\` has fields. Name one: ${listed(Object.keys(shape), path)}.`);
}

function unknownField(
  place: string,
  field: string,
  path: string,
  written: string,
  known: readonly string[],
): MessageError {
  const whole = (name: string) => (path === "" ? name : `${path}.${name}`);
  const nearest = closest(written, known);
  const mend =
    nearest !== undefined
      ? `Did you mean \`${whole(nearest)}\`?`
      : known.length === 0
        ? "The project defines none."
        : `There are: ${listed(known, path)}.`;
  return invalid(field, `${place} there is no field \`${shortened(whole(written))}\`. ${mend}`);
}

function listed(names: readonly string[], path: string): string {
  const shown = names.slice(0, 20).map((name) => `\`${path === "" ? name : `${path}.${name}`}\``);
  return names.length > 20 ? `${shown.join(", ")} and ${names.length - 20} more` : shown.join(", ");
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function invalid(field: string, message: string, cause?: unknown): MessageError {
  return new MessageError("INVALID_TEMPLATE", field, message, cause === undefined ? {} : { cause });
}

/** The renderer of a saved template. Values are escaped in HTML. @throws TemplateError if it is no longer a template. */
export function rendererOf(
  { subject, body }: MessageTemplate,
  channel: DistributionChannel["kind"],
): Renderer {
  const ofBody = renderPart(engines[channel === "email" ? "html" : "text"], body, "body", maxRendered);
  if (subject === undefined) return (values) => ({ body: ofBody(values) });
  const ofSubject = renderPart(engines.text, subject, "subject", maxRenderedSubject);
  return (values) => ({ subject: ofSubject(values).replace(/\s+/g, " ").trim(), body: ofBody(values) });
}

function renderPart(engine: Liquid, text: string, field: string, most: number): (values: object) => string {
  const parsed = engine.parse(text);
  return (values) => {
    let rendered: string;
    try {
      rendered = String(engine.renderSync(parsed, values));
    } catch (error) {
      throw new TemplateError(`The ${field} could not be rendered: ${(error as Error).message}.`, {
        cause: error,
      });
    }
    if (rendered.length <= most) return rendered;
    throw new TemplateError(
      `The rendered ${field} has ${rendered.length.toLocaleString("en")} characters; ${most.toLocaleString("en")} is the most.`,
    );
  };
}
