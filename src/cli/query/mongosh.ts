import type { Pipeline } from "../../pipeline/stage.js";

// Writes a pipeline as a command that can be pasted into mongosh, MongoDB's shell.
const width = 100;
const identifier = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** The command that runs the pipeline on the collection. */
export function mongoshCommand(collection: string, pipeline: Pipeline): string {
  return `db.getCollection(${JSON.stringify(collection)}).aggregate(${literal(pipeline, 0)})`;
}

/** The value as a literal of mongosh's JavaScript, on one line if that fits. */
function literal(value: unknown, depth: number): string {
  if (value instanceof Date) return `ISODate(${JSON.stringify(value.toISOString())})`;
  if (value instanceof RegExp)
    return `RegExp(${JSON.stringify(value.source)}, ${JSON.stringify(value.flags)})`;
  if (Array.isArray(value)) {
    return layOut(
      "[",
      value.map((item) => literal(item, depth + 1)),
      "]",
      depth,
    );
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, held]) => held !== undefined);
    return layOut(
      "{",
      entries.map(([key, held]) => `${keyText(key)}: ${literal(held, depth + 1)}`),
      "}",
      depth,
    );
  }
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  const text = JSON.stringify(value);
  if (text === undefined)
    throw new TypeError(`A pipeline holds a ${typeof value}, which MongoDB has no value for.`);
  return text;
}

function keyText(key: string): string {
  // As a plain key, it would set the object's prototype.
  if (key === "__proto__") return '["__proto__"]';
  return identifier.test(key) ? key : JSON.stringify(key);
}

function layOut(open: string, parts: readonly string[], close: string, depth: number): string {
  if (parts.length === 0) return open + close;
  const padding = open === "{" ? " " : "";
  const line = `${open}${padding}${parts.join(", ")}${padding}${close}`;
  if (line.length + depth * 2 <= width && !line.includes("\n")) return line;
  const indent = "  ".repeat(depth + 1);
  return `${open}\n${parts.map((part) => indent + part).join(",\n")}\n${"  ".repeat(depth)}${close}`;
}
