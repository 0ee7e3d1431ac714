// The stages that change a document's fields: `$set`, `$addFields`, `$unset`, `$project`, and where `$lookup` puts its
// rows. mingo 7.2.7 writes dotted paths straight into objects that the result shares with the stored document, and puts
// `$lookup` rows under a field named "a.b"; here every object on a changed path is copied, and nothing else is.
import { evalExpr } from "mingo/core";
import type { Options } from "mingo/types";
import { fieldOf, parsePath } from "./paths.js";
import { isPlainObject, type PlainObject } from "./values.js";

type Compute = (document: PlainObject) => unknown;

/** What becomes of a field: it is kept, dropped, computed, or its own fields are treated one by one. */
type Treatment =
  | { readonly kind: "keep" }
  | { readonly kind: "drop" }
  | { readonly kind: "compute"; readonly compute: Compute }
  | { readonly kind: "branch"; readonly fields: Map<string, Treatment> };

type Branch = Extract<Treatment, { kind: "branch" }>;

function emptyBranch(): Branch {
  return { kind: "branch", fields: new Map() };
}

function place(branch: Branch, path: string, treatment: Treatment): void {
  const { segments } = parsePath(path);
  let at = branch;
  for (const name of segments.slice(0, -1)) {
    const next = at.fields.get(name) ?? emptyBranch();
    if (next.kind !== "branch") throw new TypeError(`"${path}" lies inside another path of the same stage.`);
    at.fields.set(name, next);
    at = next;
  }
  const last = segments.at(-1)!;
  if (at.fields.has(last)) throw new TypeError(`"${path}" is treated twice in one stage.`);
  at.fields.set(last, treatment);
}

/** True of `{a: …, b: …}` that names fields, and false of `{$operator: …}` and `{}`. */
function namesFields(value: unknown): value is PlainObject {
  if (!isPlainObject(value)) return false;
  const first = Object.keys(value)[0];
  return first !== undefined && !first.startsWith("$");
}

function computed(expression: unknown, options: Options): Treatment {
  return { kind: "compute", compute: (document) => evalExpr(document, expression, options) };
}

function placeComputed(branch: Branch, prefix: string, specification: PlainObject, options: Options): void {
  for (const [name, value] of Object.entries(specification)) {
    const path = `${prefix}${name}`;
    if (namesFields(value)) placeComputed(branch, `${path}.`, value, options);
    else place(branch, path, computed(value, options));
  }
}

function assign(target: Record<string, unknown>, name: string, value: unknown): void {
  if (value === undefined) delete target[name];
  else target[name] = value;
}

function someLeaf(treatment: Treatment, kind: "keep" | "drop" | "compute"): boolean {
  if (treatment.kind !== "branch") return treatment.kind === kind;
  return [...treatment.fields.values()].some((field) => someLeaf(field, kind));
}

/** Treats a value, in which `document` is the whole. */
type Reshape = (value: unknown, document: PlainObject) => unknown;

/** Everything that was there, with the branch's fields set or dropped; each element of an array is treated alike. */
function overlay(branch: Branch): Reshape {
  const creates = someLeaf(branch, "compute");
  const steps = [...branch.fields].map(([name, treatment]) => {
    if (treatment.kind === "compute") {
      return (copy: Record<string, unknown>, document: PlainObject) =>
        assign(copy, name, treatment.compute(document));
    }
    if (treatment.kind !== "branch") return (copy: Record<string, unknown>) => void delete copy[name];
    const inner = overlay(treatment);
    return (copy: Record<string, unknown>, document: PlainObject) =>
      assign(copy, name, inner(fieldOf(copy, name), document));
  });
  const reshape: Reshape = (value, document) => {
    if (Array.isArray(value)) return value.map((element) => reshape(element, document));
    if (!isPlainObject(value) && !creates) return value;
    const copy: Record<string, unknown> = isPlainObject(value) ? { ...value } : {};
    for (const step of steps) step(copy, document);
    return copy;
  };
  return reshape;
}

/** Nothing but the branch's fields, kept or computed; of an array, the elements that have fields. */
function pick(branch: Branch): Reshape {
  const creates = someLeaf(branch, "compute");
  const steps = [...branch.fields].map(([name, treatment]): [string, Reshape] => {
    if (treatment.kind === "compute") return [name, (_, document) => treatment.compute(document)];
    const inner = treatment.kind === "branch" ? pick(treatment) : undefined;
    return [
      name,
      (source, document) => {
        const value = fieldOf(source as PlainObject, name);
        return inner === undefined ? value : inner(value, document);
      },
    ];
  });
  const reshape: Reshape = (value, document) => {
    if (Array.isArray(value)) {
      return value.map((element) => reshape(element, document)).filter((element) => element !== undefined);
    }
    if (!isPlainObject(value) && !creates) return undefined;
    const source = isPlainObject(value) ? value : {};
    const result: Record<string, unknown> = {};
    for (const [name, step] of steps) assign(result, name, step(source, document));
    return result;
  };
  return reshape;
}

function onDocuments(reshape: Reshape): (document: PlainObject) => PlainObject {
  return (document) => reshape(document, document) as PlainObject;
}

/** What `$set` and `$addFields` make of a document; a computed value that is missing removes the field. */
export function setter(specification: unknown, options: Options): (document: PlainObject) => PlainObject {
  if (!isPlainObject(specification)) throw new TypeError("$set and $addFields take an object.");
  const branch = emptyBranch();
  placeComputed(branch, "", specification, options);
  return onDocuments(overlay(branch));
}

/** Puts `value(document)` at a dotted path of the document. */
export function placer(path: string, value: Compute): (document: PlainObject) => PlainObject {
  const branch = emptyBranch();
  place(branch, path, { kind: "compute", compute: value });
  return onDocuments(overlay(branch));
}

/** What `$unset` makes of a document. */
export function remover(specification: unknown): (document: PlainObject) => PlainObject {
  const paths: readonly unknown[] = Array.isArray(specification) ? specification : [specification];
  const branch = emptyBranch();
  for (const path of paths) {
    if (typeof path !== "string") throw new TypeError("$unset takes a path or a list of paths.");
    place(branch, path, { kind: "drop" });
  }
  return onDocuments(overlay(branch));
}

function placeProjected(branch: Branch, prefix: string, specification: PlainObject, options: Options): void {
  for (const [name, value] of Object.entries(specification)) {
    const path = `${prefix}${name}`;
    if (value === 0 || value === false) place(branch, path, { kind: "drop" });
    else if (typeof value === "number" || value === true) place(branch, path, { kind: "keep" });
    else if (namesFields(value)) placeProjected(branch, `${path}.`, value, options);
    else place(branch, path, computed(value, options));
  }
}

/** What `$project` makes of a document: the named fields and `_id`, or everything but the fields named with 0. */
export function projector(specification: unknown, options: Options): (document: PlainObject) => PlainObject {
  if (!namesFields(specification)) throw new TypeError("$project takes an object that names fields.");
  const branch = emptyBranch();
  placeProjected(branch, "", specification, options);
  if (!someLeaf(branch, "keep") && !someLeaf(branch, "compute")) return onDocuments(overlay(branch));
  const fields = new Map(branch.fields);
  const id: Treatment = fields.get("_id") ?? { kind: "keep" };
  fields.delete("_id");
  if (someLeaf({ kind: "branch", fields }, "drop")) {
    throw new TypeError("$project either keeps fields or leaves fields out, not both (but for _id).");
  }
  if (id.kind !== "drop") fields.set("_id", id);
  return onDocuments(pick({ kind: "branch", fields }));
}
